import type { Step, TextRef } from '../../../../../libs/ledger/index.ts';
import type { RaisedAction } from '../../../../../libs/registers/actions/index.ts';
import type { ScheduledMeeting } from '../../../../../libs/registers/meetings/index.ts';
import type { PostState } from '../../../../../libs/registers/directory/index.ts';
import type { HistoryEvent, Question, TrackedAction } from '../../../../../projections/index.ts';
import { plainDrawing, textOf } from '../../../../../test/plain-drawing.ts';
import { KINDS } from '../../kinds.ts';
import { addressOf, type Dates } from '../dates.ts';
import type { AnyRecordAsOf, KindOnPages } from '../kind-on-pages.ts';
import type { Visit } from '../visits.ts';
import { questionInWords } from './in-question.ts';
import { mayAlreadyHoldInWords } from './may-already-hold.ts';
import { presentMistake, presentRecord } from './present-record.ts';
import { drawRecord, type RelatedDrawn } from './read-record.ts';
import { placeInList } from './place-in-list.ts';
import type { RecordVisit } from './record-part.ts';

const BY_OCTOBER = { how: 'by', to: '2023-10-09' } as const;
const NAMES = {
  commissioner: 'Police and Crime Commissioner',
  CGB: 'Corporate Governance Board',
  'CGB-2023-06-21': '21 June 2023 (CGB-2023-06-21)',
  'person-ab3k9': 'Ada Byron',
  'CGB-2023-06-A9': 'CGB-2023-06-A9',
};
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

const NEVER_MOVED = { extensions: 0, broughtForward: 0, extendedLate: 0, extendedWithoutReason: 0 };

