import { sql, type RawBuilder } from 'kysely';
import type { Reader } from '../access/index.ts';
import type { EventStore, LogPosition } from '../event-store/index.ts';
import type { KeyStore } from '../keys/index.ts';
import {
  earlier,
  instantOf,
  instantWritten,
  isCivilDate,
  isMoment,
  later,
  londonDayOf,
  millisecondsOf,
  TIME_ZONE,
  type Clock,
  type Instant,
} from '../ledger/index.ts';
import { dayNumberOf } from './interval-tree.ts';
import { isOfLinkToNothing } from './link-facts.ts';
import { basisAtMeeting } from './at-meeting.ts';
import {
  BadBasis,
  NotYet,
  type AsOf,
  type Basis,
  type LedgerView,
  type ViewOfMeeting,
  type ViewOptions,
} from './ledger-view.ts';
import type { Checkpoint, Tables, IllustrativeBody } from './tables.ts';
import { maySee, OpenView, setsSeenBy, type Answering, type AskedTables, type Point } from './view.ts';

/** How long after an instant a quiet log may settle it: the longest that a caller waits for an append that is under way. */
const SETTLE_AFTER_MS = 10_000;
/** How long reading may take to include what is in the store already, before an answer is called unsettled. */
const CATCH_UP_MS = 250;
/** An instant that lies ahead by no more is taken for now: clocks of clients differ. */
const AHEAD_MS = 5_000;
const MOST_COUNTS = 2_000;
/** A reader waits no longer than this for the store to say what its head is: whether an answer is settled is then not known. */
const HEAD_WITHIN_MS = 250;

export interface ViewOpener {
  open(asOf: AsOf, reader: Reader, options: ViewOptions & { readonly waitMs: number }): Promise<LedgerView>;
  /** When the last event was recorded that the reader may see; null when there is none. */
  lastSeen(reader: Reader): Promise<Instant | null>;
  /** The tables have changed: what was counted before counts no longer. */
  forget(): void;
}

interface OpenerContext extends Pick<
  Answering,
  'tokens' | 'registers' | 'projections' | 'opening' | 'refusedBecauseOf'
> {
  tables(): Tables;
  readonly clock: Clock;
  readonly store: Pick<EventStore, 'head'>;
  readonly keys: Pick<KeyStore, 'settledFloor'>;
  readonly writer?: { undecidedSince(): Instant | null };
  checkpoint(): Checkpoint | null;
  waitFor(position: LogPosition, timeoutMs: number): Promise<boolean>;
}

