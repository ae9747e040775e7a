import { PUBLIC, type Reader } from '../../../../../libs/access/index.ts';
import type { Page } from '../../../../../libs/read-models/index.ts';
import type { RaisedAction } from '../../../../../libs/registers/actions/index.ts';
import type { TrackedAction } from '../../../../../projections/index.ts';
import { plainDrawing, textOf } from '../../../../../test/plain-drawing.ts';
import { KINDS } from '../../kinds.ts';
import { addressOf, type Dates } from '../dates.ts';
import type { AnyRecordAsOf } from '../kind-on-pages.ts';
import type { Visit } from '../visits.ts';
import { presentList } from './present-list.ts';
import { parametersOf, readAsked } from './read-filter.ts';
import { readRows, type ListedRecord, type ListRead } from './read-list.ts';
import { emptyInWords, type WhyEmpty } from './why-empty.ts';

const FULL: Reader = { audience: 'full' };
const { filters } = KINDS.action.shown;

const ACTION = {
  ref: 'CGB-2023-06-A2',
  state: {
    status: 'IN_PROGRESS',
    item: '8(b)',
    owner: 'opcc',
    title: textOf('title'),
    latestUpdate: { effectiveOn: '2023-09-25', dated: { how: 'by', to: '2023-09-25' }, text: textOf('update') },
  } as unknown as RaisedAction,
  mayAlreadyHold: [],
  disputed: [],
  due: {
    phrase: textOf('phrase'),
    original: '2023-07-17',
    current: '2023-09-25',
    extensions: 1,
    broughtForward: 0,
    movedWithMeeting: false,
    unanchored: false,
  },
  overdue: true,
} satisfies TrackedAction;
const TEXTS = { title: 'Consider gaps', phrase: 'next CGB', update: 'Begun' };

async function rows(more: Partial<TrackedAction> = {}, texts: { readonly [event: string]: string } = TEXTS) {
  return readRows(
    KINDS.action,
    pageOf<AnyRecordAsOf>([{ ...ACTION, ...more }]),
    plainDrawing({ texts, names: { opcc: 'OPCC' } }),
  );
}

function pageOf<Node>(nodes: readonly Node[], more: Partial<Page<Node>> = {}): Page<Node> {
  const edges = nodes.map((node, index) => ({ cursor: `c${index}`, node }));
  return { totalCount: nodes.length, edges, hasNextPage: false, endCursor: edges.at(-1)?.cursor ?? null, ...more };
}

function list(read: Partial<ListRead> = {}, dates: Dates = {}, position: string | null = 'p1') {
  const link: Visit['link'] = (path, parameters = []) => addressOf(path, dates, parameters);
  const view = { basis: { position, effective: '2023-10-09' }, reader: PUBLIC } as Visit['view'];
  const whole: ListRead = {
    ...{
      kind: KINDS.action,
      asked: {},
      problems: [],
      whyEmpty: null,
      counts: [],
      ages: null,
      leavesOut: false,
      incomplete: 0,
      trail: [],
      totals: null,
      matrix: null,
    },
    page: pageOf<ListedRecord>([]),
    choices: { owner: [], body: [], meeting: [] },
    ...read,
  };
  return presentList(whole, { link, dates, view });
}

describe('how old what is open is', () => {
  const bands = [
    { from: 0, to: 29, count: 1 },
    { from: 30, to: null, count: 1_200 },
  ];

  it('is said on the page of the list: on average, the oldest, and how many are of which age', () => {
    expect(list({ ages: { count: 1_201, averageDays: 36.8, oldestDays: 90, bands } }).ages).toEqual({
      summary: 'Open for 36.8 days on average',
      says: 'Of those that are open (1,201), the oldest has been so for 90 days.',
      bands: [
        { days: '0 to 29 days', count: '1' },
        { days: '30 days or more', count: '1,200' },
      ],
    });
  });

  it('is not spoken of where nothing is open, or nothing of the kind ever is', () => {
    expect(list({ ages: { count: 0, averageDays: null, oldestDays: null, bands } }).ages).toBeNull();
    expect(list().ages).toBeNull();
  });
});

