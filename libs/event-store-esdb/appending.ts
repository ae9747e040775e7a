import { Buffer } from 'node:buffer';
import { setTimeout } from 'node:timers/promises';
import { BACKWARDS, END, NO_STREAM } from '@eventstore/db-client';
import { refused, StoreDamaged, type AppendResult } from '../event-store/index.ts';
import type { Defence, Logger } from './alarms.ts';
import type { Attempt } from './attempt.ts';
import { within, type Connection, type TimeLeft } from './connection.ts';
import { failureOf, reasonOf } from './failures.ts';
import { comparePlaces, encodePosition, type Place } from './positions.ts';
import type { EsdbReader } from './reading.ts';
import { Slots } from './slots.ts';

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 1_000;
/** Appends under way at a time: more bring no more of them to the end, as measured. */
const SLOTS = 64;
/** Of an append's time this part is kept for reading back what stands there. */
const READ_BACK_SHARE = 0.25;

/** What stands where an attempt would have been written; `absent` when the stream is shorter. */
type StandingThere = Exclude<AppendResult, { outcome: 'unknown' }> | 'absent';

interface Success {
  readonly revision: bigint;
  readonly place: Place | undefined;
}

/** Writes attempts, and finds out what became of them. */
export class EsdbWriter {
  readonly #calls: Connection;
  readonly #reader: EsdbReader;
  readonly #logger: Logger;
  readonly #defends: (defence: Defence) => boolean;
  readonly #slots: Slots;
  /** Nothing that this process knows of stands after this place: a success at or before it repeats something older. */
  #known: Place;

  constructor(
    calls: Connection,
    reader: EsdbReader,
    known: Place,
    logger: Logger,
    defends: (defence: Defence) => boolean,
  ) {
    this.#calls = calls;
    this.#reader = reader;
    this.#known = known;
    this.#logger = logger;
    this.#defends = defends;
    this.#slots = new Slots(defends('slots') ? SLOTS : Number.POSITIVE_INFINITY);
  }

  /**
   * Repeats the attempt while there is time: with the same ids and version it is written once, however often it is sent.
   * `inDoubt`: it may have been sent before. @throws StoreDamaged
   */
  async append(attempt: Attempt, inDoubt: boolean, time: TimeLeft): Promise<AppendResult> {
    const result = await this.#slots.whenFree(time, () => this.#appendNow(attempt, inDoubt, time));
    return result ?? { outcome: 'unknown', reason: 'too many appends were under way' };
  }

  async #appendNow(attempt: Attempt, inDoubt: boolean, time: TimeLeft): Promise<AppendResult> {
    const known = this.#known;
    let isFirst = !inDoubt;
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
      try {
        return await this.#verified(attempt, await this.#send(attempt, time), inDoubt, known, time);
      } catch (error) {
        if (error instanceof StoreDamaged) throw error;
        const failure = failureOf(error);
        if (failure.kind === 'append-too-large') return refused('append-too-large', failure.reason);
        if (failure.kind === 'denied') return refused('read-only', failure.reason);
        if (failure.kind === 'tombstoned')
          throw new StoreDamaged(`${attempt.stream} was deleted for ever: ${failure.reason}`);
        const conflict =
          failure.kind === 'conflict' ? ({ outcome: 'conflict', actualVersion: failure.actualVersion } as const) : null;
        if (conflict !== null && isFirst) return conflict;
        isFirst = false;
        if (failure.kind !== 'passing' || time.milliseconds <= 2 * pause) {
          const there = await this.#whatStands(attempt, time);
          if (there !== 'absent') return there;
          if (conflict !== null) return conflict;
          const reason = reasonOf(error);
          this.#logger.warn({ stream: attempt.stream, reason }, 'an append has no definite answer');
          return { outcome: 'unknown', reason };
        }
        await setTimeout(pause);
      }
    }
  }

  async #send({ name, expectedVersion, sent }: Attempt, time: TimeLeft): Promise<Success> {
    const milliseconds = time.milliseconds * (1 - READ_BACK_SHARE);
    const answer = this.#calls.client.appendToStream(name, [...sent], {
      expectedRevision: expectedVersion === 0 ? NO_STREAM : BigInt(expectedVersion - 1),
      requiresLeader: true,
      deadline: milliseconds,
      ...(this.#defends('plain-path') ? { credentials: this.#calls.credentials } : {}),
    });
    const { nextExpectedRevision, position } = await within(milliseconds, answer);
    return { revision: nextExpectedRevision, place: position };
  }

  /**
   * The server says success to a repeat too, and compares ids only: other data under the same id is lost. So whatever may repeat an
   * attempt of before this call is read back and compared byte by byte: an id that was sent before, and a place that is no later than
   * what was known when the call began.
   */
  async #verified(
    attempt: Attempt,
    { revision, place }: Success,
    inDoubt: boolean,
    known: Place,
    time: TimeLeft,
  ): Promise<AppendResult> {
    const version = attempt.expectedVersion + attempt.events.length;
    if (revision !== BigInt(version - 1)) {
      throw new StoreDamaged(
        `${attempt.stream} was cut or deleted: what should be version ${version} was written as ${revision + 1n}`,
      );
    }
    const isFresh = !inDoubt && place !== undefined && comparePlaces(place, known) > 0;
    if (place !== undefined && (isFresh || !this.#defends('read-back'))) {
      if (comparePlaces(place, this.#known) > 0) this.#known = place;
      return { outcome: 'stored', version, position: encodePosition({ event: place }) };
    }
    let there: StandingThere;
    try {
      there = await this.#readBack(attempt, time);
    } catch (error) {
      if (error instanceof StoreDamaged) throw error;
      return { outcome: 'unknown', reason: `acknowledged, but not read back: ${reasonOf(error)}` };
    }
    if (there === 'absent')
      throw new StoreDamaged(`an append to ${attempt.stream} was acknowledged and does not stand there`);
    return there;
  }

  async #whatStands(attempt: Attempt, time: TimeLeft): Promise<StandingThere> {
    if (!this.#defends('read-back')) return 'absent';
    return this.#readBack(attempt, time).catch((error: unknown) => {
      if (error instanceof StoreDamaged) throw error;
      return 'absent';
    });
  }

  async #readBack({ stream, expectedVersion, events }: Attempt, time: TimeLeft): Promise<StandingThere> {
    const { standing, ends } = await this.#reader.standingIn(stream, expectedVersion, events.length, time);
    if (standing.length === 0) return 'absent';
    for (const [index, event] of events.entries()) {
      const found = standing[index];
      if (found?.id !== event.id) return { outcome: 'conflict', actualVersion: await this.#versionOf(stream, time) };
      if (Buffer.compare(found.bytes, event.bytes) !== 0)
        return refused('duplicate-id', `another event has the id ${event.id}`);
    }
    return { outcome: 'stored', version: standing.at(-1)!.version, position: encodePosition({ event: ends.at(-1)! }) };
  }

  async #versionOf(stream: string, time: TimeLeft): Promise<number> {
    const [last] = await this.#reader.recordedIn(
      stream,
      { direction: BACKWARDS, fromRevision: END, maxCount: 1 },
      time,
    );
    return last === undefined ? 0 : Number(last.revision) + 1;
  }
}
