import type { RaisedAction, Step } from '../../../../libs/registers/actions/index.ts';
import { actions } from '../../../../libs/registers/actions/index.ts';
import type { HistoryEvent, Question, TrackedAction } from '../../../../projections/index.ts';
import { addressOf } from '../frame/dates.ts';
import type { Visit } from '../frame/visits.ts';
import { presentAction } from './present-action.ts';
import { eventInWords, presentHistory } from './present-history.ts';
import type { ActionRead, EventRead } from './read-action.ts';

const BY_OCTOBER = { how: 'by', to: '2023-10-09' } as const;
const step = (more: Partial<Step> = {}): Step => ({
  event: 'e1',
  effectiveOn: '2023-06-21',
  by: 'commissioner',
  byPerson: null,
  enteredBy: 'opcc-officer',
  enteredByPerson: null,
  authority: null,
  ...more,
});

function action(state: Partial<RaisedAction> = {}, more: Partial<TrackedAction> = {}): TrackedAction {
  return {
    ref: 'CGB-2023-06-A7',
    state: {
      status: 'AGREED',
      ref: 'CGB-2023-06-A7',
      body: 'CGB',
      meeting: 'CGB-2023-06-21',
      item: '8(g)',
      given: {},
      raised: step(),
      due: { extensions: 0, broughtForward: 0 },
      evidence: 0,
      reopened: 0,
      ...state,
    },
    mayAlreadyHold: [],
    disputed: [],
    due: { original: null, current: null, extensions: 0, broughtForward: 0, movedWithMeeting: false, unanchored: true },
    overdue: false,
    ...more,
  };
}

function page(read: Partial<ActionRead> = {}) {
  const link: Visit['link'] = (path, parameters = []) => addressOf(path, { on: '2023-06-30' }, parameters);
  const view = { basis: { effective: '2023-06-30', position: 'p1' } } as Visit['view'];
  const full: ActionRead = {
    action: action(),
    title: 'Meet about Neighbourhood Active',
    body: 'Corporate Governance Board',
    meeting: { ref: 'CGB-2023-06-21', date: '2023-06-21' },
    duePhrase: null,
    update: null,
    report: null,
    evidence: null,
    becameItem: null,
    disputes: [],
    history: [],
    questions: [],
    furtherHistory: null,
    posts: new Map([['commissioner', 'Police and Crime Commissioner']]),
    ...read,
  };
  const shown = presentAction(full, { link, view, dates: { on: '2023-06-30' } });
  const lines = (key: string) => shown.summary.find((row) => row.key === key)?.lines.map(({ text }) => text);
  return { ...shown, lines };
}

