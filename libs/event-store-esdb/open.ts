import { BACKWARDS, END, FORWARDS, jsonEvent, NO_STREAM } from '@eventstore/db-client';
import {
  refused,
  StoreUnavailable,
  type AppendResult,
  type EventStore,
  type Follower,
  type Following,
  type LoggedEvent,
  type LogPosition,
  type NewEvent,
  type ReadPage,
} from '../event-store/index.ts';
import type { Clock, StreamName } from '../ledger/index.ts';
import { AckWatch } from './ack-watch.ts';
import { SILENT, type Defence, type Logger, type StoreAlarm } from './alarms.ts';
import { EsdbWriter } from './appending.ts';
import { attemptOf, isStreamName, KnownIds, type Attempt } from './attempt.ts';
import { ClockCheck, type ClockOff } from './clock-check.ts';
import { connect, TimeLeft, within, type Connection } from './connection.ts';
import { reasonOf } from './failures.ts';
import { LogFollowing } from './following.ts';
import { comparePlaces, decodePosition, encodePosition, furthest } from './positions.ts';
import { EsdbReader } from './reading.ts';
import { loggedAt } from './recorded.ts';

const DEADLINE_MS = 8_000;
const DEFAULT_LIMIT = 500;
const PATIENCE_MS = 5_000;
const OPENING_MS = 30_000;
const CLOSING_MS = 2_000;

export interface EsdbOptions {
  /** `esdb://user:password@host:2113`, `esdb+discover://…` for a cluster, `…?tls=false` on a trusted network. */
  readonly url: string;
  /** Letters and digits: prefix of the ledger's streams in the database. */
  readonly ledger: string;
  /** The writer's clock. Without it the clocks are not compared. */
  readonly clock?: Clock;
  /** Called when the writer's clock is found to be off the store's; nothing is written until they are together again. */
  readonly onClockOff?: (off: ClockOff) => void;
  readonly onAlarm?: (alarm: StoreAlarm) => void;
  /** Milliseconds after which an acknowledged event must have shown in the log. Default 5,000. */
  readonly patience?: number;
  /** Milliseconds to wait for the server at the start, which may still say that it is not ready. Default 30,000. */
  readonly openWithin?: number;
  readonly logger?: Logger;
  /** Tests only: defences that are switched off. */
  readonly defencesOff?: readonly Defence[];
}

/**
 * Opens a ledger in an EventStoreDB or KurrentDB database.
 *
 * @throws StoreUnavailable when the server does not answer in time; RangeError for a bad name; Error for a bad address.
 */
export async function openEsdbEventStore(options: EsdbOptions): Promise<EventStore> {
  const { url, ledger, openWithin = OPENING_MS, logger = SILENT, defencesOff = [] } = options;
  if (!/^[A-Za-z0-9]+$/.test(ledger)) throw new RangeError('the name of a ledger is made of letters and digits');
  const defends = (defence: Defence): boolean => !defencesOff.includes(defence);
  const calls = connect(url, { closeChannel: defends('close-channel') });
  const feeds = connect(url, { closeChannel: defends('close-channel') });
  const reader = new EsdbReader(`${ledger}.`, calls, feeds, defends);
  try {
    const end = await reader.endOfDatabase(new TimeLeft(openWithin));
    const writer = new EsdbWriter(calls, reader, end ?? { commit: -1n, prepare: -1n }, logger, defends);
    return new EsdbEventStore(options, reader, writer, calls, feeds);
  } catch (error) {
    await Promise.all([calls.close(), feeds.close()]);
    throw error;
  }
}

/** True if `a` stands before `b`, both positions of this kind of store. */
export function isBefore(a: LogPosition, b: LogPosition): boolean {
  return comparePlaces(furthest(decodePosition(a))!, furthest(decodePosition(b))!) < 0;
}

