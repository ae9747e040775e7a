import { BadArguments, parseArguments } from '../../libs/arguments/index.ts';
import { sentenceFor } from '../../libs/running-ledger/index.ts';
import { CONFIG_KEYS, readConfig, type LedgerConfig } from './config.ts';
import { prepareDemo } from './demo.ts';
import { noteUncaught, openLog } from './log.ts';
import { startLedger } from './start-ledger.ts';

const HELP = `Usage: npm start            serves the ledger that the environment names, until it is told to stop
       npm run demo         serves an example ledger, made anew, with a sign-in by post, on this machine only
       npm run demo -- --illustrative
                            and loads an illustrative panel beside the papers: made up, and larger

${CONFIG_KEYS.map(({ name, meaning, default: fallback }) => `  ${name}${fallback === undefined ? '' : ` (${fallback})`}\n      ${meaning}`).join('\n')}
`;

/** Orchestrators kill ten seconds after they have told a process to stop. */
const STOPPED_WITHIN_MS = 7_500;

try {
  const options = {
    demo: { type: 'boolean' },
    illustrative: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  } as const;
  const { values } = parseArguments({ args: process.argv.slice(2), options });
  if (values.help === true) process.stdout.write(HELP);
  else if (values.illustrative === true && values.demo !== true)
    throw new BadArguments('Only the demonstration loads the illustrative panel: npm run demo -- --illustrative.');
  else await serve(values.demo === true, values.illustrative === true);
} catch (cause) {
  if (!(cause instanceof BadArguments)) throw cause;
  process.stderr.write(`${cause.message} --help says more.\n`);
  process.exitCode = 1;
}

async function serve(demo: boolean, illustrative: boolean): Promise<void> {
  let config: LedgerConfig | undefined;
  try {
    config = demo
      ? await prepareDemo(process.env, (line) => process.stdout.write(`${line}\n`), illustrative)
      : readConfig(process.env);
    const server = await startLedger(config);
    noteUncaught(openLog(config.logLevel));
    let stopping = false;
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.on(signal, () => {
        if (stopping) return;
        stopping = true;
        // What is not closed by then is nothing that could be lost: whatever was acknowledged is on the disk.
        setTimeout(() => process.exit(0), STOPPED_WITHIN_MS).unref();
        void server.close().then(
          () => process.exit(0),
          () => process.exit(1),
        );
      });
    }
    // Whoever reads this may tell it to stop at once.
    process.stdout.write(`The ledger is at ${server.url}\n`);
  } catch (cause) {
    process.stderr.write(`${sentenceFor(cause, config) ?? (cause as Error).stack ?? String(cause)}\n`);
    process.exit(1);
  }
}
