import { show, type ShownValue } from '../../../../libs/declarations/index.ts';
import type { Basis, Page } from '../../../../libs/read-models/index.ts';
import {
  riskMovement,
  riskMovementStep,
  riskRegister,
  riskRestatement,
  type DaysInBand,
  type Forecast,
  type RiskMoved,
  type RiskMovementKind,
  type RiskMovementStep,
  type RiskScore,
} from '../../../../libs/registers/risks/index.ts';
import { productOf } from '../../../../libs/rules/index.ts';
import type {
  MatrixMovement,
  MovedCount,
  PanelAsked,
  PlaceInMatrix,
  RiskMatrix,
} from '../../../../projections/index.ts';
import {
  dayInWords,
  instantInWords,
  counted,
  incompleteInWords,
  type Line,
  type Piece,
} from '../../../../libs/wording/index.ts';
import { dateParameters } from '../frame/dates.ts';
import { recordPath } from '../frame/kind-on-pages.ts';
import type { FieldProblem } from '../frame/outcomes.ts';
import { paginationOf } from '../frame/pagination.ts';
import type { Visit } from '../frame/visits.ts';
import { KINDS } from '../kinds.ts';
import { panelRisksPath } from './path.ts';

/** What an address asks of the risks of a panel. */
export interface PanelRisksAsked extends PanelAsked {
  /** One list alone. */
  readonly list?: { readonly step: RiskMovementStep; readonly kind: RiskMovementKind };
  /** The scale of the matrix. */
  readonly scale?: string;
}

/** One thing that became of a risk, drawn. */
export type RowDrawn = readonly (readonly Line[])[];

export interface ListDrawn extends MovedCount {
  /** Rows: one for each thing that became of a risk, so there may be more than risks. */
  readonly page: Page<RowDrawn>;
}

export interface PanelRisksContext {
  readonly asked: PanelRisksAsked;
  readonly called: string;
  readonly reads: readonly Piece[];
  readonly since: { readonly ref: string };
  readonly until: { readonly ref: string } | null;
  /** The meetings that the panel held, in order. */
  readonly held: readonly string[];
  readonly bases: { readonly told: Basis; readonly knownNow: Basis; readonly closing: Basis };
  readonly total: number;
  readonly unchanged: number;
  readonly lists: readonly ListDrawn[];
  readonly forecasts: readonly RowDrawn[];
  readonly days: readonly DaysInBand[];
  readonly matrix: MatrixMovement | null;
  readonly scales: readonly { readonly ref: string; readonly called: string }[];
  readonly incomplete: number;
  readonly trail: readonly string[];
}

export const COLUMNS = ['Risk', 'Day', 'What', 'Who', 'Why'] as const;
export const FORECAST_COLUMNS = ['Risk', 'Forecast', 'What came', 'Outcome'] as const;

/** What the page says. Pure. */
export function presentPanelRisks(context: PanelRisksContext, visit: Pick<Visit, 'link' | 'view' | 'dates'>) {
  const { asked, called, reads, since, until, held, bases, total, unchanged, lists, incomplete } = context;
  const { link } = visit;
  const path = panelRisksPath(asked.panel);
  const parameters = parametersOf(asked);
  const meeting = (ref: string) => ({ ref, href: link(recordPath(KINDS.meeting, ref)) });
  const { told, closing } = bases;
  return {
    title: titleOf(called),
    called,
    path,
    reads,
    since: meeting(since.ref),
    until: until === null ? null : meeting(until.ref),
    told: `how they stood on ${dayInWords(told.effective)}, as recorded by ${instantInWords(told.recorded)}`,
    closing: `how they stood on ${dayInWords(closing.effective)}, as recorded by ${instantInWords(closing.recorded)}`,
    // Of the form that shows this, no choice is refused.
    ends: presentMeetings(asked.panel, visit, {
      since: since.ref,
      until: until?.ref,
      held,
      mayEnd: held.slice(held.indexOf(since.ref) + 1),
    }),
    total: counted(total, 'risk', 'risks'),
    unchanged: `Of ${counted(total, 'risk', 'risks')}, nothing became of ${unchanged.toLocaleString('en-GB')}.`,
    summary: summaryOf(context),
    steps: stepsOf(context, visit),
    one: asked.list === undefined ? null : { back: link(path, parametersOf(withoutList(asked))) },
    forecasts: context.forecasts.length === 0 ? null : { columns: FORECAST_COLUMNS, rows: context.forecasts },
    days: context.days.map(({ where, band, days }) => ({
      band: where === 'IN_BAND' ? band : DAYS[where],
      days: days.toLocaleString('en-GB'),
    })),
    matrix: matrixOf(context, link),
    pagination:
      asked.list === undefined || lists[0] === undefined
        ? null
        : paginationOf({ path, parameters, page: lists[0].page, trail: context.trail }, visit),
    incomplete: incompleteInWords(incomplete),
  };
}

