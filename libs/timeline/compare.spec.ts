import type { CivilDate, Instant, JsonObject, RecordEvent, Tells } from '../ledger/index.ts';
import { createComparison, linesOf } from './compare.ts';
import {
  isUnknown,
  type Cause,
  type CellMove,
  type ComparedBasis,
  type ComparedStep,
  type RecordComparison,
  type Telling,
  type ToldRecord,
  type Wanted,
  type World,
} from './comparison.ts';
import { GrowingReading } from './growing-reading.ts';
import type { KnownEvent, RecordingClock } from './types.ts';

/*
 * A task is opened, given to somebody, due on a day or at a fair, and done. Fairs have a day. A scale (of the register of rules) says from which size on
 * a task is big. Recorded on the day on which it took effect, at nine, unless it says otherwise.
 */

interface Task {
  readonly ref: string | null;
  readonly owner?: string;
  readonly size: number;
  readonly due?: string;
  readonly at?: string;
  readonly done: boolean;
  readonly notes: number;
}
interface Fair {
  readonly ref: string | null;
  readonly on?: string;
}
interface Scale {
  readonly ref: string | null;
  readonly from: number;
}

const TASKS: Telling<Task> = {
  name: 'tasks',
  initial: { ref: null, size: 0, done: false, notes: 0 },
  refOf: ({ ref }) => ref,
  upcast: (event) => event,
  evolve(state, { type, facts }) {
    switch (type) {
      case 'Opened':
        return state.ref === null ? { ...state, ...facts } : state;
      case 'Given':
      case 'Sized':
      case 'Dated':
        return state.ref === null ? state : { ...state, ...facts };
      case 'Noted':
        return state.ref === null ? state : { ...state, notes: state.notes + 1 };
      case 'Done':
      case 'Undone':
        return state.ref === null ? state : { ...state, done: type === 'Done' };
      default:
        return state;
    }
  },
  told: {
    fields({ owner, size, due, at: fair, done, notes }, at) {
      const dueOn = due ?? at.record<Fair>('fairs', fair)?.on;
      const from = at.record<Scale>('rules', 'SCALE')?.from;
      return {
        ...{ owner, size, done, notes, dueOn },
        band: from === undefined ? undefined : size >= from ? 'BIG' : 'SMALL',
        overdue: at.isPast(dueOn) && !done,
      };
    },
    movements: {
      Opened: 'RAISED',
      Given: 'RE_OWNED',
      Sized: 'RE_SCORED',
      Dated: 'RE_DATED',
      Noted: 'PROGRESSED',
      Done: 'CLOSED',
      Undone: ({ after }) => (after?.['overdue'] === true ? 'SENT_BACK' : 'REOPENED'),
    },
    banded: ['band'],
  } satisfies Tells<Task>,
};
const FAIRS: Telling<Fair> = {
  name: 'fairs',
  initial: { ref: null },
  refOf: ({ ref }) => ref,
  upcast: (event) => event,
  evolve: (state, { facts }) => ({ ...state, ...facts }),
  told: { fields: ({ on }) => ({ on }), movements: { Set: 'SCHEDULED' } },
};
const RULES: Telling<Scale> = {
  name: 'rules',
  initial: { ref: null, from: 0 },
  refOf: ({ ref }) => ref,
  upcast: (event) => event,
  evolve: (state, { facts }) => ({ ...state, ...facts }),
  told: { fields: ({ from }) => ({ from }), movements: { Set: 'VERSION_SET' }, throughout: (_, closing) => closing },
};

type Extra = Partial<Pick<KnownEvent, 'before' | 'stated'>> & { readonly recorded?: CivilDate | Instant };

/** A ledger, written entry by entry in the order of the log. */
class Ledger {
  readonly events: KnownEvent[] = [];

  add(stream: string, type: string, day: CivilDate, facts: JsonObject = {}, { recorded = day, ...extra }: Extra = {}) {
    const recordedAt = recorded.includes('T') ? recorded : `${recorded}T09:00:00.000Z`;
    const last = this.events.at(-1)?.recordedAt ?? '';
    const id = `e${this.events.length + 1}`;
    this.events.push({
      ...{ id, stream, type, facts, ...extra, register: stream.split('-')[0]!, schema: 1 },
      version: this.events.filter((event) => event.stream === stream).length + 1,
      sequence: this.events.length + 1,
      ...{ stamped: recordedAt, recordedAt: recordedAt > last ? recordedAt : last, effectiveOn: day },
      marking: { classification: 'OFFICIAL', sensitive: false, session: 'OPEN' },
      ...{ texts: {}, actor: { enteredBy: { post: 'opcc-officer' } } },
    });
    return id;
  }

