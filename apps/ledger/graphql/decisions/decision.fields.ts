import { kindSpelt } from '../../../../libs/declarations/index.ts';
import type { Step, TextRef } from '../../../../libs/ledger/index.ts';
import { incompleteIn, type LedgerView } from '../../../../libs/read-models/index.ts';
import {
  unadvisedIn,
  type Consultation,
  type DecisionCondition,
  type NamedAction,
  type Deferral,
  type Outcome,
} from '../../../../libs/registers/decisions/index.ts';
import {
  citedAtBasis,
  citedSince,
  citedAsItStood,
  countDecisions,
  findDecision,
  findRecord,
  listDecisions,
  type DecisionFilter,
  type DecisionGrouping,
  type TrackedDecision,
} from '../../../../projections/index.ts';
import { PAYLOAD, type Written } from '../commands/mutations.ts';
import { bodyNamed, postNamed } from '../directory/directory.values.ts';
import { stepsValue } from '../ledger/comparison.fields.ts';
import { recordNamed, recordWritten } from '../ledger/one-record.ts';
import { openedValue } from '../ledger/consequence.fields.ts';
import { authorityInWords, disputesOf, history, questionsAbout, recordValue } from '../ledger/record.fields.ts';
import {
  connection,
  pageWanted,
  searchIn,
  seen,
  seenOrNull,
  type ByRef,
  type Fields,
  type LedgerRoot,
  type ListArguments,
  type Root,
  type Seen,
} from '../ledger/value.ts';

/** A decision as the API answers it. */
export function decisionValue(
  view: LedgerView,
  { ref, state, dueOn, neverRecorded, mayAlreadyHold, disputed }: TrackedDecision,
) {
  const { delegated, outcome, ended, published } = state;
  return {
    view,
    ref,
    state,
    status: state.status,
    maker: state.maker,
    dueOn,
    dueMeeting: state.due?.meeting ?? null,
    neverRecorded,
    proposed: seen(view, state.proposed),
    drafted: seenOrNull(view, state.drafted ?? null),
    options: state.options.map((option) => seen(view, option)),
    advice: state.advice.map(({ advice, ...given }) => seen(view, { ...given, words: advice })),
    unadvised: unadvisedIn(state),
    consultations: state.consultations.map((one) => seen(view, one)),
    signed: seenOrNull(view, state.signed ?? null),
    openPart: seenOrNull(view, state.openPart ?? null),
    closedPart: seenOrNull(view, state.closedPart ?? null),
    delegated:
      delegated === undefined
        ? null
        : seen(view, {
            ...delegated,
            delegateRef: delegated.delegate,
            authority: authorityInWords(delegated.authority),
          }),
    outcome: outcome === undefined ? null : outcomeValue(view, outcome),
    deferrals: state.deferrals.map((deferral) => deferralValue(view, deferral)),
    actions: state.actions.map((one) => namedActionValue(view, one)),
    conditions: state.conditions.map((condition) => conditionValue(view, condition)),
    recorded: seenOrNull(view, state.recorded ?? null),
    published: published === undefined ? null : seen(view, { ...published, notice: published.notice ?? null }),
    withheld: seenOrNull(view, state.withheld ?? null),
    variations: state.variations.map((one) => seen(view, { ...one, authority: authorityInWords(one.authority) })),
    ended:
      ended === undefined
        ? null
        : seen(view, {
            ...ended,
            supersededBy: ended.supersededBy ?? null,
            authority: authorityInWords(ended.authority),
          }),
    mayAlreadyHold,
    disputed: disputesOf(view, disputed),
  };
}

function outcomeValue(view: LedgerView, outcome: Outcome) {
  const { basis } = outcome;
  return seen(view, {
    ...outcome,
    outcome,
    authority: authorityInWords(outcome.authority),
    basis: basis === undefined ? null : seen(view, { ...basis, lastEvent: basis.lastEvent ?? null, outcome }),
  });
}

function deferralValue(view: LedgerView, { from, due, ...deferral }: Deferral) {
  return seen(view, {
    ...deferral,
    from: from?.on ?? from?.dated?.to ?? null,
    to: due?.on ?? due?.dated?.to ?? null,
    toMeeting: due?.meeting ?? null,
  });
}

function namedActionValue(view: LedgerView, { due, owner, ...action }: NamedAction) {
  return seen(view, {
    ...action,
    ownerRef: owner,
    dueOn: due?.on ?? due?.dated?.to ?? null,
    dueMeeting: due?.meeting ?? null,
  });
}

function conditionValue(view: LedgerView, { owner, ...condition }: DecisionCondition) {
  return seen(view, {
    ...condition,
    ownerRef: owner,
    targetOn: condition.targetOn ?? null,
    reported: seenOrNull(view, condition.reported ?? null),
  });
}

interface Filtered {
  readonly filter?: DecisionFilter | null;
}
type Words<Field extends string> = Seen<{ readonly [field in Field]?: TextRef | undefined }>;

