import { ACTION_STATUSES, PUBLISHED_STATUSES } from '../../../../libs/registers/actions/index.ts';
import {
  datedInWords,
  dayInWords,
  instantInWords,
  opening,
  postInWords,
  publishedInWords,
  statusColour,
  statusInWords,
  timeInWords,
} from './words.ts';

describe('the words of pages', () => {
  it('write days as people do, and never a day that nobody stated', () => {
    expect(dayInWords('2023-06-30')).toBe('30 June 2023');
    expect(datedInWords({ how: 'by', to: '2023-10-09' })).toBe('by 9 October 2023');
    expect(datedInWords({ how: 'about', to: '2023-10-09' })).toBe('about 9 October 2023');
    expect(datedInWords({ how: 'between', from: '2018-03-01', to: '2018-09-30' })).toBe(
      'between 1 March 2018 and 30 September 2018',
    );
  });

  it('write instants by the clocks of London', () => {
    expect(instantInWords('2023-06-30T23:30:00.000Z')).toBe('1 July 2023 at 12:30am');
    expect(instantInWords('2023-12-01T12:00:00.000Z')).toBe('1 December 2023 at midday');
    expect(timeInWords('00:00')).toBe('midnight');
    expect(timeInWords('12:05')).toBe('12:05pm');
  });

  it('print no code of any status', () => {
    const words = [...ACTION_STATUSES.map(statusInWords), ...[...PUBLISHED_STATUSES, null].map(publishedInWords)];
    for (const word of words) expect(word).toMatch(/^[A-Z][a-z -]+$/);
    expect(new Set(ACTION_STATUSES.map(statusInWords)).size).toBe(ACTION_STATUSES.length);
    for (const status of ACTION_STATUSES) expect(statusColour(status)).toMatch(/^govuk-tag--/);
  });

  it('call a post by its name, and in words when the reader may not know it', () => {
    expect(postInWords('chief-constable', 'Chief Constable of Leicestershire')).toBe(
      'Chief Constable of Leicestershire',
    );
    expect(postInWords('commissioner', null)).toBe('Police and Crime Commissioner');
    expect(postInWords('chief-finance-officer', null)).toBe('Chief finance officer');
  });

  it('cut a long text between words', () => {
    expect(opening('The annual homicide review to be brought back', 20)).toBe('The annual homicide…');
    expect(opening('short', 20)).toBe('short');
    expect(opening('x'.repeat(30), 20)).toBe(`${'x'.repeat(20)}…`);
  });
});