  task(type: string, day: CivilDate, facts: JsonObject = {}, extra: Extra = {}) {
    return this.add('tasks-T', type, day, type === 'Opened' ? { ref: 'T', ...facts } : facts, extra);
  }

  correct(target: string, path: string, is: JsonObject[string], recorded: CivilDate) {
    return this.task('Corrected', recorded, { target, schema: 1, path, is });
  }

  get world(): World {
    const streams: Record<string, string> = { T: 'tasks-T', F: 'fairs-F', SCALE: 'rules-S' };
    return {
      registers: [TASKS, FAIRS, RULES] as unknown as readonly Telling[],
      eventsOf: (_, ref) => this.events.filter(({ stream }) => stream === streams[ref]),
      refsOfBody: () => [],
      mistaken: [],
      withoutLinksTo: (state) => state,
    };
  }
}

const NOW: Instant = '2024-12-31T00:00:00.000Z';
/** The day as known at its end, or as known now. */
const asKnown = (day: CivilDate, recorded: Instant = `${day}T23:59:59.999Z`, sequence = 9_999): ComparedBasis => ({
  ...{ effective: day, recorded, sequence },
});

function compare(
  { world }: Pick<Ledger, 'world'>,
  before: ComparedBasis,
  after: ComparedBasis,
  wanted: Wanted = {},
  clock: RecordingClock = 'PROVEN',
): RecordComparison {
  const found = createComparison(world, { clock, before, after }).record('tasks', 'T', wanted);
  if (isUnknown(found)) throw new Error('not loaded');
  return found;
}

const field =
  (path: string) =>
  ({ told }: ToldRecord) =>
    told[path] as string;
const said = (cause: Cause | null | undefined) =>
  cause == null ? null : cause.kind === 'DAY' ? `the day ${cause.day}` : `${cause.kind} ${cause.event.id}`;
const causesOf = (step: ComparedStep | null, path: string) =>
  step?.fields.find(({ name }) => name === path)?.causes.map(said);
const line = (move: CellMove | null | undefined) =>
  move == null ? null : `${move.kind}: ${String(move.from)} > ${String(move.to)}`;
const each = (path: string, { told, knownNow, closing }: RecordComparison) =>
  [told, knownNow, closing].map((one) => one?.told[path]);

