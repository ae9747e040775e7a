import { BadConfig, CONFIG_KEYS, readConfig } from './config.ts';
import { prepareDemo } from './demo.ts';
import { noteUncaught, openLog } from './log.ts';
import { startLedger } from './start-ledger.ts';

const HELP = `Usage: npm start            serves the ledger that the environment names, until it is told to stop
       npm run demo         serves an example ledger, made anew, with a sign-in by post, on this machine only

${CONFIG_KEYS.map(({ name, meaning, default: fallback }) => `  ${name}${fallback === undefined ? '' : ` (${fallback})`}\n      ${meaning}`).join('\n')}
`;

/** Faults that an operator mends: said plainly, without a stack. */
const PLAIN = [
  'BadConfig',
  'DataFolderRefused',
  'LedgerInUse',
  'KeysRefused',
  'StoreUnavailable',
  'StoreDamaged',
  'SqliteRefused',
  'NoDemo',
];

if (process.argv.includes('--help') || process.argv.includes('-h')) process.stdout.write(HELP);
else await serve(process.argv.includes('--demo'));

async function serve(demo: boolean): Promise<void> {
  try {
    const config = demo
      ? await prepareDemo(process.env, (line) => process.stdout.write(`${line}\n`))
      : readConfig(process.env);
    const server = await startLedger(config);
    noteUncaught(openLog(config.logLevel));
    process.stdout.write(`The ledger is at ${server.url}\n`);
    let stopping = false;
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.on(signal, () => {
        if (stopping) return;
        stopping = true;
        void server.close().then(
          () => process.exit(0),
          () => process.exit(1),
        );
      });
    }
  } catch (cause) {
    const plainly = cause instanceof BadConfig || (cause instanceof Error && PLAIN.includes(cause.name));
    process.stderr.write(`${plainly ? cause.message : ((cause as Error).stack ?? String(cause))}\n`);
    process.exit(1);
  }
}
