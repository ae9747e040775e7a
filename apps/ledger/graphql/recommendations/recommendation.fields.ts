import { ownersOf } from '../../../../libs/access/index.ts';
import { dueDateOf } from '../../../../libs/declarations/index.ts';
import type { Step, TextRef } from '../../../../libs/ledger/index.ts';
import { incompleteIn, type LedgerView } from '../../../../libs/read-models/index.ts';
import {
  hasEvidence,
  type Graded,
  type MadeRecommendation,
  type StandingWord,
} from '../../../../libs/registers/recommendations/index.ts';
import { PARTIES } from '../../../../libs/rules/index.ts';
import {
  breachesOf,
  colourOf,
  countRecommendations,
  findDocument,
  findRecommendation,
  listRecommendations,
  recommendationAges,
  recommendationsFirstDue,
  recommendationTable,
  type RecommendationFilter,
  type RecommendationGrouping,
  type TrackedRecommendation,
} from '../../../../projections/index.ts';
import { PAYLOAD, type Written } from '../commands/mutations.ts';
import { bodyNamed, postNamed } from '../directory/directory.values.ts';
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

/** A recommendation as the API answers it. */
export function recommendationValue(view: LedgerView, one: TrackedRecommendation) {
  const { ref, state, standing, due, overdue, overdueByOriginal, mayAlreadyHold, disputed } = one;
  const { item = null, partOf = null, addressedTo = null, latestShare, riskAccepted, ended, outcome } = state;
  const { closed, reopenedByWords, route, waitingFor, outOfStep, words } = standing;
  return {
    view,
    ref,
    state,
    tracked: seen(view, one),
    status: standing.status,
    kind: state.kind,
    ...{ item, partOf, addressedTo, overdue, overdueByOriginal, route, waitingFor, outOfStep },
    madeOn: state.made.effectiveOn,
    answered: seenOrNull(view, state.answered ?? null),
    priority: levelValue(state.priority),
    grade: levelValue(state.grade),
    due: seen(view, {
      ...due,
      phraseRef: due.phrase,
      setByRef: state.due.dueSetBy,
      extendedInTime: state.due.extendedInTime,
      extendedLate: state.due.extendedLate,
      moves: state.due.moves.map((move) =>
        seen(view, {
          ...move,
          phraseRef: move.phrase,
          from: dueDateOf(move.from, () => null),
          to: dueDateOf(move.to, () => null),
          afterItPassed: move.afterItPassed ?? null,
        }),
      ),
    }),
    extensionAsked:
      state.asked === undefined
        ? null
        : seen(view, { ...state.asked, phraseRef: state.asked.phrase, until: dueDateOf(state.asked.due, () => null) }),
    extensionsRefused: state.extensionsRefused,
    latestUpdate: seenOrNull(view, state.latestUpdate ?? null),
    share: latestShare === undefined ? null : seen(view, { ...latestShare, ...latestShare.share }),
    evidence: state.evidence,
    hasEvidence: hasEvidence(state),
    said: PARTIES.map((party) => {
      const { authority = null, cites = null, ...word } = words[party] ?? NOTHING_SAID;
      return seen(view, { ...word, party, authority: authorityInWords(authority), cites });
    }),
    closed:
      closed === undefined
        ? null
        : {
            on: closed.on,
            byWord: 'word' in closed.by ? closed.by.word : null,
            byRouteFrom: 'routeFrom' in closed.by ? closed.by.routeFrom : null,
          },
    reopened: state.reopenings.length + reopenedByWords.length,
    reopenings: state.reopenings.map((step) => seen(view, step)),
    riskAccepted:
      riskAccepted === undefined ? null : seen(view, { ...riskAccepted, until: riskAccepted.until ?? null }),
    ended:
      ended === undefined
        ? null
        : seen(view, {
            ...ended,
            agreedByRef: ended.agreedBy,
            authority: authorityInWords(ended.authority),
            supersededBy: ended.supersededBy ?? null,
            supersededIn: ended.supersededIn ?? null,
          }),
    outcome: outcome === undefined ? null : seen(view, { ...outcome, cites: outcome.cites ?? null }),
    mayAlreadyHold,
    disputed: disputesOf(view, disputed),
  };
}

/** Of a scale that is not for the reader only the level is told. */
function levelValue(given: Graded | undefined) {
  return given === undefined ? null : { ...given, rule: (given.rule as string | undefined) ?? null };
}

/** Of a party that has not said anything since the last reopening. */
const NOTHING_SAID: Partial<StandingWord> & Pick<StandingWord, 'by' | 'counts'> = { by: null, counts: false };

interface Filtered {
  readonly filter?: RecommendationFilter | null;
}
type Words<Field extends string> = Seen<{ readonly [field in Field]?: TextRef | undefined }>;

