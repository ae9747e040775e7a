import type { Actor, CivilDate, EventId, Instant, Party, TextRef } from '../../libs/ledger/index.ts';
import {
  byRecord,
  inGroups,
  onceFor,
  pageOfAll,
  recordsWhere,
  registerNamed,
  slippedRecords,
  type Grouping,
  type LedgerView,
  type Page,
  type PageWanted,
  type SlippedRecord,
} from '../../libs/read-models/index.ts';
import type { AddedRule } from '../../libs/registers/rules/index.ts';
import { breachesOfMoves, type PolicyBreach } from '../../libs/rules/index.ts';
import type { DateMove, DateSlippage, DateStep, KindOfMove } from '../../libs/timeline/index.ts';

/** What changed a due date, or was said beside it: the fact, who says so and why. */
export interface StepOfDate {
  /** Reference of the record of the fact: that which is due, or the meeting that moved. */
  readonly record: string;
  readonly register: string;
  readonly event: EventId;
  readonly type: string;
  readonly effectiveOn: CivilDate;
  /** When the ledger recorded it, and when it counts as recorded on the basis's clock. */
  readonly recordedAt: Instant;
  readonly knownAt: Instant;
  readonly by: Party | null;
  readonly authority: NonNullable<Actor['authority']> | null;
  readonly reason?: TextRef;
  readonly from: CivilDate | null;
  readonly to: CivilDate | null;
}

export interface MoveOfDate extends StepOfDate {
  readonly kind: KindOfMove;
  readonly days: number | null;
  readonly afterItPassed: boolean | null;
  /** What it did not keep of the policies of its body that were in force on its day; of an extension alone. */
  readonly breaches: readonly PolicyBreach[];
}

/** A due date that slipped. */
export interface SlippedDate {
  readonly record: string;
  readonly register: string;
  /** Which of the record's dates: see `DueSaid`. */
  readonly of: string;
  /** What the record is called. */
  readonly heading?: TextRef;
  /** The post that owns the record at the basis, the one that leads; null for none, or none for this reader. */
  readonly owner: string | null;
  readonly body: string | null;
  /** The audit, inspection or other paper in which it was published. */
  readonly publication: string | null;
  readonly original: CivilDate | null;
  readonly current: CivilDate | null;
  readonly moves: readonly MoveOfDate[];
  readonly beside: readonly (StepOfDate & { readonly kind: DateSlippage['beside'][number]['kind'] })[];
  /** Of the moves of which days are known. */
  readonly totalDays: number;
}

export interface SlippageFilter {
  readonly register?: string;
  readonly owner?: string;
  readonly publication?: string;
  /** With a move of that kind. */
  readonly kind?: KindOfMove;
  /** With a move that was recorded after the old date had passed, or without. */
  readonly late?: boolean;
  /** With an extension beyond the policy that was in force then, or without. */
  readonly breached?: boolean;
  /** First due on these days; what has no day is on none. */
  readonly firstDueFrom?: CivilDate;
  readonly firstDueTo?: CivilDate;
}

export const SLIPPAGE_GROUPINGS = ['OWNER', 'BODY', 'PUBLICATION', 'MONTH', 'REGISTER'] as const;
export type SlippageGrouping = (typeof SLIPPAGE_GROUPINGS)[number];
/** The registers of which records are due on days that can move, as they are shown. */
export const REGISTERS_THAT_SLIP = ['actions', 'recommendations', 'risks', 'forward-plan', 'decisions'] as const;

/** Of one group: what slipped, and how. */
export interface SlippageCount {
  readonly key: string | null;
  readonly label: string;
  /** How many due dates slipped. */
  readonly count: number;
  readonly moves: number;
  readonly extended: number;
  readonly broughtForward: number;
  readonly movedWithMeeting: number;
  readonly late: number;
  readonly breached: number;
  readonly totalDays: number;
}

