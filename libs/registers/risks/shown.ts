import { show, type MadeSo, type ShownValue } from '../../declarations/index.ts';
import { productOf, type Banded } from '../../rules/index.ts';
import type { RiskOwnEvent } from './events.ts';
import {
  assuranceLine,
  cause,
  controlKind,
  controlStanding,
  cost,
  effect,
  effectiveness,
  opinion,
  OPEN_RISKS,
  owner,
  response,
  riskCategory,
  riskKind,
  riskRegister,
  riskStatus,
  scoreOf,
  what,
  type RiskStatus,
} from './fields.ts';
import type { ProposedRisk, RiskControl, RiskScore } from './state.ts';
import { THIRD_LINE_MONTHS, type Compared, type RiskStanding, type ScoreRead } from './status.ts';

/** A risk as its page and its list are given it: with where it stands on the day of the basis, and how each score that it held reads. */
export interface ShownRisk {
  readonly ref: string;
  readonly state: ProposedRisk;
  readonly standing: RiskStanding;
  /** How one of its scores reads on that day. */
  readonly readScore: (score: RiskScore) => ScoreRead;
}

const STATUSES = show.tags(riskStatus, {
  PROPOSED: 'purple',
  AWAITING_REVIEW: 'orange',
  OVERDUE_CONTROL: 'red',
  CONTROLS_TASKED: 'yellow',
  CONTROLLED: 'green',
  MANAGED: 'blue',
  MERGED: 'grey',
  CLOSED: 'grey',
});

/** What happened to a risk, as people say it. */
export const RISK_HAPPENED: { readonly [type in RiskOwnEvent['type']]: string } = {
  RiskProposed: 'Proposed',
  RiskRegistered: 'Registered',
  RiskAllocated: 'Given to its owners',
  RiskReworded: 'Reworded',
  RiskScored: 'Scored',
  RiskReviewed: 'Reviewed',
  RiskAppetiteSet: 'Appetite set',
  RiskResponseChosen: 'Response chosen',
  RiskControlAdded: 'Control added',
  RiskControlMoved: 'Day of a control moved',
  RiskControlReported: 'Control reported on',
  RiskControlAssured: 'Control assured',
  RiskAcceptanceRequested: 'Acceptance asked for',
  RiskAcceptanceGranted: 'Accepted',
  RiskClosureRequested: 'Closing asked for',
  RiskClosed: 'Closed',
  RiskRequestRefused: 'Request refused',
  RiskEscalated: 'Escalated',
  RiskDeescalated: 'De-escalated',
  RiskMerged: 'Merged into another',
  RiskReopened: 'Reopened',
};

/** As many as a scale may have. */
const STEPS = { least: 1, most: 100 } as const;

