import { PUBLIC, type Reader } from '../../../../libs/access/index.ts';
import type { Page } from '../../../../libs/read-models/index.ts';
import type { RaisedAction } from '../../../../libs/registers/actions/index.ts';
import type { TrackedAction } from '../../../../projections/index.ts';
import { addressOf, type Dates } from '../frame/dates.ts';
import type { Visit } from '../frame/visits.ts';
import { presentActions, type ListedAction, type TrackerContext } from './present-actions.ts';
import { filterOf, parametersOf, readAsked } from './read-filter.ts';
import { emptyInWords, type WhyEmpty } from './why-empty.ts';

const FULL: Reader = { audience: 'full' };

const ACTION = {
  ref: 'CGB-2023-06-A2',
  state: {
    status: 'IN_PROGRESS',
    item: '8(b)',
    latestUpdate: { effectiveOn: '2023-09-25', dated: { how: 'by', to: '2023-09-25' } },
  } as unknown as RaisedAction,
  mayAlreadyHold: [],
  disputed: [],
  due: {
    original: '2023-07-17',
    current: '2023-09-25',
    extensions: 1,
    broughtForward: 0,
    movedWithMeeting: false,
    unanchored: false,
  },
  overdue: true,
} satisfies TrackedAction;
const LISTED: ListedAction = {
  action: ACTION,
  title: 'Consider gaps',
  owner: 'OPCC',
  duePhrase: 'next CGB',
  update: 'Begun',
};

function tracker(context: Partial<TrackerContext> = {}, dates: Dates = {}, position: string | null = 'p1') {
  const link: Visit['link'] = (path, parameters = []) => addressOf(path, dates, parameters);
  const view = { basis: { position, effective: '2023-10-09' }, reader: PUBLIC } as Visit['view'];
  return presentActions(
    {
      asked: {},
      problems: [],
      page: pageOf([LISTED]),
      whyEmpty: null,
      counts: [],
      owners: [],
      bodies: [],
      meetings: [],
      incomplete: 0,
      trail: [],
      ...context,
    },
    { link, dates, view },
  );
}

function pageOf(nodes: readonly ListedAction[], more: Partial<Page<ListedAction>> = {}): Page<ListedAction> {
  const edges = nodes.map((node, index) => ({ cursor: `c${index}`, node }));
  return { totalCount: nodes.length, edges, hasNextPage: false, endCursor: edges.at(-1)?.cursor ?? null, ...more };
}

describe('a row of the tracker', () => {
  it('says in words what an action is, who does it, by when, and how far it is', () => {
    expect(tracker().rows).toEqual([
      {
        ref: 'CGB-2023-06-A2',
        item: '8(b)',
        href: '/actions/CGB-2023-06-A2',
        title: 'Consider gaps',
        owner: 'OPCC',
        status: { text: 'In progress', classes: 'govuk-tag--blue' },
        overdue: true,
        mayHaveMoved: false,
        disputed: false,
        due: '25 September 2023',
        duePhrase: 'next CGB',
        extended: 'extended once',
        update: 'Begun',
        updatedOn: 'by 25 September 2023',
      },
    ]);
  });

  it('marks an action of which another source says otherwise, and one that may have moved on', () => {
    const disputed = [{ event: 'e', path: 'due.phrase', says: 'January' }];
    const mayAlreadyHold = [{ event: 'e', type: 'ActionReportedComplete', from: null, to: '2023-10-09' }];
    const [row] = tracker({ page: pageOf([{ ...LISTED, action: { ...ACTION, disputed, mayAlreadyHold } }]) }).rows;
    expect(row).toMatchObject({ disputed: true, mayHaveMoved: true });
  });

  it('shows what it may of an action whose words are erased or hidden', () => {
    const [row] = tracker({ page: pageOf([{ ...LISTED, title: null, owner: null, update: null }]) }).rows;
    expect(row).toMatchObject({ title: null, owner: 'Nobody named', update: null });
  });

  it('carries the date on to the record', () => {
    expect(tracker({}, { on: '2023-06-30', recorded: '2023-07-01' }).rows[0]?.href).toBe(
      '/actions/CGB-2023-06-A2?on=2023-06-30&recorded=2023-07-01',
    );
  });
});

