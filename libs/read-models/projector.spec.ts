import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeEvent } from '../dispatch/write-event.ts';
import type { LoggedEvent } from '../event-store/index.ts';
import { memoryKeyStore } from '../keys/index.ts';
import { OFFICIAL_OPEN, type JsonObject, type Register } from '../ledger/index.ts';
import { actions } from '../registers/actions/index.ts';
import { actionTracker } from '../../projections/action-tracker/projection.ts';
import { tableOf } from './projection.ts';
import { Projector } from './projector.ts';
import { createSqliteTables, openSqliteTables } from './sqlite-tables.ts';
import type { Tables } from './tables.ts';

const keys = memoryKeyStore();
const registers = [actions] as unknown as readonly Register[];
const context = {
  registers,
  projections: [actionTracker],
  keys,
  store: { isBefore: (a: string, b: string) => Number(a) < Number(b) },
};
const inMemory = () => createSqliteTables(':memory:', [actionTracker], 'ledger', true);

const folder = mkdtempSync(join(tmpdir(), 'projector-'));
const opened: Tables[] = [];
afterAll(() => {
  for (const tables of opened) tables.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Tables as they serve: unlike those that are being built, they keep a journal. */
function serving(): Tables {
  const file = join(folder, `${opened.length}.sqlite`);
  createSqliteTables(file, [actionTracker], 'ledger', true).close();
  const tables = openSqliteTables(file, [actionTracker], 'ledger');
  if (tables === null) throw new Error('these tables were just made');
  opened.push(tables);
  return tables;
}

let count = 0;
const ids = { uuid: () => `event-${(count += 1)}`, bytes: (length: number) => new Uint8Array(length).fill(7) };

/** Events as the log gives them, each appended alone, of the streams named. */
function logOf(
  facts: readonly (readonly [stream: string, type: string, facts?: JsonObject, texts?: Record<string, string>])[],
): LoggedEvent[] {
  const versions = new Map<string, number>();
  return facts.map(([stream, type, about = {}, texts = {}], index) => {
    const version = (versions.get(stream) ?? 0) + 1;
    versions.set(stream, version);
    const event = writeEvent(
      {
        kind: actions.kinds.find((kind) => kind.type === type)!,
        stream,
        stamped: '2023-06-21T12:00:00.000Z',
        effectiveOn: '2023-06-21',
        marking: OFFICIAL_OPEN,
        facts: type === 'ActionRaised' ? { ref: `CGB-2023-06-A${stream.split('-')[1]}`, body: 'CGB', ...about } : about,
        actor: { enteredBy: { post: 'opcc-officer', person: 'p' } },
        ctl: { version, previous: null, correlation: 'c', command: { name: type, id: 'i' } },
        texts,
        persons: {},
      },
      { keys, ids },
    );
    return { id: event.id, stream, version, position: String(index + 1), bytes: event.bytes };
  });
}

function rowsOf(tables: Tables): readonly string[] {
  return [...tables.dump(false)].map((row) => row.join(' '));
}

/** The rows that come of a log when nothing goes wrong. */
function rowsAfter(...batches: readonly (readonly LoggedEvent[])[]): readonly string[] {
  const tables = inMemory();
  const projector = new Projector(tables, context);
  for (const batch of batches) projector.apply(batch);
  return rowsOf(tables);
}

const LOG = logOf([
  ['actions-1', 'ActionRaised', {}, { title: 'Bring a paper' }],
  ['actions-1', 'ActionAgreed'],
  ['actions-2', 'ActionRaised', { owner: 'force-lead' }, { title: 'Label the graphs' }],
  ['references-CGB-2023-06', 'ActionAgreed'],
  ['actions-1', 'UpdateGiven', {}, { update: 'In draft' }],
  ['actions-2', 'ActionWithdrawn'],
]);

describe('bringing the log into the tables', () => {
  it('gives the same rows, wherever batches end', () => {
    const whole = rowsAfter(LOG);
    expect(whole.filter((row) => row.startsWith(`${tableOf(actionTracker)} `)).length).toBe(5);
    for (let at = 1; at < LOG.length; at += 1) expect(rowsAfter(LOG.slice(0, at), LOG.slice(at))).toEqual(whole);
    expect(rowsAfter(...LOG.map((event) => [event]))).toEqual(whole);
  });

  it('passes over what is in already, as after a reconnection', () => {
    expect(rowsAfter(LOG.slice(0, 4), LOG.slice(1), LOG)).toEqual(rowsAfter(LOG));
  });

  it('counts the events of no register without keeping anything of them', () => {
    const references = rowsAfter(LOG).filter((row) => row.includes(LOG[3]!.id));
    expect(references).toEqual([`log_events [4,"${LOG[3]!.id}","4","2023-06-21T12:00:00.000Z",null]`]);
  });

  describe('when the checkpoint cannot be written after the rows', () => {
    const failingOnce = (tables: Tables, transaction: Tables['transaction']): Tables => {
      let failed = false;
      return {
        ...tables,
        transaction,
        saveCheckpoint(checkpoint) {
          if (!failed) {
            failed = true;
            throw new Error('the disk is full');
          }
          tables.saveCheckpoint(checkpoint);
        },
      };
    };
    const twice = (tables: Tables) => {
      const projector = new Projector(tables, context);
      expect(() => projector.apply(LOG)).toThrow('the disk is full');
      projector.apply(LOG);
    };

    it('keeps neither, and doubles nothing when it is tried again', () => {
      const tables = serving();
      twice(failingOnce(tables, (work) => tables.transaction(work)));
      expect(rowsOf(tables)).toEqual(rowsAfter(LOG));
    });

    it('would double rows if they were kept without it', () => {
      const tables = serving();
      const keepingRows = (work: () => void) => {
        let cause: unknown = null;
        tables.transaction(() => {
          try {
            work();
          } catch (error) {
            cause = error;
          }
        });
        if (cause !== null) throw cause as Error;
      };
      expect(() => twice(failingOnce(tables, keepingRows))).toThrow(/UNIQUE/);
    });
  });
});