describe('comparing two bases', () => {
  it('restates what was so already and was not yet known, and moves what came to be so', () => {
    const ledger = new Ledger();
    ledger.task('Opened', '2024-01-01', { owner: 'ann', size: 1 });
    const late = ledger.task('Given', '2024-01-05', { owner: 'bob' }, { recorded: '2024-01-20' });
    const done = ledger.task('Done', '2024-01-25');
    const found = compare(ledger, asKnown('2024-01-10'), asKnown('2024-01-31'));
    expect(each('owner', found)).toEqual(['ann', 'bob', 'bob']);
    expect(each('done', found)).toEqual([false, false, true]);
    expect(found.restated).toMatchObject({ change: 'CHANGED', kinds: ['LEARNED'] });
    expect(causesOf(found.restated, 'owner')).toEqual([`EVENT ${late}`]);
    expect(found.moved).toMatchObject({ change: 'CHANGED', kinds: ['CLOSED'] });
    expect(causesOf(found.moved, 'done')).toEqual([`EVENT ${done}`]);
  });

  it('shows a, b, a as a change twice over', () => {
    const ledger = new Ledger();
    const opened = ledger.task('Opened', '2024-01-01', { owner: 'ann', size: 1 });
    ledger.correct(opened, 'owner', 'bob', '2024-01-12');
    ledger.task('Given', '2024-01-20', { owner: 'ann' });
    const found = compare(ledger, asKnown('2024-01-10'), asKnown('2024-01-31'));
    expect(each('owner', found)).toEqual(['ann', 'bob', 'ann']);
    expect([found.restated?.kinds, found.moved?.kinds]).toEqual([['CORRECTED'], ['RE_OWNED']]);
  });

  it('never moves by a correction, whenever what it corrects took effect', () => {
    const ledger = new Ledger();
    ledger.task('Opened', '2024-01-01', { size: 1 });
    const sized = ledger.task('Sized', '2024-01-15', { size: 5 });
    ledger.correct(sized, 'size', 7, '2024-01-20');
    const found = compare(ledger, asKnown('2024-01-10'), asKnown('2024-01-31'));
    expect(found.restated).toBeNull();
    expect([each('size', found), causesOf(found.moved, 'size')]).toEqual([[1, 1, 7], [`EVENT ${sized}`]]);
  });

  it('reads restatements on the day of the first basis', () => {
    const ledger = new Ledger();
    ledger.task('Opened', '2024-01-01', { owner: 'ann', size: 1 });
    ledger.task('Given', '2024-01-15', { owner: 'cat' });
    const late = ledger.task('Given', '2024-01-05', { owner: 'bob' }, { recorded: '2024-01-20' });
    const { restated } = compare(ledger, asKnown('2024-01-10'), asKnown('2024-01-31'));
    expect(causesOf(restated, 'owner')).toEqual([`EVENT ${late}`]);
  });

  it('names each kind of restatement: learned, corrected, voided, restored', () => {
    const ledger = new Ledger();
    ledger.task('Opened', '2024-01-01', { owner: 'ann', size: 1 });
    const given = ledger.task('Given', '2024-01-02', { owner: 'bob' });
    const sized = ledger.task('Sized', '2024-01-03', { size: 3 });
    ledger.task('Voided', '2024-01-12', { target: sized });
    const voided = ledger.task('Voided', '2024-01-13', { target: given });
    ledger.task('Restored', '2024-01-14', { target: sized });
    const corrected = ledger.correct(sized, 'size', 4, '2024-01-15');
    ledger.task('Noted', '2024-01-09', {}, { recorded: '2024-01-16' });
    const { restated } = compare(ledger, asKnown('2024-01-10'), asKnown('2024-01-31'));
    expect(restated?.kinds).toEqual(['VOIDED', 'RESTORED', 'CORRECTED', 'LEARNED']);
    expect(causesOf(restated, 'owner')).toEqual([`EVENT ${voided}`]);
    expect(causesOf(restated, 'size')).toEqual(['EVENT e4', 'EVENT e6', `EVENT ${corrected}`]);
  });

  it('restates in the order of recording on its clock, and by position where instants are alike', () => {
    const ledger = new Ledger();
    ledger.task('Opened', '2024-01-01', { owner: 'ann', size: 1 });
    const first = ledger.task(
      'Given',
      '2024-01-05',
      { owner: 'bob' },
      { recorded: '2024-03-01', stated: '2024-01-20' },
    );
    const second = ledger.task(
      'Given',
      '2024-01-06',
      { owner: 'cat' },
      { recorded: '2024-03-01', stated: '2024-01-15' },
    );
    const [before, after] = [asKnown('2024-01-10'), asKnown('2024-03-31')];
    const order = (clock: RecordingClock) => causesOf(compare(ledger, before, after, {}, clock).restated, 'owner');
    expect(order('PROVEN')).toEqual([`EVENT ${first}`, `EVENT ${second}`]);
    // By the day that its source states the second was known before the first, which then changed nothing.
    expect(order('STATED')).toEqual([`EVENT ${second}`]);
  });

  it('counts nothing after a position', () => {
    const ledger = new Ledger();
    ledger.task('Opened', '2024-01-01', { owner: 'ann', size: 1 });
    ledger.task('Given', '2024-01-02', { owner: 'bob' });
    ledger.task('Given', '2024-01-03', { owner: 'cat' });
    const found = compare(ledger, asKnown('2024-01-10', NOW, 1), asKnown('2024-01-10', NOW, 2));
    expect(each('owner', found)).toEqual(['ann', 'bob', 'bob']);
  });

  it('is net: what changed and changed back is no change, and what changed names everything after which it did', () => {
    const ledger = new Ledger();
    ledger.task('Opened', '2024-01-01', { owner: 'ann', size: 1 });
    ledger.task('Given', '2024-01-11', { owner: 'bob' });
    ledger.task('Given', '2024-01-12', { owner: 'ann' });
    const first = ledger.task('Sized', '2024-01-13', { size: 2 });
    const second = ledger.task('Sized', '2024-01-14', { size: 3 });
    const { moved } = compare(ledger, asKnown('2024-01-10'), asKnown('2024-01-31'));
    expect(moved?.fields.map(({ name }) => name)).toEqual(['size']);
    expect([moved?.kinds, causesOf(moved, 'size')]).toEqual([['RE_SCORED'], [`EVENT ${first}`, `EVENT ${second}`]]);
  });

  it('is empty from a basis to itself', () => {
    const ledger = new Ledger();
    ledger.task('Opened', '2024-01-01', { size: 1, due: '2024-01-05' });
    const found = compare(ledger, asKnown('2024-01-10'), asKnown('2024-01-10'), {
      tables: { overdue: field('overdue') },
    });
    expect([found.restated, found.moved, found.tables['overdue']?.restated]).toEqual([null, null, null]);
  });
});

