import { nameCompared } from '../ledger/index.ts';
import {
  Kysely,
  SqliteAdapter,
  SqliteDialect,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type DatabaseConnection,
  type Driver,
  type SqliteStatement,
} from 'kysely';
import {
  LOCKED_AT_MOST_MS,
  openDatabase,
  readApart,
  runApart,
  sqliteFailure,
  type SqliteDatabase,
} from '../sqlite/index.ts';
import { dayNumberOf, sequenceEndOf } from './interval-tree.ts';
import { PLACED_COLUMNS, STANDARD_COLUMNS, tableOf, type AnyProjection, type PlacedColumns } from './projection.ts';
import { CREATE_WORDS_INDEX, INDEX_WORDS, lineOf, LINES_AT_ONCE, UNINDEX_WORDS, wholeWord } from './words-index.ts';
import { countTotals, createTotals, keysOfTotals, RunningTotals } from './running-totals.ts';
import {
  isEmpty,
  placeAmongNaming,
  placeOf,
  type Checkpoint,
  type FactApartRow,
  type IllustrativeBody,
  type LogEventRow,
  type MistakeRow,
  type OwedRow,
  type ParkedRow,
  type PlacedBounds,
  type ReadModelTables,
  type RecordEventRow,
  type Question,
  type QuestionableRow,
  type RecordRow,
  type StateRow,
  type Tables,
} from './tables.ts';

/** Of the tables that every projection shares. Another number makes the read models rebuild themselves. */
const SCHEMA = 18;

/** The parts of an event in which a name may stand: as it was given, or as it was corrected. */
const MAY_BE_NAMES: ReadonlySet<string> = new Set(['text/name', 'text/is']);
const TEXT_COLUMNS: ReadonlySet<string> = new Set(['ref', 'sort_key', 'known_from', 'known_to']);
/** Bounds that an index answers from by itself. The known interval matters for imported records alone and is looked up. */
const BOUNDS = 'effective_from, effective_to, sequence_from, sequence_to, clocks';

function declared(column: string): string {
  if (column === 'belongs_to') return `${column} TEXT`;
  return `${column} ${TEXT_COLUMNS.has(column) ? 'TEXT' : 'INTEGER'} NOT NULL`;
}

const LEDGER_TABLES = `
  CREATE TABLE about (schema INTEGER NOT NULL, tables TEXT NOT NULL, ledger TEXT NOT NULL);
  CREATE TABLE checkpoint (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    sequence INTEGER NOT NULL, position TEXT NOT NULL, recorded_at TEXT NOT NULL, known_to TEXT NOT NULL,
    resume TEXT NOT NULL
  );
  CREATE TABLE log_events (
    sequence INTEGER PRIMARY KEY, event TEXT NOT NULL, position TEXT NOT NULL, recorded_at TEXT NOT NULL, body TEXT
  );
  CREATE TABLE record_events (
    record INTEGER NOT NULL, sequence INTEGER NOT NULL, audiences INTEGER NOT NULL, known_at TEXT NOT NULL, imported INTEGER NOT NULL,
    effective INTEGER, type TEXT, recorded_on INTEGER NOT NULL, known_on INTEGER NOT NULL, entered_by TEXT,
    PRIMARY KEY (record, sequence)
  ) WITHOUT ROWID;
  CREATE TABLE facts_apart (
    record INTEGER NOT NULL, sequence INTEGER NOT NULL, does TEXT, link INTEGER, said_of INTEGER, leads_to TEXT, register TEXT,
    PRIMARY KEY (record, sequence)
  ) WITHOUT ROWID;
  CREATE TABLE records (
    record INTEGER PRIMARY KEY, stream TEXT NOT NULL, register TEXT NOT NULL, ref TEXT, owners_now TEXT, belongs_to TEXT
  );
  CREATE TABLE texts (
    sequence INTEGER NOT NULL, part TEXT NOT NULL, record INTEGER NOT NULL, restricted INTEGER NOT NULL, content TEXT NOT NULL,
    called TEXT, line INTEGER NOT NULL, PRIMARY KEY (sequence, part)
  ) WITHOUT ROWID;
  CREATE TABLE questionable (sequence INTEGER NOT NULL, record INTEGER NOT NULL, name TEXT NOT NULL);
  CREATE TABLE states (
    record INTEGER NOT NULL, audiences INTEGER NOT NULL, clocks INTEGER NOT NULL, number INTEGER NOT NULL, base INTEGER NOT NULL,
    json TEXT NOT NULL
  );
  CREATE TABLE caveats (${PLACED_COLUMNS.map(declared).join(', ')}, kind TEXT NOT NULL, json TEXT NOT NULL);
  CREATE TABLE parked (
    record INTEGER PRIMARY KEY, register TEXT NOT NULL, sequence INTEGER NOT NULL, reason TEXT NOT NULL, audiences INTEGER NOT NULL
  );
  CREATE TABLE arisen (
    policy TEXT NOT NULL, origin TEXT NOT NULL, record INTEGER NOT NULL, PRIMARY KEY (policy, origin, record)
  ) WITHOUT ROWID;
  CREATE TABLE hiding (
    policy TEXT NOT NULL, origin TEXT NOT NULL, record INTEGER NOT NULL, PRIMARY KEY (policy, origin)
  ) WITHOUT ROWID;
  CREATE TABLE withheld (
    record INTEGER NOT NULL, policy TEXT NOT NULL, cause TEXT NOT NULL, place INTEGER NOT NULL, sensitive INTEGER NOT NULL,
    session TEXT NOT NULL, PRIMARY KEY (record, policy, cause)
  ) WITHOUT ROWID;
  CREATE TABLE opened (
    policy TEXT NOT NULL, cause TEXT NOT NULL, record INTEGER NOT NULL, PRIMARY KEY (policy, cause, record)
  ) WITHOUT ROWID;
  CREATE TABLE causing (policy TEXT NOT NULL, record INTEGER NOT NULL, PRIMARY KEY (policy, record)) WITHOUT ROWID;
  CREATE TABLE owed (
    cause TEXT NOT NULL, policy TEXT NOT NULL, record INTEGER NOT NULL, sequence INTEGER NOT NULL, PRIMARY KEY (cause, policy)
  ) WITHOUT ROWID;
  CREATE TABLE mistakes (
    record INTEGER NOT NULL, sequence INTEGER NOT NULL, voids INTEGER NOT NULL, PRIMARY KEY (record, sequence)
  ) WITHOUT ROWID;
  CREATE TABLE illustrative (record INTEGER PRIMARY KEY);
  CREATE TABLE namings (
    ${PLACED_COLUMNS.map(declared).join(', ')}, named TEXT NOT NULL, register TEXT NOT NULL, ref TEXT NOT NULL, place TEXT NOT NULL,
    fields TEXT NOT NULL
  );
  ${CREATE_WORDS_INDEX}`;

