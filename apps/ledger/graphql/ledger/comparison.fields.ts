import type { GraphQLObjectType, GraphQLSchema } from 'graphql';
import { kindOfRecord, kindSpelt, type RecordKind } from '../../../../libs/declarations/index.ts';
import {
  bridgeIn,
  bridgeOfColours,
  changedIn,
  changesSo,
  compareRecord,
  countsOfChanged,
  endsOver,
  eventAtClosing,
  incompleteIn,
  recordsInCell,
  recordsOfColour,
  refuseDamaged,
  type BridgeCell,
  type BridgeLineOf,
  type ChangedHow,
  type ChangesOf,
  type ComparedEnds,
  type LedgerView,
  type Page,
  type PageWanted,
  type RecordAsOf,
} from '../../../../libs/read-models/index.ts';
import { capital } from '../../../../libs/registers/index.ts';
import {
  BASES,
  type AtEach,
  type Cause,
  type CellKey,
  type ComparedStep,
  type RecordComparison,
} from '../../../../libs/timeline/index.ts';
import {
  COMPARED_LISTS,
  findRule,
  recommendationColours,
  type AnyComparedList,
  type RecommendationGrouping,
} from '../../../../projections/index.ts';
import { KINDS_IN_WORDS } from '../../../../libs/wording/index.ts';
import { postNamed } from '../directory/directory.values.ts';
import { meetingsAsked } from '../meetings/meeting.fields.ts';
import { comparedFields, type ComparedFields } from './comparisons-sdl.ts';
import { narrowedBy } from './of-bodies.ts';
import { connection, given, pageWanted, searchIn, type ByRef, type Fields, type ListArguments } from './value.ts';

/*
 * What can be asked of a comparison: of each kind of record the same, made from what the ledger has of it. A record at one of the three bases is answered
 * as the ledger answers it there.
 */

/** Parent of all that is asked of a comparison. */
export interface ComparisonRoot extends AtEach<LedgerView['basis']> {
  readonly ends: ComparedEnds;
  readonly bandedBy: ComparedRule;
}

/** By which versions of the rules that band everything is banded. */
export type ComparedRule = 'EACH' | 'CLOSING';

type Given = Readonly<Record<string, unknown>>;
type Find = (root: { readonly view: LedgerView }, input: ByRef) => unknown;

/** The fields of a comparison, and of all that it answers. */
export function comparisonFields(
  schema: GraphQLSchema,
  ofLedger: Fields<never>,
): { readonly [type: string]: Fields<never> } {
  const each = comparedFields(Object.keys((schema.getType('Ledger') as GraphQLObjectType).getFields()));
  return {
    Comparison: {
      ...Object.fromEntries(each.flatMap((one) => Object.entries(fieldsOf(schema, one)))),
      ...coloursOf(schema),
    },
    ...Object.fromEntries(each.flatMap((one) => Object.entries(typesOf(one, ofLedger[one.record] as Find)))),
    ColourCell: {
      records: (cell, wanted: ListArguments & { readonly at: keyof typeof BASIS_OF }) =>
        recordsOfCell(cell, wanted, ofLedger['recommendation'] as Find),
    } satisfies Fields<CellValue>,
    ChangeEvent: {
      by: ({ view, byRef }) => postNamed(view, byRef),
    } satisfies Fields<ReturnType<typeof eventValue>>,
  };
}

/** The ends for a list of the bodies that are asked for, and what else is asked. */
async function narrowed(schema: GraphQLSchema, field: string, { ends }: ComparisonRoot, input: Given) {
  const { args } = (schema.getType('Comparison') as GraphQLObjectType).getFields()[field]!;
  const { left, viewFor } = narrowedBy(args, input);
  return { left, ends: await endsOver(ends, viewFor) };
}

const TABLE_BRIDGE = 'recommendationTableBridge';

