import { pastEvent, type Past } from '../spec-kit/index.ts';
import type { PledgeEvent } from '../../test/property/histories.ts';
import { delayOf, isLate, knownAt, lateBy, statedInstantOf, type KnownEvent } from './index.ts';

/** Events of one record, each loaded in October 2023, a day apart. */
function loaded(...past: Past<PledgeEvent>[]): readonly KnownEvent[] {
  return past.map((event, index) => ({
    ...pastEvent('pledges', event, index + 1),
    sequence: 10 + index,
    recordedAt: `2023-10-${10 + index}T12:00:00.000Z`,
  }));
}
const made = (stated?: string): Past<PledgeEvent> => ({
  type: 'PledgeMade',
  facts: { ref: 'P1' },
  ...(stated === undefined ? {} : { stated }),
});
const noted = (stated?: string): Past<PledgeEvent> => ({
  type: 'PledgeNoted',
  ...(stated === undefined ? {} : { stated }),
});
const instants = (events: readonly KnownEvent[]) => events.map((event) => statedInstantOf(event, events));

describe('the clock of stated dates', () => {
  it('reads a native fact as recorded when the ledger recorded it', () => {
    expect(instants(loaded(made()))).toEqual(['2023-10-10T12:00:00.000Z']);
  });

  it('reads an imported fact as recorded at the first instant of its stated day in London', () => {
    expect(instants(loaded(made('2023-01-09')))).toEqual(['2023-01-09T00:00:00.000Z']);
    expect(instants(loaded(made('2023-06-21')))).toEqual(['2023-06-20T23:00:00.000Z']);
  });

  it('never reads a fact as recorded before its record was opened', () => {
    expect(instants(loaded(made('2023-06-21'), noted('2023-04-19')))[1]).toBe('2023-06-20T23:00:00.000Z');
    expect(instants(loaded(made(), noted('2023-04-19')))[1]).toBe('2023-10-10T12:00:00.000Z');
  });

  it('never reads an amendment as recorded before what it amends', () => {
    const undone = { type: 'Voided', facts: { target: 'event-2' }, stated: '2023-07-01' } as const;
    expect(instants(loaded(made('2023-06-21'), noted('2023-09-25'), undone))[2]).toBe('2023-09-24T23:00:00.000Z');
    expect(instants(loaded(made('2023-06-21'), noted(), undone))[2]).toBe('2023-10-11T12:00:00.000Z');
  });
});

describe('what is known', () => {
  const events = loaded(made('2023-06-21'), noted('2023-09-25'), noted());
  const ids = (...args: Parameters<typeof knownAt>) => knownAt(...args).map(({ version }) => version);

  it('is on the proven clock what the ledger had recorded by then, that instant included', () => {
    expect(ids(events, { clock: 'PROVEN', recorded: '2023-10-11T12:00:00.000Z' })).toEqual([1, 2]);
    expect(ids(events, { clock: 'PROVEN', recorded: '2023-10-11T11:59:59.999Z' })).toEqual([1]);
  });

  it('is on the stated clock what the sources had recorded by then', () => {
    expect(ids(events, { clock: 'STATED', recorded: '2023-07-01T00:00:00.000Z' })).toEqual([1]);
    expect(ids(events, { clock: 'STATED', recorded: '2023-10-01T00:00:00.000Z' })).toEqual([1, 2]);
  });

  it('counts nothing after the position asked for, on either clock', () => {
    expect(ids(events, { clock: 'STATED', recorded: '~', sequence: 11 })).toEqual([1, 2]);
    expect(ids(events, { clock: 'PROVEN', recorded: '~', sequence: 9 })).toEqual([]);
  });
});

describe('a late entry', () => {
  const allowed = () => 7;
  const effective = (effectiveOn: string, rest: Partial<KnownEvent> = {}) =>
    ({ ...loaded(noted())[0], effectiveOn, ...rest }) as KnownEvent;

  it('is one recorded more days after it took effect than the register allows', () => {
    expect(delayOf({ effectiveOn: '2023-10-03' }, '2023-10-10')).toBe(7);
    expect(isLate(allowed, effective('2023-10-03'), 'PROVEN')).toBe(false);
    expect(isLate(allowed, effective('2023-10-02'), 'PROVEN')).toBe(true);
  });

  it('is known before it is recorded: by how many days, where no more are allowed', () => {
    expect(lateBy(7, '2023-10-03', '2023-10-10')).toBeNull();
    expect(lateBy(7, '2023-10-02', '2023-10-10')).toBe(8);
    expect(lateBy(28, '2023-10-02', '2023-10-30')).toBeNull();
    expect(lateBy(7, '2023-10-12', '2023-10-10')).toBeNull();
  });

  it('is told by what was allowed on the day on which it was recorded', () => {
    const changed = (recordedOn: string) => (recordedOn < '2023-10-10' ? 3 : 30);
    expect(isLate(changed, effective('2023-10-02'), 'PROVEN')).toBe(false);
    const theDayBefore = { recordedAt: '2023-10-09T12:00:00.000Z' };
    expect(isLate(changed, effective('2023-10-02', theDayBefore), 'PROVEN')).toBe(true);
  });

  it('is counted from the London day on which it was recorded', () => {
    const lateInTheEvening = { recordedAt: '2023-10-10T23:30:00.000Z' };
    expect(isLate(allowed, effective('2023-10-03', lateInTheEvening), 'PROVEN')).toBe(true);
  });

  it('is counted on the clock asked for', () => {
    const imported = effective('2023-06-21', { stated: '2023-06-25' });
    expect(isLate(allowed, imported, 'STATED')).toBe(false);
    expect(isLate(allowed, imported, 'PROVEN')).toBe(true);
    const events = loaded(made(), { ...noted('2023-06-25'), effectiveOn: '2023-06-21' });
    expect(isLate(allowed, events[1] as KnownEvent, 'STATED', events)).toBe(true);
  });

  it('is never an amendment, nor a fact dated ahead', () => {
    for (const type of ['Corrected', 'Voided', 'Restored', 'OtherwiseStated', 'Published', 'Marked']) {
      expect(isLate(allowed, effective('2022-01-01', { type }), 'PROVEN')).toBe(false);
    }
    expect(isLate(allowed, effective('2024-01-01'), 'PROVEN')).toBe(false);
  });
});
