import type { Cadence } from '../../rules/index.ts';
import { homeOf, type MeetingInDiary } from './index.ts';

const EVERY_TWO_MONTHS: Cadence = { every: 2, unit: 'MONTHS' };
const MONTHLY: Cadence = { every: 1, unit: 'MONTHS' };

const meeting = (date: string, status = 'SCHEDULED'): MeetingInDiary => ({ ref: `CGB-${date}`, status, date });
/** In the diary by its month alone. */
const OCTOBER: MeetingInDiary = {
  ref: 'CGB-2023-10',
  status: 'SCHEDULED',
  dated: { how: 'between', from: '2023-10-01', to: '2023-10-31' },
};
const HELD = [meeting('2023-06-21', 'HELD'), meeting('2023-07-17', 'HELD')];
const SEPTEMBER = meeting('2023-09-25');

const IN_OCTOBER = { dated: { how: 'between', from: '2023-10-01', to: '2023-10-31' } } as const;

function place(
  plannedFor: Parameters<typeof homeOf>[0]['plannedFor'],
  meetings: readonly MeetingInDiary[],
  cadence: Cadence | null = null,
) {
  return homeOf(plannedFor === undefined ? {} : { plannedFor }, { meetings, cadence });
}

describe('the place of an item', () => {
  it('is nowhere where nothing is named, or what is named is not there for the reader', () => {
    expect(place(undefined, HELD)).toBe('NOWHERE');
    expect(place({ meeting: 'CGB-2023-09-25' }, HELD)).toBe('NOWHERE');
  });

  it('stands with its meeting, and falls with one that is cancelled or postponed', () => {
    expect(place({ meeting: SEPTEMBER.ref }, [SEPTEMBER])).toBe('STANDS');
    expect(place({ meeting: SEPTEMBER.ref }, [{ ...SEPTEMBER, status: 'CANCELLED' }])).toBe('MEETING_CANCELLED');
    expect(place({ meeting: SEPTEMBER.ref }, [{ ...SEPTEMBER, status: 'POSTPONED' }])).toBe('MEETING_POSTPONED');
  });

  it('of a day stands unless the meetings of that day are cancelled', () => {
    expect(place({ on: '2023-09-25' }, [])).toBe('STANDS');
    expect(place({ on: '2023-09-25' }, [meeting('2023-09-25', 'CANCELLED')])).toBe('MEETING_CANCELLED');
    expect(place({ on: '2023-09-25' }, [meeting('2023-09-25', 'CANCELLED'), SEPTEMBER])).toBe('STANDS');
  });

  it('of a month stands with a meeting in it, whatever the cadence', () => {
    expect(place(IN_OCTOBER, [...HELD, SEPTEMBER, meeting('2023-10-04')], EVERY_TWO_MONTHS)).toBe('STANDS');
  });

  it('of a month whose meetings were all cancelled has fallen with them', () => {
    expect(place(IN_OCTOBER, [...HELD, meeting('2023-10-04', 'CANCELLED')], MONTHLY)).toBe('MEETING_CANCELLED');
  });

  it('of a month is told by the cadence where the diary has no day: every month one may fall in October, every two months after September none does', () => {
    expect(place(IN_OCTOBER, [...HELD, SEPTEMBER], MONTHLY)).toBe('STANDS');
    expect(place(IN_OCTOBER, [...HELD, SEPTEMBER], EVERY_TWO_MONTHS)).toBe('NO_MEETING_EXPECTED');
    expect(place(IN_OCTOBER, [...HELD, SEPTEMBER])).toBe('STANDS');
  });

  it('of a meeting that has a month and no day is told likewise', () => {
    expect(place({ meeting: OCTOBER.ref }, [...HELD, SEPTEMBER, OCTOBER], MONTHLY)).toBe('STANDS');
    expect(place({ meeting: OCTOBER.ref }, [...HELD, SEPTEMBER, OCTOBER], EVERY_TWO_MONTHS)).toBe(
      'NO_MEETING_EXPECTED',
    );
  });

  it('of a span without a first day is its month; a cancelled meeting is counted from no more', () => {
    const byOctober = { dated: { how: 'by', to: '2023-10-31' } } as const;
    expect(place(byOctober, [...HELD, SEPTEMBER], EVERY_TWO_MONTHS)).toBe('NO_MEETING_EXPECTED');
    const without = [meeting('2023-08-16', 'HELD'), { ...SEPTEMBER, status: 'CANCELLED' }];
    expect(place(byOctober, without, EVERY_TWO_MONTHS)).toBe('STANDS');
  });
});