/** What the form of the two meetings holds: which were chosen, between which to choose, and what will not do. */
interface MeetingsChosen {
  readonly since: string | undefined;
  readonly until: string | undefined;
  readonly held: readonly string[];
  /** Those up to which may be asked. */
  readonly mayEnd: readonly string[];
  readonly wrong?: FieldProblem;
}

function presentMeetings(
  panel: string,
  { dates }: Pick<Visit, 'dates'>,
  { since, until, held, mayEnd, wrong }: MeetingsChosen,
) {
  const choices = (among: readonly string[], chosen: string | undefined) =>
    // What an address names is kept, though no choice offers it.
    (chosen === undefined || among.includes(chosen) ? among : [...among, chosen]).map((ref) => ({
      ...{ value: ref, text: ref, selected: ref === chosen },
    }));
  return {
    path: panelRisksPath(panel),
    kept: dateParameters(dates).map(([name, value]) => ({ name, value })),
    since: choices(held, since),
    until: [{ value: '', text: 'The dates of this page', selected: until === undefined }, ...choices(mayEnd, until)],
    wrong: wrong === undefined ? {} : { [wrong.id]: wrong.sentence },
  };
}

/** The page where a meeting of the address will not do: the form alone, with what was chosen. Pure. */
export function presentBadMeetings(
  { panel, since, until }: PanelAsked,
  { called, held, wrong }: { readonly called: string; readonly held: readonly string[]; readonly wrong: FieldProblem },
  visit: Pick<Visit, 'dates'>,
) {
  return {
    title: titleOf(called),
    errors: [wrong],
    ends: presentMeetings(panel, visit, { since: since ?? held.at(-1), until, held, mayEnd: held, wrong }),
  };
}

function titleOf(called: string): string {
  return `Movement of risks: ${called}`;
}

const DAYS: { readonly [where in Exclude<DaysInBand['where'], 'IN_BAND'>]: string } = {
  WITHOUT_BAND: 'Scored, and in no band',
  UNSCORED: 'Unscored',
  NOT_ON_REGISTER: 'On no register',
};

function withoutList({ list: _, ...asked }: PanelRisksAsked): PanelRisksAsked {
  return asked;
}

function parametersOf({ since, until, list, scale }: PanelRisksAsked): readonly (readonly [string, string])[] {
  return [
    ...(since === undefined ? [] : [['since', since] as const]),
    ...(until === undefined ? [] : [['until', until] as const]),
    ...(list === undefined
      ? []
      : [['step', list.step.toLowerCase()] as const, ['kind', list.kind.toLowerCase()] as const]),
    ...(scale === undefined ? [] : [['scale', scale] as const]),
  ];
}

/** A row for each kind of which there is one: how many risks, restated and moved, each leading to its list on the page. */
function summaryOf({ asked, lists }: PanelRisksContext) {
  if (asked.list !== undefined) return null;
  const kinds = Object.keys(riskMovement.members) as readonly RiskMovementKind[];
  const rows = kinds.flatMap((kind) => {
    const of = (step: RiskMovementStep) => lists.find((one) => one.kind === kind && one.step === step);
    const [moved, restated] = [of('MOVED'), of('RESTATED')];
    if (moved === undefined && restated === undefined) return [];
    const cell = (one: ListDrawn | undefined) =>
      one === undefined
        ? { count: '0', href: null }
        : { count: one.count.toLocaleString('en-GB'), href: `#${idOf(one)}` };
    return [{ label: riskMovement.members[kind].label, moved: cell(moved), restated: cell(restated) }];
  });
  return { rows };
}

function idOf({ step, kind }: Pick<ListDrawn, 'step' | 'kind'>): string {
  return `${step}-${kind}`.toLowerCase();
}

