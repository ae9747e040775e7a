import { writeEvent } from '../libs/dispatch/write-event.ts';
import type { LoggedEvent } from '../libs/event-store/index.ts';
import { memoryKeyStore } from '../libs/keys/index.ts';
import { addDays, OFFICIAL_OPEN, type Dated, type JsonObject, type Register } from '../libs/ledger/index.ts';
import { Projector } from '../libs/read-models/projector.ts';
import { createSqliteTables } from '../libs/read-models/sqlite-tables.ts';
import { actions } from '../libs/registers/actions/index.ts';
import { directory } from '../libs/registers/directory/index.ts';
import { meetings } from '../libs/registers/meetings/index.ts';
import { PROJECTIONS } from '../projections/index.ts';

const FIRST_DAY = '2020-01-01';
const REGISTERS = [actions, meetings, directory] as unknown as readonly Register[];
const keys = memoryKeyStore();
const context = {
  registers: REGISTERS,
  projections: PROJECTIONS,
  keys,
  store: { isBefore: (a: string, b: string) => Number(a) < Number(b) },
};

interface Fact {
  readonly type: string;
  readonly facts?: JsonObject;
  readonly texts?: { readonly [field: string]: string };
  readonly dated?: Dated;
}

/** One record's events, one on each day, as the log gives them: native ones, or imported from papers of the next day. */
function recordOf(register: string, facts: readonly Fact[], imported: boolean): readonly LoggedEvent[] {
  const stream = `${register}-1`;
  return facts.map(({ type, facts: about = {}, texts = {}, dated }, index) => {
    const kind = REGISTERS.find(({ name }) => name === register)!.kinds.find((one) => one.type === type)!;
    const day = addDays(FIRST_DAY, index);
    const { id, bytes } = writeEvent(
      {
        kind,
        stream,
        stamped: `${addDays(FIRST_DAY, index + 1)}T12:00:00.000Z`,
        ...(imported ? { stated: addDays(FIRST_DAY, index + 1) } : {}),
        effectiveOn: day,
        ...(dated === undefined ? {} : { dated: { ...dated, to: day } }),
        marking: OFFICIAL_OPEN,
        facts: about,
        actor: { enteredBy: { post: 'opcc-officer', person: 'p' } },
        ctl: { version: index + 1, previous: null, correlation: 'c', command: { name: type, id: 'i' } },
        texts,
        persons: {},
      },
      {
        keys,
        ids: {
          uuid: () => `00000000-0000-4000-8000-${String(index + 1).padStart(12, '0')}`,
          bytes: (length) => new Uint8Array(length).fill(7),
        },
      },
    );
    return { id, stream, version: index + 1, position: String(index + 1), bytes };
  });
}

const RAISED: readonly Fact[] = [
  {
    type: 'ActionRaised',
    facts: { ref: 'CGB-2020-01-A1', body: 'CGB', owner: 'force-lead' },
    texts: { title: 'Title' },
  },
  { type: 'ActionAgreed' },
];

/** An action of which papers print so many updates without a day. */
export function actionWithUndated(count: number): readonly LoggedEvent[] {
  const updates = Array.from({ length: count }, (_, index): Fact => ({
    type: 'UpdateGiven',
    texts: { update: `Update ${index}` },
    dated: { to: FIRST_DAY, how: 'by' },
  }));
  return recordOf('actions', [...RAISED, ...updates], true);
}

/** An action with so many updates, each on its day. */
export function actionWithUpdates(count: number): readonly LoggedEvent[] {
  const updates = Array.from({ length: count }, (_, index): Fact => ({
    type: 'UpdateGiven',
    texts: { update: `Update ${index}` },
  }));
  return recordOf('actions', [...RAISED, ...updates], false);
}

