import type { LedgerView } from '../../../../libs/read-models/index.ts';
import {
  countSlippage,
  listSlippage,
  type SlippageFilter,
  type SlippageGrouping,
  type SlippedDate,
  type StepOfDate,
} from '../../../../projections/index.ts';
import { authorityInWords } from './record.fields.ts';
import { connection, given, pageWanted, type Fields, type ListArguments, type Root } from './value.ts';

interface Narrowed {
  readonly filter?: SlippageFilter | null;
}

/** What slipped, as the API answers it. */
export const SLIPPAGE_FIELDS: { readonly [type: string]: Fields<never> } = {
  Ledger: {
    async slippage({ view }, { filter, ...page }: Narrowed & ListArguments) {
      const found = await listSlippage(view, given(filter), pageWanted(page));
      return connection(found, (date) => dateValue(view, date));
    },
    slippageCounts: ({ view }, { by, filter }: Narrowed & { readonly by: SlippageGrouping }) =>
      countSlippage(view, by, given(filter)),
  } satisfies Fields<Root>,
  SlippedDate: {
    heading: ({ view, headingRef }) => view.text(headingRef),
  } satisfies Fields<ReturnType<typeof dateValue>>,
  DatingFact: {
    reason: ({ view, reasonRef }) => view.text(reasonRef),
  } satisfies Fields<ReturnType<typeof factValue>>,
};

function dateValue(view: LedgerView, { heading: headingRef, moves, beside, ...plain }: SlippedDate) {
  return {
    ...plain,
    view,
    headingRef,
    moveCount: moves.length,
    moves: moves.map(({ kind, from, to, days, afterItPassed: late, breaches, ...fact }) => ({
      ...{ kind, from, to, days, late, breaches },
      fact: factValue(view, fact),
    })),
    beside: beside.map(({ kind, from, to, ...fact }) => ({ kind, from, to, fact: factValue(view, fact) })),
  };
}

function factValue(view: LedgerView, fact: Omit<StepOfDate, 'from' | 'to'>) {
  const { by, authority, reason: reasonRef, ...plain } = fact;
  return { ...plain, view, by: by?.post ?? null, authority: authorityInWords(authority), reasonRef };
}
