import { ownersOf } from '../../../../libs/access/index.ts';
import type { Step, TextRef } from '../../../../libs/ledger/index.ts';
import { incompleteIn, type LedgerView } from '../../../../libs/read-models/index.ts';
import type {
  ProposedRisk,
  RiskControl,
  RiskScore,
  RiskScoreOf,
  ScoreRead,
} from '../../../../libs/registers/risks/index.ts';
import { productOf, type Banded } from '../../../../libs/rules/index.ts';
import {
  controlsOf,
  countRisks,
  findRisk,
  listRisks,
  readScore,
  riskMatrix,
  scoresOf,
  type RiskFilter,
  type RiskGrouping,
  type RiskMatrix,
  type TrackedRisk,
} from '../../../../projections/index.ts';
import { PAYLOAD, type Written } from '../commands/mutations.ts';
import { bodyNamed, postNamed } from '../directory/directory.values.ts';
import { recordNamed, recordWritten } from '../ledger/one-record.ts';
import { authorityInWords, disputesOf, history, questionsAbout } from '../ledger/record.fields.ts';
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

/** A risk as the API answers it. */
export function riskValue(view: LedgerView, risk: TrackedRisk) {
  const { ref, state, standing, mayAlreadyHold, disputed } = risk;
  const { category = null, response, appetite, acceptance, asked, ended } = state;
  const { scores, conditions } = standing;
  const latest = (of: RiskScoreOf) => {
    const read = scores[of];
    return read === undefined ? null : scoreValue(view, read);
  };
  return {
    view,
    ref,
    state,
    status: standing.status,
    register: state.register,
    kind: state.kind,
    category,
    conditions,
    reviewDue: standing.reviewDue,
    proposed: seen(view, state.proposed),
    registered: seenOrNull(view, state.registered ?? null),
    lookedAt: seenOrNull(view, state.lookedAt ?? null),
    latestReview: seenOrNull(view, state.latestReview ?? null),
    inherent: latest('INHERENT'),
    current: latest('CURRENT'),
    target: latest('TARGET'),
    sinceBefore: standing.sinceBefore,
    toTarget: standing.toTarget,
    risk,
    appetite:
      appetite === undefined
        ? null
        : seen(view, { ...appetite, scale: appetite.rule ?? null, within: conditions.withinAppetite }),
    response: seenOrNull(view, response ?? null),
    asked: asked === undefined ? null : seen(view, { ...asked, until: asked.until ?? null }),
    requestsRefused: state.requestsRefused,
    acceptance:
      acceptance === undefined
        ? null
        : seen(view, {
            ...acceptance,
            until: acceptance.until ?? null,
            holds: conditions.accepted,
            authority: authorityInWords(acceptance.authority),
          }),
    moves: state.moves.map((move) => seen(view, move)),
    ended:
      ended === undefined
        ? null
        : seen(view, { ...ended, into: ended.into ?? null, authority: authorityInWords(ended.authority) }),
    reopenings: state.reopenings.map((step) => seen(view, step)),
    mayAlreadyHold,
    disputed: disputesOf(view, disputed),
  };
}

/** A score as it reads at the basis of the view, whichever risk holds or held it. */
export async function scoreAsRead(view: LedgerView, score: RiskScore) {
  return scoreValue(view, await readScore(view, score));
}

function scoreValue(view: LedgerView, { score, now, then }: ScoreRead) {
  return seen(view, {
    ...score,
    scale: score.rule ?? null,
    score: productOf(score),
    targetOn: score.targetOn ?? null,
    now: bandedValue(now),
    then: bandedValue(then),
  });
}

function bandedValue({ version, band, isHighest, isToBeScoredAnew }: Banded) {
  return {
    version,
    band: band?.band ?? null,
    reviewMonths: band?.reviewMonths ?? null,
    colour: band?.colour ?? null,
    highest: isHighest,
    toBeScoredAnew: isToBeScoredAnew,
  };
}