/** A meeting of which so many items were minuted. */
export function meetingWithItems(count: number): readonly LoggedEvent[] {
  const items = Array.from({ length: count }, (_, index): Fact => ({
    type: 'ItemMinuted',
    facts: { item: `${index}`, session: 'OPEN', promise: true, owner: 'force-lead' },
    texts: { title: `Item ${index}`, text: 'What was said of it.' },
  }));
  const scheduled = { ref: 'CGB-2020-01-01', body: 'CGB', session: 'OPEN', on: '2020-01-01' };
  return recordOf(
    'meetings',
    [{ type: 'MeetingScheduled', facts: scheduled }, { type: 'MeetingHeld', facts: { on: '2020-01-01' } }, ...items],
    false,
  );
}

/** A meeting with so many items on its agenda, each of which was presented and minuted in its turn. */
export function meetingWithAgenda(count: number): readonly LoggedEvent[] {
  const HELD = 1 + count;
  const listed = Array.from({ length: count }, (_, index): Fact => ({
    type: 'AgendaItemListed',
    facts: { item: `${index + 1}`, session: 'OPEN', author: 'force-lead' },
    texts: { title: `Item ${index}` },
  }));
  const dealtWith = listed.flatMap((_, index): readonly Fact[] => {
    // The events of a record are numbered from one: the first sets the meeting.
    const agendaItem = `00000000-0000-4000-8000-${String(index + 2).padStart(12, '0')}`;
    return [
      { type: 'AgendaItemPresented', facts: { agendaItem, verbally: false } },
      { type: 'AgendaItemReported', facts: { agendaItem }, texts: { overview: 'What the paper says.' } },
    ];
  });
  const on = addDays(FIRST_DAY, HELD);
  const scheduled = { ref: `CGB-${on}`, body: 'CGB', session: 'OPEN', on };
  return recordOf(
    'meetings',
    [{ type: 'MeetingScheduled', facts: scheduled }, ...listed, { type: 'MeetingHeld', facts: { on } }, ...dealtWith],
    false,
  );
}

/** A post that so many persons have held. */
export function postWithHolders(count: number): readonly LoggedEvent[] {
  const holders = Array.from({ length: count }, (_, index): Fact => ({
    type: 'HolderAppointed',
    facts: { person: `person-${index}`, interim: false, shared: true },
  }));
  const added = { ref: 'chief-constable', body: 'CGB', capacity: 'force-lead' };
  return recordOf('directory', [{ type: 'PostAdded', facts: added }, ...holders], false);
}

/** Disputed as often: a list that stands beside the states. */
export function actionWithDisputes(count: number): readonly LoggedEvent[] {
  const disputes = Array.from({ length: count }, (_, index): Fact => ({
    type: 'OtherwiseStated',
    facts: { path: 'owner', says: `post-${index}` },
  }));
  return recordOf('actions', [...RAISED, ...disputes], false);
}

/** Rows and bytes that the tables need for a log, its own copy of the events aside. */
export function tablesOf(log: readonly LoggedEvent[]): { readonly rows: number; readonly bytes: number } {
  const tables = createSqliteTables(':memory:', PROJECTIONS, 'ledger', true);
  try {
    const projector = new Projector(tables, context);
    projector.load(log);
    while (!projector.foldSome(1_000));
    let rows = 0;
    let bytes = 0;
    for (const [table, row] of tables.dump(false)) {
      if (table === 'log_events' || table === 'texts') continue;
      rows += 1;
      bytes += row.length;
    }
    return { rows, bytes };
  } finally {
    tables.close();
  }
}

/** Milliseconds that it takes to follow the last `count` events of a log, one by one, when those before them are in. */
export function followingTakes(log: readonly LoggedEvent[], count: number): number {
  const tables = createSqliteTables(':memory:', PROJECTIONS, 'ledger', true);
  try {
    const projector = new Projector(tables, context);
    projector.apply(log.slice(0, -count));
    const began = performance.now();
    for (const event of log.slice(-count)) projector.apply([event]);
    return (performance.now() - began) / count;
  } finally {
    tables.close();
  }
}