describe('the counts', () => {
  const counts = [
    { key: 'AGREED', label: 'agreed', count: 1 },
    { key: 'REPORTED_COMPLETE', label: 'reported complete', count: 1 },
    { key: 'SIGNED_OFF', label: 'signed off', count: 8 },
    { key: 'CONVERTED', label: 'converted', count: 1 },
  ];

  it('are in the words of the rows below them, each a way to the list of what it counts, under the other filters', () => {
    const { tabs } = tracker({ counts, asked: { owner: 'opcc', status: 'SIGNED_OFF' } });
    expect(tabs.map(({ text }) => text)).toEqual([
      'All (11)',
      'Agreed (1)',
      'Reported complete (1)',
      'Signed off (8)',
      'Complete by other means (1)',
    ]);
    expect(tabs[3]).toMatchObject({ href: '/actions?status=signed-off&owner=opcc', active: true });
    expect(tabs[0]).toMatchObject({ href: '/actions?owner=opcc', active: false });
  });

  it('name the status that is asked for even where nothing has it', () => {
    expect(tracker({ counts, asked: { status: 'DEFERRED' } }).tabs.map(({ text }) => text)).toContain('Deferred (0)');
  });

  it('count what a public paper prints as one, where one asks for that', () => {
    const { tabs } = tracker({ counts, asked: { published: 'COMPLETE' } });
    expect(tabs.map(({ text }) => text)).toEqual(['All (9)', 'Signed off (8)', 'Complete by other means (1)']);
    expect(tabs[1]).toMatchObject({ href: '/actions?status=signed-off&published=complete' });
  });

  it('stand beside what a public paper prints, explained in the same words', () => {
    const { inPaper } = tracker({ counts, asked: { owner: 'opcc', status: 'AGREED', published: 'COMPLETE' } });
    expect(inPaper.map(({ text, count, means }) => `${text} (${count}) ${means}`)).toEqual([
      'No status (1) agreed',
      'In progress (0) in progress, deferred',
      'Awaiting sign-off (1) reported complete',
      'Complete (9) signed off, complete by other means',
    ]);
    expect(inPaper[3]).toMatchObject({ href: '/actions?published=complete&owner=opcc', current: true });
  });

  it('tell of actions that no public paper lists where there are any', () => {
    const withdrawn = { key: 'WITHDRAWN', label: 'withdrawn', count: 2 };
    expect(tracker({ counts: [...counts, withdrawn] }).inPaper.at(-1)).toMatchObject({
      text: 'Not in a public list',
      count: 2,
      means: 'proposed, merged, superseded, withdrawn',
      href: '/actions?published=not-listed',
    });
  });
});

describe('the filters', () => {
  it('are read from the address and said again by links in the same way', () => {
    const query =
      'text=vetting&status=in-progress&published=in-progress&owner=opcc&body=CGB&meeting=CGB-2023-06-21&overdue=yes';
    const { asked, problems } = readAsked(new URLSearchParams(query));
    expect(problems).toEqual([]);
    expect(asked).toEqual({
      text: 'vetting',
      status: 'IN_PROGRESS',
      published: 'IN_PROGRESS',
      owner: 'opcc',
      body: 'CGB',
      meeting: 'CGB-2023-06-21',
      overdue: true,
    });
    expect(new URLSearchParams(parametersOf(asked)).toString()).toBe(query);
  });

  it('narrow nothing where nothing is asked', () => {
    expect(readAsked(new URLSearchParams('text=++&on=2023-06-30')).asked).toEqual({});
    expect(filterOf({})).toEqual({});
  });

  it('ask for what a public paper would not list by its states', () => {
    expect(filterOf({ published: null })).toEqual({ status: ['PROPOSED', 'MERGED', 'SUPERSEDED', 'WITHDRAWN'] });
    expect(filterOf({ published: null, status: 'MERGED' })).toEqual({ status: ['MERGED'] });
    expect(filterOf({ published: null, status: 'AGREED' })).toEqual({ status: [] });
  });

  it.each(['status=IN_PROGRESS', 'status=done', 'published=x', 'overdue=maybe', 'owner=%3Cscript%3E'])(
    'refuse %s rather than show another list',
    (query) => {
      expect(() => readAsked(new URLSearchParams(query))).toThrow(expect.objectContaining({ status: 400 }));
    },
  );

  it('say so when the words to look for are too many, and keep as many as will do', () => {
    const { asked, problems } = readAsked(new URLSearchParams({ text: 'x'.repeat(5_000) }));
    const shown = tracker({ asked, problems, page: pageOf([]) });
    expect(shown.errors).toEqual([
      { id: 'text', sentence: 'Words to look for must be 200 characters or fewer: the first of yours are kept' },
    ]);
    expect(shown.filter).toMatchObject({ open: true, text: 'x'.repeat(200) });
    expect(JSON.stringify(shown)).not.toContain('x'.repeat(201));
    expect(readAsked(new URLSearchParams({ text: 'x'.repeat(200) })).problems).toEqual([]);
  });

  it('that are in force can be lifted one by one', () => {
    const owners = [{ value: 'opcc', text: 'The OPCC' }];
    expect(
      tracker({ owners, asked: { owner: 'opcc', published: 'COMPLETE', overdue: true } }, { on: '2023-06-30' }).inForce,
    ).toEqual([
      { text: 'In a public paper: Complete', href: '/actions?owner=opcc&overdue=yes&on=2023-06-30' },
      { text: 'Owner: The OPCC', href: '/actions?published=complete&overdue=yes&on=2023-06-30' },
      { text: 'Overdue', href: '/actions?published=complete&owner=opcc&on=2023-06-30' },
    ]);
  });

  it('show what is asked for even when nothing has it on that date', () => {
    expect(tracker({ asked: { owner: 'nobody' } }).filter.owner.at(-1)).toEqual({
      value: 'nobody',
      text: 'nobody',
      selected: true,
    });
  });
});

