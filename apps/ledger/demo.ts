import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseStored, type EventStore, type LogPosition } from '../../libs/event-store/index.ts';
import { loadFolder, type LoadOutcome } from '../../libs/import/index.ts';
import { pseudonymOf } from '../../libs/keys/index.ts';
import type { Command } from '../../libs/ledger/index.ts';
import { machineIds, openRunningLedger, type RunningLedger } from '../../libs/running-ledger/index.ts';
import { takeWriterLock } from '../../libs/sqlite/index.ts';
import { asDemonstration, demoName } from './access/demo-people.ts';
import { demoSubject } from './access/demo-tokens.ts';
import { readConfig, type LedgerConfig } from './config.ts';
import { projectRoot } from './graphql/schema-files.ts';

/** The example could not be loaded. Says why, as the import says it. */
export class NoDemo extends Error {
  override readonly name = 'NoDemo';
}

/** What the demonstration holds, in the order of loading: the rules are of bodies that the papers name, and of others. */
const EXAMPLES = [
  { folder: 'leicestershire-2023', holds: 'the papers of Leicestershire, April to October 2023' },
  { folder: 'rules', holds: 'the rules of bodies that follow things up' },
] as const;
/** Loaded where it is asked for: it takes several times as long as the others. */
const ILLUSTRATIVE = { folder: 'jarap-illustrative', holds: 'an illustrative panel, 2024 and 2025: made up' } as const;

/**
 * `npm run demo`: a ledger of its own with the example papers in it, made anew at every start.
 *
 * Nothing of a real ledger is touched: LEDGER_DATA, LEDGER_NAME and LEDGER_SIGN_IN are not read. On EventStoreDB every start has
 * a new ledger name, since nothing there is ever deleted.
 * @param illustrative whether to load the illustrative panel beside the papers
 * @throws BadConfig, LedgerInUse, NoDemo
 */
export async function prepareDemo(
  environment: { readonly [name: string]: string | undefined },
  say: (line: string) => void,
  illustrative = false,
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
    const caller = {
      post: 'opcc-officer',
      person: pseudonymOf(ledger.keys, 'demo'),
      capacity: 'opcc-officer',
    } as const;
    for (const { folder, holds } of illustrative ? [...EXAMPLES, ILLUSTRATIVE] : EXAMPLES) {
      say(`Loading ${holds} …`);
      const outcome = await loadFolder(ledger, join(projectRoot(), 'examples', folder), {
        ...{ dryRun: false, grants: true, caller },
      });
      if (outcome.outcome !== 'passed') throw new NoDemo(`The example could not be loaded:\n${whyNot(outcome)}`);
      say(`${outcome.rows} rows became ${outcome.written} commands.`);
    }
    await recordHolders(ledger);
  } finally {
    await ledger.close();
  }
  return config;
}

/** Each post is held by a person of its own, known by the subject of the token that the demonstration gives out for it. */
async function recordHolders({ store, dispatch, keys }: RunningLedger): Promise<void> {
  const operator = pseudonymOf(keys, 'the demonstration');
  const does = async (command: object): Promise<string> => {
    const outcome = await dispatch.submit(asDemonstration(command as Command, operator));
    if (outcome.outcome !== 'accepted')
      throw new NoDemo(`The holders of posts could not be recorded (${outcome.outcome}).`);
    return outcome.ref;
  };
  for (const post of await postsIn(store)) {
    const person = await does({ type: 'AddPerson', name: demoName(post) });
    await does({ type: 'SetPersonSubject', ref: person, subject: demoSubject(post) });
    await does({ type: 'AppointHolder', ref: post, person });
  }
}

/** The posts that act in a capacity, as the log of the example adds them. */
async function postsIn(store: EventStore): Promise<readonly string[]> {
  const posts: string[] = [];
  for (let after: LogPosition | undefined; ;) {
    const page = await store.readAll(after);
    for (const event of page.events) {
      const { header, parts } = parseStored(event);
      if (header.type !== 'PostAdded') continue;
      const { ref, capacity } = parts.find(({ name }) => name === 'facts')?.value as { ref: string; capacity?: string };
      if (capacity !== undefined) posts.push(ref);
    }
    if (page.atEnd) return posts;
    after = page.events.at(-1)?.position;
  }
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
