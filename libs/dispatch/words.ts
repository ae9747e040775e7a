import { whyNotSoLong, whyNotWords, wordsAsWritten } from '../ledger/index.ts';
import { invalid } from './outcomes.ts';
import type { Outcome, Submission } from './submission.ts';

type Values = Readonly<Record<string, unknown>>;

/** The same submission with its words as the ledger writes them. Blank words around a command say nothing, and are left out. */
export function withWordsAsWritten(submission: Submission): Submission {
  const { command, envelope } = submission;
  const said = command as unknown as Values;
  // What a correction, or another source, puts in the place of a field has as many lines as the field.
  const field = typeof said['path'] === 'string' ? said['path'].split('.').at(-1)! : '';
  const written: Values = Object.fromEntries(
    Object.entries(said).map(([name, value]) => [
      name,
      asWritten(name === 'is' || name === 'says' ? field : name, value),
    ]),
  );
  const { reason, source, ...more } = envelope;
  return {
    ...submission,
    command: written as unknown as Submission['command'],
    envelope: {
      ...(more as Submission['envelope']),
      ...withoutBlanks({ reason: asWritten('reason', reason) }),
      ...(source === undefined ? {} : { source: withoutBlanks(asWritten('source', source) as Values) }),
    },
  };
}

function asWritten(field: string, value: unknown): unknown {
  if (typeof value === 'string') return wordsAsWritten(field, value);
  if (Array.isArray(value)) return value.map((member) => asWritten(field, member));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, asWritten(name, member)]));
}

function withoutBlanks(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== ''));
}

/** Why the words anywhere in a command cannot be taken, as the answer that names the place; null when they can. */
export function whyNotSaid({ command, envelope }: Submission): Outcome | null {
  const { reason, source } = envelope;
  for (const [field, value] of Object.entries({ reason, source, ...command })) {
    const unfit = unfitWords(value, field);
    if (unfit !== null) return invalid(unfit.field, unfit.sentence);
  }
  return null;
}

function unfitWords(value: unknown, field: string): { field: string; sentence: string } | null {
  if (typeof value === 'string') {
    const sentence = whyNotWords(value) ?? whyNotSoLong(value);
    return sentence === null ? null : { field, sentence };
  }
  if (typeof value !== 'object' || value === null) return null;
  for (const [key, member] of Object.entries(value)) {
    const unfit = unfitWords(member, `${field}.${key}`);
    if (unfit !== null) return unfit;
  }
  return null;
}
