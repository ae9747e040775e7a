import fc from 'fast-check';
import { given, type Past } from '../../spec-kit/index.ts';
import { addDays, lastInstantOf, londonDayOf } from '../../ledger/index.ts';
import type { MeetingEvent } from './events.ts';
import { cutOffOf, meetings } from './index.ts';

type Told = Past<MeetingEvent>;

const on = (day: string): Told => ({
  type: 'MeetingScheduled',
  effectiveOn: '2023-04-19',
  facts: { ref: 'CGB-2023-06-21', body: 'CGB', on: day, session: 'OPEN' },
});
const WEDNESDAY = on('2023-06-21');
/** Entered on another day than it was issued, as when papers are typed in later. */
const issued = (effectiveOn: string, facts: object = {}, more: object = {}): Told => ({
  type: 'PapersIssued',
  effectiveOn,
  stamped: '2023-07-01T12:00:00.000Z',
  facts: { ...facts },
  ...more,
});

const cutOff = (...past: readonly Told[]) => {
  const found = cutOffOf(given(meetings, past).state);
  return found === null ? null : [found.effective, found.recorded];
};

describe('the cut-off of a meeting', () => {
  it.each<readonly [string, readonly Told[], readonly [string, string]]>([
    ['without papers: the end of the day before', [], ['2023-06-20', '2023-06-20T22:59:59.999Z']],
    [
      'of papers with a time: that time, by the clocks of London',
      [issued('2023-06-14', { at: '16:30' })],
      ['2023-06-14', '2023-06-14T15:30:00.000Z'],
    ],
    [
      'of papers that have a day alone: the end of that day',
      [issued('2023-06-14')],
      ['2023-06-14', '2023-06-14T22:59:59.999Z'],
    ],
    [
      'of papers that were entered on their day: the moment of entry',
      [issued('2023-06-14', {}, { stamped: '2023-06-14T09:12:33.456Z' })],
      ['2023-06-14', '2023-06-14T09:12:33.456Z'],
    ],
    [
      'of papers that were imported on their day: the end of it, as a paper has a day alone',
      [issued('2023-06-14', {}, { stamped: '2023-06-14T09:12:33.456Z', imported: true })],
      ['2023-06-14', '2023-06-14T22:59:59.999Z'],
    ],
    [
      'of papers of which only a span is known: the end of it',
      [issued('2023-06-14', {}, { stamped: '2023-06-14T09:00:00.000Z', dated: { how: 'by', to: '2023-06-14' } })],
      ['2023-06-14', '2023-06-14T22:59:59.999Z'],
    ],
    [
      'of a position that was drawn on an earlier day: the end of that',
      [issued('2023-06-14', { asAt: '2023-06-09' })],
      ['2023-06-09', '2023-06-09T22:59:59.999Z'],
    ],
    [
      'of a position that was drawn at a time: that time',
      [issued('2023-06-14', { asAt: '2023-06-09', asAtTime: '12:00' })],
      ['2023-06-09', '2023-06-09T11:00:00.000Z'],
    ],
    [
      'of a position as at the day of issue: no later than the issue itself',
      [issued('2023-06-14', { at: '16:30', asAt: '2023-06-14' })],
      ['2023-06-14', '2023-06-14T15:30:00.000Z'],
    ],
    [
      'is not moved by a supplementary paper, which gives no position',
      [issued('2023-06-14', { at: '16:30' }), issued('2023-06-19', { agendaItem: 'an-item' })],
      ['2023-06-14', '2023-06-14T15:30:00.000Z'],
    ],
    [
      'is not moved by a later issue that says nothing of a position',
      [issued('2023-06-14', { at: '16:30' }), issued('2023-06-19')],
      ['2023-06-14', '2023-06-14T15:30:00.000Z'],
    ],
    [
      'is that of the first issue, whatever supplementary paper went before it',
      [issued('2023-06-12', { agendaItem: 'an-item' }), issued('2023-06-14', { at: '16:30' })],
      ['2023-06-14', '2023-06-14T15:30:00.000Z'],
    ],
    [
      'is moved by a later issue that gives a position',
      [issued('2023-06-14', { at: '16:30' }), issued('2023-06-19', { asAt: '2023-06-18' })],
      ['2023-06-18', '2023-06-18T22:59:59.999Z'],
    ],
    [
      'is that of the last issue, though an earlier one has a later position',
      [issued('2023-06-14', { asAt: '2023-06-14' }), issued('2023-06-19', { asAt: '2023-06-12' })],
      ['2023-06-12', '2023-06-12T22:59:59.999Z'],
    ],
    [
      'heeds what was issued on the very day of the meeting',
      [issued('2023-06-21', { at: '08:00' })],
      ['2023-06-21', '2023-06-21T07:00:00.000Z'],
    ],
    [
      'heeds nothing that was issued after its day',
      [issued('2023-06-14', { at: '16:30' }), issued('2023-06-22', { asAt: '2023-06-22' })],
      ['2023-06-14', '2023-06-14T15:30:00.000Z'],
    ],
    [
      'of two on one day: the later by the clock, whichever was entered first',
      [issued('2023-06-14', { at: '16:30' }), issued('2023-06-14', { at: '09:00' })],
      ['2023-06-14', '2023-06-14T15:30:00.000Z'],
    ],
    [
      'of two at one instant: the one that was entered last',
      [issued('2023-06-14', { asAt: '2023-06-12' }), issued('2023-06-14', { asAt: '2023-06-11' })],
      ['2023-06-11', '2023-06-11T22:59:59.999Z'],
    ],
  ])('%s', (_, papers, expected) => {
    expect(cutOff(WEDNESDAY, ...papers)).toEqual(expected);
  });

  it('moves with the meeting: to the day before its new one where there are no papers, and not where there are', () => {
    const moved: Told = { type: 'MeetingPostponed', facts: { to: '2023-07-17' } };
    expect(cutOff(WEDNESDAY, moved)).toEqual(['2023-07-16', '2023-07-16T22:59:59.999Z']);
    expect(cutOff(WEDNESDAY, issued('2023-06-14', { at: '16:30' }), moved)?.[0]).toBe('2023-06-14');
  });

  it('is unknown while the day of the meeting is, and of a meeting that there is not', () => {
    expect(cutOff(WEDNESDAY, { type: 'MeetingPostponed', facts: {} })).toBeNull();
    expect(cutOffOf(meetings.initial)).toBeNull();
  });

  it('is never after the day of the meeting, whatever was issued when (seeded)', () => {
    const day = fc.integer({ min: -20, max: 20 }).map((days) => addDays('2023-06-21', days));
    const one = fc.tuple(day, fc.option(day, { nil: undefined }), fc.boolean());
    fc.assert(
      fc.property(fc.array(one, { maxLength: 6 }), (some) => {
        const papers = some.map(([at, asAt, isSupplement]) =>
          issued(at, { ...(asAt === undefined ? {} : { asAt }), ...(isSupplement ? { agendaItem: 'an-item' } : {}) }),
        );
        const found = cutOffOf(given(meetings, [WEDNESDAY, ...papers]).state)!;
        expect(found.recorded <= lastInstantOf('2023-06-21')).toBe(true);
        expect(londonDayOf(found.recorded)).toBe(found.effective);
      }),
      { seed: 20230621, numRuns: 300 },
    );
  });
});
