import { userInfo } from 'node:os';
import { BadArguments, parseArguments } from '../../libs/arguments/index.ts';
import { loadFolder, type ImportNotices, type LoadOutcome, type Problem } from '../../libs/import/index.ts';
import { pseudonymOf } from '../../libs/keys/index.ts';
import { BadSettings, openRunningLedger, readLedgerSettings } from '../../libs/running-ledger/index.ts';
import { EXIT } from './exit-codes.ts';
import { progressLine } from './progress.ts';
import type { Terminal } from './terminal.ts';

export const IMPORT_HELP = `Usage: ledger import FOLDER [--dry-run] [--grants]

Loads a folder of papers (CSV files named in import.json) into the ledger, whole or not at all. Every row becomes an ordinary
command. Loading the same folder again changes nothing; a load that was cut off is finished so.

Every row meets the rules that a command meets, but for these, since a paper is held as it was printed:

  - A paper may name nobody who did it ("by" empty) and state no authority ("authority" is "not stated"). Where it names nobody,
    nobody's leave is asked. Where it names a post, that post must have been allowed to do it.
  - A meeting on whose authority something was done must be in the ledger; that it was held in time is not asked.
  - No reason is asked for what is entered late, nor by the commands that need one (to extend, defer, return, merge, supersede,
    withdraw or reopen an action; to cancel a meeting).
  - An action may be due before it was raised, and be deferred to a day that has passed.
  - Whoever runs the import did nothing that the papers print. That nobody signs off their own work is asked of the post that the
    paper names, and of nobody where it names none. With --grants, nobody is asked whether they grant authority to themself.

What may be a slip and stops nothing is printed as a notice: an action due before it was raised or deferred to a day that had passed,
a day before the body or post existed or years before the source, the same title at the same meeting twice, keys that differ by case alone.

  --dry-run   Check every row against the ledger and write nothing.
  --grants    The papers may grant authority: add posts that act as commissioner, opcc-officer or monitoring-officer, their
              holders, and the subjects by which the identity provider knows persons. Each is listed. Without it such a row is
              refused. No import changes what was granted before.
  --help      Show this.

The ledger is the one that LEDGER_STORE, EVENTSTOREDB_URL, LEDGER_NAME and LEDGER_DATA name. While a server writes to it, the
command ends with status 3 and names the server: there is one writer at a time.

Exit status: 0 loaded (or, with --dry-run, it would load), 1 the files have problems, 2 unfinished: run it again, 3 the ledger is in
use, 64 the command line or the settings cannot be used, 70 a fault of this program.
`;

/** `ledger import FOLDER [--dry-run] [--grants]` */
export async function importCommand(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  terminal: Terminal,
): Promise<number> {
  const asked = readArguments(args);
  if (asked === 'help') return terminal.say(IMPORT_HELP, EXIT.DONE);
  if (asked === null) return terminal.complain(`Name one folder.\n\n${IMPORT_HELP}`, EXIT.USAGE);
  const { settings, problems } = readLedgerSettings(env);
  if (problems.length > 0) return terminal.complain(`${new BadSettings(problems).message}\n`, EXIT.USAGE);

  const ledger = await openRunningLedger(settings, 'import');
  try {
    const person = pseudonymOf(ledger.keys, `operator:${userInfo().username}`);
    const outcome = await loadFolder(ledger, asked.folder, {
      dryRun: asked.dryRun,
      grants: asked.grants,
      caller: { post: 'opcc-officer', person, capacity: 'opcc-officer' },
      progress: progressLine(terminal),
    });
    return report(outcome, asked, terminal);
  } finally {
    await ledger.close();
  }
}

interface Asked {
  readonly folder: string;
  readonly dryRun: boolean;
  readonly grants: boolean;
}

function readArguments(args: readonly string[]): Asked | 'help' | null {
  try {
    const { values, positionals } = parseArguments({
      args: [...args],
      allowPositionals: true,
      options: { 'dry-run': { type: 'boolean' }, grants: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
    });
    if (values.help === true) return 'help';
    const [folder, ...rest] = positionals;
    return folder === undefined || rest.length > 0
      ? null
      : { folder, dryRun: values['dry-run'] === true, grants: values.grants === true };
  } catch (cause) {
    if (cause instanceof BadArguments) throw cause;
    return null;
  }
}

function report(outcome: LoadOutcome, asked: Asked, terminal: Terminal): number {
  switch (outcome.outcome) {
    case 'passed': {
      const { rows, written, repeated, grants } = outcome;
      const granted = grants.map(
        ({ file, line, what }) =>
          `${file}, line ${line}: ${what} ${asked.dryRun ? 'would grant' : 'granted'} authority\n`,
      );
      const what = asked.dryRun ? `would write ${written} commands` : `wrote ${written} commands`;
      return terminal.say(
        `${granted.join('')}${sayNotices(outcome.noticed)}${asked.folder}: ${rows} rows passed; ${what}; ${repeated} had been loaded before.\n`,
        EXIT.DONE,
      );
    }
    case 'unreadable':
    case 'refused': {
      const more = outcome.found - outcome.problems.length;
      const skipped =
        outcome.outcome === 'refused' && outcome.skipped > 0
          ? ` ${outcome.skipped} rows that build on these were not tried.`
          : '';
      const lines = outcome.problems.map(sayProblem).join('');
      const rest = more > 0 ? `and ${more} more\n` : '';
      const notices = outcome.outcome === 'refused' ? sayNotices(outcome.noticed) : '';
      return terminal.complain(
        `${notices}${lines}${rest}\n${outcome.found === 1 ? '1 problem' : `${outcome.found} problems`}. Nothing was written.${skipped}\n`,
        EXIT.PROBLEMS,
      );
    }
    case 'stopped':
      return terminal.complain(`${outcome.sentence}\n`, EXIT.UNFINISHED);
  }
}

function sayNotices({ notices, found }: ImportNotices = { notices: [], found: 0 }): string {
  const lines = notices.map(({ file, line, sentence }) => `${file}, line ${line}: notice: ${sentence}\n`).join('');
  return found > notices.length ? `${lines}and ${found - notices.length} more notices\n` : lines;
}

function sayProblem({ file, line, column, sentence }: Problem): string {
  return `${file}, line ${line}${column === undefined ? '' : `, column ${column}`}: ${sentence}\n`;
}
