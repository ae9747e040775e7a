import { existsSync } from 'node:fs';
import type { Ids } from '../ledger/index.ts';
import { atomically, openDatabase, sqliteFailure, type SqliteDatabase } from '../sqlite/index.ts';
import { KeysRefused, type AcknowledgedEvent, type PartKey } from './key-store.ts';
import { KEY_BYTES, type ReadableKeyStore } from './memory-key-store.ts';

/** "PGK" and the version of this layout. */
const APPLICATION_ID = 0x50474b31;
const LAYOUT = 1;
const DEFAULT_BATCH = 1_000;

/**
 * A destroyed key is overwritten where it lies, by as many zeros: its row never moves, so that no page keeps a copy of it. Its
 * name stays, and is never given to another key. `keys` grows at its end only, for the same reason.
 */
const SCHEMA = `
  CREATE TABLE keys (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, key BLOB NOT NULL CHECK (length(key) = ${KEY_BYTES})) STRICT;
  CREATE TABLE persons (person TEXT PRIMARY KEY, key TEXT NOT NULL REFERENCES keys (id)) STRICT, WITHOUT ROWID;
  CREATE TABLE secrets (purpose TEXT PRIMARY KEY, secret BLOB NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE ledger (only INTEGER PRIMARY KEY CHECK (only = 1), id TEXT, settled_floor INTEGER NOT NULL) STRICT;
  INSERT INTO ledger (only, id, settled_floor) VALUES (1, NULL, 0);
`;
/** Came later: an older file gets it as it is opened. */
const ACKNOWLEDGED = `
  CREATE TABLE IF NOT EXISTS acknowledged (
    only INTEGER PRIMARY KEY CHECK (only = 1), stream TEXT NOT NULL, version INTEGER NOT NULL, event TEXT NOT NULL,
    position TEXT NOT NULL, missing INTEGER NOT NULL
  ) STRICT;
`;
const ZEROS = new Uint8Array(KEY_BYTES);

export interface SqliteKeyStoreOptions {
  readonly file: string;
  readonly ids: Ids;
  /** How many keys are made durable together. Default 1,000. */
  readonly batch?: number;
}

/**
 * The keys in a file of their own, readable by its owner alone. Back it up apart from the log: whoever has both can read
 * everything, and a log without keys is lost text.
 *
 * A batch of keys is made when one is first asked for, and stays for ever; a restart begins another batch. So no key that was
 * ever handed out can be missing, and none is handed out twice.
 *
 * @throws KeysRefused when the file holds something else or is damaged.
 */
export function openSqliteKeyStore({ file, ids, batch = DEFAULT_BATCH }: SqliteKeyStoreOptions): ReadableKeyStore {
  const database = openKeyFile(file);
  const sql = {
    insert: database.prepare<[string, Uint8Array]>('INSERT INTO keys (id, key) VALUES (?, ?)'),
    key: database.prepare<[string], Uint8Array>('SELECT key FROM keys WHERE id = ?').pluck(),
    overwrite: database.prepare<[Uint8Array, string]>('UPDATE keys SET key = ? WHERE id = ?'),
    person: database.prepare<[string], string>('SELECT key FROM persons WHERE person = ?').pluck(),
    setPerson: database.prepare<[string, string]>(
      'INSERT INTO persons (person, key) VALUES (?, ?) ON CONFLICT (person) DO UPDATE SET key = excluded.key',
    ),
    secret: database.prepare<[string], Uint8Array>('SELECT secret FROM secrets WHERE purpose = ?').pluck(),
    setSecret: database.prepare<[string, Uint8Array]>('INSERT INTO secrets (purpose, secret) VALUES (?, ?)'),
    ledger: database.prepare<[], string | null>('SELECT id FROM ledger').pluck(),
    setLedger: database.prepare<[string]>('UPDATE ledger SET id = ?'),
    floor: database.prepare<[], number>('SELECT settled_floor FROM ledger').pluck(),
    anyKey: database.prepare<[], number>('SELECT EXISTS (SELECT 1 FROM keys)').pluck(),
    acknowledged: database.prepare<[], AcknowledgedEvent>(
      'SELECT stream, version, event, position, missing FROM acknowledged',
    ),
    lowerFloor: database.prepare<[number]>('UPDATE ledger SET settled_floor = min(settled_floor, ?)'),
    setFloor: database.prepare<[number]>('UPDATE ledger SET settled_floor = max(settled_floor, ?)'),
  };
  /** A connection of its own, which does not wait for the disk. */
  let remembering: ReturnType<typeof rememberingApart> | null = null;
  let ahead: PartKey[] = [];
  /** Asked for with every command, and changed by the one process that writes. Null: to be read. */
  let floor: number | null = null;
  /** Asked for with every request, and never another once it is made. */
  const secrets = new Map<string, Uint8Array>();

  const makeBatch = atomically(database, (): PartKey[] => {
    const made = Array.from({ length: batch }, () => ({ id: ids.uuid(), key: ids.bytes(KEY_BYTES) }));
    for (const { id, key } of made) sql.insert.run(id, key);
    return made;
  });

  const makeSecret = atomically(database, (purpose: string): Uint8Array => {
    const standing = sql.secret.get(purpose);
    if (standing !== undefined) return standing;
    const secret = ids.bytes(KEY_BYTES);
    sql.setSecret.run(purpose, secret);
    return secret;
  });

  const overwriteAll = atomically(database, (unwanted: readonly string[]) => {
    for (const id of unwanted) sql.overwrite.run(ZEROS, id);
  });

  const find = (id: string): PartKey | null => {
    const key = sql.key.get(id);
    return key === undefined || Buffer.compare(key, ZEROS) === 0 ? null : { id, key };
  };

  // Another process may have named one meanwhile: a person has one key.
  const nameForPerson = atomically(database, (person: string, fresh: PartKey): PartKey => {
    const meanwhile = store.keyOfPerson(person);
    if (meanwhile === null) sql.setPerson.run(person, fresh.id);
    return meanwhile ?? fresh;
  });

  const store: ReadableKeyStore = {
    ledgerId: () => sql.ledger.get() ?? null,
    bind: atomically(database, (ledgerId: string) => {
      const bound = store.ledgerId();
      if (bound !== null && bound !== ledgerId)
        throw new KeysRefused(`The keys are those of ledger ${bound}, not of ledger ${ledgerId}.`);
      if (bound === null) sql.setLedger.run(ledgerId);
    }),
    take() {
      if (ahead.length === 0) ahead = makeBatch().reverse();
      return ahead.pop()!;
    },
    keyOfPerson(person) {
      const id = sql.person.get(person);
      return id === undefined ? null : find(id);
    },
    forPerson(person) {
      return store.keyOfPerson(person) ?? nameForPerson(person, store.take());
    },
    find: (wanted) => wanted.map(find),
    holds: (id) => sql.key.get(id) !== undefined,
    destroy(unwanted) {
      overwriteAll(unwanted);
      ahead = ahead.filter(({ id }) => !unwanted.includes(id));
      emptyWriteAheadLog(database);
    },
    storedSecret: (purpose) => sql.secret.get(purpose) ?? null,
    secret(purpose) {
      const secret = secrets.get(purpose) ?? makeSecret(purpose);
      secrets.set(purpose, secret);
      return secret;
    },
    settledFloor: {
      read: () => (floor ??= sql.floor.get() ?? 0),
      raise(to) {
        if (to > store.settledFloor.read()) sql.setFloor.run(to);
        floor = null;
      },
      lower(to) {
        sql.lowerFloor.run(to);
        floor = null;
      },
    },
    isUsed: () => sql.anyKey.get() === 1,
    acknowledged: {
      read: () => sql.acknowledged.get() ?? null,
      remember({ stream, version, event, position, missing }) {
        remembering ??= rememberingApart(file);
        remembering.run(stream, version, event, position, missing);
      },
    },
    close() {
      remembering?.database.close();
      database.close();
    },
  };
  return store;
}