describe('a row of a list', () => {
  const rowOf = async (...more: Parameters<typeof rows>) => list({ page: await rows(...more) }).list.rows[0]!;
  const cells = ({ cells }: Awaited<ReturnType<typeof rowOf>>) =>
    cells.map((lines) => lines.map((line) => line.map(({ text }) => text).join('')));

  it('says in words what an action is, who does it, by when, and how far it is', async () => {
    const row = await rowOf();
    expect(row).toMatchObject({
      ref: 'CGB-2023-06-A2',
      href: '/actions/CGB-2023-06-A2',
      beside: 'item 8(b)',
      heading: 'Consider gaps',
      tags: [
        { text: 'In progress', classes: 'govuk-tag--blue' },
        { text: 'Overdue', classes: 'govuk-tag--red' },
      ],
      mayHaveMoved: false,
      disputed: false,
    });
    expect(list().list.columns).toEqual(['Due', 'Owner', 'Latest update']);
    expect(cells(row)).toEqual([
      ['25 September 2023', '“next CGB”', 'Extended once'],
      ['OPCC'],
      ['By 25 September 2023', 'Begun'],
    ]);
  });

  it('marks a record of which another source says otherwise, and one that may have moved on', async () => {
    const disputed = [{ event: 'e', path: 'due.phrase', says: 'January' }];
    const mayAlreadyHold = [{ event: 'e', type: 'ActionReportedComplete', from: null, to: '2023-10-09' }];
    expect(await rowOf({ disputed, mayAlreadyHold })).toMatchObject({ disputed: true, mayHaveMoved: true });
  });

  it('shows what it may of a record whose words are erased or hidden', async () => {
    const { owner: _, ...unowned } = ACTION.state;
    const row = await rowOf({ state: unowned }, {});
    expect(row.heading).toBe('Title not shown: erased, or not for you to see');
    expect(cells(row)).toEqual([['25 September 2023', 'Extended once'], ['Nobody named'], ['By 25 September 2023']]);
  });

  it('leads by the name of what people know by its name, and by the reference where the name is not shown', async () => {
    const body = {
      ref: 'CGB',
      state: { record: 'BODY', ref: 'CGB', name: textOf('name') },
      mayAlreadyHold: [],
      disputed: [],
    };
    const rowWith = async (texts: { readonly [event: string]: string }) => {
      const page = await readRows(KINDS.body, pageOf<AnyRecordAsOf>([body]), plainDrawing({ texts }));
      return list({ kind: KINDS.body, choices: {}, page }).list.rows[0];
    };
    expect(await rowWith({ name: 'Corporate Governance Board' })).toMatchObject({
      ...{ ref: 'CGB', heading: 'Corporate Governance Board', byName: true },
    });
    expect(await rowWith({})).toMatchObject({ ref: 'CGB', byName: false });
    expect(await rowOf()).toMatchObject({ byName: false });
  });

  it('carries the date on to the record', async () => {
    const {
      rows: [row],
    } = list({ page: await rows() }, { on: '2023-06-30', recorded: '2023-07-01' }).list;
    expect(row?.href).toBe('/actions/CGB-2023-06-A2?on=2023-06-30&recorded=2023-07-01');
  });
});

describe('the counts', () => {
  const counts = [
    { key: 'AGREED', count: 1 },
    { key: 'REPORTED_COMPLETE', count: 1 },
    { key: 'SIGNED_OFF', count: 8 },
    { key: 'CONVERTED', count: 1 },
  ];

  it('are in the words of the rows below them, each a way to the list of what it counts, under the other filters', () => {
    const { tabs } = list({ counts, asked: { owner: 'opcc', status: 'SIGNED_OFF' } });
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
    expect(list({ counts, asked: { status: 'DEFERRED' } }).tabs.map(({ text }) => text)).toContain('Deferred (0)');
  });

  it('count what a public paper prints as one, where one asks for that', () => {
    const { tabs } = list({ counts, asked: { published: 'COMPLETE' } });
    expect(tabs.map(({ text }) => text)).toEqual(['All (9)', 'Signed off (8)', 'Complete by other means (1)']);
    expect(tabs[1]).toMatchObject({ href: '/actions?status=signed-off&published=complete' });
  });

  it('stand beside what a public paper prints, explained in the same words', () => {
    const { beside } = list({ counts, asked: { owner: 'opcc', status: 'AGREED', published: 'COMPLETE' } });
    expect(beside?.choices.map(({ text, count, means }) => `${text} (${count}) ${means}`)).toEqual([
      'No status (1) agreed',
      'In progress (0) in progress, deferred',
      'Awaiting sign-off (1) reported complete',
      'Complete (9) signed off, complete by other means',
    ]);
    expect(beside?.choices[3]).toMatchObject({ href: '/actions?published=complete&owner=opcc', current: true });
  });

  it('tell of actions that no public paper lists where there are any', () => {
    const withdrawn = { key: 'WITHDRAWN', count: 2 };
    expect(list({ counts: [...counts, withdrawn] }).beside?.choices.at(-1)).toMatchObject({
      text: 'Not in a public list',
      count: 2,
      means: 'proposed, merged, superseded, withdrawn',
      href: '/actions?published=not-listed',
    });
  });

  it('are of the states of each kind, and of none where a kind has none', () => {
    const meetings = list({ kind: KINDS.meeting, counts: [{ key: 'HELD', count: 6 }], asked: { body: 'CGB' } });
    expect(meetings.tabs.map(({ text, href }) => `${text} ${href}`)).toEqual([
      'All (6) /meetings?body=CGB',
      'Held (6) /meetings?status=held&body=CGB',
    ]);
    expect(meetings.beside).toBeNull();
    expect(list({ kind: KINDS.body, choices: {} })).toMatchObject({ tabs: [], beside: null, list: { status: null } });
  });
});

