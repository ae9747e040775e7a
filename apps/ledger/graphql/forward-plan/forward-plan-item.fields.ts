import type { Due } from '../../../../libs/declarations/index.ts';
import type { Step, TextRef } from '../../../../libs/ledger/index.ts';
import { incompleteIn, type LedgerView } from '../../../../libs/read-models/index.ts';
import {
  latenessOf,
  originOf,
  type ItemDeferral,
  type PaperReceived,
  type Presentation,
} from '../../../../libs/registers/forward-plan/index.ts';
import {
  countForwardPlanItems,
  findForwardPlanItem,
  listForwardPlanItems,
  type ForwardPlanFilter,
  type ForwardPlanGrouping,
  type TrackedForwardPlanItem,
} from '../../../../projections/index.ts';
import { PAYLOAD, type Written } from '../commands/mutations.ts';
import { bodyNamed, postNamed } from '../directory/directory.values.ts';
import { causeValue } from '../ledger/consequence.fields.ts';
import { recordNamed, recordWritten } from '../ledger/one-record.ts';
import { disputesOf, history, questionsAbout } from '../ledger/record.fields.ts';
import {
  connection,
  pageWanted,
  searchIn,
  seen,
  seenOrNull,
  type Fields,
  type ListArguments,
  type Root,
  type Seen,
} from '../ledger/value.ts';

/** An item as the API answers it. */
export function forwardPlanItemValue(
  view: LedgerView,
  { ref, state, plannedOn, home, missed, paperLate, neverRecorded, mayAlreadyHold, disputed }: TrackedForwardPlanItem,
) {
  return {
    view,
    ref,
    state,
    status: state.status,
    purpose: state.purpose ?? null,
    recurrence: state.recurrence,
    origin: originOf(state),
    suggested: seen(view, state.suggested),
    scheduled: seenOrNull(view, state.scheduled ?? null),
    plannedFor: placeValue(state.plannedFor),
    firstPlannedFor: placeValue(state.firstPlannedFor),
    paperDueOn: state.paperDueOn ?? null,
    commissioned: seenOrNull(view, state.commissioned ?? null),
    received: state.received === undefined ? null : paperValue(view, state.received),
    papers: state.receipts.map((one) => paperValue(view, one)),
    deferrals: state.deferrals.map((one) => deferralValue(view, one)),
    presentations: state.presentations.map((one) => presentationValue(view, one)),
    dropped: seenOrNull(view, state.dropped ?? null),
    ...{ plannedOn, home, missed, paperLate, neverRecorded, mayAlreadyHold },
    disputed: disputesOf(view, disputed),
  };
}

/** Null where nothing is named, or what is named is not for the reader. */
function placeValue({ on, dated, meeting }: Due = {}) {
  if (on === undefined && dated === undefined && meeting === undefined) return null;
  return { on: on ?? null, from: dated?.from ?? null, to: dated?.to ?? null, meeting: meeting ?? null };
}

function paperValue(view: LedgerView, { paper, paperVersion, dueOn, ...received }: PaperReceived) {
  return seen(view, {
    ...received,
    dueOn: dueOn ?? null,
    late: latenessOf({ ...received, ...(dueOn === undefined ? {} : { dueOn }) }),
    paper: paper ?? null,
    version: paperVersion ?? null,
  });
}

function deferralValue(view: LedgerView, { from, plannedFor, meeting, agendaItem, ...deferral }: ItemDeferral) {
  return seen(view, {
    ...deferral,
    from: placeValue(from),
    to: placeValue(plannedFor),
    meeting: meeting ?? null,
    agendaItem: agendaItem ?? null,
  });
}

function presentationValue(view: LedgerView, { meeting, agendaItem, ...presentation }: Presentation) {
  return seen(view, { ...presentation, meeting: meeting ?? null, agendaItem: agendaItem ?? null });
}

interface Filtered {
  readonly filter?: ForwardPlanFilter | null;
}
type Words<Field extends string> = Seen<{ readonly [field in Field]?: TextRef | undefined }>;

const by = ({ view, by: post }: Seen<Pick<Step, 'by'>>) => postNamed(view, post);
const reason = ({ view, why }: Words<'why'>) => view.text(why);

export const FORWARD_PLAN_FIELDS: { readonly [type: string]: Fields<never> } = {
  Ledger: {
    forwardPlanItem: recordNamed('forward-plan', findForwardPlanItem, forwardPlanItemValue),
    async forwardPlanItems({ view }, { filter, ...page }: Filtered & ListArguments) {
      const found = await listForwardPlanItems(view, searchIn(filter), pageWanted(page));
      return { view, ...connection(found, (row) => forwardPlanItemValue(view, row)) };
    },
    forwardPlanItemCounts: ({ view }, { by: grouping, filter }: Filtered & { by: ForwardPlanGrouping }) =>
      countForwardPlanItems(view, grouping, searchIn(filter)),
  } satisfies Fields<Root>,
  ForwardPlanItemConnection: {
    incomplete: ({ view }) => incompleteIn(view, 'forward-plan', 'meetings', 'rules', 'decisions'),
  } satisfies Fields<Root>,
  ForwardPlanItem: {
    title: ({ view, state }) => view.text(state.title),
    comments: ({ view, state }) => view.text(state.comments),
    cause: ({ view, state }) => causeValue(view, state),
    occasion: ({ view, state }) => view.text(state.occasion),
    phrase: ({ view, state }) => view.text(state.phrase),
    body: ({ view, state }) => bodyNamed(view, state.body),
    sponsor: ({ view, state }) => (state.sponsor === undefined ? null : postNamed(view, state.sponsor)),
    history: ({ view, ref }, args: ListArguments) => history(view, ref, args),
    questioned: ({ view, ref }) => questionsAbout(view, ref),
  } satisfies Fields<ReturnType<typeof forwardPlanItemValue>>,
  ForwardPlanStep: { by },
  ForwardPlanCommission: { by, brief: ({ view, brief }: Words<'brief'>) => view.text(brief) },
  ForwardPlanPaper: { by },
  ForwardPlanDeferral: { by, reason, phrase: ({ view, phrase }: Words<'phrase'>) => view.text(phrase) },
  ForwardPlanPresentation: { by },
  ForwardPlanDrop: { by, reason },
  ForwardPlanItemPayload: {
    ...PAYLOAD,
    forwardPlanItem: recordWritten(findForwardPlanItem, forwardPlanItemValue),
  } satisfies Fields<Written>,
};
