import { pastEvent, type Past } from '../spec-kit/index.ts';
import { pledges, type PledgeEvent } from '../../test/property/histories.ts';
import { isAbsent, snapshotAt } from './index.ts';

const at = (day: string, ...past: Past<PledgeEvent>[]) =>
  snapshotAt(
    pledges,
    past.map((event, index) => pastEvent('pledges', event, index + 1)),
    day,
  );
const made = (effectiveOn = '2023-06-21'): Past<PledgeEvent> => ({
  type: 'PledgeMade',
  facts: { ref: 'P1' },
  effectiveOn,
});
const kept = (dated?: Past<PledgeEvent>['dated'], effectiveOn = '2023-10-09'): Past<PledgeEvent> => ({
  type: 'PledgeKept',
  effectiveOn,
  ...(dated === undefined ? {} : { dated }),
});
const by = { to: '2023-10-09', how: 'by' as const };

describe('a fact whose source gives no day', () => {
  it('may already hold from the last fact before it with a known day, and holds on its last day', () => {
    const span = { event: 'event-2', type: 'PledgeKept', from: '2023-06-21', to: '2023-10-09' };
    expect(at('2023-06-30', made(), kept(by))).toMatchObject({ state: { status: 'OPEN' }, mayAlreadyHold: [span] });
    expect(at('2023-06-21', made(), kept(by)).mayAlreadyHold).toEqual([span]);
    expect(at('2023-10-08', made(), kept(by)).mayAlreadyHold).toEqual([span]);
    expect(at('2023-10-09', made(), kept(by))).toMatchObject({ state: { status: 'KEPT' }, mayAlreadyHold: [] });
  });

  it('may already hold only from the day that its source gives, if it gives one', () => {
    const between = { from: '2023-09-01', to: '2023-10-09', how: 'between' as const };
    expect(at('2023-08-31', made(), kept(between)).mayAlreadyHold).toEqual([]);
    expect(at('2023-09-01', made(), kept(between)).mayAlreadyHold).toMatchObject([{ from: '2023-09-01' }]);
  });

  it('is not held back by another whose day is not known', () => {
    const noted: Past<PledgeEvent> = { type: 'PledgeNoted', effectiveOn: '2023-08-01' };
    const earlier = { ...noted, dated: { to: '2023-08-01', how: 'by' as const } };
    expect(at('2023-08-02', made(), earlier, kept(by)).mayAlreadyHold).toMatchObject([
      { event: 'event-3', from: '2023-06-21' },
    ]);
  });

  it('cannot have held before the fact that stands before it, not even on the days since the fact before that', () => {
    const noted: Past<PledgeEvent> = { type: 'PledgeNoted', effectiveOn: '2023-10-09' };
    for (const day of ['2023-06-21', '2023-09-30', '2023-10-08'])
      expect(at(day, made(), noted, kept(by)).mayAlreadyHold).toEqual([]);
  });

  it('is not held back by a fact that stands after it on its last day', () => {
    const noted: Past<PledgeEvent> = { type: 'PledgeNoted', effectiveOn: '2023-10-09' };
    expect(at('2023-10-08', made(), kept(by), noted).mayAlreadyHold).toMatchObject([{ from: '2023-06-21' }]);
    const before = { ...noted, before: 'event-2' };
    expect(at('2023-10-08', made(), kept(by), before).mayAlreadyHold).toEqual([]);
  });

  it('may hold on any day before when the record has no fact with a known day, as long as there is a record', () => {
    const opening = { ...made(), dated: { to: '2023-06-21', how: 'by' as const } };
    expect(at('2023-07-01', opening, kept(by)).mayAlreadyHold).toMatchObject([{ event: 'event-2', from: null }]);
    expect(at('2023-06-20', opening, kept(by)).mayAlreadyHold).toEqual([]);
  });
});

describe('what another source says otherwise', () => {
  const otherwise = (target?: string): Past<PledgeEvent> => ({
    type: 'OtherwiseStated',
    effectiveOn: '2023-10-09',
    facts: { ...(target === undefined ? {} : { target }), path: 'due', says: '2023-09-25' },
  });

  it('marks the field from the day of the fact that it is about, not from its own, and changes no state', () => {
    const snapshot = at('2023-06-21', made(), otherwise('event-1'));
    expect(snapshot.disputed).toEqual([{ event: 'event-2', target: 'event-1', path: 'due', says: '2023-09-25' }]);
    expect(snapshot.state).toEqual(at('2023-06-21', made()).state);
    expect(at('2023-08-01', made(), kept(), otherwise('event-2')).disputed).toEqual([]);
    expect(at('2023-10-09', made(), kept(), otherwise('event-2')).disputed).toHaveLength(1);
  });

  it('marks the record for as long as it exists when it is about no fact in particular', () => {
    expect(at('2023-06-21', made(), otherwise()).disputed).toMatchObject([{ event: 'event-2', path: 'due' }]);
    expect(at('2023-06-20', made(), otherwise()).disputed).toEqual([]);
  });

  it('points to its words where it says them in words', () => {
    const words = { type: 'OtherwiseStated', facts: { path: 'due' }, texts: ['says'] } as Past<PledgeEvent>;
    expect(at('2023-10-09', made(), words).disputed).toMatchObject([{ says: { event: 'event-2', part: 'text/says' } }]);
  });

  it('goes when it is voided, and with the fact that it is about', () => {
    const undone = (target: string): Past<PledgeEvent> => ({ type: 'Voided', facts: { target } });
    expect(at('2023-10-09', made(), kept(), otherwise('event-2'), undone('event-3')).disputed).toEqual([]);
    expect(at('2023-10-09', made(), kept(), otherwise('event-2'), undone('event-2')).disputed).toEqual([]);
  });
});

describe('a record', () => {
  it('is absent before it is opened and when its opening is voided, whatever else was recorded of it', () => {
    expect(isAbsent(pledges, at('2023-06-20', made()))).toBe(true);
    expect(isAbsent(pledges, at('2023-06-21', made()))).toBe(false);
    const unmade = at('2023-10-10', made(), kept(by), { type: 'Voided', facts: { target: 'event-1' } });
    expect(isAbsent(pledges, unmade)).toBe(true);
    expect(unmade).toMatchObject({ mayAlreadyHold: [], disputed: [] });
  });
});