/** The RAG table, which no other kind of record has. */
function coloursOf(schema: GraphQLSchema): Fields<never> {
  return {
    async [TABLE_BRIDGE](
      root: ComparisonRoot,
      input: Given & { readonly rag: string; readonly by?: RecommendationGrouping | null },
    ) {
      const { left, ends } = await narrowed(schema, TABLE_BRIDGE, root, input);
      const rules = await Promise.all(BASES.map((basis) => findRule(ends[basis], input.rag)));
      if (rules.every((rule) => rule?.state.kind !== 'RAG')) return null;
      const list = COMPARED_LISTS.recommendation!;
      const table = recommendationColours(ends, input.rag, input.by ?? undefined);
      const filter = askedOf('recommendation', left);
      const { cells, lines, total } = await bridgeOfColours(ends, list, table, filter);
      const inCell: InCell = (view, key, page) => recordsOfColour(view, table, { key, filter }, page);
      return {
        ...{ total, rule: root.bandedBy },
        cells: cells.map((cell) => ({ ...cell, ends, inCell })),
        lines: lines.map((line) => lineValue(ends, list, line)),
      };
    },
  };
}

function fieldsOf(schema: GraphQLSchema, { kind, record, list, bridge }: ComparedFields): Fields<never> {
  const { register } = kindOfRecord(kind);
  const compared = COMPARED_LISTS[kind];
  return {
    async [record]({ ends }: ComparisonRoot, { ref }: ByRef) {
      const found = kindSpelt(ref) === kind ? await compareRecord(ends, register, ref) : null;
      if (found === null) await refuseDamaged(ends.closing, register, ref);
      return found === null ? null : comparisonValue(ends, found);
    },
    ...(list === null || compared === null
      ? {}
      : {
          async [list](root: ComparisonRoot, input: Given & ListArguments) {
            const { left, ends } = await narrowed(schema, list, root, input);
            const { step, changes: became, kinds, ...others } = left;
            const changes = changedIn(ends, compared, askedOf(kind, others));
            const how = given({ step, changes: became, kinds } as ChangedHow);
            return listValue(ends, compared, changesSo(changes, how), input);
          },
        }),
    ...(bridge === null || compared === null
      ? {}
      : {
          async [bridge](root: ComparisonRoot, input: Given & { readonly by: string }) {
            const { left, ends } = await narrowed(schema, bridge, root, input);
            const { by, ...others } = left;
            const filter = askedOf(kind, others);
            const { cells, lines, total } = await bridgeIn(ends, compared, by as string, filter);
            const inCell: InCell = (view, key, page) =>
              recordsInCell(view, compared, { by: by as string, key, filter }, page);
            return {
              ...{ total, rule: root.bandedBy },
              cells: cells.map((cell) => ({ ...cell, ends, inCell })),
              lines: lines.map((line) => lineValue(ends, compared, line)),
            };
          },
        }),
  };
}

/** What narrows the list of a kind, as its queries are asked. */
function askedOf(kind: RecordKind, { filter, ...others }: Given): object {
  return kind === 'meeting' ? meetingsAsked(others) : searchIn(filter as { readonly text?: string } | null);
}

/** Those that changed: of which those alone of a page are told of, and what counts them by kind where it is asked for. */
function listValue(ends: ComparedEnds, { readFrom }: AnyComparedList, changes: ChangesOf, page: ListArguments) {
  const wanted = pageWanted(page);
  let read: ReturnType<ChangesOf['page']> | null = null;
  return { changes, page: () => (read ??= changes.page(wanted)), ends, view: ends.closing, readFrom };
}

const LIST_FIELDS = {
  totalCount: ({ changes }) => changes.count(),
  async edges({ ends, page }) {
    const { edges } = await page();
    return edges.map(({ cursor, node }) => ({ cursor, node: comparisonValue(ends, node) }));
  },
  async pageInfo({ page }) {
    const { hasNextPage, endCursor } = await page();
    return { hasNextPage, endCursor };
  },
  async byKind({ changes }) {
    const { byKind } = countsOfChanged(await changes.all());
    return byKind.map((one) => ({ ...one, label: KINDS_IN_WORDS[one.kind].label }));
  },
  byChange: async ({ changes }) => countsOfChanged(await changes.all()).byChange,
  incomplete: ({ view, readFrom }) => incompleteIn(view, ...readFrom),
} satisfies Fields<ReturnType<typeof listValue>>;

