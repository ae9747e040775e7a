import { randomUUID } from 'node:crypto';
import { submissionOf } from '../../apps/ledger/graphql/commands/submission.ts';
import { inputFieldsOf } from '../../apps/ledger/graphql/commands/inputs.ts';
import { kindOfRecord, kindSpelt } from '../../libs/declarations/index.ts';
import type { Accepted } from '../../libs/dispatch/index.ts';
import { MAX_TEXT_BYTES, wordsAsWritten } from '../../libs/ledger/index.ts';
import { MUTATIONS, type DeclaredMutation } from '../../libs/registers/index.ts';
import { openRunningLedger, type RunningLedger } from '../../libs/running-ledger/index.ts';
import { newPlace, serveLedger, type ServedLedger } from '../e2e/served-ledger.ts';
import { SENT, withReferences, type Sent } from '../frozen-commands/sent.ts';
import { standingClock } from '../ledger-in-a-folder.ts';
import { LONGEST, LONGEST_WORD } from './hostile-texts.ts';

/** A record, and every text that was written in it. */
export interface WrittenRecord {
  /** Which of the texts stands in all its fields. */
  readonly text: number;
  /** The address of its page. */
  readonly path: string;
  /** By field: what its page must say. */
  readonly says: readonly (readonly [field: string, words: string])[];
}

/** How a person is known to a provider of identities is shown to nobody. */
const NOT_SHOWN = ['subject'];

/** A ledger in which each text stands in every field of words of every command of every register, each in records of its own. */
export async function openHostileLedger(
  texts: readonly string[],
): Promise<{ readonly served: ServedLedger; readonly records: readonly WrittenRecord[] }> {
  const clock = standingClock('2023-10-09T11:00:00.000Z');
  const place = await newPlace('sqlite');
  const ledger = await openRunningLedger(place.settings, 'spec', { clock });
  const waiting = [...texts.entries()];
  const written: (readonly WrittenRecord[])[] = [];
  // Nobody waits for another: what comes at once is kept at once.
  const one = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
      written[next[0]] = await writeAll(ledger, ...next);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
  await ledger.close();
  const served = await serveLedger({ store: 'sqlite', place, clock });
  return { served, records: written.flat() };
}

/** So many texts are written at the same time. */
const AT_ONCE = 16;

/** Every command of every register with one text, in records of its own. @throws when one is not accepted */
async function writeAll(
  { dispatch }: Pick<RunningLedger, 'dispatch'>,
  text: number,
  words: string,
): Promise<readonly WrittenRecord[]> {
  const says = new Map<string, [string, string][]>();
  const done: Accepted[] = [];
  for (const [index, sent] of SENT.entries()) {
    const mutation = MUTATIONS[sent.name];
    // An operator's command has no other door than the command line, and stands once in a ledger.
    if (mutation === undefined) {
      done.push({ ref: '', events: [] } as unknown as Accepted);
      continue;
    }
    const named = ofItsOwn(sent, text);
    const { input, spoken } = withWords(mutation, withReferences(named.input, done), words);
    const submission = submissionOf(sent.register, mutation, { ...input, commandId: randomUUID() }, named.by);
    const outcome = await dispatch.submit(submission);
    if (outcome.outcome !== 'accepted') throw new Error(`${index} ${sent.name}: ${JSON.stringify([outcome, input])}`);
    done.push(outcome);
    const ref = outcome.ref;
    says.set(ref, [
      ...(says.get(ref) ?? []),
      ...spoken.map(([field, is]): [string, string] => [`${sent.name}.${field}`, is]),
    ]);
  }
  return [...says].map(([ref, spoken]) => ({
    text,
    path: `/${kindOfRecord(kindSpelt(ref)!).many}/${ref}`,
    says: spoken,
  }));
}

/** The same command about records of its own: references that somebody chooses are numbered. */
function ofItsOwn({ input, by }: Sent, text: number): Pick<Sent, 'input' | 'by'> {
  const own = JSON.stringify({ input, by })
    .replace(/\bCGB\b/g, `B${text}`)
    .replace(/\b(estates-lead|monitor|inspectorate)"/g, `$1-${text}"`)
    .replace(/\b(subject-[ab])\b/gi, `$1-${text}`);
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

/** An input with the text in place of all words that it gives. An event has room for one that is as long as can be. */
function withWords(mutation: DeclaredMutation, input: Readonly<Record<string, unknown>>, text: string) {
  const spoken: [field: string, words: string][] = [];
  const isLong = text === LONGEST || text === LONGEST_WORD;
  const speak = (field: string, mayHaveLines: boolean, most = Infinity): string => {
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