export function viewOpener(context: OpenerContext): ViewOpener {
  const { clock, tokens, registers, projections } = context;
  let counts: Answering['counts'] = new Map();
  let withheld: readonly number[] | null = null;
  let illustrative: readonly IllustrativeBody[] | null = null;
  const answering: Answering = {
    tables: () => context.tables(),
    tokens,
    registers,
    projections,
    opening: context.opening,
    refusedBecauseOf: context.refusedBecauseOf,
    withheld: () => (withheld ??= context.tables().withheld()),
    illustrative: () => (illustrative ??= context.tables().illustrative()),
    wordings: new Map(),
    get counts() {
      return counts;
    },
  };
  /** The same for a view that is read apart wholly. */
  const answeringApart = Object.create(answering, {
    tables: {
      value: (): AskedTables => {
        const tables = context.tables();
        return {
          query: tables.queryApart,
          readApart: (question) => tables.readApart(question),
          ask: (question) => tables.readApart(question),
          hasMistakes: () => tables.hasMistakes(),
          sequenceAt: (position) => tables.sequenceAt(position),
        };
      },
    },
  }) as Answering;
  const isSettled = settling(context);

  async function positionOf(
    token: string | undefined,
    field: 'atLeast' | 'asOf.position',
    waitMs: number,
  ): Promise<LogPosition | null> {
    if (token === undefined) return null;
    const position = tokens.decode(token);
    if (position === null) throw new BadBasis(field, 'This is not a position that this ledger gave out.');
    if (!(await context.waitFor(position, waitMs)))
      throw new NotYet('Reading does not include this position yet. Ask again in a moment.');
    return position;
  }

  /**
   * Never before the head: by a clock that was set back, an answer would leave out what is in the ledger already. For a reader who may
   * not see all, the head is the last event that they may see.
   */
  async function nowFor(reader: Reader): Promise<Instant> {
    const now = instantOf(clock.now());
    const recordedAt = context.checkpoint()?.recordedAt ?? now;
    if (recordedAt <= now) return now;
    return later(now, reader.audience === 'full' ? recordedAt : ((await lastSeenAt(answering, reader)) ?? now));
  }

  async function open(
    asOf: AsOf,
    reader: Reader,
    { atLeast, waitMs, tellsBasis = true, pinned: known, apart = false }: ViewOptions & { readonly waitMs: number },
  ): Promise<LedgerView> {
    await positionOf(atLeast, 'atLeast', waitMs);
    const pinned = known ?? (await positionOf(asOf.position, 'asOf.position', waitMs));
    const meeting = meetingOf(asOf);
    if (meeting !== null) {
      // The meeting is read from the events that the answer counts, so that what is written meanwhile is in neither.
      const head = pinned ?? context.checkpoint()?.position;
      const upToHead = { waitMs, apart, ...(head === undefined ? {} : { pinned: head }) };
      const clockAsked = asOf.clock === undefined ? {} : { clock: asOf.clock };
      const today = await open(clockAsked, reader, { ...upToHead, tellsBasis: false });
      const at = await basisAtMeeting(today, meeting.ref, meeting.view);
      return open({ ...clockAsked, ...at }, reader, { ...upToHead, tellsBasis });
    }
    const now = await nowFor(reader);
    const effective = effectiveOf(asOf, now);
    const recorded = recordedOf(asOf, now);
    const recordingClock = asOf.clock ?? 'STATED';

    // Before anything is read: what is settled by then is in what is read.
    const settled = tellsBasis && (await isSettled(recorded, reader, () => lastSeenAt(answering, reader)));
    const checkpoint = context.checkpoint();
    const sequence =
      checkpoint === null
        ? 0
        : pinned === null || pinned === checkpoint.position
          ? checkpoint.sequence
          : sequenceAt(answering, pinned);
    const point: Point = {
      effective,
      day: dayNumberOf(effective),
      recorded: checkpoint === null ? recorded : earlier(recorded, checkpoint.knownTo),
      clock: recordingClock,
      sequence,
      recordedSequence:
        checkpoint === null || recorded >= checkpoint.recordedAt
          ? sequence
          : Math.min(sequence, await lastRecordedBy(answering, recorded)),
    };
    const position =
      checkpoint === null || !tellsBasis ? null : await lastVisible(answering, point, checkpoint.knownTo, reader);
    const basis: Basis = {
      effective,
      recorded,
      clock: recordingClock,
      position: position === null ? null : tokens.encode(reader.audience, position),
      settled,
      timeZone: TIME_ZONE,
    };
    if (counts.size > MOST_COUNTS) counts = new Map();
    return new OpenView(basis, reader, point, apart ? answeringApart : answering);
  }

  return {
    open,
    lastSeen: (reader) => lastSeenAt(answering, reader),
    forget() {
      // A new one: whoever is still counting puts the answer of before into the old one.
      counts = new Map();
      withheld = null;
      illustrative = null;
    },
  };
}

/** The meeting that is the point in time, if one is; it says both dates. */
function meetingOf({ meeting, view, effective, recorded }: AsOf): { ref: string; view: ViewOfMeeting } | null {
  if (meeting === undefined) {
    if (view === undefined) return null;
    throw new BadBasis('asOf.meeting', 'Name the meeting that is to be seen as told or as known now.');
  }
  if (effective !== undefined)
    throw new BadBasis('asOf.effective', 'A meeting is its own effective date: give the one or the other.');
  if (recorded !== undefined)
    throw new BadBasis('asOf.recorded', 'A meeting is its own recorded time: give the one or the other.');
  if (view === undefined)
    throw new BadBasis(
      'asOf.view',
      'Say whether the meeting is to be seen as told or as known now: TOLD or KNOWN_NOW.',
    );
  return { ref: meeting, view };
}

function effectiveOf({ effective }: AsOf, now: Instant): string {
  const today = londonDayOf(now);
  if (effective === undefined) return today;
  if (!isCivilDate(effective))
    throw new BadBasis('asOf.effective', 'The effective date must be a real day, like 2023-10-09.');
  if (effective > today)
    throw new BadBasis(
      'asOf.effective',
      'The effective date lies ahead of today. The ledger does not tell the future.',
    );
  return effective;
}

/** Any instant of RFC 3339, in UTC with milliseconds; finer ones are cut off. */
function recordedOf({ recorded }: AsOf, now: Instant): Instant {
  if (recorded === undefined) return now;
  if (!isMoment(recorded))
    throw new BadBasis(
      'asOf.recorded',
      'The recorded time must be an instant with its offset, like 2023-10-09T17:00:00Z.',
    );
  const instant = instantWritten(recorded);
  if (millisecondsOf(instant) - millisecondsOf(now) > AHEAD_MS)
    throw new BadBasis('asOf.recorded', 'The recorded time lies ahead of now. The ledger does not tell the future.');
  return earlier(instant, now);
}

function sequenceAt(answering: Answering, position: LogPosition): number {
  const sequence = answering.tables().sequenceAt(position);
  if (sequence === null) throw new BadBasis('asOf.position', 'This is not a position of an event of this ledger.');
  return sequence;
}

