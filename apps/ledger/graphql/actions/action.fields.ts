import { ownersOf } from '../../../../libs/access/index.ts';
import { incompleteIn, type LedgerView } from '../../../../libs/read-models/index.ts';
import { publishedStatusOf, raisedByOf, type RaisedAction } from '../../../../libs/registers/actions/index.ts';
import type { Step, TextRef } from '../../../../libs/ledger/index.ts';
import {
  actionAges,
  actionsFirstDue,
  breachesOf,
  countActions,
  findAction,
  findMeeting,
  listActions,
  promiseKeptBy,
  type ActionFilter,
  type ActionGrouping,
  type TrackedAction,
} from '../../../../projections/index.ts';
import { PAYLOAD, type Written } from '../commands/mutations.ts';
import { bodyNamed, postNamed } from '../directory/directory.values.ts';
import { causeValue, openedValue } from '../ledger/consequence.fields.ts';
import { recordNamed, recordWritten } from '../ledger/one-record.ts';
import { authorityInWords, disputesOf, history, questionsAbout } from '../ledger/record.fields.ts';
import {
  ageBands,
  agesValue,
  connection,
  pageWanted,
  periodIn,
  searchIn,
  seen,
  seenOrNull,
  type AgesAsked,
  type Fields,
  type FirstDueAsked,
  type ListArguments,
  type Root,
  type Seen,
} from '../ledger/value.ts';
import { meetingValue, minuteValue } from '../meetings/meeting.fields.ts';

/** An action as the API answers it. */
export function actionValue(view: LedgerView, { ref, state, due, overdue, mayAlreadyHold, disputed }: TrackedAction) {
  const { status, organisation = null, priority = null, item = null, continuedAs = null, reopened } = state;
  return {
    view,
    ref,
    state,
    status,
    published: publishedStatusOf(status),
    raisedBy: raisedByOf(state),
    overdue,
    organisation,
    priority,
    item,
    continuedAs,
    reopened,
    due: seen(view, { ...due, phraseRef: due.phrase }),
    latestUpdate: seenOrNull(view, state.latestUpdate ?? null),
    reportedComplete: seenOrNull(view, state.reportedComplete ?? null),
    closed: state.closed === undefined ? null : closureValue(view, state.closed),
    mayAlreadyHold,
    disputed: disputesOf(view, disputed),
  };
}

function closureValue(view: LedgerView, closed: NonNullable<RaisedAction['closed']>) {
  return seen(view, { ...closed, authority: authorityInWords(closed.authority), itemRef: closed.item });
}

type ActionValue = ReturnType<typeof actionValue>;
type Words<Field extends string> = Seen<{ readonly [field in Field]?: TextRef }>;
const by = ({ view, by: post }: Seen<Step>) => postNamed(view, post);

interface Filtered {
  readonly filter?: ActionFilter | null;
}

export const ACTION_FIELDS: { readonly [type: string]: Fields<never> } = {
  Ledger: {
    action: recordNamed('actions', findAction, actionValue),
    async actions({ view }, { filter, ...page }: Filtered & ListArguments) {
      const actions = await listActions(view, searchIn(filter), pageWanted(page));
      return { view, ...connection(actions, (row) => actionValue(view, row)) };
    },
    actionCounts: ({ view }, { by, filter }: Filtered & { by: ActionGrouping }) =>
      countActions(view, by, searchIn(filter)),
    actionAges: async ({ view }, { by, filter, bands }: Filtered & AgesAsked<ActionGrouping>) =>
      agesValue(await actionAges(view, searchIn(filter), by ?? undefined, ageBands(bands))),
    actionsFirstDue: ({ view }, { by, filter, ...period }: Filtered & FirstDueAsked) =>
      actionsFirstDue(view, searchIn(filter), periodIn(period, view), by ?? undefined),
  } satisfies Fields<Root>,
  ActionConnection: { incomplete: ({ view }) => incompleteIn(view, 'actions', 'meetings') } satisfies Fields<Root>,
  Action: {
    title: ({ view, state }) => view.text(state.title),
    owner: ({ view, state }) => postNamed(view, state.owner),
    owners: ({ view, state }) => Promise.all(ownersOf(state).map((post) => postNamed(view, post))),
    decision: ({ state }) => state.decision ?? null,
    cause: ({ view, state }) => causeValue(view, state),
    occasion: ({ view, state }) => view.text(state.occasion),
    promise: async ({ view, state }) => minuteValue(view, await promiseKeptBy(view, state)),
    body: ({ view, state }) => bodyNamed(view, state.body),
    async meeting({ view, state }) {
      const meeting = state.meeting === undefined ? null : await findMeeting(view, state.meeting);
      return meeting === null ? null : meetingValue(view, meeting);
    },
    breaches: ({ view, state, due: { original } }, { policy }: { policy: string }) =>
      breachesOf(view, policy, { ...state.due, madeOn: state.raised.effectiveOn, original }),
    history: ({ view, ref }, args: ListArguments) => history(view, ref, args),
    questioned: ({ view, ref }) => questionsAbout(view, ref),
  } satisfies Fields<ActionValue>,
  Due: {
    phrase: ({ view, phraseRef }) => view.text(phraseRef),
  } satisfies Fields<Words<'phraseRef'>>,
  ActionUpdate: {
    by,
    text: ({ view, text }) => view.text(text),
  } satisfies Fields<Seen<NonNullable<RaisedAction['latestUpdate']>>>,
  CompletionReport: {
    by,
    text: ({ view, text }) => view.text(text),
    evidence: ({ view, evidence }) => view.text(evidence),
  } satisfies Fields<Seen<NonNullable<RaisedAction['reportedComplete']>>>,
  Closure: {
    by,
    item: ({ view, itemRef }) => view.text(itemRef),
    opened: ({ view, event }) => openedValue(view, event),
  } satisfies Fields<Seen<Step> & Words<'itemRef'>>,
  ActionPayload: {
    ...PAYLOAD,
    action: recordWritten(findAction, actionValue),
  } satisfies Fields<Written>,
};
