import {
  acceptClock,
  BadSettings,
  clockTroubleInWords,
  openRunningLedger,
  readLedgerSettings,
  type RunningLedgerOptions,
} from '../../libs/running-ledger/index.ts';
import { EXIT } from './exit-codes.ts';
import type { Terminal } from './terminal.ts';
import { readAcceptance } from './words.ts';

export const ACCEPT_CLOCK_HELP = `Usage: ledger accept-clock --reason TEXT [--operator NAME]

Says that the clock of this machine is right as it is, and lets the ledger be written to by it. For when the health names "clock": it
is behind the ledger's last entry, or it went ahead by more than a day while the ledger ran. Set the clock first if it is wrong.

The word is an event of the ledger, with the reason and the operator's name sealed. What was recorded before keeps its stamps; what is
written from then on reads as recorded no earlier than that.

  --reason TEXT    Why the clock is right.
  --operator NAME  Who says so. Default: the user of this machine who runs the command.
  --help           Show this.

Exit status: 0 accepted, or there was nothing to accept; 2 the store is away; 3 the ledger is in use: stop the server first; 64 the
command line or the settings cannot be used; 70 a fault of this program.
`;

/** `ledger accept-clock --reason TEXT [--operator NAME]` */
export async function acceptClockCommand(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  terminal: Terminal,
  machine: Pick<RunningLedgerOptions, 'clock' | 'ids'> = {},
): Promise<number> {
  const asked = readAcceptance(args, 'Say why the clock is right: --reason TEXT.');
  if (asked === 'help') return terminal.say(ACCEPT_CLOCK_HELP, EXIT.DONE);
  if ('wrong' in asked) return terminal.complain(`${asked.wrong}\n\n${ACCEPT_CLOCK_HELP}`, EXIT.USAGE);
  const { settings, problems } = readLedgerSettings(env);
  if (problems.length > 0) return terminal.complain(`${new BadSettings(problems).message}\n`, EXIT.USAGE);
  const ledger = await openRunningLedger(settings, 'accept-clock', machine);
  try {
    const accepted = await acceptClock(ledger, asked);
    if (accepted === null)
      return terminal.say('Nothing is the matter with the clock. Nothing was written.\n', EXIT.DONE);
    return terminal.say(`${clockTroubleInWords(accepted)} It is accepted.\n`, EXIT.DONE);
  } finally {
    await ledger.close();
  }
}
