import { BadArguments, parseArguments } from '../../../libs/arguments/index.ts';
import type { Clock } from '../../../libs/ledger/index.ts';
import { BadBasis, type LedgerView } from '../../../libs/read-models/index.ts';
import { BadSettings, machineClock, readLedgerSettings } from '../../../libs/running-ledger/index.ts';
import type { LedgerCommand } from '../ledger-command.ts';
import { EXIT } from '../exit-codes.ts';
import type { Terminal } from '../terminal.ts';
import { whileReading, type Reading } from './open-reading.ts';
import { CLOCK, OF_EVERY_COMMAND, optionOf, optionsOfFilters, PAGING, type Options, type Typed } from './options.ts';
import { asCsv, asJson, asText, type Answer } from './tables.ts';

/** A command that reads. All that such commands have in common is done here. */
export interface ReadingCommand {
  readonly name: string;
  readonly does: string;
  readonly example: string;
  /** What stands after its name, and what it answers. */
  readonly usage: string;
  readonly says: string;
  readonly options: Options;
  /** Whether it takes the filters of lists. */
  readonly filters: boolean;
  /** Null: there is no such record for this reader at this basis. @throws BadArguments, BadBasis */
  answer(asked: Asked, reading: Reading): Promise<Answer | null>;
}

export interface Asked {
  readonly words: readonly string[];
  readonly typed: Typed;
  /** The options that are no filters. */
  readonly taken: Options;
}

/** How a command that reads ends, as its help says it. */
export const EXITS = `Exit status: 0 answered; 1 there is no such record for that reader at that basis, or it is damaged; 2 what was asked for is not read yet, or
the disk does not answer: run it again; 4 there are no read models here that this program can read: start the server on the folder once;
64 the command line or the settings cannot be used; 70 a fault of this program.
`;

/** What a basis says of itself, in a line and in JSON. */
export function basisSaid({ basis }: LedgerView) {
  const { effective, recorded, clock, settled } = basis;
  return `${effective}, as known at ${recorded} (${clock} clock${settled ? '' : ', not settled'})`;
}

export function readingCommand(command: ReadingCommand): LedgerCommand {
  const taken: Options = { ...OF_EVERY_COMMAND, ...PAGING, ...CLOCK, ...command.options };
  return {
    ...{ name: command.name, does: command.does, example: command.example },
    run: (args, env, terminal) => run(command, taken, args, env, terminal),
  };
}

/** `clock`: the machine's own unless a test brings another. */
export async function run(
  command: ReadingCommand,
  taken: Options,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  terminal: Terminal,
  clock: Clock = machineClock,
): Promise<number> {
  const filters = command.filters ? optionsOfFilters(taken) : {};
  const { values, positionals } = parseArguments({
    args: [...args],
    options: Object.fromEntries(
      Object.entries({ ...filters, ...taken }).map(([name, { value }]) => [
        name,
        { type: value === undefined ? 'boolean' : 'string' } as const,
      ]),
    ),
    allowPositionals: true,
  });
  const typed = values;
  if (typed['help'] === true) return terminal.say(helpOf(command, taken, filters), EXIT.DONE);
  const { as, data } = typed;
  if (typeof as !== 'string')
    throw new BadArguments('Say for whom with --as: the reference of a post, such as jarap-member, or public.');
  if (typed['json'] === true && typed['csv'] === true) throw new BadArguments('Give --json or --csv, not both.');
  const { settings, problems } = readLedgerSettings(env);
  if (problems.length > 0) throw new BadSettings(problems);
  const folder = { data: typeof data === 'string' ? data : settings.data };
  return whileReading(folder, as, clock, async (reading) => {
    const answer = await naming(() => command.answer({ words: positionals, typed, taken }, reading));
    if (answer === null)
      return terminal.complain(
        `There is no ${positionals[0] ?? 'such record'} for ${as} at this basis.\n`,
        EXIT.PROBLEMS,
      );
    return terminal.say(written(answer, typed, as, reading), EXIT.DONE);
  });
}

function written({ facts, notes, tables }: Answer, typed: Typed, as: string, { includesTo }: Reading): string {
  if (typed['csv'] === true) {
    const wanted = typed['table'] ?? tables[0].name;
    const table = tables.find(({ name }) => name === wanted);
    if (table !== undefined) return asCsv(table);
    throw new BadArguments(`--table is “${String(wanted)}”; it is ${tables.map(({ name }) => name).join(' or ')}.`);
  }
  if (typed['json'] === true) return asJson({ facts: { ...facts, as, includesTo }, notes, tables });
  const upTo =
    includesTo === null
      ? 'The read models hold nothing yet.'
      : `The read models include what was recorded up to ${includesTo}.`;
  return asText({ facts, tables, notes: [...notes, `For ${as}. ${upTo}`] });
}

/** What is wrong with a basis or a page, said of the option. */
async function naming<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof BadBasis) throw new BadArguments(`--${optionOf(cause.field)}: ${cause.message}`, { cause });
    throw cause;
  }
}

function helpOf({ name, does, usage, says, example }: ReadingCommand, taken: Options, filters: Options): string {
  const lines = (options: Options) =>
    Object.entries(options).map(
      ([option, { value, says: of }]) =>
        `  ${`--${option}${value === undefined ? '' : ` ${value}`}`.padEnd(34)} ${of}\n`,
    );
  const narrowing =
    Object.keys(filters).length === 0
      ? ''
      : `\nWhat narrows a list, with the lists that it narrows:\n${lines(filters).join('')}`;
  return `Usage: ledger ${name} ${usage} --as POST [options]

${does} ${says}
Reads what a server keeps in the folder, whether or not it runs, and writes nothing to it.

  ledger ${example}

${lines(taken).join('')}${narrowing}
${EXITS}`;
}