const LEDGER_INDEXES = `
  CREATE INDEX questionable_by_name ON questionable (name, sequence, record);
  CREATE UNIQUE INDEX log_events_event ON log_events (event);
  CREATE INDEX log_events_position ON log_events (position);
  CREATE INDEX log_events_recorded ON log_events (recorded_at);
  CREATE INDEX record_events_audience ON record_events (audiences, sequence, effective, imported);
  CREATE INDEX record_events_entered ON record_events (audiences, sequence, effective, recorded_on, known_on, known_at, entered_by)
    WHERE effective IS NOT NULL;
  CREATE INDEX record_events_imported ON record_events (audiences, sequence, known_at, effective) WHERE imported = 1;
  CREATE INDEX facts_apart_in_order ON facts_apart (sequence, does);
  CREATE UNIQUE INDEX records_stream ON records (stream);
  CREATE INDEX records_belong ON records (belongs_to) WHERE belongs_to IS NOT NULL;
  CREATE INDEX records_ref ON records (register, ref);
  CREATE INDEX records_word ON records (${wholeWord('ref')});
  CREATE UNIQUE INDEX states_number ON states (record, audiences, clocks, number);
  CREATE UNIQUE INDEX caveats_rectangle ON caveats (record, audiences, clocks, number);
  CREATE INDEX caveats_of_record ON caveats (record, audiences, clocks, effective_to, effective_from, sequence_to, sequence_from);
  CREATE UNIQUE INDEX namings_rectangle ON namings (record, audiences, clocks, number);
  CREATE INDEX namings_in_order ON namings (named, audiences, place, ${BOUNDS}, record);
  CREATE INDEX texts_called ON texts (called) WHERE called IS NOT NULL;
  CREATE INDEX caveats_filed ON caveats (kind, audiences, node, ${BOUNDS});`;

/** The names of all tables: a file made for others is of no use here. */
function tablesNeeded(projections: readonly AnyProjection[]): string {
  const describe = (projection: AnyProjection) => [
    tableOf(projection),
    projection.register,
    projection.columns,
    projection.indexed,
    projection.totals ?? [],
    projection.wholeWords ?? [],
    projection.days ?? [],
  ];
  return JSON.stringify(projections.map(describe));
}

/** The tables in a file, or null if it holds others: of another version, of another ledger, or none at all. */
export function openSqliteTables(file: string, projections: readonly AnyProjection[], ledger: string): Tables | null {
  let database: SqliteDatabase | null = null;
  try {
    database = openDatabase(file, { durable: false });
    if (isOf(database, projections, ledger)) return sqliteTables(database, projections, true);
  } catch (cause) {
    const failure = sqliteFailure(cause);
    // No such table, or no database: whatever it is, it is built anew.
    if (failure !== 'other' && failure !== 'damaged') {
      database?.close();
      throw cause;
    }
  }
  database?.close();
  return null;
}

/**
 * The tables of a file over a connection that cannot write, all of them as they are now, whatever another process writes meanwhile or puts
 * in their place. Null where the file does not fit, as {@link openSqliteTables}.
 */
