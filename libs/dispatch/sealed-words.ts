import { Buffer } from 'node:buffer';
import { parseStored, type EventStore, type LoggedEvent } from '../event-store/index.ts';
import { openPart, type KeyStore } from '../keys/index.ts';
import type { StreamName, TextRef } from '../ledger/index.ts';

const PAGE = 500;

/** The words of one part of an event; null once their key is destroyed, and for what does not open. */
export type SealedWords = (stream: StreamName, words: TextRef) => Promise<string | null>;

/** Reads words from the log: the few that a decision turns on, or that another event says again. */
export function sealedWords(store: Pick<EventStore, 'readStream'>, keys: KeyStore): SealedWords {
  return async (stream, { event, part }) => {
    for (let after = 0; ;) {
      const page = await store.readStream(stream, after, PAGE);
      const logged = page.events.find(({ id }) => id === event);
      if (logged !== undefined) return wordsIn(logged, part, keys);
      if (page.atEnd) return null;
      after = page.events.at(-1)?.version ?? after;
    }
  };
}

function wordsIn(logged: LoggedEvent, part: TextRef['part'], keys: KeyStore): string | null {
  const sealed = parseStored(logged).parts.find(({ name }) => name === part);
  const [key] = sealed?.key === undefined ? [] : keys.find([sealed.key]);
  if (sealed === undefined || key === undefined || key === null) return null;
  try {
    const { plaintext } = openPart(key, { event: logged.id, part }, sealed.value as string);
    return JSON.parse(Buffer.from(plaintext).toString('utf8')) as string;
  } catch {
    return null;
  }
}
