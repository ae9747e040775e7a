import { END_OF_DAYS } from '../ledger/index.ts';
import { pastEvent, type Past } from '../spec-kit/index.ts';
import { toldOf } from '../../test/property/told.ts';
import { pledges, type PledgeEvent, type PledgeState } from '../../test/property/histories.ts';
import {
  BEGINNING_OF_KNOWLEDGE,
  contains,
  createTimeline,
  END_OF_KNOWLEDGE,
  END_OF_SEQUENCE,
  type KnownEvent,
  type RecordingClock,
} from './index.ts';

function known(past: Past<PledgeEvent>, version: number): KnownEvent {
  const day = String(version).padStart(2, '0');
  return { ...pastEvent('pledges', past, version), sequence: version * 10, recordedAt: `2023-10-${day}T12:00:00.000Z` };
}
function timelineOf(clock: RecordingClock, ...past: Past<PledgeEvent>[]) {
  const timeline = createTimeline<PledgeState, PledgeEvent>(pledges, clock);
  const changes = past.map((event, index) => timeline.add(known(event, index + 1)));
  const told = toldOf<PledgeState, PledgeEvent>(
    pledges,
    clock,
    past.map((event, index) => known(event, index + 1)),
  );
  return {
    timeline,
    changes: changes.map(({ states }) => states),
    caveats: changes.map(({ caveats }) => caveats),
    told,
  };
}
const made: Past<PledgeEvent> = { type: 'PledgeMade', facts: { ref: 'P1' }, effectiveOn: '2023-06-01' };
const moved = (level: number, effectiveOn: string, rest: object = {}): Past<PledgeEvent> => ({
  type: 'PledgeMoved',
  schema: 2,
  facts: { level },
  effectiveOn,
  ...rest,
});
const ALWAYS = [BEGINNING_OF_KNOWLEDGE, END_OF_KNOWLEDGE];

describe('a fact that comes last', () => {
  it('shortens what stood, keeps what was believed before, and stands from its own day on', () => {
    const { changes } = timelineOf('PROVEN', made, moved(4, '2023-06-10'));
    expect(changes[1]).toMatchObject({
      shortened: [
        { number: 1, effective: ['2023-06-01', '2023-06-10'], known: ALWAYS, sequence: [10, END_OF_SEQUENCE] },
      ],
      added: [
        {
          number: 2,
          effective: ['2023-06-10', END_OF_DAYS],
          known: ALWAYS,
          sequence: [10, 20],
          value: { level: 0 },
        },
        {
          number: 3,
          effective: ['2023-06-10', END_OF_DAYS],
          known: ALWAYS,
          sequence: [20, END_OF_SEQUENCE],
          value: { level: 4 },
        },
      ],
    });
  });

  it('closes what stood when it takes effect on the same day', () => {
    const { changes } = timelineOf('PROVEN', made, moved(4, '2023-06-01'));
    expect(changes[1]).toMatchObject({
      shortened: [{ number: 1, effective: ['2023-06-01', END_OF_DAYS], sequence: [10, 20] }],
      added: [{ number: 2, effective: ['2023-06-01', END_OF_DAYS], sequence: [20, END_OF_SEQUENCE] }],
    });
  });

  it('also keeps, on the stated clock, what was known before its stated instant', () => {
    const { changes } = timelineOf('STATED', made, moved(4, '2023-06-10'));
    expect(changes[1]?.added.map(({ known, sequence }) => [...known, ...sequence])).toEqual([
      ['2023-10-01T12:00:00.000Z', '2023-10-02T12:00:00.000Z', 10, END_OF_SEQUENCE],
      ['2023-10-02T12:00:00.000Z', END_OF_KNOWLEDGE, 10, 20],
      ['2023-10-02T12:00:00.000Z', END_OF_KNOWLEDGE, 20, END_OF_SEQUENCE],
    ]);
  });

  it('whose day is not known reaches back to the fact before it, if that is not of the same day', () => {
    const by = { dated: { to: '2023-06-10', how: 'by' } };
    const spans = (...past: Past<PledgeEvent>[]) => {
      const { told } = timelineOf('PROVEN', made, ...past);
      return told.caveats.map(({ effective, sequence }) => [...effective, ...sequence]);
    };
    expect(spans(moved(1, '2023-06-05'), moved(3, '2023-06-10', by))).toEqual([
      ['2023-06-05', '2023-06-10', 30, END_OF_SEQUENCE],
    ]);
    expect(spans(moved(1, '2023-06-05'), moved(2, '2023-06-10'), moved(3, '2023-06-10', by))).toEqual([]);
  });

  it('leaves every state as it is, and is one caveat beside them, however many such facts went before', () => {
    const by = { dated: { to: '2023-06-10', how: 'by' } };
    const many = Array.from({ length: 20 }, (_, level) => moved(level, '2023-06-10', by));
    const { changes, caveats, told } = timelineOf('PROVEN', made, ...many);
    expect(changes.slice(2).map(({ shortened, added }) => [shortened.length, added.length])).toEqual(
      Array(19).fill([1, 1]),
    );
    expect(caveats.map(({ shortened, added }) => [shortened.length, added.length])).toEqual([
      [0, 0],
      ...Array<readonly number[]>(20).fill([0, 1]),
    ]);
    expect(told.caveats.every(({ effective }) => effective[0] === '2023-06-01')).toBe(true);
  });

  it('that brings the record back brings back what is disputed of it', () => {
    const otherwise: Past<PledgeEvent> = { type: 'OtherwiseStated', facts: { path: 'due', says: 'other' } };
    const { timeline, told } = timelineOf('PROVEN', otherwise, { ...made, effectiveOn: '2023-06-02' });
    expect(timeline.stateNow).toMatchObject({ status: 'OPEN' });
    expect(told.caveats).toMatchObject([{ sequence: [10, END_OF_SEQUENCE], value: { kind: 'DISPUTED' } }]);
  });

  it('brings nothing back while the record is void, not even a second opening', () => {
    const unmade: Past<PledgeEvent> = { type: 'Voided', facts: { target: 'event-1' } };
    const { timeline } = timelineOf('PROVEN', made, unmade, { ...made, effectiveOn: '2023-06-02' });
    expect(timeline.stateNow).toEqual(pledges.initial);
    const restored: Past<PledgeEvent> = { type: 'Restored', facts: { target: 'event-1' } };
    expect(timelineOf('PROVEN', made, unmade, restored).timeline.stateNow).toMatchObject({ status: 'OPEN' });
  });
});