class EsdbEventStore implements EventStore {
  readonly #ledger: string;
  readonly #reader: EsdbReader;
  readonly #writer: EsdbWriter;
  readonly #calls: Connection;
  readonly #feeds: Connection;
  readonly #defends: (defence: Defence) => boolean;
  readonly #alarm: (alarm: StoreAlarm) => void;
  readonly #knownIds = new KnownIds();
  readonly #followings = new Set<LogFollowing>();
  readonly #ackWatch: AckWatch;
  readonly #clockCheck: ClockCheck | null;
  readonly #damages = new Set<string>();
  #closed = false;

  constructor(options: EsdbOptions, reader: EsdbReader, writer: EsdbWriter, calls: Connection, feeds: Connection) {
    const { ledger, clock, onClockOff, onAlarm, patience = PATIENCE_MS, logger = SILENT, defencesOff = [] } = options;
    this.#ledger = ledger;
    this.#reader = reader;
    this.#writer = writer;
    this.#calls = calls;
    this.#feeds = feeds;
    this.#defends = (defence) => !defencesOff.includes(defence);
    this.#alarm = (alarm) => {
      logger.error({ code: alarm.code, event: alarm.eventId }, alarm.sentence);
      onAlarm?.(alarm);
    };
    this.#ackWatch = new AckWatch({
      patience,
      watchers: this.#followings,
      alarm: this.#alarm,
      overflow: () =>
        logger.warn(
          { ledger },
          'too many acknowledged events are not yet seen in the log: the oldest are no longer waited for',
        ),
      holds: (place) => reader.holds(place, new TimeLeft(DEADLINE_MS)),
    });
    const clockIsOff = (off: ClockOff): void => {
      logger.error(
        { aheadBy: off.aheadBy },
        "this writer's clock is off the store's: it writes nothing until they are together",
      );
      onClockOff?.(off);
    };
    const checksClock = clock !== undefined && this.#defends('clock-check');
    this.#clockCheck = checksClock ? new ClockCheck(clock, () => this.#probeClock(), clockIsOff) : null;
  }

  async append(
    stream: StreamName,
    expectedVersion: number,
    events: readonly NewEvent[],
    { deadline = DEADLINE_MS }: { readonly deadline?: number } = {},
  ): Promise<AppendResult> {
    if (this.#closed) return refused('read-only', 'this store was closed');
    const time = new TimeLeft(deadline);
    const attempt = attemptOf(`${this.#ledger}.`, stream, expectedVersion, events);
    if ('outcome' in attempt) return attempt;
    const objection = await within(time.milliseconds, this.#clockCheck?.objection() ?? Promise.resolve(null)).catch(
      reasonOf,
    );
    if (objection !== null) return refused('read-only', objection);
    const stand = this.#defends('known-ids') ? this.#knownIds.standOf(attempt) : 'new';
    if (stand === 'elsewhere') return refused('duplicate-id', 'an event with this id stands elsewhere in the ledger');
    return this.#appendWatched(attempt, stand === 'repeat', time);
  }

  async #appendWatched(attempt: Attempt, isRepeat: boolean, time: TimeLeft): Promise<AppendResult> {
    const { stream, expectedVersion, events } = attempt;
    events.forEach(({ id }, index) => this.#knownIds.learn(id, stream, expectedVersion + index + 1));
    if (this.#defends('ack-watch')) this.#ackWatch.sent(events);
    let result: AppendResult = { outcome: 'unknown', reason: 'the store is damaged' };
    try {
      result = await this.#writer.append(attempt, isRepeat, time);
    } finally {
      if (result.outcome === 'stored') this.#ackWatch.acknowledged(events, decodePosition(result.position).event!);
      else this.#ackWatch.unacknowledged(events);
    }
    if (result.outcome === 'stored') {
      this.#clockCheck?.appended(attempt.stamped, () => this.#storedAt(attempt));
    } else if (result.outcome !== 'unknown' && !isRepeat) {
      for (const { id } of events) this.#knownIds.forget(id);
    }
    return result;
  }

  async readStream(stream: StreamName, afterVersion = 0, limit = DEFAULT_LIMIT): Promise<ReadPage> {
    mustBeLimit(limit);
    if (!isStreamName(stream)) return { events: [], atEnd: true };
    const { standing, ends } = await this.#reader.standingIn(
      stream,
      afterVersion,
      limit + 1,
      new TimeLeft(DEADLINE_MS),
    );
    for (const { id, version } of standing) this.#knownIds.learn(id, stream, version);
    const page = standing.slice(0, limit);
    return { events: page.map((event, index) => loggedAt(event, ends[index]!)), atEnd: standing.length <= limit };
  }

  async readAll(after?: LogPosition, limit = DEFAULT_LIMIT): Promise<ReadPage> {
    mustBeLimit(limit);
    return this.#reader.page(after, limit, new TimeLeft(DEADLINE_MS));
  }

  async head(): Promise<LogPosition | null> {
    const last = await this.#reader.head(new TimeLeft(DEADLINE_MS));
    return last === null ? null : encodePosition({ event: last });
  }

  async last(): Promise<LoggedEvent | null> {
    const time = new TimeLeft(DEADLINE_MS);
    const place = await this.#reader.head(time);
    return place === null ? null : this.#reader.standingAt(place, time);
  }

  isBefore(a: LogPosition, b: LogPosition): boolean {
    return isBefore(a, b);
  }

  follow(after: LogPosition | null, follower: Follower): Following {
    if (this.#closed) throw new StoreUnavailable('this store was closed');
    const following = new LogFollowing(
      {
        prefix: `${this.#ledger}.`,
        feed: (from) => this.#reader.feed(from),
        mustHold: (place) => this.#reader.mustHold(place, new TimeLeft(DEADLINE_MS)),
        seen: (event) => this.#ackWatch.seen(event),
        damaged: (sentence) => this.#damaged(sentence),
        resubscribes: this.#defends('resubscribe'),
      },
      after,
      follower,
    );
    this.#followings.add(following);
    return {
      stop: async () => {
        this.#followings.delete(following);
        await following.stop();
      },
    };
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#ackWatch.close();
    this.#reader.close();
    // A follower that never gives its batch back must not keep the process from ending.
    await within(CLOSING_MS, Promise.all([...this.#followings].map((following) => following.stop()))).catch(
      () => undefined,
    );
    this.#followings.clear();
    await Promise.all([this.#calls.close(), this.#feeds.close()]);
  }

  async #storedAt({ stream, expectedVersion, events }: Attempt): Promise<number | undefined> {
    const range = {
      direction: FORWARDS,
      fromRevision: BigInt(expectedVersion + events.length - 1),
      maxCount: 1,
    } as const;
    const [event] = await this.#reader.recordedIn(stream, range, new TimeLeft(DEADLINE_MS));
    return event?.created.getTime();
  }

  /** Writes to a stream beside the ledger, because reads never tell the store's time; only while the clock was found to be off. */
  async #probeClock(): Promise<number> {
    const name = `${this.#ledger}-clock`;
    const time = new TimeLeft(DEADLINE_MS);
    const range = { direction: BACKWARDS, fromRevision: END, maxCount: 1 } as const;
    const [before] = await this.#reader.recordedUnder(name, range, time);
    const written = this.#calls.client.appendToStream(name, jsonEvent({ type: 'ClockProbed', data: {} }), {
      expectedRevision: before?.revision ?? NO_STREAM,
      requiresLeader: true,
      deadline: time.milliseconds,
      credentials: this.#calls.credentials,
    });
    await within(time.milliseconds, written);
    const [probe] = await this.#reader.recordedUnder(name, range, time);
    if (probe === undefined) throw new StoreUnavailable('the probe of the clock was not found');
    return probe.created.getTime();
  }

  /** Once for each finding: a following that cannot go on finds it again and again. */
  #damaged(sentence: string): void {
    if (this.#damages.has(sentence)) return;
    this.#damages.add(sentence);
    this.#alarm({ code: 'STORE_DAMAGED', sentence });
  }
}

function mustBeLimit(limit: number): void {
  if (!Number.isSafeInteger(limit) || limit < 1) throw new RangeError('a page holds at least one event');
}
