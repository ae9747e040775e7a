import { acceptClockCommand } from './accept-clock-command.ts';
import { acceptLogCommand } from './accept-log-command.ts';
import { appointCommand } from './appoint-command.ts';
import { importCommand } from './import-command.ts';
import type { LedgerCommand } from './ledger-command.ts';
import { asOfCommand } from './reading/as-of-command.ts';
import { bridgeCommand } from './reading/bridge-command.ts';
import { compareCommand } from './reading/compare-command.ts';
import { replayCommand } from './reading/replay-command.ts';
import { slippageCommand } from './reading/slippage-command.ts';

/** Every sub-command there is, as `ledger --help` lists them. */
export const COMMANDS: readonly LedgerCommand[] = [
  {
    name: 'import',
    does: 'Loads a folder of papers into the ledger.',
    example: 'import examples/leicestershire-2023 --grants --dry-run',
    run: importCommand,
  },
  {
    name: 'appoint-monitoring-officer',
    does: 'Appoints the first monitoring officer, or a successor where nobody else could.',
    example: 'appoint-monitoring-officer --name "R. Bell" --subject rbell@opcc.example --reason "The first"',
    run: appointCommand,
  },
  {
    name: 'accept-log',
    does: 'Takes the log as it stands, though it lacks what was acknowledged.',
    example: 'accept-log --reason "The disk of 3 May is lost; there is no later copy"',
    run: acceptLogCommand,
  },
  {
    name: 'accept-clock',
    does: 'Says that the clock of this machine is right.',
    example: 'accept-clock --reason "The clock had been a year ahead until today"',
    run: acceptClockCommand,
  },
  asOfCommand,
  compareCommand,
  bridgeCommand,
  slippageCommand,
  replayCommand,
];

export const HELP = `Usage: ledger COMMAND …    (in a checkout: npm run ledger -- COMMAND …)

${COMMANDS.map(({ name, does, example }) => `  ${name}\n      ${does}\n      ledger ${example}\n`).join('\n')}
ledger COMMAND --help says more of a command.
`;