describe('the page of an action', () => {
  it('says what it is and where it stands, in words', () => {
    const shown = page();
    expect(shown).toMatchObject({
      title: 'Action CGB-2023-06-A7',
      heading: 'Meet about Neighbourhood Active',
      status: { text: 'Agreed' },
    });
    expect(shown.lines('Status')).toEqual(['Agreed', 'A public paper would print: No status.']);
    expect(shown.lines('Raised')).toEqual([
      'Corporate Governance Board, meeting on 21 June 2023, item 8(g)',
      'Meeting CGB-2023-06-21',
    ]);
    expect(shown.lines('Owner')).toEqual(['Nobody is named']);
  });

  it('says “by” a day where the source gives none, and that it may already have been so', () => {
    const mayAlreadyHold = [{ event: 'e', type: 'ActionReportedComplete', from: '2023-06-21', to: '2023-10-09' }];
    expect(page({ action: action({}, { mayAlreadyHold }) }).mayAlreadyHold).toEqual([
      'Reported complete by 9 October 2023. The source gives no day, so this may already have been so on 30 June 2023.',
    ]);
  });

  it('says who reported it complete and who closed it on what authority, or that the source does not say', () => {
    const unnamed = step({ effectiveOn: '2023-10-09', dated: BY_OCTOBER, by: null });
    const closed = page({
      action: action({
        status: 'SIGNED_OFF',
        reportedComplete: unnamed,
        closed: { ...unnamed, outcome: 'SIGNED_OFF' },
      }),
      report: 'completed',
    });
    expect(closed.lines('Reported complete')).toEqual([
      'By 9 October 2023: the source does not say by whom',
      'completed',
    ]);
    expect(closed.lines('Signed off')).toEqual([
      'By 9 October 2023: the source does not say by whom',
      'The source names no authority.',
    ]);
    const named = step({ authority: { meeting: 'CGB-2023-09-25' } });
    expect(
      page({ action: action({ status: 'SIGNED_OFF', closed: { ...named, outcome: 'SIGNED_OFF' } }) }).lines(
        'Signed off',
      ),
    ).toEqual(['21 June 2023: Police and Crime Commissioner', 'On the authority of: Meeting CGB-2023-09-25']);
  });

  it('says what of it is in question, why, and by which fact of another record', () => {
    const question = (more: object) => ({
      ...{ event: 'e', sequence: 1, about: { type: 'ActionSignedOff', effectiveOn: '2023-06-22' } },
      ...{ why: 'AUTHORITY_NOT_HELD' as const, of: { register: 'meetings', ref: 'CGB-2023-06-21' } },
      fact: { type: 'Voided', effectiveOn: '2023-07-01', recordedAt: '2023-07-01T11:00:00.000Z' } as Question['fact'],
      ...more,
    });
    const appointed = { ...question({}).fact, type: 'HolderAppointed', effectiveOn: '2023-06-21' };
    const ownWork = { why: 'OWN_WORK', of: { register: 'directory', ref: 'commissioner' }, fact: appointed };
    const undated = { about: { type: 'ActionAgreed', effectiveOn: '2023-10-09', dated: BY_OCTOBER } };
    expect(page({ questions: [question({}), question({ ...ownWork, ...undated })] }).questions).toEqual([
      {
        about: 'Signed off, 22 June 2023',
        why: 'The meeting CGB-2023-06-21, which is its authority, was not held by then, or not in time to decide it.',
        because: 'Meeting CGB-2023-06-21: taken back, 1 July 2023; recorded 1 July 2023 at midday',
      },
      {
        about: 'Agreed, by 9 October 2023',
        why: 'By what is now known of the post Police and Crime Commissioner, somebody who did it or typed it had held a post whose work it was.',
        because: 'Police and Crime Commissioner: holder appointed, 21 June 2023; recorded 1 July 2023 at midday',
      },
    ]);
    expect(page().questions).toEqual([]);
  });

  it('tells the due date with its words, its first date and its extensions', () => {
    const due = {
      original: '2023-07-17',
      current: '2023-09-25',
      extensions: 2,
      broughtForward: 1,
      movedWithMeeting: false,
      unanchored: false,
    };
    const state = { due: { extensions: 2, broughtForward: 1, current: { meeting: 'CGB-2023-09-25' } } };
    expect(page({ action: action(state, { due }), duePhrase: 'next CGB' }).lines('Due')).toEqual([
      '25 September 2023, at the meeting CGB-2023-09-25',
      'next CGB',
      'First due 17 July 2023',
      'Extended 2 times',
      'Brought forward once',
    ]);
  });

  it('surfaces an open action that nothing tells the day of', () => {
    expect(page().lines('Due')).toEqual(['No date is known. It needs one to be followed up.']);
    const lost = action({ due: { extensions: 0, broughtForward: 0, current: { meeting: 'CGB-2023-05-17' } } });
    expect(page({ action: lost }).lines('Due')?.[0]).toMatch(
      /^No date is known: the meeting CGB-2023-05-17 is cancelled/,
    );
  });

  it('shows what another source says otherwise, with that source', () => {
    const source = {
      document: 'Report to the Panel',
      paragraph: 'paragraph 8(g)',
      quote: 'completed, update to CGB in January',
      publishedOn: '2023-10-09',
    };
    expect(
      page({ disputes: [{ path: 'due.phrase', says: 'update to CGB in January', source }] }).contradictions,
    ).toEqual([
      {
        sentence: 'When it is due, in words: “update to CGB in January”',
        source: 'Report to the Panel, paragraph 8(g), published 9 October 2023',
        quote: 'completed, update to CGB in January',
      },
    ]);
  });

  it('shows what it may of an action whose words are erased or hidden', () => {
    expect(page({ title: null, body: null, meeting: null })).toMatchObject({
      heading: 'Title not shown: erased, or not for you to see',
    });
  });

  it('carries the date on, and pins the position of a long history', () => {
    expect(page({ furtherHistory: 'c' })).toMatchObject({
      back: '/actions?on=2023-06-30',
      furtherHistory: '/actions/CGB-2023-06-A7?after=c&at=p1&on=2023-06-30',
    });
  });
});

function read(more: Partial<HistoryEvent> & { readonly type: string }, words: Partial<EventRead> = {}): EventRead {
  const event: HistoryEvent = {
    id: `id-of-${more.type}`,
    position: 'p',
    effectiveOn: '2023-06-21',
    recordedAt: '2023-06-22T09:00:00.000Z',
    stated: null,
    delayDays: 1,
    late: false,
    dated: null,
    by: { post: 'commissioner' },
    enteredBy: { post: 'commissioner' },
    authority: null,
    source: null,
    facts: {},
    amended: [],
    voided: false,
    ...more,
  };
  return { event, text: null, reason: null, source: null, amended: [], ...words };
}