export function openSqliteTablesToRead(
  file: string,
  projections: readonly AnyProjection[],
  ledger: string,
): Tables | null {
  const database = openDatabase(file, { readonly: true, durable: false });
  try {
    // What is read first is what all is read of: see sqlite.org/isolation.html.
    database.exec('BEGIN');
    if (isOf(database, projections, ledger)) return sqliteTables(database, projections, true, true);
  } catch (cause) {
    const failure = sqliteFailure(cause);
    if (failure !== 'other' && failure !== 'damaged') {
      database.close();
      throw cause;
    }
  }
  database.close();
  return null;
}

function isOf(database: SqliteDatabase, projections: readonly AnyProjection[], ledger: string): boolean {
  const about = database.prepare<[], { schema: number; tables: string; ledger: string }>('SELECT * FROM about').get();
  return about?.schema === SCHEMA && about.tables === tablesNeeded(projections) && about.ledger === ledger;
}

/**
 * Makes new tables in a new file. It is filled in bulk: no journal is kept, because a build that is cut off is thrown away,
 * and unless `indexed` the indexes are made at the end (see {@link Tables.index}), which costs half as much.
 */
export function createSqliteTables(
  file: string,
  projections: readonly AnyProjection[],
  ledger: string,
  indexed: boolean,
): Tables {
  const database = openDatabase(file, { durable: false });
  database.pragma('journal_mode = OFF');
  database.pragma('synchronous = OFF');
  // Rows of half a kilobyte and more stand closer in larger pages. The size of a page is settled by the first VACUUM.
  database.pragma('page_size = 8192');
  database.exec('VACUUM');
  database.exec(LEDGER_TABLES);
  for (const projection of projections) {
    const own = Object.entries(projection.columns).map(([name, kind]) => `${name} ${kind.toUpperCase()}`);
    database.exec(`CREATE TABLE ${tableOf(projection)} (${[...STANDARD_COLUMNS.map(declared), ...own].join(', ')})`);
    database.exec(createTotals(projection));
  }
  database.prepare('INSERT INTO about VALUES (?, ?, ?)').run(SCHEMA, tablesNeeded(projections), ledger);
  if (indexed) database.exec(allIndexes(projections));
  return sqliteTables(database, projections, indexed);
}

/** What is made of rows when all are there. */
function allIndexes(projections: readonly AnyProjection[]): string {
  return [LEDGER_INDEXES, ...projections.map(indexesOf), ...projections.map(countTotals), INDEX_WORDS].join('\n');
}

function indexesOf(projection: AnyProjection): string {
  const table = tableOf(projection);
  return [
    `CREATE UNIQUE INDEX ${table}_rectangle ON ${table} (record, audiences, clocks, number)`,
    // Of what is asked of now, most rows of a record with a long history were superseded: those are passed over.
    `CREATE INDEX ${table}_ref ON ${table} (ref, sequence_to, sequence_from, effective_from, effective_to, clocks, audiences)`,
    `CREATE INDEX ${table}_in_order ON ${table} (sort_key, ${BOUNDS}, audiences)`,
    `CREATE INDEX ${table}_filed ON ${table} (audiences, node, ${BOUNDS})`,
    ...projection.indexed.map(
      ([by, ...carried]) =>
        `CREATE INDEX ${table}_by_${by} ON ${table} (${[by, 'audiences', 'node', BOUNDS, 'sort_key', ...carried].join(', ')})`,
    ),
    ...(projection.days ?? []).map(
      (day) => `CREATE INDEX ${table}_day_${day} ON ${table} (${day}, audiences, record) WHERE ${day} IS NOT NULL`,
    ),
    ...(projection.wholeWords ?? []).map(
      (column) => `CREATE INDEX ${table}_word_${column} ON ${table} (${wholeWord(column)}) WHERE ${column} IS NOT NULL`,
    ),
  ]
    .map((index) => `${index};`)
    .join('\n');
}

/** Every table with rows that come from the log, and the columns that tell its rows apart. */
function keysOf(
  projections: readonly AnyProjection[],
): readonly (readonly [table: string, key: string, columns?: string | undefined, which?: string])[] {
  return [
    ['checkpoint', 'one', 'sequence, position, recorded_at, known_to'],
    ['log_events', 'sequence'],
    ['record_events', 'record, sequence'],
    ['facts_apart', 'record, sequence'],
    ['records', 'record'],
    ['texts', 'sequence, part'],
    ['questionable', 'sequence, name'],
    ['states', 'record, audiences, clocks, number'],
    ['caveats', 'record, audiences, clocks, number'],
    ['parked', 'record'],
    ['arisen', 'policy, origin, record'],
    ['hiding', 'policy, origin'],
    ['withheld', 'record, policy, cause'],
    ['opened', 'policy, cause, record'],
    ['causing', 'policy, record'],
    ['owed', 'cause, policy'],
    ['mistakes', 'record, sequence'],
    ['illustrative', 'record'],
    ['namings', 'record, audiences, clocks, number'],
    ...projections.map((projection) => [tableOf(projection), 'record, audiences, clocks, number'] as const),
    ...projections.flatMap((projection) =>
      keysOfTotals(projection).map(([table, key, which]) => [table, key, undefined, which] as const),
    ),
  ];
}

