import type { Basis } from '../../../../libs/read-models/index.ts';
import fc from 'fast-check';
import {
  addressOf,
  asOfDates,
  dateParameters,
  datesAtMeeting,
  readDates,
  recordedInWords,
  type ReadDates,
} from './dates.ts';

const read = (query: string): ReadDates => readDates(new URLSearchParams(query));
const sentences = (query: string) => {
  const result = read(query);
  return 'problems' in result ? result.problems.map(({ sentence }) => sentence) : [];
};
const datesOf = (query: string) => {
  const result = read(query);
  if ('problems' in result) throw new Error(result.problems.map(({ sentence }) => sentence).join());
  return result.dates;
};

describe('the dates of an address', () => {
  it('do not keep thousands of characters that were typed into a box', () => {
    for (const name of ['on-day', 'on-month', 'on-year', 'recorded-day', 'recorded-time']) {
      const boxes = { 'on-day': '30', 'on-month': '6', 'on-year': '2023', [name]: 'x'.repeat(5_000) };
      const answer = JSON.stringify(readDates(new URLSearchParams(boxes)));
      expect([name, answer.includes('x'.repeat(32)), answer.includes('x'.repeat(33))]).toEqual([name, true, false]);
    }
  });

  it('are today, from all that is known, when it names none', () => {
    expect(read('owner=chief-constable')).toMatchObject({ dates: {}, fromBoxes: false });
    expect(asOfDates({})).toEqual({});
  });

  it('name a day, and up to when it was recorded', () => {
    expect(datesOf('on=2023-06-30&recorded=2023-07-01&clock=proven')).toEqual({
      on: '2023-06-30',
      recorded: '2023-07-01',
      proven: true,
    });
  });

  it('mean a day recorded by up to its last instant in London, in winter and in summer', () => {
    expect(asOfDates({ recorded: '2023-07-01' }).recorded).toBe('2023-07-01T22:59:59.999Z');
    expect(asOfDates({ recorded: '2023-12-01' }).recorded).toBe('2023-12-01T23:59:59.999Z');
  });

  it('take a time by the clocks of London, and the later of two when the clocks go back', () => {
    expect(asOfDates({ recorded: '2023-07-01T14:30' }).recorded).toBe('2023-07-01T13:30:00.000Z');
    expect(asOfDates({ recorded: '2023-12-01T14:30' }).recorded).toBe('2023-12-01T14:30:00.000Z');
    expect(asOfDates({ recorded: '2023-10-29T01:30' }).recorded).toBe('2023-10-29T01:30:00.000Z');
  });

  it('take an instant with its offset', () => {
    expect(asOfDates(datesOf('recorded=2023-07-01T14:30:00Z')).recorded).toBe('2023-07-01T14:30:00.000Z');
    expect(recordedInWords('2023-07-01T14:30:00Z')).toBe('3:30pm on 1 July 2023');
  });

  describe('that a meeting stands for', () => {
    const CUT_OFF: Basis = {
      effective: '2023-06-14',
      recorded: '2023-06-14T15:30:00.000Z',
      clock: 'STATED',
      position: null,
      settled: true,
      timeZone: 'Europe/London',
    };
    const TOLD = { meeting: 'CGB-2023-06-21', view: 'TOLD' } as const;

    it('are carried on as the meeting, as told unless it is to be seen as known now', () => {
      expect(read('at-meeting=CGB-2023-06-21')).toMatchObject({ meeting: TOLD, dates: {} });
      expect(read('at-meeting=CGB-2023-06-21&meeting-view=now')).toMatchObject({ meeting: { view: 'KNOWN_NOW' } });
      const dates = datesAtMeeting(TOLD, CUT_OFF);
      expect(asOfDates(dates)).toEqual({ effective: '2023-06-14', recorded: '2023-06-14T15:30:00.000Z' });
      expect(addressOf('/actions', dates)).toBe('/actions?at-meeting=CGB-2023-06-21&meeting-view=told');
      const proven = datesAtMeeting(TOLD, { ...CUT_OFF, clock: 'PROVEN' });
      expect(addressOf('/actions', proven)).toBe('/actions?at-meeting=CGB-2023-06-21&meeting-view=told&clock=proven');
    });

    it('give way to others that are put in their place', () => {
      const dates = datesAtMeeting(TOLD, CUT_OFF);
      expect(addressOf('/actions', { ...dates, on: '2023-06-20' })).toBe(
        '/actions?on=2023-06-20&recorded=2023-06-14T15:30:00.000Z',
      );
      const known = datesAtMeeting({ ...TOLD, view: 'KNOWN_NOW' }, CUT_OFF);
      expect(addressOf('/actions', { ...known, recorded: '2023-07-01' })).toBe(
        '/actions?on=2023-06-14&recorded=2023-07-01',
      );
    });

    it('say the end of a day as that', () => {
      expect(datesAtMeeting(TOLD, { ...CUT_OFF, recorded: '2023-06-14T22:59:59.999Z' }).recorded).toBe('2023-06-14');
    });

    it.each([
      'at-meeting=CGB-2023-06-21&on=2023-06-30',
      'at-meeting=CGB-2023-06-21&recorded=2023-06-30',
      'at-meeting=CGB-2023-06-21&on-day=30&on-month=6&on-year=2023',
    ])('are refused beside others: %s', (query) =>
      expect(sentences(query)).toEqual(['Enter a meeting or dates, not both']),
    );

    it('are read from the boxes, and no meeting is named where its box is empty', () => {
      expect(read('on-day=&on-month=&on-year=&at-meeting=+CGB-2023-06-21+&meeting-view=now')).toMatchObject({
        fromBoxes: true,
        meeting: { meeting: 'CGB-2023-06-21', view: 'KNOWN_NOW' },
      });
      expect(read('on-day=&at-meeting=&meeting-view=told')).not.toHaveProperty('meeting');
    });
  });

  it.each([
    'on=2023-02-30',
    'on=yesterday',
    'on=2023-6-30',
    'recorded=2023-13-01',
    'recorded=2023-07-01T25:00',
    'recorded=soon',
  ])('are refused when %s is no date', (query) => expect(sentences(query)).toHaveLength(1));

  it('say what is wrong with both at once, and keep what was asked', () => {
    const result = read('on=2023-02-30&recorded=2023-07-01T25:00');
    expect(result).toMatchObject({
      problems: [{ field: 'on' }, { field: 'recorded' }],
      typed: { on: { day: '30', month: '2', year: '2023' } },
    });
  });

  it('are said again by a link in the same way', () => {
    const day = fc
      .date({ min: new Date('1990-01-01'), max: new Date('2060-01-01'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10));
    const time = fc
      .tuple(fc.nat(23), fc.nat(59))
      .map(([hours, minutes]) => `T${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`);
    const recorded = fc.tuple(day, fc.oneof(fc.constant(''), time)).map(([date, at]) => `${date}${at}`);
    const dates = fc.record({ on: day, recorded, proven: fc.constant(true as const) }, { requiredKeys: [] });
    fc.assert(
      fc.property(dates, (asked) => {
        const address = new URL(addressOf('/actions', asked, [['owner', 'chief-constable']]), 'http://ledger.invalid');
        expect(datesOf(address.search)).toEqual(asked);
        expect(address.searchParams.get('owner')).toBe('chief-constable');
      }),
      { seed: 11, numRuns: 200 },
    );
  });

  it('read as people write addresses', () => {
    expect(addressOf('/actions', { on: '2023-06-30', recorded: '2023-07-01T14:30' })).toBe(
      '/actions?on=2023-06-30&recorded=2023-07-01T14:30',
    );
    expect(addressOf('/actions', {})).toBe('/actions');
    expect(dateParameters({ proven: true })).toEqual([['clock', 'proven']]);
  });
});

describe('the boxes of the date bar', () => {
  it('take a day as people type it', () => {
    expect(read('on-day=30&on-month=6&on-year=2023')).toMatchObject({ dates: { on: '2023-06-30' }, fromBoxes: true });
    expect(datesOf('on-day=%201%20&on-month=June&on-year=2023').on).toBe('2023-06-01');
    expect(datesOf('on-day=01&on-month=sept&on-year=2023').on).toBe('2023-09-01');
  });

  it('mean today when they are empty', () => {
    expect(
      read('on-day=&on-month=&on-year=&recorded-day=&recorded-month=&recorded-year=&recorded-time='),
    ).toMatchObject({ dates: {} });
  });

  it.each([
    ['2:30pm', '14:30'],
    ['2.30 PM', '14:30'],
    ['14:30', '14:30'],
    ['12am', '00:00'],
    ['12pm', '12:00'],
    ['9', '09:00'],
  ])('take %s for a time', (typed, time) => {
    expect(
      datesOf(`recorded-day=1&recorded-month=7&recorded-year=2023&recorded-time=${encodeURIComponent(typed)}`).recorded,
    ).toBe(`2023-07-01T${time}`);
  });

  it.each([
    ['on-day=30&on-month=&on-year=2023', 'The date must include a month'],
    ['on-day=30&on-month=&on-year=', 'The date must include a month and a year'],
    ['on-day=30&on-month=6&on-year=23', 'The date must have a year of 4 numbers'],
    ['on-day=31&on-month=6&on-year=2023', 'The date must be a real date, like 30 6 2023'],
    ['on-day=one&on-month=6&on-year=2023', 'The date must be a real date, like 30 6 2023'],
    ['on-day=1&on-month=foo&on-year=2023', 'The date must be a real date, like 30 6 2023'],
    ['recorded-day=31&recorded-month=6&recorded-year=2023', 'The date recorded by must be a real date, like 30 6 2023'],
    ['recorded-time=9am', 'Enter the date that goes with the time'],
    [
      'recorded-day=1&recorded-month=7&recorded-year=2023&recorded-time=25:00',
      'The time must be a real time, like 2:30pm or 14:30',
    ],
    [
      'recorded-day=1&recorded-month=7&recorded-year=2023&recorded-time=13pm',
      'The time must be a real time, like 2:30pm or 14:30',
    ],
  ])('refuse %s in words', (query, sentence) => {
    expect(sentences(query)).toEqual([sentence]);
  });

  it('mark the box that is at fault, and keep what was typed', () => {
    expect(read('on-day=30&on-month=&on-year=2023')).toMatchObject({
      problems: [{ field: 'on', boxes: ['on-month'] }],
      typed: { on: { day: '30', month: '', year: '2023' } },
    });
  });
});
