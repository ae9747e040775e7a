import type { Page } from '../../../../libs/read-models/index.ts';
import { addressOf } from '../frame/dates.ts';
import type { Visit } from '../frame/visits.ts';
import { presentQuestioned, type ListedQuestion, type QuestionedContext } from './present-questioned.ts';

const listed = (register: string, ref: string, title: string | null = null): ListedQuestion => ({
  title,
  question: {
    record: { register, ref },
    ...{ event: 'e', sequence: 1, why: 'AUTHORITY_NOT_HELD' },
    about: { type: 'ActionAgreed', effectiveOn: '2023-06-22' },
    of: { register: 'meetings', ref: 'CGB-2023-06-21' },
    fact: { type: 'Voided', effectiveOn: '2023-07-01', recordedAt: '2023-07-01T11:00:00.000Z' },
  } as ListedQuestion['question'],
});

function page(nodes: readonly ListedQuestion[], more: Partial<QuestionedContext> = {}, of: Partial<Page<never>> = {}) {
  const link: Visit['link'] = (path, parameters = []) => addressOf(path, { on: '2023-07-30' }, parameters);
  const view = { basis: { position: 'p1' } } as Visit['view'];
  const edges = nodes.map((node, index) => ({ cursor: `c${index}`, node }));
  const all = { totalCount: nodes.length, edges, hasNextPage: false, endCursor: edges.at(-1)?.cursor ?? null, ...of };
  return presentQuestioned({ page: all, posts: new Map(), incomplete: 0, trail: [], ...more }, { link, view });
}

describe('the list of what is in question', () => {
  it('leads to the record, and says what puts it in question', () => {
    const { rows, total } = page([
      listed('actions', 'CGB-2023-06-A1', 'Vetting'),
      listed('meetings', 'CGB-2023-09-25'),
    ]);
    expect(total).toBe('2 entries in question');
    expect(rows).toEqual([
      {
        name: 'CGB-2023-06-A1',
        href: '/actions/CGB-2023-06-A1?on=2023-07-30',
        title: 'Vetting',
        about: 'Agreed, 22 June 2023',
        why: expect.stringContaining('The meeting CGB-2023-06-21, which is its authority, was not held by then'),
        because: expect.stringContaining('taken back, 1 July 2023; recorded 1 July 2023'),
      },
      expect.objectContaining({
        name: 'Meeting CGB-2023-09-25',
        href: '/meetings/CGB-2023-09-25?on=2023-07-30',
        title: null,
      }),
    ]);
    expect(page([listed('directory', 'chief-constable')]).rows).toMatchObject([
      { name: 'Chief constable', href: '/posts/chief-constable?on=2023-07-30' },
    ]);
  });

  it('says when there is nothing, and when it may lack something', () => {
    expect(page([])).toMatchObject({ empty: expect.stringContaining('that you may see'), incomplete: null });
    expect(page([listed('actions', 'CGB-2023-06-A1')]).empty).toBeNull();
    expect(page([], { incomplete: 2 }).incomplete).toContain('2 records could not be read');
  });

  it('is paged at one basis, with the way back', () => {
    expect(page([listed('actions', 'CGB-2023-06-A1')]).pagination).toBeNull();
    const { pagination } = page([listed('actions', 'CGB-2023-06-A1')], { trail: ['b', 'c'] }, { hasNextPage: true });
    expect(pagination).toEqual({
      previous: { href: '/questioned?after=b&at=p1&on=2023-07-30' },
      next: { href: '/questioned?after=b&after=c&after=c0&at=p1&on=2023-07-30' },
    });
  });
});