const filters = {
  text: {
    kind: 'words',
    label: 'Words in the title, cause, event or effect, or a reference',
    called: 'Words',
    most: 200,
  },
  status: {
    kind: 'oneOf',
    label: 'Status',
    called: 'Status',
    any: 'Any status',
    choices: show.choices(riskStatus),
  },
  register: {
    kind: 'oneOf',
    label: 'Register',
    called: 'Register',
    any: 'Any register',
    choices: show.choices(riskRegister),
  },
  kind: {
    kind: 'oneOf',
    label: 'Threat or opportunity',
    called: 'Threat or opportunity',
    any: 'Either',
    choices: show.choices(riskKind),
  },
  category: {
    kind: 'oneOf',
    label: 'Category',
    called: 'Category',
    any: 'Any category',
    choices: show.choices(riskCategory),
  },
  response: {
    kind: 'oneOf',
    label: 'Response',
    called: 'Response',
    any: 'Any response',
    choices: show.choices(response),
  },
  owner: { kind: 'link', label: 'Owner', called: 'Owner', any: 'Any owner', record: 'post' },
  body: { kind: 'link', label: 'Of the body', called: 'Body', any: 'Any body', record: 'body' },
  scale: { kind: 'link', label: 'Scored by the scale', called: 'Scored by', any: 'Any scale', record: 'rule' },
  scored: {
    kind: 'oneOf',
    label: 'Which score the scale, likelihood and impact are of',
    called: 'Scored',
    any: 'The current one',
    choices: show.choices(scoreOf),
  },
  likelihood: { kind: 'number', label: 'Likelihood', called: 'Likelihood', ...STEPS },
  impact: { kind: 'number', label: 'Impact', called: 'Impact', ...STEPS },
  open: { kind: 'flag', label: 'Open only', called: 'Open' },
  high: { kind: 'flag', label: 'In the highest band', called: 'High' },
  awaitingReview: { kind: 'flag', label: 'Awaiting review, for whatever reason', called: 'Awaiting review' },
  overdueForReview: { kind: 'flag', label: 'Overdue for review', called: 'Overdue for review' },
  notLookedAt: {
    kind: 'flag',
    label: 'New or newly owned, and not looked at since',
    called: 'New, not looked at',
  },
  unscored: { kind: 'flag', label: 'Unscored', called: 'Unscored' },
  withoutControls: { kind: 'flag', label: 'Without controls', called: 'Without controls' },
  noFurtherAction: {
    kind: 'flag',
    label: 'With no further action: no control tasked and no open action',
    called: 'No further action',
  },
  controlOverdue: { kind: 'flag', label: 'A control is past its day', called: 'Control past its day' },
  fellWithoutControl: {
    kind: 'flag',
    label: 'Score fell with no new control since the score before',
    called: 'Fell with no new control',
  },
  highUnassured: {
    kind: 'flag',
    label: `High, with no third-line assurance in ${THIRD_LINE_MONTHS} months`,
    called: 'High without third-line assurance',
  },
  accepted: { kind: 'flag', label: 'Accepted', called: 'Accepted' },
  acceptanceLapsed: { kind: 'flag', label: 'Acceptance lapsed', called: 'Acceptance lapsed' },
  toBeScoredAnew: { kind: 'flag', label: 'To be scored anew: the axes changed', called: 'To be scored anew' },
  onOneRegister: {
    kind: 'flag',
    label: 'On the register of one body and not of the other',
    called: 'On one register only',
  },
  asked: { kind: 'flag', label: 'Acceptance or closing is asked for', called: 'Asked for' },
} as const;