/** The records that stand in a cell at a basis. */
type InCell = (view: LedgerView, key: CellKey, page: PageWanted) => Promise<Page<RecordAsOf<unknown>>>;

type CellValue = BridgeCell & { readonly ends: ComparedEnds; readonly inCell: InCell };

const BASIS_OF = { TOLD: 'told', KNOWN_NOW: 'knownNow', CLOSING: 'closing' } as const;

/** The records in a cell, as the ledger answers them at the basis that is asked for. */
async function recordsOfCell(
  { ends, inCell, key }: CellValue,
  { at, ...page }: ListArguments & { readonly at: keyof typeof BASIS_OF },
  find: Find,
) {
  const view = ends[BASIS_OF[at]];
  const found = await inCell(view, key, pageWanted(page));
  const nodes = await Promise.all(found.edges.map(({ node }) => find({ view }, { ref: node.ref })));
  const edges = found.edges.map(({ cursor }, index) => ({ cursor, node: nodes[index] }));
  return connection({ ...found, edges }, (node) => node);
}

function lineValue(ends: ComparedEnds, list: AnyComparedList, { step, kind, from, to, count, records }: BridgeLineOf) {
  return {
    ...{ step, kind, label: KINDS_IN_WORDS[kind].label, from: from ?? null, to: to ?? null, count },
    ...{ ends, list, changes: records },
  };
}

/** A record at the three bases, as the API answers it. */
function comparisonValue(ends: ComparedEnds, comparison: RecordComparison) {
  const { ref, told, knownNow, closing } = comparison;
  return {
    view: ends.closing,
    ref,
    ends,
    isThere: { told: told !== null, knownNow: knownNow !== null, closing: closing !== null },
    ...stepsValue(ends, comparison),
  };
}

/** The two steps of a record, as the API answers them. */
export function stepsValue(ends: ComparedEnds, { restated, moved }: Pick<RecordComparison, 'restated' | 'moved'>) {
  return {
    restated: restated === null ? null : stepValue(ends, restated),
    moved: moved === null ? null : stepValue(ends, moved),
  };
}

type ComparisonValue = ReturnType<typeof comparisonValue>;

function typesOf({ kind, list, bridge }: ComparedFields, find: Find): { readonly [type: string]: Fields<never> } {
  const at =
    (which: keyof AtEach<unknown>) =>
    ({ ref, ends, isThere }: ComparisonValue) =>
      isThere[which] ? find({ view: ends[which] }, { ref }) : null;
  return {
    [`${capital(kind)}Comparison`]: {
      told: at('told'),
      knownNow: at('knownNow'),
      closing: at('closing'),
    } satisfies Fields<ComparisonValue>,
    ...(list === null
      ? {}
      : {
          [`${capital(kind)}ComparisonConnection`]: LIST_FIELDS,
        }),
    ...(bridge === null
      ? {}
      : {
          [`${capital(kind)}BridgeCell`]: {
            records: (cell, wanted: ListArguments & { readonly at: keyof typeof BASIS_OF }) =>
              recordsOfCell(cell, wanted, find),
          } satisfies Fields<CellValue>,
          [`${capital(kind)}BridgeLine`]: {
            records: ({ ends, list: of, changes }, page: ListArguments) => listValue(ends, of, changes, page),
          } satisfies Fields<ReturnType<typeof lineValue>>,
        }),
  };
}

function stepValue(ends: ComparedEnds, { change, kinds, fields }: ComparedStep) {
  return {
    change,
    kinds,
    fields: fields.map(({ name, causes }) => ({ name, causes: causes.map((cause) => causeValue(ends, cause)) })),
  };
}

function causeValue(ends: ComparedEnds, cause: Cause) {
  return {
    kind: cause.kind,
    event: cause.event === null ? null : eventValue(ends, cause),
    record: cause.record?.ref ?? null,
  };
}

function eventValue(ends: ComparedEnds, { event, record }: Exclude<Cause, { readonly event: null }>) {
  const { id, type, recordedAt, actor } = event;
  const { effectiveOn } = eventAtClosing(ends, record, event);
  return { view: ends.closing, id, type, effectiveOn, recordedAt, byRef: actor.by?.post };
}
