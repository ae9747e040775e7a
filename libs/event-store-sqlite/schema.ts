import { StoreDamaged } from '../event-store/index.ts';
import { atomically, type SqliteDatabase } from '../sqlite/index.ts';

/** "PGL" and the version of this layout, so that no other program's file is taken for a ledger. */
const APPLICATION_ID = 0x50474c31;
const LAYOUT = 1;

/**
 * One file holds one ledger. `seq` numbers its events without gaps; `last` is the `seq` of the last event of the same append,
 * so that an append is never shown in halves. The triggers are for our own slips: whoever owns the file can drop them, and is
 * caught by the proofs instead.
 *
 * Streams are numbered and event ids have no index, because whatever is random or long in an index costs pages at every commit:
 * 62 µs of disk and processor for each event of a full group, against 25 µs like this. The port asks for neither: an attempt is
 * told by what stands at its version, and ids are random.
 */
const SCHEMA = `
  CREATE TABLE ledger (only INTEGER PRIMARY KEY CHECK (only = 1), name TEXT NOT NULL) STRICT;

  CREATE TABLE streams (stream INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;

  CREATE TABLE events (
    seq     INTEGER PRIMARY KEY,
    last    INTEGER NOT NULL CHECK (last >= seq),
    stream  INTEGER NOT NULL REFERENCES streams (stream),
    version INTEGER NOT NULL,
    id      TEXT NOT NULL,
    bytes   BLOB NOT NULL,
    UNIQUE (stream, version)
  ) STRICT;

  CREATE TRIGGER events_only_grow BEFORE INSERT ON events
  WHEN NEW.seq <> 1 + coalesce((SELECT max(seq) FROM events), 0)
    OR NEW.version <> 1 + coalesce((SELECT max(version) FROM events WHERE stream = NEW.stream), 0)
  BEGIN SELECT RAISE(ABORT, 'an event is added at the end of the log and of its stream'); END;

  CREATE TRIGGER events_never_change BEFORE UPDATE ON events
  BEGIN SELECT RAISE(ABORT, 'an event is never changed'); END;

  CREATE TRIGGER events_never_go BEFORE DELETE ON events
  BEGIN SELECT RAISE(ABORT, 'an event is never deleted'); END;

  CREATE TRIGGER streams_never_change BEFORE UPDATE ON streams
  BEGIN SELECT RAISE(ABORT, 'a stream is never renamed'); END;

  CREATE TRIGGER streams_never_go BEFORE DELETE ON streams
  BEGIN SELECT RAISE(ABORT, 'a stream is never deleted'); END;
`;

/**
 * Makes the tables of a new file, or checks that the file is one of ours and holds this ledger.
 * @throws StoreDamaged when it holds another ledger, another layout or something else altogether.
 */
export function prepareSchema(database: SqliteDatabase, ledger: string): void {
  const { name: file, readonly } = database;
  if (!readonly) {
    atomically(database, () => {
      if (database.prepare('SELECT count(*) FROM sqlite_schema').pluck().get() !== 0) return;
      database.exec(SCHEMA);
      database.prepare('INSERT INTO ledger (only, name) VALUES (1, ?)').run(ledger);
      database.pragma(`application_id = ${APPLICATION_ID}`);
      database.pragma(`user_version = ${LAYOUT}`);
    })();
  }
  if (database.pragma('application_id', { simple: true }) !== APPLICATION_ID)
    throw new StoreDamaged(`${file} is not the log of a ledger.`);
  const layout: unknown = database.pragma('user_version', { simple: true });
  if (layout !== LAYOUT)
    throw new StoreDamaged(`${file} has layout ${String(layout)}; this program knows layout ${LAYOUT}.`);
  const held: unknown = database.prepare('SELECT name FROM ledger').pluck().get();
  if (held !== ledger) throw new StoreDamaged(`${file} holds the ledger "${String(held)}", not "${ledger}".`);
}