describe('what has no event of the record', () => {
  it('is the day itself, as a movement and never as a restatement', () => {
    const ledger = new Ledger();
    ledger.task('Opened', '2024-01-01', { size: 1, due: '2024-01-15' });
    const { moved } = compare(ledger, asKnown('2024-01-15'), asKnown('2024-01-31'));
    expect([moved?.kinds, causesOf(moved, 'overdue')]).toEqual([['DAY'], ['the day 2024-01-16']]);
  });

  it('is another record, whose event is named', () => {
    const ledger = new Ledger();
    ledger.add('fairs-F', 'Set', '2024-01-01', { ref: 'F', on: '2024-02-01' });
    ledger.task('Opened', '2024-01-02', { size: 1, at: 'F' });
    const late = ledger.add('fairs-F', 'Set', '2024-01-05', { on: '2024-02-03' }, { recorded: '2024-01-12' });
    const moved = ledger.add('fairs-F', 'Set', '2024-01-20', { on: '2024-02-07' });
    const found = compare(ledger, asKnown('2024-01-10'), asKnown('2024-01-31'));
    expect(each('dueOn', found)).toEqual(['2024-02-01', '2024-02-03', '2024-02-07']);
    expect([found.restated?.kinds, found.moved?.kinds]).toEqual([['OTHER_RECORD'], ['OTHER_RECORD']]);
    expect(causesOf(found.restated, 'dueOn')).toEqual([`OTHER_RECORD ${late}`]);
    expect(causesOf(found.moved, 'dueOn')).toEqual([`OTHER_RECORD ${moved}`]);
    const [cause] = found.moved!.fields[0]!.causes;
    expect(cause?.record).toEqual({ register: 'fairs', ref: 'F' });
  });

  it('takes in a record from the place at which it comes to turn on it', () => {
    const ledger = new Ledger();
    ledger.add('fairs-F', 'Set', '2024-01-01', { ref: 'F', on: '2024-02-01' });
    ledger.task('Opened', '2024-01-02', { size: 1 });
    ledger.add('fairs-F', 'Set', '2024-01-12', { on: '2024-02-03' });
    const dated = ledger.task('Dated', '2024-01-15', { at: 'F' });
    const moved = ledger.add('fairs-F', 'Set', '2024-01-20', { on: '2024-02-07' });
    const found = compare(ledger, asKnown('2024-01-10'), asKnown('2024-01-31'));
    expect(causesOf(found.moved, 'dueOn')).toEqual([`EVENT ${dated}`, `OTHER_RECORD ${moved}`]);
  });

  it('is that record as it is there, with what happened to it earlier on the same day', () => {
    const ledger = new Ledger();
    ledger.add('fairs-F', 'Set', '2024-01-01', { ref: 'F', on: '2024-02-01' });
    ledger.task('Opened', '2024-01-02', { size: 1 });
    ledger.add('fairs-F', 'Set', '2024-01-15', { on: '2024-02-03' });
    const dated = ledger.task('Dated', '2024-01-15', { at: 'F' });
    const { moved } = compare(ledger, asKnown('2024-01-10'), asKnown('2024-01-31'));
    expect(causesOf(moved, 'dueOn')).toEqual([`EVENT ${dated}`]);
  });

  it('is a rule, which re-bands', () => {
    const ledger = new Ledger();
    ledger.add('rules-S', 'Set', '2024-01-01', { ref: 'SCALE', from: 5 });
    ledger.task('Opened', '2024-01-02', { size: 4 });
    const set = ledger.add('rules-S', 'Set', '2024-01-20', { from: 3 });
    const found = compare(ledger, asKnown('2024-01-10'), asKnown('2024-01-31'), { tables: { band: field('band') } });
    expect(found.moved?.kinds).toEqual(['RE_BANDED']);
    expect(line(found.tables['band']?.moved)).toBe('RE_BANDED: SMALL > BIG');
    expect(causesOf(found.moved, 'band')).toEqual([`OTHER_RECORD ${set}`]);
  });

  it('re-bands nothing where all three are read by the closing version', () => {
    const ledger = new Ledger();
    ledger.add('rules-S', 'Set', '2024-01-01', { ref: 'SCALE', from: 5 });
    ledger.task('Opened', '2024-01-02', { size: 4 });
    ledger.add('rules-S', 'Set', '2024-01-20', { from: 3 });
    const found = compare(ledger, asKnown('2024-01-10'), asKnown('2024-01-31'), { closing: true });
    expect([each('band', found), found.moved]).toEqual([['BIG', 'BIG', 'BIG'], null]);
  });
});