function sqliteTables(
  database: SqliteDatabase,
  projections: readonly AnyProjection[],
  isIndexed: boolean,
  toRead = false,
): Tables {
  // Erased words must leave the file too, not only the table.
  database.pragma('secure_delete = ON');
  database.pragma('cache_size = -65536');
  database.pragma('temp_store = MEMORY');
  const apart = readApart(database.name);
  let indexed = isIndexed;
  const asked = { count: 0 };
  const statement = statementsOf(database);
  const inserters: Inserter[] = [];
  const inserter = (table: string, columns: readonly string[]): Inserter => {
    const made = new Inserter(database, table, columns);
    inserters.push(made);
    return made;
  };
  const totals = new RunningTotals(statement, projections);
  // An earlier process may have ended before what it erased was gone from the files.
  let hasErased = !toRead;
  /**
   * The file holds pages as they were before, and the write-ahead log what was written before that, until the log is emptied into the file. Whoever reads
   * meanwhile holds that up, and a full disk: it is tried again after whatever is written or read next.
   */
  const emptyLog = (): void => {
    if (!hasErased || !database.open) return;
    database.pragma('busy_timeout = 0');
    try {
      const [state] = database.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[];
      hasErased = state?.busy !== 0;
    } catch (cause) {
      if (sqliteFailure(cause) === null) throw cause;
    } finally {
      database.pragma(`busy_timeout = ${LOCKED_AT_MOST_MS}`);
    }
  };
  /** The event whose words came last, and which of its parts that was. */
  let partsOfLast = { sequence: 0, count: 0 };
  let unindexed =
    statement<{ lines: number }>(
      'SELECT count(*) AS lines FROM texts WHERE sequence > (SELECT upto FROM words_indexed)',
    ).get()?.lines ?? 0;
  const flush = () => inserters.forEach((one) => one.flush());

  const logEvents = inserter('log_events', ['sequence', 'event', 'position', 'recorded_at', 'body']);
  const texts = inserter('texts', ['sequence', 'part', 'record', 'restricted', 'content', 'called', 'line']);
  const states = inserter('states', ['record', 'audiences', 'clocks', 'number', 'base', 'json']);
  const caveats = inserter('caveats', [...PLACED_COLUMNS, 'kind', 'json']);
  const namings = inserter('namings', [...PLACED_COLUMNS, 'named', 'register', 'ref', 'place', 'fields']);
  const questionable = inserter('questionable', ['sequence', 'record', 'name']);
  const recordEvents = inserter('record_events', [
    'record',
    'sequence',
    'audiences',
    'known_at',
    'imported',
    'effective',
    'type',
    'recorded_on',
    'known_on',
    'entered_by',
  ]);
  const factsApart = inserter('facts_apart', ['record', 'sequence', 'does', 'link', 'said_of', 'leads_to', 'register']);
  const arisen = inserter('arisen', ['policy', 'origin', 'record']);
  const rows = new Map(
    projections.map((projection) => [
      projection,
      inserter(tableOf(projection), [...STANDARD_COLUMNS, ...Object.keys(projection.columns)]),
    ]),
  );
  const rowsOf = (projection: AnyProjection): Inserter => {
    const found = rows.get(projection);
    if (found === undefined) throw new Error(`${projection.name} has no table here`);
    return found;
  };

  const askApart = <Row>({ sql, parameters }: Question): Promise<Row[]> => {
    asked.count++;
    // Whoever only reads has nobody else to answer meanwhile, and reads all of one state of the tables.
    if (toRead) return Promise.resolve().then(() => statement<Row>(sql).all(parameters));
    return apart.all<Row>(sql, parameters).finally(emptyLog);
  };

  return {
    query: kyselyOf(statement, asked),
    asked,
    ask<Row>({ sql, parameters }: Question) {
      asked.count++;
      return statement<Row>(sql).all(parameters);
    },
    readApart: askApart,
    queryApart: kyselyApart(askApart),
    transaction(work) {
      database.exec('BEGIN IMMEDIATE');
      try {
        work();
        flush();
        totals.flush();
        if (indexed && unindexed >= LINES_AT_ONCE) {
          database.exec(INDEX_WORDS);
          unindexed = 0;
        }
        database.exec('COMMIT');
      } catch (error) {
        inserters.forEach((one) => one.forget());
        totals.forget();
        partsOfLast = { sequence: 0, count: 0 };
        if (database.inTransaction) database.exec('ROLLBACK');
        throw error;
      }
      emptyLog();
    },
    checkpoint() {
      asked.count++;
      const row = statement<Checkpoint>(
        'SELECT sequence, position, recorded_at AS recordedAt, known_to AS knownTo, resume FROM checkpoint',
      ).get();
      return row ?? null;
    },
    saveCheckpoint({ sequence, position, recordedAt, knownTo, resume }) {
      const save = statement('INSERT OR REPLACE INTO checkpoint VALUES (1, ?, ?, ?, ?, ?)');
      save.run(sequence, position, recordedAt, knownTo, resume);
    },
    addLogEvent: ({ sequence, event, position, recorded_at, body }: LogEventRow) =>
      logEvents.add([sequence, event, position, recorded_at, body]),
    addText({ sequence, part, record, restricted, content }) {
      partsOfLast = { sequence, count: partsOfLast.sequence === sequence ? partsOfLast.count + 1 : 0 };
      const called = MAY_BE_NAMES.has(part) ? nameCompared(content) : null;
      texts.add([sequence, part, record, restricted, content, called, lineOf(sequence, partsOfLast.count)]);
      unindexed += 1;
    },
    addState: ({ record, audiences, clocks, number, base, json }: StateRow) =>
      states.add([record, audiences, clocks, number, base, json]),
    addCaveat: (bounds, caveat) => caveats.add([...placed(bounds), caveat.kind, JSON.stringify(caveat)]),
    addNaming: (bounds, { register, ref }, { ref: named, fields }) =>
      namings.add([
        ...placed(bounds),
        named,
        register,
        ref,
        placeAmongNaming(register, fields, ref),
        JSON.stringify(fields),
      ]),
    addQuestionable: ({ sequence, record, name }: QuestionableRow) => questionable.add([sequence, record, name]),
    addRecordEvent: ({ record, sequence, audiences, known_at, imported, effective, type, ...entry }: RecordEventRow) =>
      recordEvents.add([
        ...[record, sequence, audiences, known_at, imported, effective, type],
        ...[entry.recorded_on, entry.known_on, entry.entered_by],
      ]),
    addFactApart: ({ record, sequence, does, link, said_of, leads_to, register }: FactApartRow) =>
      factsApart.add([record, sequence, does, link, said_of, leads_to, register]),
    addMistake: ({ record, sequence, voids }: MistakeRow) =>
      void statement('INSERT INTO mistakes VALUES (?, ?, ?)').run(record, sequence, voids),
    addIllustrative: (record) => void statement('INSERT OR IGNORE INTO illustrative VALUES (?)').run(record),
    illustrative: () =>
      statement<IllustrativeBody>(
        `SELECT records.record, records.ref, record_events.audiences FROM illustrative
         CROSS JOIN records ON records.record = illustrative.record
         CROSS JOIN record_events ON record_events.record = records.record AND record_events.sequence = records.record
         WHERE records.ref IS NOT NULL ORDER BY records.ref`,
      ).all(),
    setRights(record, sequence, audiences) {
      recordEvents.flush();
      statement('UPDATE record_events SET audiences = ? WHERE record = ? AND sequence = ?').run(
        audiences,
        record,
        sequence,
      );
    },
    saveRecord: ({ record, stream, register, ref, owners_now, belongs_to }: RecordRow) =>
      void statement('INSERT OR REPLACE INTO records VALUES (?, ?, ?, ?, ?, ?)').run(
        record,
        stream,
        register,
        ref,
        owners_now,
        belongs_to,
      ),
    park: ({ record, register, sequence, reason, audiences }: ParkedRow) =>
      void statement('INSERT OR REPLACE INTO parked VALUES (?, ?, ?, ?, ?)').run(
        record,
        register,
        sequence,
        reason,
        audiences,
      ),
    unpark: (record) => void statement('DELETE FROM parked WHERE record = ?').run(record),
    addRow(projection, bounds, values) {
      if (indexed) totals.heed(projection, countedIn(bounds), values, 1);
      rowsOf(projection).add([...placed(bounds), ...values]);
    },
    setBounds(of, bounds) {
      (of === 'caveats' ? caveats : of === 'namings' ? namings : rowsOf(of)).flush();
      const table = typeof of === 'string' ? of : tableOf(of);
      const key = [bounds.record, bounds.audiences, bounds.clocks, bounds.number];
      const where = 'WHERE record = ? AND audiences = ? AND clocks = ? AND number = ?';
      if (indexed && typeof of !== 'string') totals.heedStanding(of, where, key, -1);
      if (isEmpty(bounds)) statement(`DELETE FROM ${table} ${where}`).run(key);
      else
        statement(
          `UPDATE ${table} SET node = ?, effective_from = ?, effective_to = ?, known_from = ?, known_to = ?,
           sequence_from = ?, sequence_to = ? ${where}`,
        ).run([...placeOf(bounds), ...key]);
      if (indexed && typeof of !== 'string') totals.heedStanding(of, where, key, 1);
    },
    clearRows(projections, record) {
      flush();
      if (indexed) for (const one of projections) totals.heedStanding(one, 'WHERE record = ?', [record], -1);
      for (const table of ['states', 'caveats', 'namings', ...projections.map(tableOf)])
        statement(`DELETE FROM ${table} WHERE record = ?`).run(record);
    },
    eraseTexts(refs) {
      texts.flush();
      const erase = statement('DELETE FROM texts WHERE part = ? AND sequence = ?');
      const sequenceOf = statement<{ sequence: number }>('SELECT sequence FROM log_events WHERE event = ?');
      for (const { event, part } of refs) {
        const found = sequenceOf.get(event);
        if (found === undefined) continue;
        statement(UNINDEX_WORDS).run(found.sequence, part);
        erase.run(part, found.sequence);
        hasErased = true;
      }
    },
    addArisen: ({ policy, origin, record }) => arisen.add([policy, origin, record]),
    addHiding: ({ policy, origin, record }) =>
      void statement('INSERT OR REPLACE INTO hiding VALUES (?, ?, ?)').run(policy, origin, record),
    hiding: (policy, origin) =>
      statement<{ record: number }>('SELECT record FROM hiding WHERE policy = ? AND origin = ?').get(policy, origin)
        ?.record ?? null,
    arisenFrom(policy, origin) {
      arisen.flush();
      return statement<{ record: number }>('SELECT record FROM arisen WHERE policy = ? AND origin = ? ORDER BY record')
        .all(policy, origin)
        .map(({ record }) => record);
    },
    originOf(policy, record) {
      arisen.flush();
      return (
        statement<{ origin: string }>('SELECT origin FROM arisen WHERE policy = ? AND record = ?').get(policy, record)
          ?.origin ?? null
      );
    },
    withhold(record, policy, owed) {
      statement('DELETE FROM withheld WHERE record = ? AND policy = ?').run(record, policy);
      for (const { cause, place, sensitive, session } of owed)
        statement('INSERT INTO withheld VALUES (?, ?, ?, ?, ?, ?)').run(
          record,
          policy,
          cause,
          place,
          sensitive,
          session,
        );
    },
    isWithheld: (record) => statement('SELECT 1 FROM withheld WHERE record = ?').get(record) !== undefined,
    withheld() {
      return statement<{ record: number }>('SELECT DISTINCT record FROM withheld ORDER BY record')
        .all()
        .map(({ record }) => record);
    },
    addOpened({ policy, cause, record }) {
      statement('INSERT OR IGNORE INTO opened VALUES (?, ?, ?)').run(policy, cause, record);
      statement('DELETE FROM owed WHERE cause = ? AND policy = ?').run(cause, policy);
    },
    addCausing: ({ policy, record }) =>
      void statement('INSERT OR IGNORE INTO causing VALUES (?, ?)').run(policy, record),
    isCausing: (policy, record) =>
      statement('SELECT 1 FROM causing WHERE policy = ? AND record = ?').get(policy, record) !== undefined,
    owe(policy, record, owed) {
      statement('DELETE FROM owed WHERE policy = ? AND record = ?').run(policy, record);
      for (const { cause, sequence } of owed)
        statement(
          `INSERT INTO owed SELECT ?, ?, ?, ? WHERE NOT EXISTS (SELECT 1 FROM opened WHERE policy = ? AND cause = ?)`,
        ).run(cause, policy, record, sequence, policy, cause);
    },
    owed: () => statement<OwedRow>('SELECT * FROM owed ORDER BY sequence, policy').all(),
    words({ event, part }) {
      const found = statement<{ content: string }>(
        'SELECT content FROM texts JOIN log_events ON log_events.sequence = texts.sequence WHERE event = ? AND part = ?',
      ).get(event, part);
      return found?.content ?? null;
    },
    isLogged(event) {
      logEvents.flush();
      const damaged = `damaged ${event} `;
      return (
        statement('SELECT 1 FROM log_events WHERE event = ? OR (event >= ? AND event < ?)').get(
          event,
          damaged,
          `${damaged}~`,
        ) !== undefined
      );
    },
    isWhole(event) {
      logEvents.flush();
      return statement('SELECT 1 FROM log_events WHERE event = ?').get(event) !== undefined;
    },
    lastAppend() {
      const last = 'SELECT position FROM log_events ORDER BY sequence DESC LIMIT 1';
      const first = statement<{ sequence: number; event: string }>(
        `SELECT sequence, event FROM log_events WHERE position = (${last}) ORDER BY sequence LIMIT 1`,
      ).get();
      if (first === undefined) return null;
      const before = statement<{ position: string }>('SELECT position FROM log_events WHERE sequence = ?').get(
        first.sequence - 1,
      );
      return { event: first.event.split(' ')[1] ?? first.event, before: before?.position ?? null };
    },
    record: (stream) => statement<RecordRow>('SELECT * FROM records WHERE stream = ?').get(stream) ?? null,
    bearerOf: (register, ref) =>
      statement<{ stream: string }>('SELECT stream FROM records WHERE register = ? AND ref = ?').get(register, ref)
        ?.stream ?? null,
    streamsCalled: (name) =>
      statement<{ stream: string }>(
        'SELECT DISTINCT stream FROM texts JOIN records ON records.record = texts.record WHERE called = ? ORDER BY stream',
      )
        .all(name)
        .map(({ stream }) => stream),
    bearers: (register) =>
      statement<{ ref: string; stream: string }>(
        'SELECT ref, stream FROM records WHERE register = ? AND ref IS NOT NULL ORDER BY ref',
      ).all(register),
    sequenceAt(position) {
      asked.count++;
      return (
        statement<{ sequence: number | null }>(
          'SELECT max(sequence) AS sequence FROM log_events WHERE position = ?',
        ).get(position)?.sequence ?? null
      );
    },
    lastRecordedBy(instant) {
      asked.count++;
      const found = statement<Pick<LogEventRow, 'event' | 'position' | 'recorded_at'>>(
        `SELECT event, position, recorded_at FROM log_events WHERE recorded_at <= ?
         ORDER BY recorded_at DESC, sequence DESC LIMIT 1`,
      ).get(instant);
      return found ?? null;
    },
    bodies: (record, after = 0) =>
      statement<Pick<LogEventRow, 'sequence' | 'recorded_at' | 'body'>>(
        `SELECT log_events.sequence, recorded_at, body FROM record_events JOIN log_events ON log_events.sequence = record_events.sequence
         WHERE record = ? ORDER BY log_events.sequence LIMIT -1 OFFSET ?`,
      ).all(record, after),
    written(record) {
      flush();
      return this.bodies(record);
    },
    countOf(record) {
      recordEvents.flush();
      const counted = statement<{ events: number }>('SELECT count(*) AS events FROM record_events WHERE record = ?');
      return counted.get(record)?.events ?? 0;
    },
    bodyAt: (sequence) =>
      statement<Pick<LogEventRow, 'sequence' | 'recorded_at' | 'body'>>(
        'SELECT sequence, recorded_at, body FROM log_events WHERE sequence = ?',
      ).get(sequence)!,
    reservedFor(stream) {
      logEvents.flush();
      const facts = `{"for":${JSON.stringify(stream)},`;
      const row = statement<{ body: string }>('SELECT body FROM log_events WHERE substr(body, 1, ?) = ? LIMIT 1').get(
        facts.length,
        facts,
      );
      return row === undefined ? null : ((JSON.parse(row.body) as { readonly ref?: string }).ref ?? null);
    },
    damaged: (most) =>
      statement<{ event: string }>(
        "SELECT event FROM log_events WHERE event >= 'damaged ' AND event < 'damaged!' ORDER BY sequence LIMIT ?",
      )
        .all(most)
        .map(({ event }) => event.split(' ')[1] as string),
    parkedCount: () => statement<{ parked: number }>('SELECT count(*) AS parked FROM parked').get()?.parked ?? 0,
    isParked: (record) => statement('SELECT 1 FROM parked WHERE record = ?').get(record) !== undefined,
    hasMistakes: () => statement('SELECT 1 FROM mistakes LIMIT 1').get() !== undefined,
    async index() {
      if (indexed) return;
      flush();
      // The index of words writes over what it wrote before: that must leave the file too.
      await runApart(database.name, `PRAGMA secure_delete = ON; ${allIndexes(projections)}`);
      indexed = true;
      unindexed = 0;
    },
    *dump(apart) {
      flush();
      yield* readingApart(database, apart, function* (reading) {
        for (const [table, key, columns = '*', which = '1 = 1'] of keysOf(projections)) {
          const rows = reading
            .prepare(`SELECT ${columns} FROM ${table} WHERE ${which} ORDER BY ${key}`)
            .raw()
            .iterate();
          for (const row of rows) yield [table, JSON.stringify(row)] as const;
        }
      });
    },
    *overlapping(apart) {
      flush();
      yield* readingApart(database, apart, function* (reading) {
        const columns = PLACED_COLUMNS.join(', ');
        for (const [table, about] of [
          ['caveats', `json ->> '$.span.event', json ->> '$.dispute.event'`] as const,
          // A record may link to one that it names otherwise too, and as several things.
          ['namings', `named || iif(fields LIKE '["linked.%', fields, ''), ''`] as const,
          ...projections.map((projection) => [tableOf(projection), ''] as const),
        ]) {
          const order = about === '' ? 'record' : `record, ${about}`;
          const whose = about === '' ? `'' AS about` : `coalesce(${about}) AS about`;
          const rows = reading
            .prepare<[], PlacedColumns & { readonly about: string }>(
              `SELECT ${columns}, ${whose} FROM ${table} ORDER BY ${order}`,
            )
            .iterate();
          let alike: (PlacedColumns & { readonly about: string })[] = [];
          for (const row of rows) {
            const [first] = alike;
            if (first !== undefined && (first.record !== row.record || first.about !== row.about)) {
              yield haveTwoAtOnePlace(alike) ? table : null;
              alike = [];
            }
            alike.push(row);
          }
          yield haveTwoAtOnePlace(alike) ? table : null;
        }
      });
    },
    close() {
      apart.close();
      emptyLog();
      if (!toRead) database.pragma('journal_mode = WAL');
      database.close();
    },
  };
}