/** The due dates that slipped by the basis's day, by register and then in the order of its lists. */
export async function listSlippage(
  view: LedgerView,
  filter: SlippageFilter,
  page: PageWanted,
): Promise<Page<SlippedDate>> {
  const found = pageOfAll(await slippedDates(view, filter), page, ({ record, date }) => [record.ref, date.of]);
  return { ...found, edges: found.edges.map(({ cursor, node }) => ({ cursor, node: toldOf(node) })) };
}

/** The same, counted in groups: by the post that leads, the body, the paper in which it was published, the month in which it was first due, the register. */
export async function countSlippage(
  view: LedgerView,
  by: SlippageGrouping,
  filter: SlippageFilter,
): Promise<readonly SlippageCount[]> {
  const groups = new Map<string | null, Slipped[]>();
  for (const date of await slippedDates(view, filter)) {
    const key = KEY_OF[by](date);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [date]);
    else group.push(date);
  }
  const rows = [...groups].map(([key, dates]) => ({ key, dates }));
  const found = await inGroups(view, groupingOf(view, by), rows);
  return found.map(({ key, label, of }) => ({ key, label, ...sumsOf(of.flatMap(({ dates }) => dates)) }));
}

const KEY_OF: { readonly [By in SlippageGrouping]: (slipped: Slipped) => string | null } = {
  OWNER: ({ record }) => record.owner,
  BODY: ({ record }) => record.body,
  PUBLICATION: ({ record }) => record.publication,
  MONTH: ({ date }) => date.original?.slice(0, 7) ?? null,
  REGISTER: ({ record }) => record.register,
};

const GROUPINGS: { readonly [By in Exclude<SlippageGrouping, 'REGISTER'>]: Grouping } = {
  OWNER: byRecord('no owner', ['directory', 'name']),
  BODY: byRecord('no body', ['directory', 'name']),
  PUBLICATION: byRecord('no publication', ['documents', 'title']),
  MONTH: { without: 'no known day' },
};
const NO_REGISTER = 'no register';

function groupingOf(view: LedgerView, by: SlippageGrouping): Grouping {
  if (by !== 'REGISTER') return GROUPINGS[by];
  const called = (key: string) => registerNamed(view, key)?.name.replaceAll('-', ' ') ?? null;
  return { without: NO_REGISTER, label: (_, key) => Promise.resolve(called(key)) };
}

function sumsOf(slipped: readonly Slipped[]): Omit<SlippageCount, 'key' | 'label'> {
  const moves = slipped.flatMap(({ date }) => date.moves);
  const many = (is: (move: DateMove) => boolean) => moves.filter(is).length;
  return {
    count: slipped.length,
    moves: moves.length,
    extended: many(({ kind }) => kind === 'EXTENDED'),
    broughtForward: many(({ kind }) => kind === 'BROUGHT_FORWARD'),
    movedWithMeeting: many(({ kind }) => kind === 'MOVED_WITH_MEETING'),
    late: many(({ afterItPassed }) => afterItPassed === true),
    breached: slipped.reduce((sum, { breaches }) => sum + breaches.filter((some) => some.length > 0).length, 0),
    totalDays: daysOf(moves),
  };
}

function daysOf(moves: readonly DateMove[]): number {
  return moves.reduce((sum, { days }) => sum + (days ?? 0), 0);
}

/** A due date that slipped, as it is looked through: what of it is told is made for those of a page alone. */
interface Slipped {
  readonly record: Omit<SlippedRecord, 'dates'>;
  readonly date: DateSlippage;
  /** Of each of its moves. */
  readonly breaches: readonly (readonly PolicyBreach[])[];
}

async function slippedDates(view: LedgerView, filter: SlippageFilter): Promise<readonly Slipped[]> {
  const all: Slipped[] = [];
  for (const [register, walk] of WALKS)
    if (filter.register === undefined || filter.register === register)
      for (const slipped of await slippedOf(view, register, walk)) if (passes(slipped, filter)) all.push(slipped);
  return all;
}