describe('the filters', () => {
  it('are read from the address and said again by links in the same way', () => {
    const query =
      'text=vetting&status=in-progress&published=in-progress&owner=opcc&body=CGB&meeting=CGB-2023-06-21&overdue=yes';
    const { asked, problems } = readAsked(filters, new URLSearchParams(query));
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
    expect(new URLSearchParams(parametersOf(filters, asked)).toString()).toBe(query);
  });

  it('narrow nothing where nothing is asked', () => {
    expect(readAsked(filters, new URLSearchParams('text=++&on=2023-06-30')).asked).toEqual({});
    expect(parametersOf(filters, {})).toEqual([]);
  });

  it.each([
    'status=IN_PROGRESS',
    'status=done',
    'published=x',
    'overdue=maybe',
    'owner=%3Cscript%3E',
    'body=CGB-2023-06-21',
  ])('refuse %s rather than show another list', (query) => {
    expect(() => readAsked(filters, new URLSearchParams(query))).toThrow(expect.objectContaining({ status: 400 }));
  });

  it('say so when the words to look for are too many, and keep as many as will do', () => {
    const { asked, problems } = readAsked(filters, new URLSearchParams({ text: 'x'.repeat(5_000) }));
    const shown = list({ asked, problems });
    expect(shown.errors).toEqual([
      { id: 'text', sentence: 'Words to look for must be 200 characters or fewer: the first of yours are kept' },
    ]);
    expect(shown.filter.open).toBe(true);
    expect(shown.filter.wide).toMatchObject([{ name: 'text', value: 'x'.repeat(200) }]);
    expect(JSON.stringify(shown)).not.toContain('x'.repeat(201));
    expect(readAsked(filters, new URLSearchParams({ text: 'x'.repeat(200) })).problems).toEqual([]);
  });

  it('that are in force can be lifted one by one', () => {
    const choices = { owner: [{ value: 'opcc', text: 'The OPCC' }] };
    expect(
      list({ choices, asked: { owner: 'opcc', published: 'COMPLETE', overdue: true } }, { on: '2023-06-30' }).inForce,
    ).toEqual([
      { text: 'In a public paper: Complete', href: '/actions?owner=opcc&overdue=yes&on=2023-06-30' },
      { text: 'Owner: The OPCC', href: '/actions?published=complete&overdue=yes&on=2023-06-30' },
      { text: 'Overdue', href: '/actions?published=complete&owner=opcc&on=2023-06-30' },
    ]);
  });

  it('are typed where there are too many records to choose from', () => {
    const { columns } = list({ choices: { owner: null, body: [], meeting: [] }, asked: { owner: 'opcc' } }).filter;
    expect(columns.flat().find(({ name }) => name === 'owner')).toMatchObject({ control: 'input', value: 'opcc' });
  });
});

describe('the pages of the list', () => {
  it('are not spoken of when there is one', () => {
    expect(list().pagination).toBeNull();
  });

  it('are all of one list: their addresses pin the position, and lead back the way one came', async () => {
    const asked = { owner: 'opcc' };
    const page = await rows();
    const first = list({ asked, page: { ...page, hasNextPage: true, endCursor: 'c25' } });
    expect(first.pagination).toEqual({ previous: null, next: { href: '/actions?owner=opcc&after=c25&at=p1' } });
    const third = list({ asked, page, trail: ['c25', 'c50'] }, { on: '2023-06-30' });
    expect(third.pagination).toEqual({
      previous: { href: '/actions?owner=opcc&after=c25&at=p1&on=2023-06-30' },
      next: null,
    });
  });
});

describe('an empty list', () => {
  const words = (whyEmpty: WhyEmpty, dates: Dates = {}, reader: Reader = PUBLIC) =>
    emptyInWords(KINDS.action, whyEmpty, {
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
    expect(words({ why: 'not there yet', today: 11 }, { on: '2020-01-01' })).toBe(
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
    expect(list({ whyEmpty: { why: 'filters', without: 2 } }).empty).toContain('Without them there are 2');
    expect(list().empty).toBeNull();
  });

  it('is never taken for whole when records could not be read', () => {
    expect(list({ incomplete: 1 }).incomplete).toBe('This list may be incomplete: 1 record could not be read in full.');
  });
});