/** Reads over the same connection, or over one of its own on which everything stays as it was at the first step. */
function* readingApart<Step>(
  database: SqliteDatabase,
  apart: boolean,
  read: (reading: SqliteDatabase) => Generator<Step>,
): Generator<Step> {
  const reading = apart ? openDatabase(database.name, { readonly: true, durable: false }) : database;
  try {
    if (apart) reading.exec('BEGIN');
    yield* read(reading);
  } finally {
    if (apart) reading.close();
  }
}

/** What of the bounds says whether and from when to when a row counts in totals. */
function countedIn({ audiences, clocks, effective, known, sequence }: PlacedBounds) {
  const [effective_from, effective_to] = [dayNumberOf(effective[0]), dayNumberOf(effective[1])];
  return {
    audiences,
    clocks,
    effective_from,
    effective_to,
    known_to: known[1],
    sequence_to: sequenceEndOf(sequence[1]),
  };
}

function placed(bounds: PlacedBounds): readonly (string | number)[] {
  return [bounds.record, bounds.audiences, bounds.clocks, bounds.number, ...placeOf(bounds)];
}

function haveTwoAtOnePlace(rows: readonly PlacedColumns[]): boolean {
  return rows.some((a, index) => {
    for (let at = index + 1; at < rows.length; at += 1) if (meet(a, rows[at] as PlacedColumns)) return true;
    return false;
  });
}

