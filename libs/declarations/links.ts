import type { LinkWanted } from '../ledger/index.ts';
import { kindOfRecord, kindSpelt, type RecordKind } from './record-kinds.ts';
import { byKind, DUE_MEMBERS, type Shape, type ShapeKind, type ShapeOf } from './shapes.ts';

/** A record that a value names: its kind, and the path of the field that does. */
export interface RecordNamed {
  readonly kind: RecordKind;
  readonly ref: string;
  readonly field: string;
}

type Named = readonly RecordNamed[];

const NAMES_NOTHING = (): Named => [];

const NAMED: { readonly [Kind in ShapeKind]: (shape: ShapeOf<Kind>, value: unknown, field: string) => Named } = {
  line: NAMES_NOTHING,
  words: NAMES_NOTHING,
  digest: NAMES_NOTHING,
  itemNumber: NAMES_NOTHING,
  count: NAMES_NOTHING,
  share: NAMES_NOTHING,
  day: NAMES_NOTHING,
  time: NAMES_NOTHING,
  span: NAMES_NOTHING,
  yesNo: NAMES_NOTHING,
  oneOf: NAMES_NOTHING,
  newReference: NAMES_NOTHING,
  commandId: NAMES_NOTHING,
  reference: NAMES_NOTHING,
  eventOfRecord: NAMES_NOTHING,
  path: NAMES_NOTHING,
  anyValue: NAMES_NOTHING,
  marking: NAMES_NOTHING,
  instant: NAMES_NOTHING,
  link: ({ record }, ref, field) => named(record, ref, field),
  links: ({ record }, refs, field) =>
    Array.isArray(refs) ? refs.flatMap((ref: unknown, index) => named(record, ref, `${field}.${index}`)) : [],
  rows: ({ columns }, rows, field) =>
    Array.isArray(rows)
      ? (rows as readonly unknown[]).flatMap((row, index) =>
          Object.entries(columns).flatMap(([column, shape]) =>
            recordsIn(
              shape,
              (row as { readonly [column: string]: unknown } | null)?.[column],
              `${field}.${index}.${column}`,
            ),
          ),
        )
      : [],
  anyRecord: (_, ref, field) => named(typeof ref === 'string' ? kindSpelt(ref) : null, ref, field),
  anyRecords: (_, refs, field) =>
    Array.isArray(refs)
      ? refs.flatMap((ref: unknown, index) =>
          named(typeof ref === 'string' ? kindSpelt(ref) : null, ref, `${field}.${index}`),
        )
      : [],
  // Those that a command gives are told from choices by the list alone, which whoever decides it asks.
  conditions: (_, value, field) =>
    Array.isArray(value)
      ? (value as readonly { readonly ofRecord?: unknown }[]).flatMap((one, index) =>
          named(
            typeof one?.ofRecord === 'string' ? kindSpelt(one.ofRecord) : null,
            one?.ofRecord,
            `${field}.${index}.ofRecord`,
          ),
        )
      : [],
  due(_, value, field) {
    const { meeting } = (value ?? {}) as { readonly meeting?: unknown };
    return recordsIn(DUE_MEMBERS.meeting, meeting, `${field}.meeting`);
  },
};

function named(kind: RecordKind | null, ref: unknown, field: string): Named {
  return kind === null || typeof ref !== 'string' ? [] : [{ kind, ref, field }];
}

/** The records that a value of that shape names, posts that every ledger knows among them. */
export function recordsIn(shape: Shape, value: unknown, field: string): Named {
  return byKind<Named, [unknown, string]>(NAMED, shape, value, field);
}

/** Those of them that must be there: the posts that every ledger knows need no record. */
export function linksIn(shape: Shape, value: unknown, field: string): readonly LinkWanted[] {
  return recordsIn(shape, value, field).flatMap(({ kind, ref, field: at }) => {
    const { register, standing } = kindOfRecord(kind);
    return standing?.(ref) === true ? [] : [{ register, ref, field: at }];
  });
}
