import type { Basis } from '../../../../libs/read-models/index.ts';
import { presentDateBar, titleOfDates } from './date-bar.ts';
import { datesAtMeeting, readDates } from './dates.ts';

const BASIS: Basis = {
  effective: '2023-10-09',
  recorded: '2023-10-09T11:00:00.000Z',
  clock: 'STATED',
  position: null,
  settled: false,
  timeZone: 'Europe/London',
};

function barOf(address: string, basis: Partial<Basis> = {}) {
  const { pathname, searchParams } = new URL(address, 'http://ledger.invalid');
  const read = readDates(searchParams);
  if ('problems' in read) throw new Error('the dates will not do');
  const told = { ...BASIS, ...basis };
  return presentDateBar({
    path: pathname,
    query: searchParams,
    ...read,
    ...(read.meeting === undefined ? {} : { dates: datesAtMeeting(read.meeting, told) }),
    basis: told,
    reader: { audience: 'public' },
  });
}

describe('the date bar', () => {
  it('says nothing of looking back when it shows today', () => {
    const bar = barOf('/actions');
    expect(bar.banner).toBeNull();
    expect(bar.shown).toBe('Today, 9 October 2023 – see another date');
  });

  it.each([
    ['?on=2023-06-30', 'You are looking at 30 June 2023, from all that is known today.'],
    [
      '?on=2023-06-30&recorded=2023-07-01',
      'You are looking at 30 June 2023, as it was recorded by the end of 1 July 2023.',
    ],
    [
      '?recorded=2023-07-01T14:30',
      'You are looking at today, 9 October 2023, as it was recorded by 2:30pm on 1 July 2023.',
    ],
    [
      '?clock=proven',
      'You are looking at today, 9 October 2023, as this ledger has recorded it. Papers that were loaded later count from the moment at which they were loaded here.',
    ],
  ])('says in words which view %s is', (query, banner) => {
    expect(barOf(`/actions${query}`).banner).toBe(banner);
  });

  it('leads back to today, and keeps what else was asked for', () => {
    const bar = barOf('/actions?owner=chief-constable&on=2023-06-30&after=c1&after=c2&at=p');
    expect(bar.today).toBe('/actions?owner=chief-constable');
    expect(bar.hidden).toEqual([{ name: 'owner', value: 'chief-constable' }]);
  });

  it('leads from the pages of a kind of record to what changed, with its dates, and of a list with what that is narrowed by', () => {
    expect(barOf('/actions?owner=chief-constable&on=2023-06-30&at=p').compare).toEqual({
      text: 'Compare with today',
      href: '/actions/compare?owner=chief-constable&before=2023-06-30',
    });
    const when = 'at-meeting=CGB-2023-06-21&meeting-view=told&clock=proven';
    expect(
      barOf(`/actions/CGB-2023-06-A4?${when}`, { recorded: '2023-06-20T22:59:59.999Z', clock: 'PROVEN' }).compare?.href,
    ).toBe('/actions/compare?before-at-meeting=CGB-2023-06-21&before-meeting-view=told&clock=proven');
    expect(barOf('/actions/CGB-2023-06-A4?after=c1').compare).toEqual({
      text: 'Compare with another date',
      href: '/actions/compare',
    });
    expect(barOf('/forward-plan-items').compare?.href).toBe('/forward-plan-items/compare');
    expect(['/', '/promises', '/people'].map((path) => barOf(path).compare)).toEqual([null, null, null]);
  });

  it('says what every page was answered from', () => {
    const bar = barOf('/actions?on=2023-06-30', { effective: '2023-06-30' });
    expect(bar.answered).toBe(
      'Answered for 30 June 2023, from what was recorded by 9 October 2023 at midday. Papers that were loaded later count from the dates that they state. You see what has been published.',
    );
  });

  it.each([
    ['', '?on=2023-10-09&recorded=2023-10-09T11:00:00.000Z'],
    ['?owner=chief-constable&after=c1&at=p', '?owner=chief-constable&on=2023-10-09&recorded=2023-10-09T11:00:00.000Z'],
    ['?clock=proven', '?on=2023-10-09&recorded=2023-10-09T11:00:00.000Z&clock=proven'],
    // The end of today is now.
    ['?on=2023-10-09&recorded=2023-10-09', '?on=2023-10-09&recorded=2023-10-09T11:00:00.000Z'],
  ])('has for %j an address that names the day and the moment', (query, pinned) => {
    expect(barOf(`/actions${query}`).pinned).toBe(`/actions${pinned}`);
    expect(barOf(`/actions${pinned}`).pinned).toBeNull();
  });

  it('has no other address for a page whose own names the day and the moment', () => {
    expect(barOf('/actions?on=2023-06-30&recorded=2023-10-09T11:00:00Z').pinned).toBeNull();
    const past = { effective: '2023-06-30', recorded: '2023-07-01T22:59:59.999Z' };
    expect(barOf('/actions?on=2023-06-30&recorded=2023-07-01', past).pinned).toBeNull();
  });

  const CUT_OFF = { effective: '2023-06-14', recorded: '2023-06-14T15:30:00.000Z' };

  it('names the meeting at which one looks, and the dates for which it stands', () => {
    const bar = barOf('/actions?at-meeting=CGB-2023-06-21&meeting-view=told&owner=chief-constable', CUT_OFF);
    expect(bar.banner).toBe(
      'You are looking at the meeting CGB-2023-06-21 as told: 14 June 2023, as it was recorded by 4:30pm on 14 June 2023.',
    );
    expect(bar.typed).toMatchObject({ meeting: 'CGB-2023-06-21', meetingView: 'TOLD', on: { day: '' } });
    expect(bar.hidden).toEqual([{ name: 'owner', value: 'chief-constable' }]);
    expect(bar.today).toBe('/actions?owner=chief-constable');
    const now = barOf('/actions?at-meeting=CGB-2023-06-21&meeting-view=now', { effective: '2023-06-14' });
    expect(now.banner).toBe(
      'You are looking at the meeting CGB-2023-06-21 as known now: 14 June 2023, from all that is known today.',
    );
  });

  it('has for a meeting an address that names the day and the moment, for it may turn out to have been told otherwise', () => {
    expect(barOf('/actions?at-meeting=CGB-2023-06-21', CUT_OFF).pinned).toBe(
      '/actions?on=2023-06-14&recorded=2023-06-14T15:30:00.000Z',
    );
  });

  it('gives a meeting a title of its own', () => {
    const asked = { meeting: 'CGB-2023-06-21', view: 'TOLD' } as const;
    expect(titleOfDates(datesAtMeeting(asked, { ...BASIS, ...CUT_OFF }))).toBe(
      ' at the meeting CGB-2023-06-21 as told',
    );
  });

  it('gives each date a title of its own', () => {
    expect(titleOfDates({})).toBe('');
    expect(titleOfDates({ on: '2023-06-30', recorded: '2023-07-01' })).toBe(
      ' on 30 June 2023 as recorded by the end of 1 July 2023',
    );
  });
});
