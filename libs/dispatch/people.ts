import { subjectAsCompared } from '../access/index.ts';
import { pseudonymOf, type KeyStore } from '../keys/index.ts';
import type { RecordEvent, Register, StreamName } from '../ledger/index.ts';
import type { KnownRecord, RecordLoader } from './records.ts';
import type { references } from './references.ts';
import { stateNow } from './folds.ts';
import type { Caller } from './submission.ts';
import type { Posts } from './posts.ts';
import type { SealedWords } from './sealed-words.ts';

/** Streams that are read at once when the directory is gone through. */
const AT_ONCE = 32;

/**
 * Who is whom: the person of the directory behind the pseudonym of a token's subject. Read from the log, so that a command is decided
 * on what the directory says now and not on how far the read models have come; and by pseudonym, so that no subject is held in clear.
 *
 * The directory is gone through once, at the first question; after that only what this process wrote is read again. There is one
 * writing process.
 */
export function people(context: {
  readonly register: Register | undefined;
  readonly posts: Pick<Posts, 'series' | 'personIn'>;
  readonly reserved: ReturnType<typeof references>;
  readonly loader: RecordLoader;
  /** A subject's own; null where nobody is known by it any more. */
  readonly words: SealedWords;
  readonly keys: KeyStore;
}) {
  const { register, posts, reserved, loader, words, keys } = context;
  const byStream = new Map<StreamName, { readonly ref: string; readonly pseudonym: string | null }>();
  const byPseudonym = new Map<string, StreamName>();
  const stale = new Set<StreamName>();
  let isBegun = false;
  let reading: Promise<void> = Promise.resolve();

  /** The person whom the identity provider knows under that pseudonym, or null. @throws StoreUnavailable */
  async function personOf(pseudonym: string): Promise<string | null> {
    await upToDate();
    const stream = byPseudonym.get(pseudonym);
    return stream === undefined ? null : (byStream.get(stream)?.ref ?? null);
  }

  /** Of a subject in words: the person who has it, and whether it is that of the caller. @throws StoreUnavailable */
  async function behind(
    subject: string,
    caller: Caller,
  ): Promise<{ readonly heldBy: string | null; readonly isCallers: boolean }> {
    const pseudonym = pseudonymOf(keys, subjectAsCompared(subject));
    const heldBy = await personOf(pseudonym);
    return {
      heldBy,
      isCallers: pseudonym === caller.person || pseudonym === caller.unknownAs || heldBy === caller.person,
    };
  }

  /** The caller as the person of the directory whom the identity provider knows so, if there is one. @throws StoreUnavailable */
  async function recognised(caller: Caller): Promise<Caller> {
    const person = await personOf(caller.person);
    return person === null ? caller : { ...caller, person, unknownAs: caller.person };
  }

  /**
   * True if these new events of a person would bring back a subject under which somebody else is known by now: it was taken away, or its
   * person voided, and then given to another. A new subject is asked for by who sets it. @throws StoreUnavailable
   */
  async function wouldBringBackAnothers(record: KnownRecord, added: readonly RecordEvent[]): Promise<boolean> {
    if (register === undefined || !record.stream.startsWith(`${register.name}-`)) return false;
    const subjectIn = (events: readonly RecordEvent[]) => posts.personIn(stateNow(register, events))?.subject;
    const subject = subjectIn([...record.events, ...added]);
    const isAsBefore = subject?.event === subjectIn(record.events)?.event;
    if (subject === undefined || isAsBefore || added.some(({ id }) => id === subject.event)) return false;
    const known = await words(record.stream, subject);
    return known !== null && (await personOf(pseudonymOf(keys, known))) !== null;
  }

  /** True for a person whom the identity provider knows. @throws StoreUnavailable */
  async function isKnown(person: string): Promise<boolean> {
    await upToDate();
    return [...byStream.values()].some(({ ref, pseudonym }) => ref === person && pseudonym !== null);
  }

  /** Something was written to a stream: if a person stands there, they are read again before the next answer. */
  function wrote(stream: StreamName): void {
    if (register !== undefined && stream.startsWith(`${register.name}-`)) stale.add(stream);
  }

  /** One after the other: whoever finds nothing left to read has waited for those who are reading it. */
  function upToDate(): Promise<void> {
    const run = reading.then(readStale);
    reading = run.catch(() => undefined);
    return run;
  }

  async function readStale(): Promise<void> {
    if (!isBegun) await goThrough();
    isBegun = true;
    for (const stream of [...stale]) {
      stale.delete(stream);
      await takeIn(stream).catch((cause: unknown) => {
        stale.add(stream);
        throw cause;
      });
    }
  }

  async function goThrough(): Promise<void> {
    const streams = await reserved.streamsOf(posts.series);
    for (let from = 0; from < streams.length; from += AT_ONCE)
      await Promise.all(streams.slice(from, from + AT_ONCE).map(takeIn));
  }

  async function takeIn(stream: StreamName): Promise<void> {
    if (register === undefined || !stream.startsWith(`${register.name}-`)) return;
    const record = await loader.load(stream);
    const person = posts.personIn(stateNow(register, record.events));
    const before = byStream.get(stream)?.pseudonym;
    if (before !== undefined && before !== null && byPseudonym.get(before) === stream) byPseudonym.delete(before);
    if (person === null) {
      byStream.delete(stream);
      return;
    }
    const subject = person.subject === undefined ? null : await words(record.stream, person.subject);
    const pseudonym = subject === null ? null : pseudonymOf(keys, subject);
    byStream.set(stream, { ref: person.ref, pseudonym });
    if (pseudonym !== null) byPseudonym.set(pseudonym, stream);
  }

  return { personOf, behind, recognised, isKnown, wouldBringBackAnothers, wrote };
}

export type People = ReturnType<typeof people>;
