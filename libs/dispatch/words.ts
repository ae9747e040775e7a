import { whyNotWords, wordsAsWritten, type Register } from '../ledger/index.ts';
import { declaredOf, invalid } from './outcomes.ts';
import type { Outcome, Submission } from './submission.ts';

type Values = Readonly<Record<string, unknown>>;

/** The same submission with its words as the ledger writes them. Blank words around a command say nothing, and are left out. */
export function withWordsAsWritten(register: Register, submission: Submission): Submission {
  const { command, envelope } = submission;
  const mayHaveLines = declaredOf(register, command)?.linesIn(command, register) ?? [];
  const written = Object.entries(command).map(([name, value]) => [name, asWritten(value, mayHaveLines.includes(name))]);
  const { reason, source, ...more } = envelope;
  const { quote, ...lines } = source ?? {};
  return {
    ...submission,
    command: Object.fromEntries(written) as Submission['command'],
    envelope: {
      ...(more as Submission['envelope']),
      ...withoutBlanks({ reason: asWritten(reason, true) }),
      ...(source === undefined
        ? {}
        : { source: withoutBlanks({ ...(asWritten(lines, false) as Values), quote: asWritten(quote, true) }) }),
    },
  };
}

function asWritten(value: unknown, mayHaveLines: boolean): unknown {
  if (typeof value === 'string') return wordsAsWritten(value, mayHaveLines);
  if (Array.isArray(value)) return value.map((member) => asWritten(member, mayHaveLines));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, asWritten(member, false)]));
}

function withoutBlanks(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== ''));
}

/** Why the words anywhere in a command cannot be taken, as the answer that names the place; null when they can. */
export function whyNotSaid({ command, envelope }: Submission): Outcome | null {
  const { reason, source } = envelope;
  for (const [field, value] of Object.entries({ reason, source, ...command })) {
    const unfit = unfitWords(value, field);
    if (unfit !== null) return invalid('MALFORMED', unfit.field, unfit.sentence);
  }
  return null;
}

function unfitWords(value: unknown, field: string): { field: string; sentence: string } | null {
  if (typeof value === 'string') {
    const sentence = whyNotWords(value);
    return sentence === null ? null : { field, sentence };
  }
  if (typeof value !== 'object' || value === null) return null;
  for (const [key, member] of Object.entries(value)) {
    const unfit = unfitWords(member, `${field}.${key}`);
    if (unfit !== null) return unfit;
  }
  return null;
}
