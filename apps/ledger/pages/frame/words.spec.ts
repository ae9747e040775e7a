import { ACTION_STATUSES, PUBLISHED_STATUSES } from '../../../../libs/registers/actions/index.ts';
import { publishedInWords, statusColour, statusInWords } from './words.ts';

describe('the words of pages', () => {
  it('print no code of any status', () => {
    const words = [...ACTION_STATUSES.map(statusInWords), ...[...PUBLISHED_STATUSES, null].map(publishedInWords)];
    for (const word of words) expect(word).toMatch(/^[A-Z][a-z -]+$/);
    expect(new Set(ACTION_STATUSES.map(statusInWords)).size).toBe(ACTION_STATUSES.length);
    for (const status of ACTION_STATUSES) expect(statusColour(status)).toMatch(/^govuk-tag--/);
  });
});
