import type { EventId, TextRef } from '../../../../libs/ledger/index.ts';
import {
  eventAsOf,
  incompleteIn,
  seesLink,
  type ComparedEnds,
  type LedgerView,
} from '../../../../libs/read-models/index.ts';
import {
  riskMovement,
  type RiskMoved,
  type RiskScore,
  type RiskScoreOf,
} from '../../../../libs/registers/risks/index.ts';
import {
  countMoved,
  daysOfAll,
  findRisk,
  listMoved,
  matrixMovement,
  risksOfPanel,
  type MatrixLine,
  type MovedFilter,
  type MovedRisk,
  type PanelAsked,
  type PanelRisks,
} from '../../../../projections/index.ts';
import { bodyNamed, postNamed } from '../directory/directory.values.ts';
import { meetingValue } from '../meetings/meeting.fields.ts';
import { connection, given, pageWanted, type Fields, type ListArguments, type Root } from '../ledger/value.ts';
import { riskValue, scoreAsRead } from './risk.fields.ts';

/** What became of the risks of a panel, as the API answers it. */
function movementValue(view: LedgerView, found: PanelRisks) {
  const { views, since, until } = found;
  return {
    view,
    found,
    since: meetingValue(view, since),
    until: until === null ? null : meetingValue(view, until),
    told: views.told.basis,
    knownNow: views.knownNow.basis,
    closing: views.closing.basis,
    counts: countMoved(found.risks),
    daysInBands: daysOfAll(found.risks),
  };
}
type MovementValue = ReturnType<typeof movementValue>;

function movedRiskValue(views: ComparedEnds, risk: MovedRisk) {
  const { ref, moved, scores, daysInBands, forecast } = risk;
  const view = views.closing;
  return {
    ...{ view, views, ref, risk, daysInBands },
    scoresGiven: scores,
    moved: moved.map((one) => movedValue(views, ref, one)),
    forecast: forecast === null ? null : { ...forecast, view, ref, scoresOf: forecast },
  };
}
type MovedRiskValue = ReturnType<typeof movedRiskValue>;

function movedValue({ closing: view }: ComparedEnds, ref: string, one: RiskMoved) {
  const { kind, step, restatement, stands, cause, on, bands, registers, overdue } = one;
  return {
    ...{ view, ref, one, kind, step, restatement, stands, cause, on },
    label: riskMovement.members[kind].label,
    control: one.control ?? null,
    bandBefore: bands?.[0].band?.band ?? null,
    bandAfter: bands?.[1].band?.band ?? null,
    fromRegister: registers?.[0] ?? null,
    toRegister: registers?.[1] ?? null,
    due: overdue?.due ?? null,
    overdueUntil: overdue?.until ?? null,
  };
}
type MovedValue = ReturnType<typeof movedValue>;

/** An entry of any record, as far as the reader may see it. */
async function entry(view: LedgerView, id: EventId | null) {
  const found = id === null ? null : await eventAsOf(view, id);
  if (found === null) return null;
  const { event, recordedAt, record } = found;
  return { view, id: event.id, type: event.type, effectiveOn: event.effectiveOn, recordedAt, record: record.ref };
}

/** A score as it reads at closing, by the scale as this reader may see it there. */
async function scoreOf(view: LedgerView, score: RiskScore | null | undefined) {
  return score == null ? null : scoreAsRead(view, score);
}

function words(view: LedgerView, text: TextRef | undefined) {
  return view.text(text);
}

function lineValue({ step, by, from, to, refs }: MatrixLine) {
  return { step, by, from, to, count: refs.length, risks: refs.slice(0, 500) };
}

export const RISK_MOVEMENT_FIELDS: { readonly [type: string]: Fields<never> } = {
  Ledger: {
    async riskMovement({ view }, { panel, since, until }: PanelAsked) {
      return movementValue(view, await risksOfPanel(view, { panel, ...given({ since, until }) }));
    },
  } satisfies Fields<Root>,
  RiskMovement: {
    panel: ({ view, found }) => bodyNamed(view, found.panel),
    reads: async ({ found }) => {
      const bodies = await Promise.all(found.reads.map((ref) => bodyNamed(found.views.closing, ref)));
      return bodies.filter((body) => body !== null);
    },
    risks({ found }, { first, after, ...filter }: ListArguments & MovedFilter) {
      const page = listMoved(found.risks, given(filter), pageWanted({ first: first ?? null, after: after ?? null }));
      return connection(page, (risk) => movedRiskValue(found.views, risk));
    },
    async matrix({ found }, { scale, of }: { readonly scale: string; readonly of: RiskScoreOf }) {
      const matrix = await matrixMovement(found.views, found.risks, scale, of);
      return matrix === null ? null : { ...matrix, lines: matrix.lines.map(lineValue) };
    },
    incomplete: ({ view }) => incompleteIn(view, 'risks', 'rules'),
  } satisfies Fields<MovementValue>,
  MovedRisk: {
    told: ({ views, risk, ref }) => there(views.told, risk.told, ref),
    knownNow: ({ views, risk, ref }) => there(views.knownNow, risk.knownNow, ref),
    closing: ({ views, risk, ref }) => there(views.closing, risk.closing, ref),
    scores: ({ view, scoresGiven }) => Promise.all(scoresGiven.map((score) => scoreOf(view, score))),
  } satisfies Fields<MovedRiskValue>,
  RiskMoved: {
    event: ({ view, one }) => entry(view, one.event),
    amendment: ({ view, one }) => entry(view, one.amendment),
    by: ({ view, one }) => (one.did === null ? null : postNamed(view, one.did.by)),
    reason: ({ view, one }) => words(view, one.why),
    measure: ({ view, one }) => words(view, one.measure),
    score: ({ view, one }) => scoreOf(view, one.score),
    scoreBefore: ({ view, one }) => scoreOf(view, one.scoreBefore),
    fromOwner: ({ view, one }) => postNamed(view, one.owners?.[0]),
    toOwner: ({ view, one }) => postNamed(view, one.owners?.[1]),
    other: async ({ view, one }) => (one.other !== undefined && (await seesLink(view, one.other)) ? one.other : null),
  } satisfies Fields<MovedValue>,
  RiskForecast: {
    target: ({ view, scoresOf }) => scoreOf(view, scoresOf.target),
    came: ({ view, scoresOf }) => scoreOf(view, scoresOf.came),
  } satisfies Fields<NonNullable<MovedRiskValue['forecast']>>,
};

async function there(view: LedgerView, stands: unknown, ref: string) {
  const found = stands === null ? null : await findRisk(view, ref);
  return found === null ? null : riskValue(view, found);
}