function passes({ record, date: { moves, original }, breaches }: Slipped, filter: SlippageFilter): boolean {
  const { owner, publication, kind, late, breached, firstDueFrom, firstDueTo } = filter;
  return (
    (owner === undefined || record.owner === owner) &&
    (publication === undefined || record.publication === publication) &&
    (kind === undefined || moves.some((move) => move.kind === kind)) &&
    (late === undefined || moves.some(({ afterItPassed }) => afterItPassed === true) === late) &&
    (breached === undefined || breaches.some((some) => some.length > 0) === breached) &&
    (firstDueFrom === undefined || (original !== null && original >= firstDueFrom)) &&
    (firstDueTo === undefined || (original !== null && original <= firstDueTo))
  );
}

/** Registers in the order in which they are listed, each with what its walk is kept by. */
const WALKS: ReadonlyMap<string, object> = new Map(
  ['actions', 'recommendations', 'risks', 'forward-plan', 'decisions'].map((register) => [register, { register }]),
);

function slippedOf(view: LedgerView, register: string, walk: object): Promise<readonly Slipped[]> {
  return onceFor(view, walk, async () => {
    const records = await slippedRecords(view, register);
    const bodies = [...new Set(records.flatMap(({ body }) => body ?? []))];
    const policies = await policiesOf(view, bodies);
    return records.flatMap((record) =>
      record.dates.flatMap((date) =>
        date.moves.length === 0 ? [] : [{ record, date, breaches: breachesOf(policies, record, date) }],
      ),
    );
  });
}

/** The due-date policies of bodies, as they are known at the basis and as far as the reader may see them. */
async function policiesOf(view: LedgerView, bodies: readonly string[]): Promise<readonly AddedRule[]> {
  if (bodies.length === 0) return [];
  const rules = await recordsWhere<AddedRule>(view, { register: 'rules', column: 'body', among: bodies });
  return rules.map(({ state }) => state).filter(({ kind }) => kind === 'DUE_DATE_POLICY');
}

function toldOf({ record, date, breaches }: Slipped): SlippedDate {
  const { register, ref, owner, body, publication, heading } = record;
  const { of, original, current, moves, beside } = date;
  const where = { record: ref, register };
  return {
    ...where,
    of,
    ...(heading === null ? {} : { heading }),
    ...{ owner, body, publication, original, current },
    moves: moves.map((move, index): MoveOfDate => {
      const { kind, days, afterItPassed, meeting } = move;
      const at = meeting === undefined ? where : { record: meeting, register: 'meetings' };
      return { kind, ...stepOf(move, at), days, afterItPassed, breaches: breaches[index]! };
    }),
    beside: beside.map((one) => ({ kind: one.kind, ...stepOf(one, where) })),
    totalDays: daysOf(moves),
  };
}

function stepOf(
  { event, recordedAt: knownAt, from, to }: DateStep,
  where: Pick<StepOfDate, 'record' | 'register'>,
): StepOfDate {
  const { id, type, effectiveOn, actor, texts } = event;
  const by = actor.by as Partial<Party> | undefined;
  const { authority } = actor;
  const { reason } = texts;
  return {
    ...where,
    ...{
      event: id,
      type,
      effectiveOn,
      recordedAt: (event as { readonly recordedAt?: Instant }).recordedAt ?? knownAt,
      knownAt,
    },
    by: by?.post === undefined ? null : { ...by, post: by.post },
    authority: authority === undefined || Object.keys(authority).length === 0 ? null : authority,
    ...(reason === undefined ? {} : { reason }),
    ...{ from, to },
  };
}

/** What each move did not keep of the due-date policies of its body. */
function breachesOf(
  policies: readonly AddedRule[],
  { body }: SlippedRecord,
  { moves }: DateSlippage,
): readonly (readonly PolicyBreach[])[] {
  const ofBody = policies.filter((policy) => policy.body === body);
  return breachesOfMoves(ofBody, moves).map((breaches) => [...new Set(breaches.map(({ breach }) => breach))]);
}