/** What of the keys whoever only reads tables needs to know: whose they are, and secrets that were made before. */
export interface KeysToRead {
  ledgerId(): string | null;
  /** @throws KeysRefused where it was never made: nothing is written here. */
  secret(purpose: string): Uint8Array;
  close(): void;
}

/**
 * The same file over a connection that cannot write, beside whoever does: no key is made, and none is read.
 * @throws KeysRefused when there is no such file, or it holds something else.
 */
export function openSqliteKeysToRead(file: string): KeysToRead {
  if (!existsSync(file)) throw new KeysRefused(`There are no keys at ${file}: no ledger is kept in that folder.`);
  const database = openDatabase(file, { readonly: true });
  try {
    refuseForeign(database);
  } catch (error) {
    database.close();
    throw error;
  }
  return {
    ledgerId: () => database.prepare<[], string | null>('SELECT id FROM ledger').pluck().get() ?? null,
    secret(purpose) {
      const stored = database.prepare<[string], Uint8Array>('SELECT secret FROM secrets WHERE purpose = ?').pluck();
      const secret = stored.get(purpose);
      if (secret === undefined)
        throw new KeysRefused(`${file} has no secret for ${purpose}: nothing was read here yet.`);
      return secret;
    },
    close: () => database.close(),
  };
}

function rememberingApart(file: string) {
  const database = openDatabase(file, { durable: false });
  return {
    database,
    run: (...values: readonly [string, number, string, string, number]) =>
      database.prepare('INSERT OR REPLACE INTO acknowledged VALUES (1, ?, ?, ?, ?, ?)').run(...values),
  };
}

function openKeyFile(file: string): SqliteDatabase {
  let database: SqliteDatabase | null = null;
  try {
    database = openDatabase(file);
    database.pragma('secure_delete = ON');
    prepareKeySchema(database);
    return database;
  } catch (error) {
    database?.close();
    if (sqliteFailure(error) === 'damaged')
      throw new KeysRefused(`${file} is not a readable key store. Restore it from its backup.`, { cause: error });
    throw error;
  }
}

function prepareKeySchema(database: SqliteDatabase): void {
  atomically(database, () => {
    if (database.prepare('SELECT count(*) FROM sqlite_schema').pluck().get() !== 0) return;
    database.exec(SCHEMA);
    database.pragma(`application_id = ${APPLICATION_ID}`);
    database.pragma(`user_version = ${LAYOUT}`);
  })();
  refuseForeign(database);
  database.exec(ACKNOWLEDGED);
}

function refuseForeign(database: SqliteDatabase): void {
  const application: unknown = database.pragma('application_id', { simple: true });
  const layout: unknown = database.pragma('user_version', { simple: true });
  if (application !== APPLICATION_ID || layout !== LAYOUT)
    throw new KeysRefused(
      `${database.name} holds no keys that this program knows: application ${String(application)}, layout ${String(layout)}.`,
    );
}

/** The write-ahead log still holds pages with what has just been overwritten. */
function emptyWriteAheadLog(database: SqliteDatabase): void {
  const [state] = database.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[];
  if (state?.busy !== 0)
    throw new Error(`${database.name}: another process reads the keys; destroy them again when it has finished.`);
}