describe('the pages of the list', () => {
  it('are not spoken of when there is one', () => {
    expect(tracker().pagination).toBeNull();
  });

  it('are all of one list: their addresses pin the position, and lead back the way one came', () => {
    const asked = { owner: 'opcc' };
    const first = tracker({ asked, page: pageOf([LISTED], { hasNextPage: true, endCursor: 'c25' }) });
    expect(first.pagination).toEqual({ previous: null, next: { href: '/actions?owner=opcc&after=c25&at=p1' } });
    const third = tracker({ asked, page: pageOf([LISTED]), trail: ['c25', 'c50'] }, { on: '2023-06-30' });
    expect(third.pagination).toEqual({
      previous: { href: '/actions?owner=opcc&after=c25&at=p1&on=2023-06-30' },
      next: null,
    });
  });
});

describe('an empty list', () => {
  const words = (whyEmpty: WhyEmpty, dates: Dates = {}, reader: Reader = PUBLIC) =>
    emptyInWords(whyEmpty, {
      dates,
      view: { basis: { effective: dates.on ?? '2023-10-09' }, reader } as Visit['view'],
    });

  it('says that nothing passes the filters, and how many there are without them', () => {
    expect(words({ why: 'filters', without: 11 })).toBe(
      'No action matches all of these filters on 9 October 2023. Without them there are 11.',
    );
  });

  it('says that nothing was recorded by then, and how many there are by all that is known', () => {
    const dates = { on: '2023-06-30', recorded: '2023-06-01' };
    expect(words({ why: 'not recorded', known: 1 }, dates)).toBe(
      'No action that you may see had been recorded by the end of 1 June 2023. By all that is known today there is 1 on 30 June 2023.',
    );
    expect(words({ why: 'not recorded', known: 1 }, { ...dates, proven: true }, FULL)).toMatch(
      /^No action had been recorded by the end of 1 June 2023, counting papers from when they were loaded here\./,
    );
  });

  it('says that nothing was raised by then, and how many there are today', () => {
    expect(words({ why: 'not raised', today: 11 }, { on: '2020-01-01' })).toBe(
      'No action that you may see had been raised by 1 January 2020. Today there are 11.',
    );
  });

  it('says that nothing is there to whoever sees everything, and to all others no more than that nothing is for them', () => {
    expect(words({ why: 'none' }, {}, FULL)).toBe('The ledger holds no action.');
    expect(words({ why: 'none' })).toBe(
      'There is no action here that you may see. The ledger does not tell whether there are others.',
    );
  });

  it('is shown for what it is, and a list that is not empty says nothing of it', () => {
    expect(tracker({ page: pageOf([]), whyEmpty: { why: 'filters', without: 2 } }).empty).toContain(
      'Without them there are 2',
    );
    expect(tracker().empty).toBeNull();
  });

  it('is never taken for whole when records could not be read', () => {
    expect(tracker({ incomplete: 1 }).incomplete).toBe(
      'This list may be incomplete: 1 record could not be read in full.',
    );
  });
});