const STEP_SAYS: { readonly [step in RiskMovementStep]: string } = {
  MOVED: 'What came about since the panel was told.',
  RESTATED:
    'What was so already when the panel was told, and was not known then or was known otherwise. None of it is a movement.',
};

function stepsOf({ asked, lists }: PanelRisksContext, { link }: Pick<Visit, 'link'>) {
  return (['MOVED', 'RESTATED'] as const).map((step) => ({
    heading: step === 'MOVED' ? 'Moved since' : 'Restated since',
    says: STEP_SAYS[step],
    nothing: step === 'MOVED' ? 'Nothing of these risks moved.' : 'Nothing that the panel was told is known otherwise.',
    isAsked: asked.list === undefined || asked.list.step === step,
    lists: lists
      .filter((one) => one.step === step)
      .map((one) => ({
        id: idOf(one),
        heading: `${one.label}: ${counted(one.count, 'risk', 'risks')}`,
        says: riskMovement.members[one.kind].says,
        columns: COLUMNS,
        rows: one.page.edges.map(({ node }) => node),
        all:
          asked.list === undefined && one.page.hasNextPage
            ? {
                href: link(panelRisksPath(asked.panel), parametersOf({ ...asked, list: { step, kind: one.kind } })),
                text: `See all ${one.page.totalCount.toLocaleString('en-GB')}`,
              }
            : null,
      })),
  }));
}

/** Each thing that became of a risk as the cells of its row. Pure. */
export function rowOf(ref: string, title: ShownValue | null, one: RiskMoved): readonly (ShownValue | null)[] {
  const { on, did, why, restatement, stands, overdue } = one;
  return [
    show.lines(show.referred(ref), title),
    show.lines(
      show.day(on),
      restatement === null ? null : show.member(riskRestatement, restatement),
      stands ? null : 'Not so, by what is known now',
    ),
    show.lines(
      whatOf(one),
      overdue === undefined ? null : show.sentence('It was due by ', show.day(overdue.due)),
      overdue === undefined
        ? null
        : overdue.until === null
          ? 'It is overdue still'
          : show.sentence('It was overdue until ', show.day(overdue.until)),
    ),
    did === null ? null : show.doer(did.by),
    show.quote(why),
  ];
}

function whatOf({ kind, score, scoreBefore, bands, registers, owners, other, measure }: RiskMoved): ShownValue | null {
  if (bands !== undefined) {
    const [was, is] = bands.map(({ band }) => band?.band ?? 'no band');
    return show.sentence(`From ${was!} to ${is!}, by `, show.named(other));
  }
  if (score !== undefined)
    return show.sentence(
      scoreBefore === undefined ? scoreInWords(score) : `From ${scoreInWords(scoreBefore)} to ${scoreInWords(score)}`,
      score.targetOn === undefined ? null : ', by ',
      score.targetOn === undefined ? null : show.day(score.targetOn),
    );
  if (registers !== undefined)
    return show.sentence(
      'From ',
      show.member(riskRegister, registers[0]),
      ' to ',
      show.member(riskRegister, registers[1]),
    );
  if (owners !== undefined)
    return show.sentence(
      'From ',
      show.named(owners[0]) ?? 'nobody who is named',
      ' to ',
      show.named(owners[1]) ?? 'nobody who is named',
    );
  if (kind === 'MERGED') return show.sentence('It goes on in ', show.referred(other));
  return show.text(measure);
}

/** `12 (3 × 4)` */
function scoreInWords(score: RiskScore): string {
  return `${productOf(score)} (${score.likelihood} × ${score.impact})`;
}

const OUTCOMES: { readonly [outcome in Forecast['outcome']]: string } = {
  REACHED: 'Reached',
  MISSED: 'Missed',
  AHEAD: 'Its day lies ahead, and it is not there yet',
  ENDED: 'The risk had ended',
  NOT_COMPARABLE: 'Not to be compared: unscored, or on other axes',
};

/** What was forecast of a risk, as the cells of its row. Pure. */
export function forecastRow(ref: string, title: ShownValue | null, forecast: Forecast): readonly (ShownValue | null)[] {
  const { target, by, came, outcome, since } = forecast;
  return [
    show.lines(show.referred(ref), title),
    show.sentence(`${scoreInWords(target)} by `, show.day(by)),
    came === null ? show.said('Unscored') : show.said(scoreInWords(came)),
    show.sentence(OUTCOMES[outcome], since === null ? null : ', so since ', since === null ? null : show.day(since)),
  ];
}

