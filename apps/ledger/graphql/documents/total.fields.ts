import {
  conditionsHeld,
  kindOfList,
  looksOf,
  conditions,
  whyNotGiven,
  type ConditionInput,
  type ListOfRecords,
} from '../../../../libs/declarations/index.ts';
import { incompleteIn, onceFor, type LedgerView } from '../../../../libs/read-models/index.ts';
import { REGISTERS } from '../../../../libs/registers/index.ts';
import {
  countIn,
  heldBeside,
  LISTS,
  listTotals,
  type HeldBeside,
  type TotalFilter,
  type TotalOfDocument,
} from '../../../../projections/index.ts';
import { AnswerError } from '../errors.ts';
import {
  connection,
  pageWanted,
  seen,
  type Fields,
  type ListArguments,
  type Root,
  type Seen,
} from '../ledger/value.ts';

interface TotalsWanted extends ListArguments {
  readonly list?: ListOfRecords | null;
  readonly filter?: readonly (Omit<ConditionInput, 'is'> & { readonly is?: readonly string[] | null })[] | null;
  readonly document?: string | null;
}

const ALL_LISTS = Object.assign({}, ...REGISTERS.map(({ lists }) => lists)) as (typeof REGISTERS)[number]['lists'];
const FILTER = conditions('Which of them.');

/** Numbers that documents report, as a connection. What is held beside each is counted when it is asked for. */
export async function totals(view: LedgerView, { list, filter, document, ...page }: TotalsWanted) {
  const wanted: TotalFilter = {
    ...(typeof list === 'string' ? { list } : {}),
    ...(typeof document === 'string' ? { document } : {}),
    ...(filter == null ? {} : { conditions: conditionsAsked(list ?? null, filter) }),
  };
  return connection(await listTotals(view, wanted, pageWanted(page)), (one) => totalValue(view, one));
}

function conditionsAsked(list: ListOfRecords | null, filter: NonNullable<TotalsWanted['filter']>) {
  if (list === null) throw new AnswerError('INVALID', 'Name the list that the conditions are of.', { field: 'list' });
  const given = filter.map(({ filter: name, is }) => ({ filter: name, ...(is == null ? {} : { is }) }));
  // Of a list that is narrowed by nothing all is counted.
  const fault = given.length === 0 ? null : whyNotGiven(FILTER, given);
  if (fault !== null) throw new AnswerError('INVALID', fault.sentence, { field: ['filter', ...fault.at].join('.') });
  const held = conditionsHeld(ALL_LISTS, list, given);
  if ('fault' in held)
    throw new AnswerError('INVALID', `No total is counted so. ${looksOf(FILTER)}`, { field: `filter.${held.at}` });
  return held;
}

function totalValue(view: LedgerView, { document, total, knownBy }: TotalOfDocument) {
  const { version = null, of = null, filter, counts, paragraph, quote, ...plain } = total;
  const value = { ...plain, version, of, knownBy, document: document.ref };
  return {
    ...seen(view, value),
    filter: filter.map(({ filter: name, members = [], ofRecord: record = null }) => ({
      filter: name,
      members,
      record,
    })),
    texts: { counts, paragraph, quote },
    // Both numbers are asked at once, and once, whichever is asked for.
    held: once(() => heldBeside(view, { total, knownBy }, countIn)),
  };
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
}

type TotalValue = Seen<{
  readonly list: ListOfRecords;
  readonly texts: Pick<TotalOfDocument['total'], 'counts' | 'paragraph' | 'quote'>;
  readonly held: () => Promise<HeldBeside>;
}>;

/** What a list may be missing, asked once for each list. */
function incompleteOf(view: LedgerView, list: ListOfRecords): Promise<number> {
  const asked = onceFor(view, incompleteOf, () => new Map<string, Promise<number>>());
  const there = asked.get(list) ?? incompleteIn(view, ...LISTS[kindOfList(list)].readFrom);
  asked.set(list, there);
  return there;
}

export const TOTAL_FIELDS: { readonly [type: string]: Fields<never> } = {
  ReportedTotal: {
    counts: ({ view, texts }) => view.text(texts.counts),
    paragraph: ({ view, texts }) => view.text(texts.paragraph),
    quote: ({ view, texts }) => view.text(texts.quote),
    heldAsKnownThen: async ({ held }) => (await held()).asKnownThen,
    heldAsKnownNow: async ({ held }) => (await held()).asKnownNow,
    incomplete: ({ view, list }) => incompleteOf(view, list),
  } satisfies Fields<TotalValue>,
};

export const reportedTotals = ({ view }: Root, wanted: TotalsWanted) => totals(view, wanted);