describe('the order of movements', () => {
  it('is the day first, then its events by position', () => {
    const ledger = new Ledger();
    ledger.task('Opened', '2024-01-01', { size: 1, due: '2024-01-15' });
    ledger.task('Done', '2024-01-16');
    const found = compare(ledger, asKnown('2024-01-10'), asKnown('2024-01-31'), {
      passes: ({ told }) => told['overdue'] === true,
    });
    // It fell due and was done on one day.
    expect(found.moved).toMatchObject({ change: 'PASSED_THROUGH', kinds: ['DAY', 'CLOSED'] });
  });

  it('puts an event just before the one that its before names, and several in their order', () => {
    const ledger = new Ledger();
    ledger.task('Opened', '2024-01-01', { owner: 'ann', size: 1 });
    const named = ledger.task('Given', '2024-01-15', { owner: 'dan' });
    const one = ledger.task('Given', '2024-01-15', { owner: 'bob' }, { before: named });
    const two = ledger.task('Given', '2024-01-15', { owner: 'cat' }, { before: named });
    const { moved } = compare(ledger, asKnown('2024-01-10'), asKnown('2024-01-31'));
    expect(causesOf(moved, 'owner')).toEqual([`EVENT ${one}`, `EVENT ${two}`, `EVENT ${named}`]);
  });

  it('puts it there among the events of all records', () => {
    const ledger = new Ledger();
    ledger.add('fairs-F', 'Set', '2024-01-01', { ref: 'F', on: '2024-02-01' });
    ledger.task('Opened', '2024-01-02', { size: 1, at: 'F' });
    const dated = ledger.task('Dated', '2024-01-15', { due: '2024-03-01' });
    ledger.add('fairs-F', 'Set', '2024-01-15', { on: '2024-02-02' });
    ledger.task('Noted', '2024-01-15', {}, { before: dated });
    const { moved } = compare(ledger, asKnown('2024-01-10'), asKnown('2024-01-31'));
    // Once it has a day of its own, the fair is nothing to it.
    expect(causesOf(moved, 'dueOn')).toEqual([`EVENT ${dated}`]);
  });

  it('mixes the events of all records of a day by their positions', () => {
    const ledger = new Ledger();
    ledger.add('fairs-F', 'Set', '2024-01-01', { ref: 'F', on: '2024-02-01' });
    ledger.task('Opened', '2024-01-02', { size: 1, at: 'F' });
    const fair = ledger.add('fairs-F', 'Set', '2024-01-15', { on: '2024-02-02' });
    const dated = ledger.task('Dated', '2024-01-15', { due: '2024-03-01' });
    const { moved } = compare(ledger, asKnown('2024-01-10'), asKnown('2024-01-31'));
    expect(causesOf(moved, 'dueOn')).toEqual([`OTHER_RECORD ${fair}`, `EVENT ${dated}`]);
  });

  it('calls a movement as it turned out, where its register says so', () => {
    const ledger = new Ledger();
    ledger.task('Opened', '2024-01-01', { size: 1, due: '2024-01-12' });
    ledger.task('Done', '2024-01-05');
    ledger.task('Undone', '2024-01-20');
    expect(compare(ledger, asKnown('2024-01-10'), asKnown('2024-01-31')).moved?.kinds).toEqual(['SENT_BACK']);
  });
});