function controlValue(view: LedgerView, control: RiskControl) {
  return seen(view, {
    ...control,
    ownerRef: control.owner,
    inPlaceOn: control.inPlaceOn ?? null,
    effectiveness: control.effectiveness ?? null,
    firstTargetOn: control.firstTargetOn ?? null,
    targetOn: control.targetOn ?? null,
    moves: control.moves.map((move) => seen(view, { ...move, from: move.from ?? null })),
    reported: seenOrNull(view, control.reported ?? null),
    assurance: control.assurance.map((had) => seen(view, { ...had, cites: had.cites ?? null })),
  });
}

interface Filtered {
  readonly filter?: RiskFilter | null;
}
type Words<Field extends string> = Seen<{ readonly [field in Field]?: TextRef | undefined }>;

const by = ({ view, by: post }: Seen<Pick<Step, 'by'>>) => postNamed(view, post);
const text = ({ view, text: words }: Words<'text'>) => view.text(words);
const reason = ({ view, why }: Words<'why'>) => view.text(why);
const askedBecause = ({ view, askedWhy }: Words<'askedWhy'>) => view.text(askedWhy);

export const RISK_FIELDS: { readonly [type: string]: Fields<never> } = {
  Ledger: {
    risk: recordNamed('risks', findRisk, riskValue),
    async risks({ view }, { filter, ...page }: Filtered & ListArguments) {
      const found = await listRisks(view, searchIn(filter), pageWanted(page));
      return { view, ...connection(found, (row) => riskValue(view, row)) };
    },
    riskCounts: ({ view }, { by: grouping, filter }: Filtered & { by: RiskGrouping }) =>
      countRisks(view, grouping, searchIn(filter)),
    riskMatrix: ({ view }, { scale, of, filter }: Filtered & { scale: string; of: RiskScoreOf }) =>
      riskMatrix(view, scale, of, searchIn(filter)),
  } satisfies Fields<Root>,
  RiskConnection: { incomplete: ({ view }) => incompleteIn(view, 'risks', 'rules') } satisfies Fields<Root>,
  RiskMatrix: {
    likelihoods: ({ likelihoods }: RiskMatrix) => likelihoods.map(({ score }) => score),
    impacts: ({ impacts }: RiskMatrix) => impacts.map(({ score }) => score),
  },
  RiskMatrixCell: { band: ({ band }: { band: { band: string } | null }) => band?.band ?? null },
  Risk: {
    title: ({ view, state }) => view.text(state.title),
    cause: ({ view, state }) => view.text(state.cause),
    event: ({ view, state }) => view.text(state.what),
    effect: ({ view, state }) => view.text(state.effect),
    cost: ({ view, state }) => view.text(state.cost),
    scores: ({ view, risk }, page: ListArguments) =>
      connection(scoresOf(risk, pageWanted(page)), (read) => scoreValue(view, read)),
    controls: ({ view, risk }, page: ListArguments) =>
      connection(controlsOf(risk, pageWanted(page)), (control) => controlValue(view, control)),
    body: ({ view, state }) => bodyNamed(view, state.body),
    owner: ({ view, state }) => postNamed(view, state.owner),
    owners: ({ view, state }) => Promise.all(ownersOf(state).map((post) => postNamed(view, post))),
    history: ({ view, ref }, args: ListArguments) => history(view, ref, args),
    questioned: ({ view, ref }) => questionsAbout(view, ref),
  } satisfies Fields<ReturnType<typeof riskValue>>,
  RiskStep: { by },
  RiskScore: { by, reason },
  RiskReview: { by, text },
  RiskAppetite: { by },
  RiskResponseChosen: { by, reason },
  RiskControl: {
    by,
    measure: ({ view, measure }) => view.text(measure),
    owner: ({ view, ownerRef }) => postNamed(view, ownerRef),
  } satisfies Fields<ReturnType<typeof controlValue>>,
  RiskControlMove: { by, reason },
  RiskControlReport: { by, text },
  RiskAssurance: { by, text },
  RiskAsked: { by, reason },
  RiskAcceptance: { by, reason, askedBecause } satisfies Fields<Seen<NonNullable<ProposedRisk['acceptance']>>>,
  RiskMove: { by, reason },
  RiskEnd: { by, reason, askedBecause },
  RiskReopening: { by, reason },
  RiskPayload: { ...PAYLOAD, risk: recordWritten(findRisk, riskValue) } satisfies Fields<Written>,
};