export const RISK_SHOWN = show.records<ShownRisk>()({
  one: 'risk',
  opened: 'proposed',
  says: 'What may happen, how it is scored, what controls it, and who accepted it until when.',
  heading: ({ state }) => show.text(state.title),
  headingCalled: 'Title',
  unheaded: 'Title not shown: erased, or not for you to see',
  named: ({ ref }) => show.said(ref),
  status: { of: ({ standing }) => standing.status, are: STATUSES, why },
  tags: ({ state, standing: { conditions } }) => [
    ...(conditions.high ? [{ words: 'High', colour: 'red' } as const] : []),
    ...(conditions.reviewOverdue ? [{ words: 'Overdue for review', colour: 'orange' } as const] : []),
    ...(conditions.controlOverdue ? [{ words: 'Overdue control', colour: 'red' } as const] : []),
    ...(conditions.accepted ? [{ words: 'Accepted', colour: 'green' } as const] : []),
    ...(conditions.acceptanceLapsed ? [{ words: 'Acceptance lapsed', colour: 'orange' } as const] : []),
    ...(conditions.toBeScoredAnew ? [{ words: 'To be scored anew', colour: 'pink' } as const] : []),
    ...(state.asked === undefined ? [] : [{ words: 'Asked for', colour: 'turquoise' } as const]),
  ],
  fields: [
    { label: 'Status', shows: ({ standing }) => show.status(standing.status) },
    { label: 'Register', shows: onRegister },
    show.field('kind', { ...riskKind, label: 'Threat or opportunity' }, ({ state }) =>
      show.member(riskKind, state.kind),
    ),
    show.field('category', { ...riskCategory, label: 'Category' }, ({ state }) =>
      show.member(riskCategory, state.category),
    ),
    show.field('cause', cause, ({ state }) => show.text(state.cause)),
    show.field('what', what, ({ state }) => show.text(state.what)),
    show.field('effect', effect, ({ state }) => show.text(state.effect)),
    show.field('cost', cost, ({ state }) => show.text(state.cost)),
    { label: 'Body', shows: ({ state }) => show.named(state.body) },
    show.field('owner', owner, ({ state }) => show.named(state.owner) ?? show.said('Nobody is named')),
    {
      label: 'Also owned by',
      shows: ({ state }) => show.lines(...(state.owners ?? []).map((post) => show.named(post))),
    },
    { label: 'Proposed', shows: ({ state }) => show.doneBy(state.proposed) },
    {
      label: 'Registered',
      shows: ({ state }) => (state.registered === undefined ? null : show.doneBy(state.registered)),
    },
    { label: 'Inherent score', shows: ({ standing }) => scoreShown(standing.scores.INHERENT) },
    { label: 'Current score', shows: currentScore },
    { label: 'Target score', shows: targetScore },
    { label: 'Appetite', shows: appetite },
    {
      label: 'Response',
      shows: ({ state: { response: is } }) =>
        is === undefined
          ? null
          : show.lines(show.sentence(show.member(response, is.response), ', ', show.doneBy(is)), show.quote(is.why)),
    },
    { label: 'Last looked at', shows: lookedAt },
    {
      label: 'Review due',
      shows: ({ standing }) => (standing.reviewDue === null ? null : show.day(standing.reviewDue)),
    },
    { label: 'Asked for', shows: askedFor },
    { label: 'Accepted', shows: accepted },
    { label: 'Ended', shows: ended },
    {
      label: 'Reopened',
      shows: ({ state: { reopenings } }) => (reopenings.length === 0 ? null : show.said(show.times(reopenings.length))),
    },
  ],
  sections: [
    {
      heading: 'Scores',
      caption: 'Every score that it has held, the latest first',
      columns: ['Day', 'What', 'Score', 'Band', 'Given by', 'Why'],
      rows: ({ state, readScore }) => show.rows(state.scores.toReversed(), (score) => scoreRow(readScore(score))),
      empty: 'It has no score that you may see.',
    },
    {
      heading: 'Controls',
      columns: ['Control', 'Kind', 'Owner', 'By', 'In place', 'How well it works', 'Latest report', 'Assurance'],
      rows: ({ state }) => show.rows(state.controls, controlRow),
      empty: 'It has no control that you may see.',
    },
    {
      heading: 'Moves between registers',
      columns: ['Moved', 'From', 'To', 'Why'],
      rows: ({ state }) =>
        state.moves.map((move) => [
          show.doneBy(move),
          show.member(riskRegister, move.fromRegister),
          show.sentence(
            show.member(riskRegister, move.toRegister),
            move.is === 'ESCALATED' ? ' (escalated)' : ' (de-escalated)',
          ),
          show.text(move.why),
        ]),
      empty: 'It has stood on no other register that you may see.',
    },
  ],
  names: {
    body: 'Risk of this body',
    owner: 'This post is responsible',
    owners: 'Owned by this post',
    'controls.owner': 'Has a control of this post',
    'controls.assurance.cites': 'Tells of assurance of a control',
    'scores.rule': 'Scored by it',
    'appetite.rule': 'Its appetite is set by it',
    'ended.into': 'Goes on in it',
    'proposed.authority.meeting': 'Proposed on its authority',
    'registered.authority.meeting': 'Registered on its authority',
    'acceptance.authority.meeting': 'Accepted on its authority',
    'ended.authority.meeting': 'Ended on its authority',
    'moves.authority.meeting': 'Moved between registers on its authority',
  },
  columns: [
    {
      label: 'Score',
      shows: ({ standing: { scores } }) =>
        show.lines(
          scoreBriefly(scores.CURRENT),
          scores.TARGET === undefined ? null : show.sentence('Target ', scoreBriefly(scores.TARGET)),
        ),
    },
    show.field('owner', owner, ({ state }) => show.named(state.owner) ?? show.said('Nobody named')),
    { label: 'Register', shows: ({ state }) => show.member(riskRegister, state.register) },
    {
      label: 'Review due',
      shows: ({ standing }) => (standing.reviewDue === null ? null : show.day(standing.reviewDue)),
    },
  ],
  filters,
  matrix: {
    heading: 'Risks by likelihood and impact',
    by: { scale: 'scale', of: 'scored', down: 'likelihood', across: 'impact' },
    usual: 'CURRENT',
  },
  tabs: { by: 'status' },
});