describe('a list', () => {
  const anns: Wanted = { passes: ({ told }) => told['owner'] === 'ann' };

  function given(...owners: readonly string[]) {
    const ledger = new Ledger();
    ledger.task('Opened', '2024-01-01', { owner: owners[0]!, size: 1 });
    owners.slice(1).forEach((owner, index) => ledger.task('Given', `2024-01-1${index + 1}`, { owner }));
    return compare(ledger, asKnown('2024-01-10'), asKnown('2024-01-31'), anns).moved;
  }

  it('is entered and left, with what changed', () => {
    expect(given('bob', 'ann')).toMatchObject({ change: 'ENTERED', kinds: ['RE_OWNED'], fields: [{ name: 'owner' }] });
    expect(given('ann', 'bob')).toMatchObject({ change: 'LEFT', kinds: ['RE_OWNED'] });
  });

  it('tells apart what returned and what passed through', () => {
    expect(given('ann', 'bob', 'ann')).toMatchObject({ change: 'RETURNED', fields: [{ name: 'owner' }] });
    expect(given('bob', 'ann', 'cat')).toMatchObject({ change: 'PASSED_THROUGH' });
    expect(given('bob', 'ann', 'bob')).toMatchObject({ change: 'PASSED_THROUGH' });
    expect(given('bob', 'cat', 'bob')).toBeNull();
  });

  it('is entered by what is raised', () => {
    const ledger = new Ledger();
    ledger.task('Opened', '2024-01-15', { owner: 'ann', size: 1 });
    const found = compare(ledger, asKnown('2024-01-10'), asKnown('2024-01-31'), anns);
    expect([found.told, found.moved?.change, found.moved?.kinds]).toEqual([null, 'ENTERED', ['RAISED']]);
  });

  it('counts at the three bases as it says itself', () => {
    const ledger = new Ledger();
    ledger.task('Opened', '2024-01-01', { owner: 'ann', size: 1 });
    const listed = { told: false, knownNow: false, closing: true };
    const found = compare(ledger, asKnown('2024-01-10'), asKnown('2024-01-31'), { listed });
    expect([found.restated, found.moved?.change, found.moved?.kinds]).toEqual([null, 'ENTERED', ['OTHER_RECORD']]);
  });
});

describe('a bridge', () => {
  const byOwner: Wanted = { tables: { owner: ({ told }) => (told['owner'] as string | undefined) ?? null } };

  it('has a record in the line of its last change of cell', () => {
    const ledger = new Ledger();
    ledger.task('Opened', '2024-01-11', { owner: 'ann', size: 1 });
    ledger.task('Given', '2024-01-12', { owner: 'bob' });
    ledger.task('Noted', '2024-01-13');
    const { tables } = compare(ledger, asKnown('2024-01-10'), asKnown('2024-01-31'), byOwner);
    expect(line(tables['owner']?.moved)).toBe('RE_OWNED: undefined > bob');
  });

  it('has it in no line of a step at both ends of which it stands in the same cell', () => {
    const ledger = new Ledger();
    ledger.task('Opened', '2024-01-01', { owner: 'ann', size: 1 });
    ledger.task('Given', '2024-01-12', { owner: 'bob' });
    ledger.task('Given', '2024-01-13', { owner: 'ann' });
    const { tables } = compare(ledger, asKnown('2024-01-10'), asKnown('2024-01-31'), byOwner);
    expect(tables['owner']?.moved).toBeNull();
  });

  it('sums in every cell, those without a group being a cell', () => {
    const ledger = new Ledger();
    ledger.task('Opened', '2024-01-01', { size: 1 });
    ledger.task('Given', '2024-01-05', { owner: 'ann' }, { recorded: '2024-01-15' });
    ledger.task('Given', '2024-01-20', { owner: 'bob' });
    const compared = compare(ledger, asKnown('2024-01-10'), asKnown('2024-01-31'), byOwner);
    expect(compared.tables['owner']?.cells).toEqual({ told: null, knownNow: 'ann', closing: 'bob' });
    expect(linesOf([compared], ({ tables }) => tables['owner'], ['LEARNED', 'RE_OWNED'])).toEqual([
      { step: 'RESTATED', kind: 'LEARNED', from: null, to: 'ann', records: [compared] },
      { step: 'MOVED', kind: 'RE_OWNED', from: 'ann', to: 'bob', records: [compared] },
    ]);
  });
});

