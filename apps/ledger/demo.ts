import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { loadFolder, type LoadOutcome } from '../../libs/import/index.ts';
import { pseudonymOf } from '../../libs/keys/index.ts';
import { machineIds, openRunningLedger } from '../../libs/running-ledger/index.ts';
import { takeWriterLock } from '../../libs/sqlite/index.ts';
import { readConfig, type LedgerConfig } from './config.ts';
import { projectRoot } from './graphql/schema-files.ts';

/** The example could not be loaded. Says why, as the import says it. */
export class NoDemo extends Error {
  override readonly name = 'NoDemo';
}

/**
 * `npm run demo`: a ledger of its own with the example papers in it, made anew at every start.
 *
 * Nothing of a real ledger is touched: LEDGER_DATA, LEDGER_NAME and LEDGER_SIGN_IN are not read. On EventStoreDB every start has
 * a new ledger name, since nothing there is ever deleted.
 * @throws BadConfig, LedgerInUse, NoDemo
 */
export async function prepareDemo(
  environment: { readonly [name: string]: string | undefined },
  say: (line: string) => void,
): Promise<LedgerConfig> {
  const data = join(
    projectRoot(),
    'demo-data',
    `${environment['LEDGER_STORE'] || 'sqlite'}-${environment['PORT'] || '3000'}`,
  );
  const config = readConfig({
    ...environment,
    LEDGER_SIGN_IN: 'demo',
    LEDGER_HOST: environment['LEDGER_HOST'] ?? '127.0.0.1',
    LEDGER_NAME: `demo${Buffer.from(machineIds.bytes(6)).toString('hex')}`,
    LEDGER_DATA: data,
    LOG_LEVEL: environment['LOG_LEVEL'] ?? 'warn',
  });
  removeUnlessInUse(data);
  const ledger = await openRunningLedger(config.settings, 'demo');
  try {
    const folder = join(projectRoot(), 'examples', 'leicestershire-2023');
    say('Loading the papers of Leicestershire, April to October 2023 …');
    const outcome = await loadFolder(ledger, folder, {
      dryRun: false,
      grants: true,
      caller: { post: 'opcc-officer', person: pseudonymOf(ledger.keys, 'demo'), capacity: 'opcc-officer' },
    });
    if (outcome.outcome !== 'passed') throw new NoDemo(`The example could not be loaded:\n${whyNot(outcome)}`);
    say(`${outcome.rows} rows became ${outcome.written} commands.`);
  } finally {
    await ledger.close();
  }
  return config;
}

function removeUnlessInUse(data: string): void {
  const lock = takeWriterLock(data, 'demo');
  if ('heldBy' in lock)
    throw new NoDemo(`A demo is running in ${data} (process ${lock.heldBy.pid}). Stop it, or choose another PORT.`);
  lock.release();
  rmSync(data, { recursive: true, force: true });
}

function whyNot(outcome: Exclude<LoadOutcome, { outcome: 'passed' }>): string {
  if (outcome.outcome === 'stopped') return outcome.sentence;
  return outcome.problems.map(({ file, line, sentence }) => `${file}, line ${line}: ${sentence}`).join('\n');
}
