import type { StepsOfRecord } from '../../../../../projections/index.ts';
import type { Dates } from '../dates.ts';
import { presentSteps } from './steps.ts';

const NONE = { since: null, previous: null, next: null };
const TODAY = '2023-10-09';
const STEPS: StepsOfRecord = {
  effective: { since: '2023-06-22', previous: '2023-06-21', next: '2023-07-03' },
  recorded: {
    since: '2023-06-22T11:00:00.000Z',
    previous: '2023-06-21T11:00:00.000Z',
    next: '2023-07-03T11:00:00.000Z',
  },
};

function shown(steps: StepsOfRecord, dates: Dates = {}, more: readonly [string, string][] = []) {
  const view = { basis: { effective: dates.on ?? TODAY } } as Parameters<typeof presentSteps>[1]['view'];
  return presentSteps(steps, { path: '/actions/A', query: new URLSearchParams([...more]), dates, view }, TODAY);
}

describe('the steps of a record on its page', () => {
  it('lead by days to what it was before and after, in words and with the dates asked about', () => {
    expect(shown(STEPS, { on: '2023-06-30', recorded: '2023-07-10', proven: true })).toMatchObject({
      since: 'The answer had been the same since 22 June 2023.',
      previous: {
        text: 'Change before',
        labelText: 'From 21 June 2023',
        href: '/actions/A?on=2023-06-21&recorded=2023-07-10&clock=proven',
      },
      next: { labelText: 'From 3 July 2023', href: '/actions/A?on=2023-07-03&recorded=2023-07-10&clock=proven' },
    });
  });

  it('lead by what was known to what was known before and after, of the same day', () => {
    expect(shown(STEPS, { on: '2023-06-30' }).known).toEqual({
      open: false,
      since: 'Of 30 June 2023 this has been known since 22 June 2023 at midday.',
      previous: {
        text: 'Known before',
        labelText: 'From 21 June 2023 at midday',
        href: '/actions/A?on=2023-06-30&recorded=2023-06-21T11:00:00.000Z',
      },
      next: {
        text: 'Known after',
        labelText: 'From 3 July 2023 at midday',
        href: '/actions/A?on=2023-06-30&recorded=2023-07-03T11:00:00.000Z',
      },
    });
    expect(shown(STEPS, { recorded: '2023-07-01' }).known.open).toBe(true);
    expect(shown(STEPS, { proven: true }).known.open).toBe(true);
  });

  it('keep what else the address asks for, and no place in a list', () => {
    const more: [string, string][] = [
      ['theme', 'plain'],
      ['after', 'c'],
      ['at', 'p'],
      ['named', 'n'],
      ['cited', 'c'],
      ['done', 'e'],
    ];
    expect(shown(STEPS, {}, more).previous?.href).toBe('/actions/A?theme=plain&on=2023-06-21');
  });

  it('tell of a day that lies ahead of today, and lead there on no account', () => {
    const { ahead, next } = shown({ ...STEPS, effective: { ...STEPS.effective, next: '2023-12-01' } });
    expect([ahead, next]).toEqual(['By what was recorded it is to stand otherwise from 1 December 2023.', null]);
    expect(shown(STEPS).ahead).toBeNull();
  });

  it('are not there where nothing was otherwise', () => {
    expect(shown({ effective: { ...NONE, since: '2023-06-21' }, recorded: NONE })).toMatchObject({
      since: 'The answer has been the same since 21 June 2023.',
      ahead: null,
      previous: null,
      next: null,
      known: { since: null, previous: null, next: null },
    });
    expect(shown({ effective: NONE, recorded: NONE }).since).toBeNull();
  });
});
