import type { Basis } from '../../../../libs/read-models/index.ts';
import { presentDateBar, titleOfDates } from './date-bar.ts';
import { readDates } from './dates.ts';

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
  return presentDateBar({
    path: pathname,
    query: searchParams,
    ...read,
    basis: { ...BASIS, ...basis },
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

  it('gives each date a title of its own', () => {
    expect(titleOfDates({})).toBe('');
    expect(titleOfDates({ on: '2023-06-30', recorded: '2023-07-01' })).toBe(
      ' on 30 June 2023 as recorded by the end of 1 July 2023',
    );
  });
});
