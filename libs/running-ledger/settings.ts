/** Where a ledger is kept. Read from the environment by both applications, in the same words. */
export interface LedgerSettings {
  readonly store: 'sqlite' | 'esdb';
  /** `esdb://…`, when the store is EventStoreDB. */
  readonly eventStoreDbUrl?: string;
  /** Prefix of the ledger's streams in EventStoreDB: letters and digits. */
  readonly name: string;
  /** Folder of everything that this machine keeps: keys, the lock, read models, and the events of an embedded ledger. */
  readonly data: string;
}

/** A key of the environment: what it means and what it is when it is not set. */
export interface Setting {
  readonly key: string;
  readonly meaning: string;
  readonly fallback: string | null;
}

export const LEDGER_SETTINGS: readonly Setting[] = [
  {
    key: 'LEDGER_STORE',
    meaning: 'Where events are kept: `sqlite` (one file, nothing to install) or `esdb` (EventStoreDB or KurrentDB).',
    fallback: 'sqlite',
  },
  {
    key: 'EVENTSTOREDB_URL',
    meaning: 'Connection string of EventStoreDB, for `esdb`: `esdb://127.0.0.1:2113?tls=false`.',
    fallback: null,
  },
  {
    key: 'LEDGER_NAME',
    meaning: 'Prefix of the ledger’s streams in EventStoreDB: letters and digits, at most 32.',
    fallback: 'ledger',
  },
  {
    key: 'LEDGER_DATA',
    meaning: 'Folder of keys, lock and read models, and of the events of an embedded ledger.',
    fallback: './data',
  },
];

/** Settings cannot be used. Holds every problem at once. */
export class BadSettings extends Error {
  override readonly name = 'BadSettings';
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(`The settings cannot be used:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.problems = problems;
  }
}

/** Reads where the ledger is kept from the environment, or says all that is wrong with it. */
export function readLedgerSettings(env: NodeJS.ProcessEnv): { settings: LedgerSettings; problems: readonly string[] } {
  const problems: string[] = [];
  const store = env['LEDGER_STORE'] || 'sqlite';
  if (store !== 'sqlite' && store !== 'esdb') problems.push(`LEDGER_STORE is "${store}"; it is sqlite or esdb.`);
  const url = env['EVENTSTOREDB_URL'] || undefined;
  if (store === 'esdb' && url === undefined) problems.push('EVENTSTOREDB_URL is needed when LEDGER_STORE is esdb.');
  if (store === 'esdb' && url !== undefined && !/^(esdb|kurrentdb)(\+discover)?:\/\//.test(url)) {
    problems.push('EVENTSTOREDB_URL begins with esdb:// or esdb+discover://.');
  }
  const name = env['LEDGER_NAME'] || 'ledger';
  if (!/^[A-Za-z0-9]{1,32}$/.test(name)) problems.push(`LEDGER_NAME is "${name}"; it has 1 to 32 letters and digits.`);
  const settings: LedgerSettings = {
    store: store === 'esdb' ? 'esdb' : 'sqlite',
    ...(url === undefined ? {} : { eventStoreDbUrl: url }),
    name,
    data: env['LEDGER_DATA'] || './data',
  };
  return { settings, problems };
}
