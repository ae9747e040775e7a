import type { LinkWanted } from '../ledger/index.ts';
import { kindOfRecord } from './record-kinds.ts';
import { byKind, DUE_MEMBERS, type Shape, type ShapeKind, type ShapeOf } from './shapes.ts';

type Named = readonly LinkWanted[];

const NAMES_NOTHING = (): Named => [];

const NAMED: { readonly [Kind in ShapeKind]: (shape: ShapeOf<Kind>, value: unknown, field: string) => Named } = {
  line: NAMES_NOTHING,
  words: NAMES_NOTHING,
  digest: NAMES_NOTHING,
  itemNumber: NAMES_NOTHING,
  day: NAMES_NOTHING,
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
  link({ record }, ref, field) {
    const { register, standing } = kindOfRecord(record);
    return typeof ref !== 'string' || standing?.(ref) === true ? [] : [{ register, ref, field }];
  },
  due(_, value, field) {
    const { meeting } = (value ?? {}) as { readonly meeting?: unknown };
    return linksIn(DUE_MEMBERS.meeting, meeting, `${field}.meeting`);
  },
};

/** The other records that a value of that shape names. */
export function linksIn(shape: Shape, value: unknown, field: string): Named {
  return byKind<Named, [unknown, string]>(NAMED, shape, value, field);
}