const WHERE: { readonly [where in Exclude<PlaceInMatrix['where'], 'CELL'>]: string } = {
  OTHER_AXES: 'On other axes',
  OTHER_SCALE: 'By another scale',
  UNSCORED: 'Unscored',
};

function placeInWords(place: PlaceInMatrix | null): string {
  if (place === null) return 'Not among the open risks';
  return place.where === 'CELL'
    ? `${place.likelihood * place.impact} (${place.likelihood} × ${place.impact})`
    : WHERE[place.where];
}

/** Risks of a line that are named. */
const NAMED = 12;

function matrixOf({ asked, matrix, scales, bases }: PanelRisksContext, link: Visit['link']) {
  if (matrix === null || asked.list !== undefined) return null;
  const { told, knownNow, closing, lines, scale } = matrix;
  const day = (at: keyof typeof bases) => dayInWords(bases[at].effective);
  return {
    tables: [
      tableOf(told, `As told: on ${day('told')}, as recorded by the papers`),
      ...(sameCells(told, knownNow)
        ? []
        : [tableOf(knownNow, `As known now: on ${day('knownNow')}, by all that is recorded`)]),
      tableOf(closing, `At the end: on ${day('closing')}, by all that was recorded by then`),
    ],
    scales:
      scales.length < 2
        ? []
        : scales.map(({ ref, called }) => ({
            ...{ text: called, current: ref === scale },
            href: link(panelRisksPath(asked.panel), parametersOf({ ...asked, scale: ref })),
          })),
    lines: lines.map(({ step, by, from, to, refs }) => ({
      step: step === 'RESTATED' ? 'Restated' : 'Moved',
      from: placeInWords(from),
      to: placeInWords(to),
      by: by === 'SCALE' ? 'By its scale' : 'By what was recorded of it',
      count: refs.length.toLocaleString('en-GB'),
      risks: refs.slice(0, NAMED).map((ref) => ({ ref, href: link(recordPath(KINDS.risk, ref)) })),
      more: refs.length > NAMED ? `and ${(refs.length - NAMED).toLocaleString('en-GB')} more` : null,
    })),
  };
}

function sameCells(one: RiskMatrix | null, other: RiskMatrix | null): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function tableOf(matrix: RiskMatrix | null, caption: string) {
  if (matrix === null) return { caption, nothing: 'The scale had no version there.', rows: [], columns: [], apart: [] };
  const { likelihoods, impacts, cells, onOtherAxes, onOtherScales, unscored } = matrix;
  const cell = (likelihood: number, impact: number) => {
    const { count, band } = cells.find((one) => one.likelihood === likelihood && one.impact === impact)!;
    return {
      count: count.toLocaleString('en-GB'),
      band: band?.band ?? 'No band',
      classes: band?.colour === undefined ? '' : `ledger-band--${band.colour.toLowerCase()}`,
    };
  };
  const apart = (count: number, what: string) => (count === 0 ? [] : [`${counted(count, 'risk', 'risks')} ${what}`]);
  return {
    caption: `${caption}, by version ${matrix.version}`,
    nothing: null,
    columns: impacts.map(({ score }) => score),
    rows: likelihoods
      .toReversed()
      .map(({ score }) => ({ score, cells: impacts.map((impact) => cell(score, impact.score)) })),
    apart: [
      ...apart(onOtherAxes, 'scored on other axes of this scale, in no cell'),
      ...apart(onOtherScales, 'scored by another scale'),
      ...apart(unscored, 'without a current score'),
    ],
  };
}

/** Members of closed lists as an address has them: in small letters. */
export function listIn(query: URLSearchParams): PanelRisksAsked['list'] | null {
  const [step, kind] = [query.get('step') ?? '', query.get('kind') ?? ''].map((one) => one.toUpperCase());
  if (step === '' && kind === '') return undefined;
  const isKnown = Object.hasOwn(riskMovementStep.members, step!) && Object.hasOwn(riskMovement.members, kind!);
  return isKnown ? ({ step, kind } as PanelRisksAsked['list']) : null;
}