describe('the timeline', () => {
  const posts = new Map([['chief-constable', 'Chief Constable']]);
  const factsOf = (one: EventRead, all: readonly EventRead[] = [one]) =>
    Object.fromEntries((presentHistory(all, posts)[all.indexOf(one)]?.facts ?? []).map(({ key, text }) => [key, text]));

  it('gives both dates of a fact: when it took effect, and when it was recorded and how much later', () => {
    const [item] = presentHistory([read({ type: 'ActionAgreed' })], posts);
    expect(item).toMatchObject({ label: 'Agreed', by: 'Police and Crime Commissioner', day: '2023-06-21', how: null });
    expect(item?.facts).toEqual([{ key: 'Recorded', text: '22 June 2023 at 10am, 1 day after it took effect' }]);
  });

  it('marks a late entry', () => {
    expect(presentHistory([read({ type: 'UpdateGiven', late: true, delayDays: 30 })], posts)[0]?.late).toBe(true);
  });

  it('tells of an imported fact when its source recorded it, when it was loaded, and what its source does not say', () => {
    const imported = read(
      {
        type: 'ActionSignedOff',
        dated: BY_OCTOBER,
        effectiveOn: '2023-10-09',
        stated: '2023-10-09',
        recordedAt: '2026-11-23T08:37:00.000Z',
        delayDays: 0,
        by: null,
        enteredBy: { post: 'opcc-officer' },
        authority: 'notStated',
      },
      { source: { document: 'Report', paragraph: '8(g)', quote: 'completed', publishedOn: '2023-10-09' } },
    );
    expect(presentHistory([imported], posts)[0]).toMatchObject({
      by: null,
      day: '2023-10-09',
      how: 'by',
      quote: 'completed',
    });
    expect(factsOf(imported)).toEqual({
      Recorded: 'by its source on 9 October 2023; loaded here 23 November 2026 at 8:37am',
      'Entered by': 'OPCC officer; the source does not say who did it',
      Authority: 'The source names none',
      Source: 'Report, 8(g), published 9 October 2023',
    });
  });

  it('stands in the order in which things took effect', () => {
    const days = presentHistory(
      [
        read({ type: 'ActionRaised', effectiveOn: '2023-06-21' }),
        read({ type: 'ActionSignedOff', effectiveOn: '2023-10-09' }),
        read({ type: 'UpdateGiven', effectiveOn: '2023-07-17' }),
      ],
      posts,
    );
    expect(days.map(({ label }) => label)).toEqual(['Raised', 'Update given', 'Signed off']);
  });

  it('shows a correction as one: what it is about, what was and what is', () => {
    const amendment = { by: 'id-of-Corrected', path: 'due.on', was: '2023-07-17', is: '2023-07-18' };
    const raised = read({ type: 'ActionRaised', id: 'r' }, { amended: [amendment] });
    const corrected = read(
      { type: 'Corrected', facts: { target: 'r', path: 'due.on' }, effectiveOn: '2023-07-01' },
      { reason: 'Misread.' },
    );
    expect(factsOf(corrected, [raised, corrected])).toMatchObject({
      About: 'Raised, 21 June 2023',
      What: 'Due date: was “17 July 2023”, is “18 July 2023”',
      Reason: 'Misread.',
    });
    expect(factsOf(raised, [raised, corrected])).toMatchObject({
      'Corrected since': 'Due date was “17 July 2023”, is “18 July 2023”',
    });
  });

  it('shows a voided event as one that does not count, and the event that took it back', () => {
    const update = read({ type: 'UpdateGiven', id: 'u', voided: true });
    const voided = read({ type: 'Voided', facts: { target: 'u' } });
    expect(presentHistory([update, voided], posts).map(({ label, voided: taken }) => [label, taken])).toEqual([
      ['Update given', true],
      ['Taken back', false],
    ]);
    expect(factsOf(voided, [update, voided])).toMatchObject({ About: 'Update given, 21 June 2023' });
  });

  it('shows what another source says, in words', () => {
    const otherwise = read(
      { type: 'OtherwiseStated', facts: { path: 'owner' } },
      { text: 'chief-constable', source: { document: 'Letter', paragraph: null, quote: null, publishedOn: null } },
    );
    expect(factsOf(otherwise)).toMatchObject({ Owner: '“Chief Constable”', Source: 'Letter' });
    expect(factsOf(read({ type: 'OtherwiseStated', facts: { path: 'due.on', says: '2023-07-18' } }))).toMatchObject({
      'Due date': '“18 July 2023”',
    });
    expect(factsOf(read({ type: 'OtherwiseStated', facts: { path: 'title' } }))).toMatchObject({ Title: 'not shown' });
  });

  it('says who typed what another did', () => {
    expect(
      factsOf(
        read({
          type: 'ActionSignedOff',
          enteredBy: { post: 'opcc-officer' },
          authority: { meeting: 'CGB-2023-06-21' },
        }),
      ),
    ).toMatchObject({
      'Entered by': 'OPCC officer',
      Authority: 'Meeting CGB-2023-06-21',
    });
  });

  it('has words for every kind of event of an action', () => {
    for (const { type } of actions.kinds) expect(eventInWords(type)).toMatch(/^[A-Z][a-z ]+$/);
    expect(new Set(actions.kinds.map(({ type }) => eventInWords(type))).size).toBe(actions.kinds.length);
  });
});
