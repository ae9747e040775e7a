import type { Caller, Submission } from '../../../../libs/dispatch/index.ts';
import { readMarking, type CommandEnvelope } from '../../../../libs/ledger/index.ts';
import { AnswerError } from '../errors.ts';
import { ANY_VALUE } from './check-input.ts';

/** One mutation: the command that it sends, and whatever its input does not say in the command's own words. */
export interface MutationRow {
  /** The type of the command. */
  readonly command: string;
  /** The class that checks its input. */
  readonly input: new () => object;
  /** Fields of the input that the command calls something else: input name → command name. */
  readonly renamed?: Readonly<Record<string, string>>;
  /** What the command says where the input says nothing. */
  readonly otherwise?: Readonly<Record<string, unknown>>;
  /** The command has a `session` of its own: a meeting, an item. */
  readonly hasSession?: true;
  /** The marking is what the command is about, under this name. */
  readonly markingAs?: string;
}

/** Mutations of one register. */
export type MutationTable = Readonly<Record<string, MutationRow>>;

export type Input = Readonly<Record<string, unknown>>;

const OF_THE_ENVELOPE = ['commandId', 'effectiveOn', 'dated', 'before', 'by', 'authority', 'source', 'reason'] as const;

/** Splits an input into what every command carries and what this one says. */
export function submissionOf(register: string, row: MutationRow, input: Input, caller: Caller): Submission {
  const said = withoutNulls(input);
  const envelope: Record<string, unknown> = {};
  const command: Record<string, unknown> = { type: row.command, ...row.otherwise };
  for (const [field, value] of Object.entries(said)) {
    if ((OF_THE_ENVELOPE as readonly string[]).includes(field)) envelope[field] = value;
    else if (field !== 'marking' && field !== 'session') command[row.renamed?.[field] ?? field] = value;
  }
  if (row.hasSession === true && said['session'] !== undefined) command['session'] = said['session'];
  const marking = markingOf(said, row.markingAs !== undefined);
  if (marking !== undefined && row.markingAs !== undefined) command[row.markingAs] = marking;
  else if (marking !== undefined) envelope['marking'] = marking;
  return {
    register,
    command: command as unknown as Submission['command'],
    envelope: envelope as unknown as CommandEnvelope,
    caller,
  };
}

/** The field of the input that the domain's name for it stands for. */
export function inputFieldOf(row: MutationRow, field: string): string {
  const [first = '', ...rest] = field.split('.');
  const written = Object.entries(row.renamed ?? {}).find(([, name]) => name === first)?.[0] ?? first;
  return [written, ...rest].join('.');
}

/**
 * OFFICIAL without a session says no more than leaving both out, and must not open what its meeting has closed; so it marks
 * only where marking is the point, and there too leaves the session as it is.
 */
function markingOf(said: Input, isThePoint: boolean) {
  const { marking, session } = said as { marking?: string; session?: 'OPEN' | 'CLOSED' };
  if (marking === undefined && session === undefined) return undefined;
  const read = readMarking(marking ?? 'OFFICIAL', session);
  if ('refusal' in read)
    throw new AnswerError('REFUSED', read.refusal.sentence, { refusal: read.refusal.code, field: 'marking' });
  const { classification, sensitive } = read.marking;
  if (isThePoint) return { classification, sensitive, ...(session === undefined ? {} : { session }) };
  return session !== undefined || sensitive ? read.marking : undefined;
}

/** Null and absent are the same in an input, except where a value may be anything at all. */
function withoutNulls(input: Input): Record<string, unknown> {
  const said: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(input)) {
    if (ANY_VALUE.includes(field)) said[field] = value;
    else if (value === null || value === undefined) continue;
    else said[field] = typeof value === 'object' && !Array.isArray(value) ? withoutNulls(value as Input) : value;
  }
  return said;
}