const by = ({ view, by: post }: Seen<Pick<Step, 'by'>>) => postNamed(view, post);
const owner = ({ view, ownerRef }: Seen<{ readonly ownerRef?: string | undefined }>) => postNamed(view, ownerRef);
const opened = ({ view, event }: Seen<Pick<Step, 'event'>>) => openedValue(view, event);
const reason = ({ view, why }: Words<'why'>) => view.text(why);
/** A field that is words of the same name. */
const words = <Field extends string>(field: Field) => ({
  [field]: (of: Words<Field>) => of.view.text(of[field]),
});

type OfOutcome = Seen<{ readonly outcome: Outcome }>;

export const DECISION_FIELDS: { readonly [type: string]: Fields<never> } = {
  Ledger: {
    decision: recordNamed('decisions', findDecision, decisionValue),
    async decisions({ view }, { filter, ...page }: Filtered & ListArguments) {
      const found = await listDecisions(view, searchIn(filter), pageWanted(page));
      return { view, ...connection(found, (row) => decisionValue(view, row)) };
    },
    decisionCounts: ({ view }, { by: grouping, filter }: Filtered & { by: DecisionGrouping }) =>
      countDecisions(view, grouping, searchIn(filter)),
  } satisfies Fields<Root>,
  DecisionConnection: { incomplete: ({ view }) => incompleteIn(view, 'decisions', 'meetings') } satisfies Fields<Root>,
  Decision: {
    title: ({ view, state }) => view.text(state.title),
    summary: ({ view, state }) => view.text(state.summary),
    phrase: ({ view, state }) => view.text(state.phrase),
    body: ({ view, state }) => bodyNamed(view, state.body),
    history: ({ view, ref }, args: ListArguments) => history(view, ref, args),
    questioned: ({ view, ref }) => questionsAbout(view, ref),
  } satisfies Fields<ReturnType<typeof decisionValue>>,
  DecisionStep: { by },
  DecisionDraft: { by, ...words('recommendation') },
  DecisionOption: { by, reason, ...words('option') },
  DecisionAdvice: { by, advice: (of: Words<'words'>) => of.view.text(of.words) },
  DecisionConsultation: {
    by,
    body: ({ view, body }: Seen<Consultation>) => bodyNamed(view, body),
    post: ({ view, post }: Seen<Consultation>) => postNamed(view, post),
    ...words('who'),
    ...words('said'),
  },
  DecisionSignature: {
    by,
    signedBy: ({ view, signedBy }: Seen<{ readonly signedBy: string }>) => postNamed(view, signedBy),
  },
  DecisionPartText: { by, ...words('content') },
  DecisionDelegation: {
    by,
    delegate: ({ view, delegateRef }: Seen<{ readonly delegateRef: string }>) => postNamed(view, delegateRef),
  },
  DecisionOutcomeReached: {
    by,
    reason,
    ...words('decided'),
    async cited({ view, outcome }: OfOutcome) {
      const cited = await citedAtBasis(view, { outcome });
      return (cited?.refs ?? []).map((ref) => seen(cited!.view, { ref, kind: kindSpelt(ref) ?? '', now: view }));
    },
  },
  DecisionBasis: {
    async ledger({ view: asked, outcome }: OfOutcome): Promise<LedgerRoot> {
      const { view } = (await citedAtBasis(asked, { outcome }))!;
      return { view, basis: view.basis, offers: () => Promise.resolve(null) };
    },
  },
  CitedRecord: {
    async record({ view, ref }: Seen<ByRef>) {
      const found = await findRecord(view, ref);
      return found === null ? null : recordValue(view, found);
    },
    heading: async ({ view, ref }: Seen<ByRef>) => view.text((await citedAsItStood(view, ref)).heading),
    status: async ({ view, ref }: Seen<ByRef>) => (await citedAsItStood(view, ref)).status ?? null,
    async sinceDecided({ view, now, ref }: Seen<ByRef> & { readonly now: LedgerView }) {
      const { ends, comparison } = await citedSince(view, now, ref);
      return comparison === null ? { restated: null, moved: null } : stepsValue(ends, comparison);
    },
  },
  DecisionDeferral: { by, reason, ...words('phrase') },
  DecisionAction: { by, owner, opened, ...words('title'), ...words('phrase') },
  DecisionCondition: { by, owner, opened, ...words('subjectTo') },
  DecisionConditionReport: { by, ...words('text') },
  DecisionInLog: { by, ...words('test') },
  DecisionPublication: { by, ...words('publishedAt') },
  DecisionWithholding: { by, reason, ...words('exemption') },
  DecisionVariation: { by, reason, ...words('variation') },
  DecisionEnd: { by, reason },
  DecisionPayload: { ...PAYLOAD, decision: recordWritten(findDecision, decisionValue) } satisfies Fields<Written>,
};