describe('a timeline', () => {
  it('has no rectangle where the record does not exist', () => {
    const { timeline, changes } = timelineOf('PROVEN', moved(1, '2023-05-01'), made, {
      type: 'Voided',
      facts: { target: 'event-2' },
    });
    expect(changes[0]).toEqual({ shortened: [], added: [] });
    expect(changes[2]).toMatchObject({ shortened: [{ number: 1, sequence: [20, 30] }], added: [] });
    expect(timeline.stateNow).toEqual(pledges.initial);
  });

  it('is not changed by publishing or marking', () => {
    const { changes } = timelineOf('STATED', made, { type: 'Published', facts: {} });
    expect(changes[1]).toEqual({ shortened: [], added: [] });
  });

  it('closes only those days on which a late entry makes a difference', () => {
    const { changes } = timelineOf('PROVEN', made, moved(1, '2023-06-10'), moved(9, '2023-06-20'), {
      type: 'Corrected',
      facts: { target: 'event-2', schema: 2, path: 'effectiveOn', is: '2023-06-12' },
    });
    const [first] = changes[3]?.added.filter(({ sequence }) => sequence[1] === END_OF_SEQUENCE) ?? [];
    expect(first).toMatchObject({ effective: ['2023-06-10', '2023-06-12'], value: { level: 0 } });
    expect(changes[3]?.shortened.some(({ number }) => number === 1)).toBe(false);
  });

  it('refuses an event that is out of the order of the log', () => {
    const { timeline } = timelineOf('PROVEN', made);
    expect(() => timeline.add(known(moved(1, '2023-06-10'), 1))).toThrow(RangeError);
  });

  it('gives what is known now, after the last of its facts', () => {
    const { timeline } = timelineOf('STATED', made, moved(4, '2023-06-10'), moved(2, '2023-06-05'));
    expect(timeline.stateNow).toMatchObject({
      level: 4,
      steps: ['event-1@2023-06-01', 'event-3@2023-06-05', 'event-2@2023-06-10'],
    });
  });
});

describe('a rectangle', () => {
  it('holds its first day, instant and number and not its last', () => {
    const rectangle = { effective: ['2023-06-01', '2023-06-10'], known: ['a', 'c'], sequence: [1, 3] } as const;
    expect(contains(rectangle, { effective: '2023-06-01', known: 'a', sequence: 1 })).toBe(true);
    expect(contains(rectangle, { effective: '2023-06-10', known: 'a', sequence: 1 })).toBe(false);
    expect(contains(rectangle, { effective: '2023-06-01', known: 'c', sequence: 1 })).toBe(false);
    expect(contains(rectangle, { effective: '2023-06-01', known: 'a', sequence: 3 })).toBe(false);
  });
});
