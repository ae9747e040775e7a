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
import { extensionBreaches, inForceOn, type DueDatePolicy, type PolicyBreach } from '../../libs/rules/index.ts';
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

export type SlippageGrouping = 'OWNER' | 'BODY' | 'PUBLICATION' | 'MONTH' | 'REGISTER';

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
  return pageOfAll(await slippedDates(view, filter), page, ({ record, of }) => [record, of]);
}

/** The same, counted in groups: by the post that leads, the body, the paper in which it was published, the month in which it was first due, the register. */
export async function countSlippage(
  view: LedgerView,
  by: SlippageGrouping,
  filter: SlippageFilter,
): Promise<readonly SlippageCount[]> {
  const groups = new Map<string | null, SlippedDate[]>();
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

const KEY_OF: { readonly [By in SlippageGrouping]: (date: SlippedDate) => string | null } = {
  OWNER: ({ owner }) => owner,
  BODY: ({ body }) => body,
  PUBLICATION: ({ publication }) => publication,
  MONTH: ({ original }) => original?.slice(0, 7) ?? null,
  REGISTER: ({ register }) => register,
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

function sumsOf(dates: readonly SlippedDate[]): Omit<SlippageCount, 'key' | 'label'> {
  const moves = dates.flatMap((date) => date.moves);
  const many = (is: (move: MoveOfDate) => boolean) => moves.filter(is).length;
  return {
    count: dates.length,
    moves: moves.length,
    extended: many(({ kind }) => kind === 'EXTENDED'),
    broughtForward: many(({ kind }) => kind === 'BROUGHT_FORWARD'),
    movedWithMeeting: many(({ kind }) => kind === 'MOVED_WITH_MEETING'),
    late: many(({ afterItPassed }) => afterItPassed === true),
    breached: many(({ breaches }) => breaches.length > 0),
    totalDays: dates.reduce((sum, date) => sum + date.totalDays, 0),
  };
}

async function slippedDates(view: LedgerView, filter: SlippageFilter): Promise<readonly SlippedDate[]> {
  const slipped: SlippedDate[] = [];
  for (const [register, walk] of WALKS)
    if (filter.register === undefined || filter.register === register)
      for (const date of await slippedOf(view, register, walk)) if (passes(date, filter)) slipped.push(date);
  return slipped;
}

function passes({ moves, original, ...date }: SlippedDate, filter: SlippageFilter): boolean {
  const { register, owner, publication, kind, late, breached, firstDueFrom, firstDueTo } = filter;
  const isLate = moves.some(({ afterItPassed }) => afterItPassed === true);
  const isBreached = moves.some(({ breaches }) => breaches.length > 0);
  return (
    (register === undefined || date.register === register) &&
    (owner === undefined || date.owner === owner) &&
    (publication === undefined || date.publication === publication) &&
    (kind === undefined || moves.some((move) => move.kind === kind)) &&
    (late === undefined || isLate === late) &&
    (breached === undefined || isBreached === breached) &&
    (firstDueFrom === undefined || (original !== null && original >= firstDueFrom)) &&
    (firstDueTo === undefined || (original !== null && original <= firstDueTo))
  );
}

/** Registers in the order in which they are listed, each with what its walk is kept by. */
const WALKS: ReadonlyMap<string, object> = new Map(
  ['actions', 'recommendations', 'risks', 'forward-plan', 'decisions'].map((register) => [register, { register }]),
);

function slippedOf(view: LedgerView, register: string, walk: object): Promise<readonly SlippedDate[]> {
  return onceFor(view, walk, async () => {
    const records = await slippedRecords(view, [register]);
    const bodies = [...new Set(records.flatMap(({ body }) => body ?? []))];
    const policies = await policiesOf(view, bodies);
    return records.flatMap((one) => datesOf(one, policies));
  });
}

/** The due-date policies of bodies, as they are known at the basis and as far as the reader may see them. */
async function policiesOf(view: LedgerView, bodies: readonly string[]): Promise<readonly AddedRule[]> {
  if (bodies.length === 0) return [];
  const rules = await recordsWhere<AddedRule>(view, { register: 'rules', column: 'body', among: bodies });
  return rules.map(({ state }) => state).filter(({ kind }) => kind === 'DUE_DATE_POLICY');
}

function datesOf({ dates, ...record }: SlippedRecord, policies: readonly AddedRule[]): SlippedDate[] {
  const { register, ref, owner, body, publication, heading } = record;
  const own = policies.filter((policy) => policy.body === body);
  return dates.flatMap(({ of, original, current, moves, beside }) => {
    if (moves.length === 0) return [];
    let nth = 0;
    const told = moves.map((move): MoveOfDate => {
      if (move.kind === 'EXTENDED' && move.isGranted) nth += 1;
      const { kind, days, afterItPassed, meeting } = move;
      const where = meeting === undefined ? { record: ref, register } : { record: meeting, register: 'meetings' };
      return { kind, ...stepOf(move, where), days, afterItPassed, breaches: breachesOf(own, move, nth) };
    });
    const where = { record: ref, register };
    return {
      ...where,
      of,
      ...(heading === null ? {} : { heading }),
      ...{ owner, body, publication },
      ...{ original, current },
      moves: told,
      beside: beside.map((one) => ({ kind: one.kind, ...stepOf(one, where) })),
      totalDays: told.reduce((sum, { days }) => sum + (days ?? 0), 0),
    };
  });
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

/** By every due-date policy of the body that was in force on the day of the extension. */
function breachesOf(policies: readonly AddedRule[], move: DateMove, nth: number): readonly PolicyBreach[] {
  if (move.kind !== 'EXTENDED' || !move.isGranted) return [];
  const { effectiveOn, texts } = move.event;
  const made = {
    nth,
    afterItPassed: move.from !== null && move.from < effectiveOn,
    hasReason: texts.reason !== undefined,
  };
  const breaches = policies.flatMap((policy) => {
    const version = inForceOn(policy, effectiveOn);
    return version === null ? [] : extensionBreaches(version.content as DueDatePolicy, made);
  });
  return [...new Set(breaches)];
}