describe('civil days', () => {
  const overdueFrom = (due: CivilDate, before: CivilDate, after: CivilDate) => {
    const ledger = new Ledger();
    ledger.task('Opened', '2023-01-01', { size: 1, due });
    return causesOf(compare(ledger, asKnown(before, NOW), asKnown(after, NOW)).moved, 'overdue');
  };

  it.each([
    ['when clocks go forward', '2024-03-31', '2024-04-01'],
    ['when clocks go back', '2024-10-27', '2024-10-28'],
    ['on a leap day', '2024-02-29', '2024-03-01'],
    ['before a leap day', '2024-02-28', '2024-02-29'],
    ['at the end of a year', '2023-12-31', '2024-01-01'],
  ])('fall due the day after: %s', (_, due, next) => {
    expect(overdueFrom(due, due, next)).toEqual([`the day ${next}`]);
    // From the day before on which it was due to that day nothing happened: a step takes in its last day and not its first.
    expect(overdueFrom(due, '2023-06-01', due)).toBeUndefined();
    expect(overdueFrom(due, next, '2024-12-01')).toBeUndefined();
  });

  it('know what was recorded at midnight in summer by the day in London', () => {
    const ledger = new Ledger();
    ledger.task('Opened', '2024-06-01', { owner: 'ann', size: 1 });
    // 23:30 UTC on 30 June is half past midnight on 1 July in London.
    ledger.task('Given', '2024-06-15', { owner: 'bob' }, { recorded: '2024-06-30T23:30:00.000Z' });
    const endOfJune = asKnown('2024-06-30', '2024-06-30T22:59:59.999Z');
    const found = compare(ledger, endOfJune, asKnown('2024-07-01', '2024-07-01T22:59:59.999Z'));
    expect(each('owner', found)).toEqual(['ann', 'bob', 'bob']);
  });
});

describe('what the world has not been given', () => {
  it('is asked for, as far as can be told', () => {
    const ledger = new Ledger();
    ledger.task('Opened', '2024-01-02', { size: 1, at: 'F' });
    const world: World = {
      ...ledger.world,
      eventsOf: (register, ref) => (register === 'tasks' ? ledger.world.eventsOf(register, ref) : undefined),
    };
    const bases = { clock: 'PROVEN' as const, before: asKnown('2024-01-10'), after: asKnown('2024-01-31') };
    expect(createComparison(world, bases).record('tasks', 'T')).toEqual({
      unknown: [
        { register: 'fairs', ref: 'F' },
        { register: 'rules', ref: 'SCALE' },
      ],
    });
  });

  it('is missed by a walk on which it was lacking, and by no other, though they go on at the same time', () => {
    const ledger = new Ledger();
    ledger.task('Opened', '2024-01-02', { size: 1, at: 'F' });
    ledger.task('Sized', '2024-01-20', { size: 2 });
    ledger.add('fairs-F', 'Set', '2024-01-03', { ref: 'F', on: '2024-05-01' });
    let isLoaded = false;
    const world: World = {
      ...ledger.world,
      eventsOf: (register, ref) =>
        register === 'fairs' && !isLoaded ? undefined : ledger.world.eventsOf(register, ref),
    };
    const bases = { clock: 'PROVEN' as const, before: asKnown('2024-01-10'), after: asKnown('2024-01-31') };
    const comparing = createComparison(world, bases);
    const early = comparing.walk('tasks', 'T');
    expect(early.next().done).toBe(false);
    isLoaded = true;
    expect(comparing.record('tasks', 'T')).toEqual(createComparison(ledger.world, bases).record('tasks', 'T'));
    expect(early.next()).toEqual({ done: true, value: { unknown: [{ register: 'fairs', ref: 'F' }] } });
  });
});

describe('a record', () => {
  it('links to nothing that is recorded by mistake where it is', () => {
    const ledger = new Ledger();
    ledger.task('Opened', '2024-01-02', { size: 1, at: 'F' });
    const set = ledger.add('fairs-F', 'Set', '2024-01-03', { ref: 'F', on: '2024-05-01' });
    ledger.add('fairs-F', 'Voided', '2024-01-20', { target: set });
    const world: World = {
      ...ledger.world,
      mistaken: [{ register: 'fairs', ref: 'F' }],
      withoutLinksTo: (state, isNothing) => {
        const { at, ...rest } = state as { readonly at?: string };
        return (at !== undefined && isNothing(at) ? rest : state) as typeof state;
      },
    };
    const { told, knownNow, closing } = compare({ world }, asKnown('2024-01-10'), asKnown('2024-01-31'));
    expect([told, knownNow, closing].map((one) => (one!.state as { readonly at?: string }).at)).toEqual([
      'F',
      undefined,
      undefined,
    ]);
  });
});