/** Number of the last event that the ledger itself had recorded by then; 0 before the first. */
export async function lastRecordedBy(answering: Answering, recorded: Instant): Promise<number> {
  const row = await answering
    .tables()
    .query.selectFrom('log_events')
    .select('sequence')
    .where('recorded_at', '<=', recorded)
    .orderBy('recorded_at', 'desc')
    .orderBy('sequence', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.sequence ?? 0;
}

/** Position of the last event that counts at that point and that the reader may see. */
export async function lastVisible(
  answering: Answering,
  point: Point,
  knownTo: Instant,
  reader: Reader,
): Promise<LogPosition | null> {
  const { sequence, recordedSequence, recorded, clock } = point;
  const all = clock === 'STATED' && recorded >= knownTo ? sequence : recordedSequence;
  const lasts = [lastOfEach(answering, reader, sql`sequence <= ${all}`, point)];
  // Imported facts may count on the stated clock long before the ledger recorded them.
  if (all !== sequence && clock === 'STATED')
    lasts.push(
      lastOfEach(
        answering,
        reader,
        sql`imported = 1 and sequence > ${all} and sequence <= ${sequence} and known_at <= ${recorded}`,
        point,
      ),
    );
  const last = await sql<{ position: LogPosition }>`
    select position from log_events where sequence = (
      select max(last) from (${sql.join(lasts, sql` union all `)}) as lasts
    )`.execute(answering.tables().query);
  return last.rows[0]?.position ?? null;
}

/**
 * SQL: the last event that the reader is told of, among those for each set of audiences. One look at the end of an index for each set: asked
 * of all sets at once, the tables would read every event of the ledger.
 * @param point what is known there counts; null: all
 */
function lastOfEach(
  answering: Answering,
  reader: Reader,
  which: RawBuilder<unknown>,
  point: Point | null,
): RawBuilder<unknown> {
  const record = sql.ref('record_events.record');
  // Whoever may see everything is told of every link.
  const isTold = reader.audience === 'full' ? sql`1 = 1` : sql`not ${isOfLinkToNothing({ reader, answering }, point)}`;
  const ofSet = (set: number) =>
    sql`select max(sequence) as last from record_events
      where audiences = ${set} and ${which} and ${maySee({ reader, answering }, sql`${set}`, record)} and ${isTold}`;
  return sql.join(setsSeenBy(reader).map(ofSet), sql` union all `);
}

/** When the last event of all was recorded that the reader may see; null when there is none. */
async function lastSeenAt(answering: Answering, reader: Reader): Promise<Instant | null> {
  const last = await sql<{ at: Instant }>`
    select recorded_at as at from log_events where sequence = (
      select max(last) from (${lastOfEach(answering, reader, sql`1 = 1`, null)}) as lasts
    )`.execute(answering.tables().query);
  return last.rows[0]?.at ?? null;
}

/**
 * Is it certain that nothing will ever be recorded at or before an instant? Yes once something was recorded after it that the reader
 * may see: an event that is hidden from them must not show so. Otherwise yes 10 s later, whatever was written meanwhile, if
 * the store is then asked and what it has is known here, and the writing process has no append open that was begun by then; and
 * only after it was made durable that it never stamps so early again. A process that cannot know answers no.
 */
function settling(context: OpenerContext) {
  const { clock, keys, writer } = context;
  const headSoon = headOf(context.store);
  let settledTo = '';
  return async (recorded: Instant, reader: Reader, lastSeen: () => Promise<Instant | null>): Promise<boolean> => {
    const last = reader.audience === 'full' ? (context.checkpoint()?.recordedAt ?? null) : await lastSeen();
    if (last !== null && last > recorded) return true;
    const until = millisecondsOf(recorded);
    if (writer === undefined || clock.now() < until + SETTLE_AFTER_MS) return false;
    if (recorded <= settledTo) return true;
    const undecided = writer.undecidedSince();
    if (undecided !== null && undecided <= recorded) return false;
    // Raised before looking: what is stamped from here on is stamped later, and what was stamped before is in the store by now.
    keys.settledFloor.raise(until);
    const head = await headSoon();
    // What was written just now, seen by this reader or not, must make no difference: it is waited for.
    if (head === undefined || (head !== null && !(await context.waitFor(head, CATCH_UP_MS)))) return false;
    if (recorded > settledTo) settledTo = recorded;
    return true;
  };
}

const LATE = Symbol('late');

/**
 * Asks for the head of the store without making reading depend on it: undefined when it does not answer at once, and for everybody
 * else, without waiting, as long as that first question stands unanswered.
 */
function headOf(store: OpenerContext['store']): () => Promise<LogPosition | null | undefined> {
  let unanswered: Promise<unknown> | null = null;
  return async () => {
    if (unanswered !== null) return undefined;
    const asked = store.head().catch(() => undefined);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<typeof LATE>((resolve) => {
      timer = setTimeout(() => resolve(LATE), HEAD_WITHIN_MS);
    });
    const head = await Promise.race([asked, late]);
    clearTimeout(timer);
    if (head !== LATE) return head;
    unanswered ??= asked.finally(() => (unanswered = null));
    return undefined;
  };
}