const by = ({ view, by: post }: Seen<Pick<Step, 'by'>>) => postNamed(view, post);
const text = ({ view, text: words }: Words<'text'>) => view.text(words);
const evidence = ({ view, evidence: words }: Words<'evidence'>) => view.text(words);
const phrase = ({ view, phraseRef }: Words<'phraseRef'>) => view.text(phraseRef);
const reason = ({ view, why }: Words<'why'>) => view.text(why);

export const RECOMMENDATION_FIELDS: { readonly [type: string]: Fields<never> } = {
  Ledger: {
    recommendation: recordNamed('recommendations', findRecommendation, recommendationValue),
    async recommendations({ view }, { filter, ...page }: Filtered & ListArguments) {
      const found = await listRecommendations(view, searchIn(filter), pageWanted(page));
      return { view, ...connection(found, (row) => recommendationValue(view, row)) };
    },
    recommendationCounts: ({ view }, { by: grouping, filter }: Filtered & { by: RecommendationGrouping }) =>
      countRecommendations(view, grouping, searchIn(filter)),
    recommendationAges: async (
      { view },
      { by: grouping, filter, bands }: Filtered & AgesAsked<RecommendationGrouping>,
    ) => agesValue(await recommendationAges(view, searchIn(filter), grouping ?? undefined, ageBands(bands))),
    recommendationsFirstDue: ({ view }, { by: done, filter, ...period }: Filtered & FirstDueAsked) =>
      recommendationsFirstDue(view, searchIn(filter), periodIn(period, view), done ?? undefined),
    recommendationTable: (
      { view },
      { rag, by: grouping, filter }: Filtered & { rag: string; by: RecommendationGrouping },
    ) => recommendationTable(view, rag, grouping, searchIn(filter)),
  } satisfies Fields<Root>,
  RecommendationConnection: {
    incomplete: ({ view }) => incompleteIn(view, 'recommendations', 'meetings', 'rules'),
  } satisfies Fields<Root>,
  Recommendation: {
    title: ({ view, state }) => view.text(state.title),
    words: ({ view, state }) => view.text(state.words),
    body: ({ view, state }) => bodyNamed(view, state.body),
    originator: ({ view, state }) => bodyNamed(view, state.originator),
    async publication({ view, state }) {
      const found = state.publication === undefined ? null : await findDocument(view, state.publication);
      return found === null
        ? null
        : seen(view, { ref: found.ref, date: found.state.date ?? null, titleRef: found.state.title });
    },
    owner: ({ view, state }) => postNamed(view, state.owner),
    owners: ({ view, state }) => Promise.all(ownersOf(state).map((post) => postNamed(view, post))),
    colour: ({ tracked }, { rag }: { rag: string }) => colourOf(tracked.view, tracked, rag),
    breaches: ({ view, state, madeOn, due: { original } }, { policy }: { policy: string }) =>
      breachesOf(view, policy, { ...state.due, madeOn, original }),
    history: ({ view, ref }, args: ListArguments) => history(view, ref, args),
    questioned: ({ view, ref }) => questionsAbout(view, ref),
  } satisfies Fields<ReturnType<typeof recommendationValue>>,
  Publication: { title: ({ view, titleRef }: Words<'titleRef'>) => view.text(titleRef) },
  PostNamed: { name: ({ view, nameRef }: Words<'nameRef'>) => view.text(nameRef) },
  RecommendationAnswer: {
    by,
    text: ({ view, answer }) => view.text(answer),
    reason,
    otherBody: ({ view, otherBody }) => bodyNamed(view, otherBody),
  } satisfies Fields<Seen<NonNullable<MadeRecommendation['answered']>>>,
  RecommendationDue: {
    phrase,
    setBy: ({ view, setByRef }) => bodyNamed(view, setByRef),
  } satisfies Fields<ReturnType<typeof recommendationValue>['due']>,
  DueDateMove: { by, phrase, reason },
  ExtensionAsked: { by, phrase, reason },
  RecommendationUpdate: { by, text },
  ShareClaimed: { by, text },
  PartyWord: { by, text, evidence },
  RecommendationReopening: { by, reason },
  AcceptedRisk: { by, reason },
  RecommendationEnd: {
    by,
    reason,
    agreedBy: ({ view, agreedByRef }) => bodyNamed(view, agreedByRef),
  } satisfies Fields<NonNullable<ReturnType<typeof recommendationValue>['ended']>>,
  JudgedOutcome: { by, text, evidence },
  RecommendationPayload: {
    ...PAYLOAD,
    recommendation: recordWritten(findRecommendation, recommendationValue),
  } satisfies Fields<Written>,
};
