import { BadConfig, readConfig } from './config.ts';
import { startLedger } from './start-ledger.ts';

/** `npm start`: serves the ledger that the environment names, until it is told to stop. */
try {
  const server = await startLedger(readConfig(process.env));
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
  const isSaidPlainly = cause instanceof BadConfig || (cause instanceof Error && ['LedgerInUse', 'KeysRefused'].includes(cause.name));
  process.stderr.write(`${isSaidPlainly ? cause.message : ((cause as Error).stack ?? String(cause))}\n`);
  process.exit(1);
}