function meet(a: PlacedColumns, b: PlacedColumns): boolean {
  return (
    a.effective_from < b.effective_to &&
    b.effective_from < a.effective_to &&
    a.sequence_from < b.sequence_to &&
    b.sequence_from < a.sequence_to &&
    a.known_from < b.known_to &&
    b.known_from < a.known_to &&
    (a.audiences & b.audiences) !== 0 &&
    (a.clocks & b.clocks) !== 0
  );
}

/** Collects rows and inserts many with one statement: a statement for each row would take most of a rebuild. */
class Inserter {
  static readonly #ROWS_AT_ONCE = 24;
  readonly columns: readonly string[];
  readonly #many: ReturnType<SqliteDatabase['prepare']>;
  readonly #one: ReturnType<SqliteDatabase['prepare']>;
  #waiting: (string | number | null)[] = [];

  constructor(database: SqliteDatabase, table: string, columns: readonly string[]) {
    this.columns = columns;
    const values = `(${columns.map(() => '?').join(', ')})`;
    const insert = (rows: number) =>
      database.prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES ${Array(rows).fill(values).join(', ')}`);
    this.#many = insert(Inserter.#ROWS_AT_ONCE);
    this.#one = insert(1);
  }

  add(values: readonly (string | number | null)[]): void {
    for (const value of values) this.#waiting.push(value);
    if (this.#waiting.length < Inserter.#ROWS_AT_ONCE * this.columns.length) return;
    const full = this.#waiting;
    this.#waiting = [];
    this.#many.run(full);
  }

  flush(): void {
    if (this.#waiting.length === 0) return;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (let at = 0; at < waiting.length; at += this.columns.length)
      this.#one.run(waiting.slice(at, at + this.columns.length));
  }

  forget(): void {
    this.#waiting = [];
  }
}

const MOST_PREPARED = 500;

/** Prepares each statement once. */
function statementsOf(database: SqliteDatabase) {
  const prepared = new Map<string, ReturnType<SqliteDatabase['prepare']>>();
  return <Row>(sql: string) => {
    let statement = prepared.get(sql);
    if (statement === undefined) {
      if (prepared.size >= MOST_PREPARED) prepared.clear();
      prepared.set(sql, (statement = database.prepare(sql)));
    }
    return statement as unknown as {
      get(...values: readonly unknown[]): Row | undefined;
      all(...values: readonly unknown[]): Row[];
      run(...values: readonly unknown[]): unknown;
    };
  };
}

/** Kysely over questions that are answered in another thread, and that change nothing. */
function kyselyApart(ask: <Row>(question: Question) => Promise<Row[]>): Kysely<ReadModelTables> {
  const connection: DatabaseConnection = {
    executeQuery: async <Row>(question: Question) => ({ rows: await ask<Row>(question) }),
    streamQuery: () => {
      throw new Error('rows are not read apart one by one');
    },
  };
  const nothing = () => Promise.resolve();
  const noTransaction = () => Promise.reject(new Error('nothing is written apart'));
  const driver: Driver = {
    init: nothing,
    acquireConnection: () => Promise.resolve(connection),
    beginTransaction: noTransaction,
    commitTransaction: noTransaction,
    rollbackTransaction: noTransaction,
    releaseConnection: nothing,
    destroy: nothing,
  };
  return new Kysely<ReadModelTables>({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => driver,
      createIntrospector: (database) => new SqliteIntrospector(database),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  });
}

/** Kysely over the same connection, so that it never sees half of a batch. */
function kyselyOf(prepare: ReturnType<typeof statementsOf>, asked: { count: number }): Kysely<ReadModelTables> {
  return new Kysely<ReadModelTables>({
    dialect: new SqliteDialect({
      database: { prepare: (sql) => prepare(sql) as unknown as SqliteStatement, close: () => undefined },
    }),
    log: ({ level }) => {
      if (level === 'query') asked.count++;
    },
  });
}
