import fc from 'fast-check';
import { writeEvent } from '../../libs/dispatch/write-event.ts';
import type { LoggedEvent } from '../../libs/event-store/index.ts';
import { memoryKeyStore } from '../../libs/keys/index.ts';
import type { Register } from '../../libs/ledger/index.ts';
import { actions } from '../../libs/registers/actions/index.ts';
import { directory } from '../../libs/registers/directory/index.ts';
import { meetings } from '../../libs/registers/meetings/index.ts';
import type { KnownEvent } from '../../libs/timeline/index.ts';
import { PROJECTIONS } from '../../projections/index.ts';
import { Projector } from '../../libs/read-models/projector.ts';
import { createSqliteTables } from '../../libs/read-models/sqlite-tables.ts';
import type { Tables } from '../../libs/read-models/tables.ts';
import { ACTION_WORDS, histories, MEETING_WORDS, POST_WORDS, type Vocabulary } from './histories.ts';

/** Histories for each register. More by hand: `HISTORIES=2000`. */
const NUM_RUNS = Number(process.env['HISTORIES'] ?? 40);
const REGISTERS = [actions, meetings, directory] as unknown as readonly Register[];
const WORDS = { actions: ACTION_WORDS, meetings: MEETING_WORDS, directory: POST_WORDS };
const keys = memoryKeyStore();
const context = {
  registers: REGISTERS,
  projections: PROJECTIONS,
  keys,
  store: { isBefore: (a: string, b: string) => Number(a) < Number(b) },
};

/** The events of one record as the log gives them, each appended alone. */
function logged(events: readonly KnownEvent[]): readonly LoggedEvent[] {
  return events.map((event, index) => {
    const { id, register, type, stream, version, stamped, stated, effectiveOn, dated, before, marking, facts } = event;
    const kind = REGISTERS.find(({ name }) => name === register)!.kinds.find((one) => one.type === type)!;
    const written = writeEvent(
      {
        kind,
        stream,
        stamped,
        effectiveOn,
        ...(stated === undefined ? {} : { stated }),
        ...(dated === undefined ? {} : { dated }),
        ...(before === undefined ? {} : { before }),
        marking,
        facts,
        actor: { enteredBy: { post: 'opcc-officer', person: 'p' } },
        ctl: { version, previous: null, correlation: 'c', command: { name: type, id: 'i' } },
        texts: Object.fromEntries(Object.keys(event.texts).map((field) => [field, `words of ${id}`])),
        persons: {},
      },
      { keys, ids: { uuid: () => id, bytes: (length) => new Uint8Array(length).fill(7) } },
    );
    return { id, stream, version, position: String(index + 1), bytes: written.bytes };
  });
}

/** A faulty variant of the tables, for the controls. */
type Spoil = (tables: Tables) => Partial<Tables>;

interface Rows {
  readonly rows: readonly string[];
  readonly overlapping: readonly string[];
}

function rowsAfter(bring: (projector: Projector) => void, spoil: Spoil = () => ({})): Rows {
  const tables = createSqliteTables(':memory:', PROJECTIONS, 'ledger', true);
  try {
    bring(new Projector({ ...tables, ...spoil(tables) }, context));
    const rows = [...tables.dump(false)].map((row) => row.join(' '));
    return { rows, overlapping: [...tables.overlapping(false)].filter((one) => one !== null) };
  } finally {
    tables.close();
  }
}

/** Event by event as they are followed, folded from the tables again now and then, against all at once as in a rebuild. */
function liveIsRebuilt(words: Vocabulary, spoil?: Spoil): void {
  fc.assert(
    fc.property(histories(words, 18), fc.nat({ max: 9 }), (events, forgetAt) => {
      const log = logged(events);
      const live = rowsAfter((projector) => {
        let following = projector;
        log.forEach((event, index) => {
          if (index % 10 === forgetAt) following = new Projector(following.tables, context);
          following.apply([event]);
        });
      }, spoil);
      const rebuilt = rowsAfter((projector) => {
        projector.load(log);
        while (!projector.foldSome(1_000));
      });
      expect(live).toEqual({ rows: rebuilt.rows, overlapping: [] });
    }),
    { seed: 20231009, numRuns: NUM_RUNS },
  );
}

describe.each(['actions', 'meetings', 'directory'] as const)(
  'rows of %s that are followed event by event',
  (register) => {
    it('are those of a rebuild in every table, whatever is corrected, marked, published, voided and restored', () => {
      liveIsRebuilt(WORDS[register]);
    });
  },
);

describe('mutation controls: each fault turns the property red', () => {
  // A control only has to fail: nobody reads its counterexample.
  beforeAll(() => fc.configureGlobal({ endOnFailure: true }));
  afterAll(() => fc.resetConfigureGlobal());

  it.each<readonly [string, Spoil]>([
    ['do not change who may see an earlier event', () => ({ setRights: () => undefined })],
    ['do not end a state that is superseded', () => ({ setBounds: () => undefined })],
    ['keep what stood before a change of rights', () => ({ clearRows: () => undefined })],
    ['do not keep what may already hold', () => ({ addCaveat: () => undefined })],
    [
      'keep every state as if it were whole',
      ({ addState }) => ({ addState: (row) => addState({ ...row, base: row.number }) }),
    ],
  ])('tables that %s', (_, spoil) => {
    expect(() => liveIsRebuilt(ACTION_WORDS, spoil)).toThrow(/Property failed/);
  });
});