function action(state: Partial<RaisedAction> = {}, more: Partial<TrackedAction> = {}): TrackedAction {
  return {
    ref: 'CGB-2023-06-A7',
    state: {
      status: 'AGREED',
      ref: 'CGB-2023-06-A7',
      body: 'CGB',
      meeting: 'CGB-2023-06-21',
      item: '8(g)',
      title: textOf('title'),
      given: {},
      raised: step(),
      due: { ...NEVER_MOVED },
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

const TEXTS: { readonly [event: string]: string } = { title: 'Meet about Neighbourhood Active' };

function visit(kind: KindOnPages, record: AnyRecordAsOf | null, texts = TEXTS, dates: Dates = { on: '2023-06-30' }) {
  const link: Visit['link'] = (path, parameters = []) => addressOf(path, dates, parameters);
  const drawing = plainDrawing({ texts, names: NAMES, statuses: kind.shown.status?.are ?? {} });
  const view = {
    basis: { effective: '2023-06-30', position: 'p1' },
    text: async (ref?: TextRef) => (ref === undefined ? null : drawing.text(ref)),
  } as unknown as Visit['view'];
  const at = { link, view, dates, query: new URLSearchParams() } as Visit;
  return {
    visit: at,
    kind,
    ref: record?.ref ?? 'CGB-2023-06-A7',
    record,
    mistake: null,
    drawing,
  } satisfies RecordVisit;
}

async function page(
  record: AnyRecordAsOf = action(),
  { kind = KINDS.action, texts = TEXTS, related = [] as readonly RelatedDrawn[] } = {},
) {
  const at = visit(kind, record, texts);
  const shown = presentRecord({ ...(await drawRecord(at, record)), related }, at);
  const lines = (label: string) =>
    shown.fields.find((field) => field.label === label)?.lines.map((line) => line.map(({ text }) => text).join(''));
  return { ...shown, lines };
}

describe('the page of an action', () => {
  it('says what it is and where it stands, in words', async () => {
    const shown = await page();
    expect(shown).toMatchObject({
      title: 'Action CGB-2023-06-A7',
      heading: 'Meet about Neighbourhood Active',
      tags: [{ text: 'Agreed', classes: 'govuk-tag--blue' }],
      howItStands: 'How it stood',
    });
    expect(shown.lines('Status')).toEqual(['Agreed', 'A public paper would print: No status.']);
    expect(shown.lines('Raised')).toEqual([
      'Corporate Governance Board, meeting of 21 June 2023 (CGB-2023-06-21), item 8(g)',
    ]);
    expect(shown.lines('Owner')).toEqual(['Nobody is named']);
  });

  it('says nothing of a body and of a meeting that its reader may not know of', async () => {
    expect((await page(action({ body: undefined as never, meeting: undefined as never }))).lines('Raised')).toEqual([
      'Outside a meeting, 21 June 2023, item 8(g)',
    ]);
  });

  it('says who reported it complete and who closed it on what authority, or that the source does not say', async () => {
    const unnamed = step({ effectiveOn: '2023-10-09', dated: BY_OCTOBER, by: null });
    const closed = await page(
      action({
        status: 'SIGNED_OFF',
        reportedComplete: { ...unnamed, text: textOf('report') },
        closed: { ...unnamed, outcome: 'SIGNED_OFF' },
      }),
      { texts: { ...TEXTS, report: 'completed' } },
    );
    expect(closed.lines('Reported complete')).toEqual([
      'By 9 October 2023: the source does not say by whom',
      '“completed”',
    ]);
    expect(closed.lines('Signed off')).toEqual([
      'By 9 October 2023: the source does not say by whom',
      'The source names no authority.',
    ]);
    const named = step({ authority: { meeting: 'CGB-2023-09-25' } });
    expect(
      (await page(action({ status: 'SIGNED_OFF', closed: { ...named, outcome: 'SIGNED_OFF' } }))).lines('Signed off'),
    ).toEqual(['21 June 2023: Police and Crime Commissioner', 'On the authority of: Meeting CGB-2023-09-25']);
  });

  it('tells the due date with its words, its first date and its extensions', async () => {
    const due = {
      phrase: textOf('phrase'),
      original: '2023-07-17',
      current: '2023-09-25',
      extensions: 2,
      broughtForward: 1,
      movedWithMeeting: false,
      unanchored: false,
    };
    const state = { due: { ...NEVER_MOVED, extensions: 2, broughtForward: 1, current: { meeting: 'CGB-2023-09-25' } } };
    expect((await page(action(state, { due }), { texts: { phrase: 'next CGB' } })).lines('Due')).toEqual([
      '25 September 2023, at the meeting CGB-2023-09-25',
      '“next CGB”',
      'First due 17 July 2023',
      'Extended 2 times',
      'Brought forward once',
    ]);
  });

  it('surfaces an open action that nothing tells the day of', async () => {
    expect((await page()).lines('Due')).toEqual(['No date is known. It needs one to be followed up.']);
    const lost = action({ due: { ...NEVER_MOVED, current: { meeting: 'CGB-2023-05-17' } } });
    expect((await page(lost)).lines('Due')).toEqual([
      'No date is known: the meeting CGB-2023-05-17 is cancelled, or has no known day. It needs one to be followed up.',
    ]);
  });

  it('leads to its owner, its meeting, and where it goes on', async () => {
    const { fields } = await page(action({ owner: 'commissioner', continuedAs: 'CGB-2023-06-A9', status: 'MERGED' }));
    const ways = fields.flatMap(({ lines }) => lines.flat().flatMap(({ href }) => href ?? []));
    expect(ways).toEqual(['/posts/commissioner', '/bodies/CGB', '/meetings/CGB-2023-06-21', '/actions/CGB-2023-06-A9']);
  });

  it('shows what it may of an action whose words are erased or hidden', async () => {
    expect(await page(action(), { texts: {} })).toMatchObject({
      heading: 'Title not shown: erased, or not for you to see',
    });
  });

  it('shows the whole of a title that is too long for a heading', async () => {
    const title = 'word '.repeat(100).trim();
    const shown = await page(action(), { texts: { title } });
    expect(shown.heading).toHaveLength(300);
    expect(shown.lines('Title')).toEqual([title]);
  });

  it('carries the date on, and pins the position of a long history', async () => {
    expect((await page()).back).toBe('/actions?on=2023-06-30');
    const at = visit(KINDS.action, action());
    const list = { parameter: 'after', id: 'timeline' } as const;
    expect(placeInList(at, list, 'c')).toBe('/actions/CGB-2023-06-A7?after=c&at=p1&on=2023-06-30#timeline');
    expect(placeInList(at, list, null)).toBe('/actions/CGB-2023-06-A7?on=2023-06-30#timeline');
  });
});

describe('the page of a meeting', () => {
  const meeting = (state: Partial<ScheduledMeeting> = {}) => ({
    ref: 'CGB-2023-06-21',
    ...{ mayAlreadyHold: [], disputed: [] },
    state: {
      ...{ status: 'HELD', ref: 'CGB-2023-06-21', body: 'CGB', date: '2023-06-21', session: 'OPEN' },
      ...{ postponements: 0, items: [], interests: [], questions: [], agenda: [] },
      ...{ resolutions: [], exclusions: [], papers: [], ...state },
    } as ScheduledMeeting,
  });

  it('says which body met when, in what session, and how often it was moved', async () => {
    const shown = await page(meeting({ postponements: 2 }), { kind: KINDS.meeting });
    expect(shown).toMatchObject({
      title: 'Meeting CGB-2023-06-21',
      heading: 'Corporate Governance Board, 21 June 2023',
    });
    expect([shown.lines('Day'), shown.lines('Session'), shown.lines('Moved')]).toEqual([
      ['21 June 2023'],
      ['Open'],
      ['2 times'],
    ]);
  });

  it('says of no table that it is empty, only that this reader sees nothing in it', () => {
    const untrue = Object.values(KINDS).flatMap(({ shown: { sections = [], related = [] } }) =>
      [...sections, ...related].map(({ empty }) => empty).filter((sentence) => !/\byou may see\b/.test(sentence)),
    );
    expect(untrue).toEqual([]);
  });

  it('leaves out what there is nothing of, and says so in a line, whether there is none or it is hidden', async () => {
    const declared = KINDS.meeting.shown.related ?? [];
    const related = declared.map(({ heading, empty }) => ({ heading, empty, list: null, all: null }));
    const shown = await page(meeting(), { kind: KINDS.meeting, related });
    expect([shown.sections, shown.related]).toEqual([[], []]);
    const all = [...(KINDS.meeting.shown.sections ?? []), ...declared];
    expect(all.length).toBeGreaterThan(5);
    expect(shown.nothing).toEqual(all.map(({ empty }) => empty));
    for (const sentence of shown.nothing) expect(sentence).toMatch(/ that you may see .*\.$/);
    const resolutions = [{ text: textOf('minute'), outcome: 'NOTED' }] as never;
    const some = await page(meeting({ resolutions }), { kind: KINDS.meeting, texts: { minute: 'It was noted.' } });
    expect(some.sections.map(({ heading }) => heading)).toEqual(['Resolutions and exclusions']);
    expect(some.nothing).not.toContain('Nothing that you may see was resolved.');
  });

  it('names no day where none is known', async () => {
    const { date: _, ...undated } = meeting().state;
    const shown = await page({ ...meeting(), state: undated } as never, { kind: KINDS.meeting });
    expect(shown.heading).toBe('Corporate Governance Board, no day known');
    expect(shown.lines('Day')).toEqual(['No day is known']);
  });

  it('tells item by item what was minuted, who promised it and when it is due', async () => {
    const item = { event: 'e', effectiveOn: '2023-06-21', session: 'OPEN', promise: false } as const;
    const items = [
      { ...item, item: '7(c)', title: textOf('heading'), text: textOf('minute') },
      { ...item, promise: true, session: 'CLOSED', owner: 'commissioner', due: { on: '2023-07-17' } } as const,
    ];
    const texts = { heading: 'Vetting', minute: 'It was noted.' };
    const { sections } = await page(meeting({ items }), { kind: KINDS.meeting, texts });
    const minuted = sections.find(({ heading }) => heading === 'What was minuted');
    expect(
      minuted?.rows.map((row) => row.map((lines) => lines.map((line) => line.map(({ text }) => text).join('')))),
    ).toEqual([
      [['7(c)'], ['Vetting', '“It was noted.”'], [], [], []],
      [['Not numbered'], ['In closed session'], ['Police and Crime Commissioner'], ['17 July 2023'], ['No action']],
    ]);
  });
});

describe('the page of a post', () => {
  const holder = { person: 'person-ab3k9', from: '2021-05-13', interim: false, shared: false };
  const post = (state: Partial<PostState>, holders: readonly string[] = []) => ({
    ref: 'commissioner',
    ...{ holders, mayAlreadyHold: [], disputed: [] },
    state: { record: 'POST', ref: 'commissioner', holders: [], ...state } as PostState,
  });
  const words = (rows: readonly (readonly (readonly (readonly { text: string }[])[])[])[] = []) =>
    rows.map((row) => row.map((lines) => lines.map((line) => line.map(({ text }) => text).join('')).join(' | ')));

  it('says who held it when, in what way, and who holds it', async () => {
    const interim = { ...holder, until: '2021-08-01', interim: true, shared: true };
    const shown = await page(post({ capacity: 'commissioner', holders: [interim, holder] }, ['person-ab3k9']), {
      kind: KINDS.post,
    });
    expect([shown.lines('Acts as'), shown.lines('Held by')]).toEqual([
      ['Police and Crime Commissioner'],
      ['Ada Byron'],
    ]);
    expect(words(shown.sections[0]?.rows)).toEqual([
      ['Ada Byron', '13 May 2021', '1 August 2021', 'For the time being, shared with whoever held it already'],
      ['Ada Byron', '13 May 2021', '', ''],
    ]);
  });

  it('names nobody whom its reader may not know of', async () => {
    const { person: _, ...unnamed } = holder;
    const shown = await page(post({ holders: [unnamed as typeof holder] }), { kind: KINDS.post });
    expect(words(shown.sections[0]?.rows)[0]?.[0]).toBe('Not shown');
    expect(shown.lines('Held by')).toEqual(['Nobody who is named']);
    expect(shown.lines('Acts as')).toEqual(['None: nobody signs in as it']);
  });
});

describe('the page of any record', () => {
  it('says “by” a day where the source gives none, and that it may already have been so', () => {
    expect(mayAlreadyHoldInWords({ type: 'ActionReportedComplete', to: '2023-10-09' }, '2023-06-30')).toBe(
      'Reported complete by 9 October 2023. The source gives no day, so this may already have been so on 30 June 2023.',
    );
  });

  it('says what of it is in question, why, and by which fact of another record', () => {
    const question = (more: object) => ({
      ...{ about: { type: 'ActionSignedOff', effectiveOn: '2023-06-22' } },
      ...{ why: 'AUTHORITY_NOT_HELD' as const, of: { register: 'meetings', ref: 'CGB-2023-06-21' } },
      fact: { type: 'Voided', effectiveOn: '2023-07-01', recordedAt: '2023-07-01T11:00:00.000Z' } as Question['fact'],
      ...more,
    });
    const appointed = { ...question({}).fact, type: 'HolderAppointed', effectiveOn: '2023-06-21' };
    const ownWork = { why: 'OWN_WORK', of: { register: 'directory', ref: 'commissioner' }, fact: appointed };
    const undated = { about: { type: 'ActionAgreed', effectiveOn: '2023-10-09', dated: BY_OCTOBER } };
    const all = [question({}), question({ ...ownWork, ...undated })] as Question[];
    expect(all.map((one) => questionInWords(one, new Map(Object.entries(NAMES))))).toEqual([
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
  });

  it('that was recorded by mistake says so, by whom, when and why', async () => {
    const mistake = {
      by: null,
      enteredBy: { post: 'commissioner' },
      recordedAt: '2023-07-01T11:00:00.000Z',
    } as HistoryEvent;
    const shown = await presentMistake(visit(KINDS.action, null), mistake);
    expect(shown).toMatchObject({ title: 'Action CGB-2023-06-A7, recorded by mistake', howItStands: null });
    expect(
      shown.fields.map(({ label, lines }) => [
        label,
        lines
          .flat()
          .map(({ text }) => text)
          .join(''),
      ]),
    ).toEqual([
      ['Voided by', 'Police and Crime Commissioner'],
      ['When', '1 July 2023 at midday'],
      ['Why', 'Not shown: erased, or not for you to see'],
    ]);
  });
});