function onRegister({ state: { register, moves } }: ShownRisk): ShownValue | null {
  const last = moves.at(-1);
  return show.lines(
    show.member(riskRegister, register),
    last === undefined
      ? null
      : show.sentence(
          last.is === 'ESCALATED' ? 'Escalated from ' : 'De-escalated from ',
          show.member(riskRegister, last.fromRegister),
          ', ',
          show.doneBy(last),
        ),
  );
}

/** `12 (3 × 4), High`: never a colour alone. */
function scoreBriefly(read: ScoreRead | undefined): ShownValue | null {
  return read === undefined ? null : show.said(inNumbers(read.score) + bandInWords(read.now));
}

function inNumbers(score: RiskScore): string {
  return `${productOf(score)} (${score.likelihood} × ${score.impact})`;
}

function bandInWords({ band }: Banded): string {
  return band === null ? '' : `, ${band.band}`;
}

function scoreShown(read: ScoreRead | undefined): ShownValue | null {
  if (read === undefined) return null;
  const { score, now } = read;
  const scale = show.named(score.rule);
  return show.lines(
    show.sentence(
      `${inNumbers(score)}${bandInWords(now)}`,
      scale === null ? null : ', by ',
      scale,
      scale === null ? null : `, version ${score.version}`,
    ),
    now.isToBeScoredAnew
      ? 'To be scored anew: the version in force has other axes, so the band is that of its own'
      : null,
    show.sentence('Given ', show.doneBy(score)),
    show.quote(score.why),
  );
}

const SINCE_BEFORE: { readonly [is in Compared]: string } = {
  LOWER: 'Lower than the score before',
  HIGHER: 'Higher than the score before',
  SAME: 'The same as the score before',
};
const TO_TARGET: { readonly [is in Compared]: string } = {
  LOWER: 'Below its target',
  HIGHER: 'Above its target',
  SAME: 'At its target',
};
const NOT_COMPARED = 'on different axes, so they are not set against each other';

function currentScore({ state, standing: { scores, sinceBefore, toTarget } }: ShownRisk): ShownValue | null {
  if (scores.CURRENT === undefined) return show.said('Unscored');
  const hasBefore = state.scores.filter(({ of }) => of === 'CURRENT').length > 1;
  return show.lines(
    scoreShown(scores.CURRENT),
    sinceBefore !== null ? SINCE_BEFORE[sinceBefore] : hasBefore ? `It and the score before are ${NOT_COMPARED}` : null,
    toTarget !== null
      ? TO_TARGET[toTarget]
      : scores.TARGET === undefined
        ? null
        : `It and its target are ${NOT_COMPARED}`,
  );
}

function targetScore({ standing: { scores } }: ShownRisk): ShownValue | null {
  const { TARGET: target } = scores;
  if (target === undefined) return null;
  const { targetOn } = target.score;
  return show.lines(
    scoreShown(target),
    targetOn === undefined ? null : show.sentence('To be reached by ', show.day(targetOn)),
  );
}

function appetite({ state: { appetite: is }, standing }: ShownRisk): ShownValue | null {
  if (is === undefined) return null;
  const scale = show.named(is.rule);
  return show.lines(
    show.sentence(
      `At most ${is.most}`,
      scale === null ? null : ', by ',
      scale,
      scale === null ? null : `, version ${is.version}`,
      ', set ',
      show.doneBy(is),
    ),
    standing.conditions.withinAppetite ? 'It is within appetite' : null,
  );
}

function lookedAt({ state: { lookedAt: at, latestReview } }: ShownRisk): ShownValue | null {
  if (at === undefined) return show.said('Never');
  return show.lines(show.doneBy(at), latestReview?.event === at.event ? show.quote(latestReview.text) : null);
}

function askedFor({ state: { asked, requestsRefused } }: ShownRisk): ShownValue | null {
  return show.lines(
    asked === undefined
      ? null
      : show.sentence(
          asked.asksFor === 'CLOSING' ? 'That it is closed, asked ' : 'That it is accepted',
          asked.until === undefined ? null : ' until ',
          asked.until === undefined ? null : show.day(asked.until),
          asked.asksFor === 'CLOSING' ? null : ', asked ',
          show.doneBy(asked),
        ),
    asked === undefined ? null : show.quote(asked.why),
    requestsRefused === 0 ? null : `Refused ${show.times(requestsRefused)}`,
  );
}

