import { randomUUID } from 'node:crypto';
import { submissionOf } from '../../apps/ledger/graphql/commands/submission.ts';
import { inputFieldsOf } from '../../apps/ledger/graphql/commands/inputs.ts';
import { kindSpelt, pathOfKind } from '../../libs/declarations/index.ts';
import type { Accepted } from '../../libs/dispatch/index.ts';
import { MAX_TEXT_BYTES, wordsAsWritten } from '../../libs/ledger/index.ts';
import { MUTATIONS, type DeclaredMutation } from '../../libs/registers/index.ts';
import { openRunningLedger, type RunningLedger } from '../../libs/running-ledger/index.ts';
import { newPlace, serveLedger, type ServedLedger } from '../e2e/served-ledger.ts';
import { SENT, withReferences, type Sent } from '../frozen-commands/sent.ts';
import { standingClock } from '../ledger-in-a-folder.ts';

/** A record, and every text that was written in it. */
export interface WrittenRecord {
  /** Of which set of texts its fields have one each. */
  readonly set: number;
  /** The address of its page. */
  readonly path: string;
  /** By field: what its page must say. */
  readonly says: readonly Said[];
}
export type Said = readonly [field: string, words: string];

/** How a person is known to a provider of identities is shown to nobody. */
const NOT_SHOWN = ['subject'];

/**
 * A ledger in which every field of words of every command of every register has a text of each set, in records of its own for each set:
 * the first field the first text, the next the next, and so on around.
 */
export async function openHostileLedger(
  sets: readonly (readonly string[])[],
): Promise<{ readonly served: ServedLedger; readonly records: readonly WrittenRecord[] }> {
  const clock = standingClock('2023-10-09T11:00:00.000Z');
  const place = await newPlace('sqlite');
  const ledger = await openRunningLedger(place.settings, 'spec', { clock });
  // What comes at once is kept at once.
  const written = await Promise.all(sets.map((texts, set) => writeAll(ledger, set, around(texts))));
  await ledger.close();
  const served = await serveLedger({ store: 'sqlite', place, clock });
  return { served, records: written.flat() };
}

function around(texts: readonly string[]): () => string {
  let next = 0;
  return () => texts[next++ % texts.length]!;
}

/** Every command of every register with texts of one set, in records of its own. @throws when one is not accepted */
async function writeAll(
  { dispatch }: Pick<RunningLedger, 'dispatch'>,
  set: number,
  nextText: () => string,
): Promise<readonly WrittenRecord[]> {
  const says = new Map<string, Said[]>();
  const done: Accepted[] = [];
  for (const [index, sent] of SENT.entries()) {
    const mutation = MUTATIONS[sent.name];
    // An operator's command has no other door than the command line, and stands once in a ledger.
    if (mutation === undefined) {
      done.push({ ref: '', events: [] } as unknown as Accepted);
      continue;
    }
    const named = ofItsOwn(sent, set);
    const { input, spoken } = withWords(mutation, withReferences(named.input, done), nextText);
    const submission = submissionOf(sent.register, mutation, { ...input, commandId: randomUUID() }, named.by);
    const outcome = await dispatch.submit(submission);
    if (outcome.outcome !== 'accepted') throw new Error(`${index} ${sent.name}: ${JSON.stringify([outcome, input])}`);
    done.push(outcome);
    const { ref } = outcome;
    says.set(ref, [...(says.get(ref) ?? []), ...spoken.map(([field, is]): Said => [`${sent.name}.${field}`, is])]);
  }
  return [...says].map(([ref, spoken]) => ({
    set,
    path: `${pathOfKind(kindSpelt(ref)!)}/${ref}`,
    says: spoken,
  }));
}

/** The same command about records of its own: references that somebody chooses are numbered. */
function ofItsOwn({ input, by }: Sent, set: number): Pick<Sent, 'input' | 'by'> {
  const own = JSON.stringify({ input, by })
    .replace(/\bCGB\b/g, `B${set}`)
    .replace(/\b(estates-lead|monitor|inspectorate)"/g, `$1-${set}"`)
    .replace(/\b(DEMOFORCE|DEMOPANEL)\b/g, `$1${set}`)
    .replace(/\b(subject-[ab])\b/gi, `$1-${set}`);
  return JSON.parse(own) as Pick<Sent, 'input' | 'by'>;
}

type Row = Readonly<Record<string, unknown>>;

/** The rows of one list have one text between them, with a line for each. */
const ROOM_IN_ROWS = MAX_TEXT_BYTES - 100;

/** Its beginning, where a field takes no more; no character is cut in two. */
function cut(text: string, most: number): string {
  let room = most;
  return text.length <= most ? text : [...text].filter((one) => (room -= one.length) >= 0).join('');
}

/** An input with texts in place of all words that it gives. An event has room for one that is as long as can be. */
function withWords(mutation: DeclaredMutation, input: Readonly<Record<string, unknown>>, nextText: () => string) {
  const spoken: Said[] = [];
  const speak = (field: string, mayHaveLines: boolean, most = Infinity): string => {
    const text = nextText();
    const isLong = text.length > MAX_TEXT_BYTES / 2;
    const words = isLong && spoken.length > 0 ? 'Short' : cut(text, most);
    spoken.push([field, wordsAsWritten(words, mayHaveLines)]);
    return words;
  };
  const said: Record<string, unknown> = { ...input };
  const given = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';
  for (const { name, field } of inputFieldsOf(mutation)) {
    const shape = mutation.command.fields[field];
    const value = said[name];
    if ((shape?.kind === 'line' || shape?.kind === 'words') && given(value) && !NOT_SHOWN.includes(name))
      said[name] = speak(name, shape.kind === 'words', shape.kind === 'line' ? shape.most : undefined);
    if (shape?.kind === 'rows' && value !== undefined) {
      const columns = Object.keys(shape.columns).filter((column) => shape.columns[column]!.kind === 'line');
      said[name] = (value as readonly Row[]).map((row, at) => {
        const inRow = columns.filter((column) => given(row[column]));
        const words = inRow.map((column) => [column, speak(`${name}.${at}.${column}`, false, ROOM_IN_ROWS)]);
        return { ...row, ...(Object.fromEntries(words) as Row) };
      });
    }
    if (shape?.kind === 'due' && given((value as { phrase?: string } | undefined)?.phrase))
      said[name] = { ...(value as object), phrase: speak(`${name}.phrase`, false) };
    if (shape?.kind === 'anyValue' && said['path'] === 'name') said[name] = speak(name, false);
  }
  if (given(said['reason'])) said['reason'] = speak('reason', true);
  if (said['source'] !== undefined)
    said['source'] = {
      ...(said['source'] as object),
      document: speak('source.document', false),
      paragraph: speak('source.paragraph', false),
      quote: speak('source.quote', true),
    };
  return { input: said, spoken };
}