describe('a walk', () => {
  it('stops after each place, so that others have their turn', () => {
    const ledger = new Ledger();
    ledger.task('Opened', '2024-01-02', { owner: 'ann', size: 1 });
    ledger.task('Sized', '2024-01-05', { size: 2 }, { recorded: '2024-01-20' });
    for (let one = 0; one < 5; one += 1) ledger.task('Noted', '2024-01-21');
    const bases = { clock: 'PROVEN' as const, before: asKnown('2024-01-10'), after: asKnown('2024-01-31') };
    const walking = createComparison(ledger.world, bases).walk('tasks', 'T');
    let stops = 0;
    while (walking.next().done !== true) stops += 1;
    expect(stops).toBe(6);
  });
});

describe('records that are loaded once they were missed', () => {
  it('are read anew, and tell what they would have told', () => {
    const ledger = new Ledger();
    ledger.add('fairs-F', 'Opened', '2024-01-01', { ref: 'F', on: '2024-01-20' });
    ledger.task('Opened', '2024-01-02', { size: 1, at: 'F' });
    let isLoaded = false;
    const world: World = {
      ...ledger.world,
      eventsOf: (register, ref) =>
        register === 'tasks' || isLoaded ? ledger.world.eventsOf(register, ref) : undefined,
    };
    const [before, after] = [asKnown('2024-01-10'), asKnown('2024-01-31')];
    const comparison = createComparison(world, { clock: 'PROVEN', before, after });
    expect(isUnknown(comparison.record('tasks', 'T'))).toBe(true);
    isLoaded = true;
    const found = comparison.record('tasks', 'T') as RecordComparison;
    expect(each('dueOn', found)).toEqual(['2024-01-20', '2024-01-20', '2024-01-20']);
    expect(found).toEqual(compare(ledger, before, after));
  });
});

describe('a record of 3,000 events', () => {
  it.each([
    ['moved by all of them', '2020-01-01', NOW],
    ['restated by all of them', '2030-01-01', '2020-01-01T10:00:00.000Z'],
  ])('compares in the time of one fold: %s', (_, day, known) => {
    const ledger = new Ledger();
    ledger.task('Opened', '2020-01-01', { owner: 'ann', size: 1 });
    for (let index = 1; index < 3_000; index += 1)
      ledger.events.push({
        ...ledger.events[0]!,
        ...{ id: `n${index}`, type: 'Sized', facts: { size: index + 1 }, version: index + 1, sequence: index + 1 },
        effectiveOn: new Date(Date.UTC(2020, 0, 1 + index)).toISOString().slice(0, 10),
        recordedAt: new Date(Date.UTC(2020, 0, 1 + index, 12)).toISOString(),
      });
    let folded = 0;
    const counting = {
      ...TASKS,
      evolve: (state: Task, event: RecordEvent) => ((folded += 1), TASKS.evolve(state, event)),
    };
    const events = ledger.events;
    const world: World = {
      ...ledger.world,
      registers: [counting, FAIRS, RULES] as unknown as readonly Telling[],
      eventsOf: (register) => (register === 'tasks' ? events : []),
    };
    const { moved, restated } = compare(
      { world },
      asKnown(day, known),
      asKnown('2030-01-01', '2030-01-01T00:00:00.000Z'),
    );
    expect(causesOf(moved ?? restated, 'size')).toHaveLength(2_999);
    expect(folded).toBeLessThan(3 * 3_000);
  });

  it('is told alike after each of its events, in whatever order they are asked about', () => {
    const ledger = new Ledger();
    ledger.task('Opened', '2024-01-01', { size: 0 });
    for (let size = 1; size < 100; size += 1) ledger.task('Sized', '2024-01-02', { size });
    const reading = new GrowingReading(TASKS, ledger.events);
    for (const count of [100, 3, 97, 40, 41, 17, 16, 15, 99, 100, 1])
      expect([count, reading.stateAfter(count).size]).toEqual([count, count - 1]);
    reading.know({ ...ledger.events[0]!, ...{ id: 'late', type: 'Noted', facts: {}, version: 101, sequence: 101 } });
    expect([1, 2, 101].map((count) => [reading.stateAfter(count).notes, reading.stateAfter(count).size])).toEqual([
      [0, 0],
      [1, 0],
      [1, 99],
    ]);
  });
});
