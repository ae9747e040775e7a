import { BadArguments, didYouMean } from '../../libs/command-line/index.ts';
import { sentenceFor } from '../../libs/running-ledger/index.ts';
import { DataFolderRefused } from '../../libs/sqlite/index.ts';
import { acceptLogCommand } from './accept-log-command.ts';
import { acceptClockCommand } from './accept-clock-command.ts';
import { appointCommand } from './appoint-command.ts';
import { EXIT } from './exit-codes.ts';
import { importCommand } from './import-command.ts';
import { processTerminal } from './terminal.ts';

const HELP = `Usage: npm run ledger -- COMMAND

  import FOLDER [--dry-run] [--grants]   Load a folder of papers into the ledger.
  appoint-monitoring-officer --name "NAME" --subject SUBJECT --reason "WHY"
                              Appoint the first monitoring officer, or a successor where nobody else could.
  accept-log --reason "WHY"   Take the log as it stands, though it lacks what was acknowledged.
  accept-clock --reason TEXT  Say that the clock of this machine is right.

  COMMAND --help              Say more of a command.
`;

const [command, ...args] = process.argv.slice(2);
try {
  process.exitCode = await run();
} catch (cause) {
  const sentence = cause instanceof BadArguments ? `${cause.message} --help says more.` : sentenceFor(cause);
  process.exitCode =
    sentence === null
      ? processTerminal.complain(`${(cause as Error).stack ?? String(cause)}\n`, EXIT.FAULT)
      : processTerminal.complain(
          `${sentence}\n`,
          cause instanceof BadArguments || cause instanceof DataFolderRefused ? EXIT.USAGE : EXIT.UNFINISHED,
        );
}

/** Those that the help lists. */
function commands(): readonly string[] {
  return [...HELP.matchAll(/^ {2}([a-z-]+) /gm)].map(([, name]) => name!);
}

async function run(): Promise<number> {
  if (command === 'import') return importCommand(args, process.env, processTerminal);
  if (command === 'appoint-monitoring-officer') return appointCommand(args, process.env, processTerminal);
  if (command === 'accept-log') return acceptLogCommand(args, process.env, processTerminal);
  if (command === 'accept-clock') return acceptClockCommand(args, process.env, processTerminal);
  if (command === undefined || command === '--help' || command === '-h') return processTerminal.say(HELP, EXIT.DONE);
  return processTerminal.complain(
    `There is no command "${command}".${didYouMean(command, commands())}\n\n${HELP}`,
    EXIT.USAGE,
  );
}