function accepted({ state: { acceptance: is }, standing: { conditions } }: ShownRisk): ShownValue | null {
  if (is === undefined) return null;
  return show.lines(
    show.sentence(
      show.doneBy(is),
      is.until === undefined ? null : ', until ',
      is.until === undefined ? null : show.day(is.until),
      conditions.accepted ? null : ': it has run out',
    ),
    show.quote(is.askedWhy),
    show.quote(is.why),
  );
}

function ended({ state: { ended: is } }: ShownRisk): ShownValue | null {
  if (is === undefined) return null;
  return show.lines(
    show.sentence(is.how === 'CLOSED' ? 'Closed, ' : 'Merged, ', show.doneBy(is)),
    is.into === undefined ? null : show.sentence('It goes on in ', show.referred(is.into)),
    show.quote(is.askedWhy),
    show.quote(is.why),
  );
}

function scoreRow({ score, now, then }: ScoreRead): readonly (ShownValue | null)[] {
  return [
    show.when(score),
    show.lines(
      show.member(scoreOf, score.of),
      score.targetOn === undefined ? null : show.sentence('by ', show.day(score.targetOn)),
    ),
    show.said(inNumbers(score)),
    show.lines(
      banded(now),
      now.version === then.version ? null : show.sentence('Then ', banded(then)),
      now.isToBeScoredAnew ? 'To be scored anew' : null,
    ),
    show.doer(score.by),
    show.text(score.why),
  ];
}

function banded({ band, version }: Banded): ShownValue | null {
  return version === null ? null : show.said(`${band?.band ?? 'No band'}, by version ${version}`);
}

function controlRow(control: RiskControl): readonly (ShownValue | null)[] {
  const { targetOn, firstTargetOn, moves, standing, inPlaceOn, reported, assurance } = control;
  return [
    show.text(control.measure),
    show.member(controlKind, control.kind),
    show.named(control.owner),
    show.lines(
      targetOn === undefined ? null : show.day(targetOn),
      moves.length === 0 ? null : `Moved ${show.times(moves.length)}`,
      moves.length === 0 || firstTargetOn === undefined ? null : show.sentence('First ', show.day(firstTargetOn)),
      moves.length === 0 ? null : show.quote(moves.at(-1)!.why),
    ),
    show.lines(
      show.member(controlStanding, standing),
      inPlaceOn === undefined || standing !== 'IN_PLACE' ? null : show.sentence('since ', show.day(inPlaceOn)),
    ),
    show.member(effectiveness, control.effectiveness),
    reported === undefined ? null : show.lines(show.doneBy(reported), show.quote(reported.text)),
    show.lines(
      ...assurance.flatMap(({ line, opinion: is, text, cites, ...step }) => [
        show.sentence(show.member(assuranceLine, line), ': ', show.member(opinion, is), ', ', show.doneBy(step)),
        show.quote(text),
        show.named(cites),
      ]),
    ),
  ];
}

/** Why it stands so, in words of its own: the fact that it turns on may be that something did not happen. */
function why({ state, standing: { status, conditions, reviewDue } }: ShownRisk, so: MadeSo): ShownValue | null {
  const happened = (RISK_HAPPENED as { readonly [type: string]: string })[so.type] ?? 'So';
  const isOpen = (OPEN_RISKS as readonly RiskStatus[]).includes(status);
  if (!isOpen) return show.because(happened, so);
  return show.lines(
    show.because(happened, so),
    conditions.unscored ? 'It has no current score.' : null,
    conditions.isNew
      ? 'It was neither scored nor reviewed since it came to this register or its responsible officer.'
      : null,
    conditions.reviewOverdue && reviewDue !== null
      ? show.sentence('Its review was due on ', show.day(reviewDue), '.')
      : null,
    conditions.acceptanceLapsed && state.acceptance?.until !== undefined
      ? show.sentence('Its acceptance ran out on ', show.day(state.acceptance.until), '.')
      : null,
    conditions.controlOverdue ? 'An additional control is not in place, and its day has passed.' : null,
    conditions.controlTasked && !conditions.controlOverdue ? 'An additional control is not in place yet.' : null,
    conditions.atTarget ? 'Its current score is at its target.' : null,
    conditions.withinAppetite ? 'Its current score is within appetite.' : null,
    conditions.accepted ? 'It is accepted.' : null,
  );
}
