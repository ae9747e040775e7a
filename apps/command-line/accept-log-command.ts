import {
  BadSettings,
  NothingToAccept,
  openRunningLedger,
  readLedgerSettings,
  type RunningLedger,
} from '../../libs/running-ledger/index.ts';
import { EXIT } from './exit-codes.ts';
import type { Terminal } from './terminal.ts';
import { readAcceptance } from './words.ts';

export const ACCEPT_LOG_HELP = `Usage: ledger accept-log --reason "WHY" [--operator "NAME"]

Takes the log as it stands. A ledger refuses a log that is empty, older than what was acknowledged of it, or has events missing from
its middle: what is missing was recorded, and is no longer there. Put the right log back if there is one. This command is for when there
is none. What it does is recorded in the log, with your name and reason, where an auditor finds it.

  --reason     Why there is no better log. Needed.
  --operator   Your name. Default: that of the account on this machine.
  --help       Show this.

A log of another ledger cannot be accepted: its words lie under keys that are not here.

Exit status: 0 accepted and recorded, 1 there is nothing to accept, 2 the store is away: run it again, 3 the ledger is in use: stop the
server first, 64 the command line or the settings cannot be used, 70 a fault of this program.
`;

/** `ledger accept-log --reason "…"` */
export async function acceptLogCommand(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  terminal: Terminal,
): Promise<number> {
  const asked = readAcceptance(args, 'Say why with --reason: it is recorded in the log.');
  if (asked === 'help') return terminal.say(ACCEPT_LOG_HELP, EXIT.DONE);
  if ('wrong' in asked) return terminal.complain(`${asked.wrong}\n\n${ACCEPT_LOG_HELP}`, EXIT.USAGE);
  const { settings, problems } = readLedgerSettings(env);
  if (problems.length > 0) return terminal.complain(`${new BadSettings(problems).message}\n`, EXIT.USAGE);
  let ledger: RunningLedger;
  try {
    ledger = await openRunningLedger(settings, 'accept-log', { accept: asked });
  } catch (cause) {
    if (cause instanceof NothingToAccept) return terminal.complain(`${cause.message}\n`, EXIT.PROBLEMS);
    if (cause instanceof Error && ['StoreDamaged', 'EventDamaged'].includes(cause.name))
      return terminal.complain(`${cause.message}\n`, EXIT.PROBLEMS);
    throw cause;
  }
  await ledger.close();
  return terminal.say('The log was accepted as it stands. That is recorded in it.\n', EXIT.DONE);
}
