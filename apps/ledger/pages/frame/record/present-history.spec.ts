import { REGISTERS } from '../../../../../libs/registers/index.ts';
import type { HistoryEvent } from '../../../../../projections/index.ts';
import { type Piece, eventInWords } from '../../../../../libs/wording/index.ts';
import { latenessInWords, presentHistory, type TimelineItem } from './present-history.ts';
import type { EventRead } from './read-history.ts';

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
    texts: {},
    amended: [],
    voided: false,
    ...more,
  };
  return { event, text: null, words: new Map(), reason: null, source: null, amended: [], ...words };
}

const named = (text: string, href: string): Piece => ({ text, href, written: true });
const NAMES = new Map<string, Piece>([
  ['commissioner', { text: 'Police and Crime Commissioner' }],
  ['opcc-officer', { text: 'OPCC officer' }],
  ['chief-constable', named('Chief Constable', '/posts/chief-constable')],
  ['PCP-2023-10-E1', named('Minutes of October', '/documents/PCP-2023-10-E1')],
  ['CGB', named('Corporate Governance Board', '/bodies/CGB')],
  ['CGB-2023-07-17', named('17 July 2023', '/meetings/CGB-2023-07-17')],
]);

function timelineOf(history: readonly EventRead[], register = 'actions') {
  return presentHistory(register, { history, names: NAMES });
}

function factsOf(one: EventRead, all: readonly EventRead[] = [one], register = 'actions') {
  const item = timelineOf(all, register)[all.indexOf(one)];
  return inWords(item?.facts, item?.folded);
}

function inWords(...facts: readonly (TimelineItem['facts'] | undefined)[]) {
  return Object.fromEntries(
    facts.flatMap((some) => (some ?? []).map(({ key, line }) => [key, line.map(({ text }) => text).join('')])),
  );
}

describe('the timeline', () => {
  it('gives both dates of a fact: when it took effect, and when it was recorded and how much later', () => {
    const agreed = read({ type: 'ActionAgreed' });
    expect(timelineOf([agreed])[0]).toMatchObject({
      ...{ label: 'Agreed', day: '2023-06-21', how: null },
      by: { text: 'Police and Crime Commissioner' },
      recorded: 'Recorded 22 June 2023 at 10am, 1 day after it took effect',
    });
    expect(factsOf(agreed)).toEqual({});
  });

  it('marks a late entry', () => {
    expect(timelineOf([read({ type: 'UpdateGiven', late: true, delayDays: 30 })])[0]).toMatchObject({
      ...{ late: true, recorded: 'Recorded 22 June 2023 at 10am, 30 days after it took effect' },
    });
  });

  describe('of entries most of which an import brought late', () => {
    const imported = { stated: '2023-10-09', recordedAt: '2026-11-23T08:37:00.000Z' };
    const late = read({ type: 'AgendaItemListed', ...imported, late: true, delayDays: 110 });
    const inTime = read({ type: 'Published', ...imported, delayDays: 0 });

    it('says so once', () => {
      expect(latenessInWords([late, late, late, late])).toBe(
        'All 4 entries here are late entries: an import loaded them on 23 November 2026.',
      );
      expect(latenessInWords([inTime, late, late, late, late])).toBe(
        '4 of the 5 entries here are late entries: an import loaded them on 23 November 2026.',
      );
    });

    it('says it of no fewer than four, and of no fewer than half', () => {
      expect(latenessInWords([])).toBeNull();
      expect(latenessInWords([late, late, late])).toBeNull();
      expect(latenessInWords([late, late, late, late, inTime, inTime, inTime, inTime])).toBeNull();
    });

    it('says nothing of what was typed late, and of what two imports brought', () => {
      const typed = read({ type: 'AgendaItemListed', late: true, delayDays: 110 });
      expect(latenessInWords([typed, typed, typed, typed])).toBeNull();
      const later = read({ type: 'AgendaItemListed', ...imported, recordedAt: '2026-11-24T08:37:00.000Z', late: true });
      expect(latenessInWords([late, late, late, later])).toBeNull();
    });
  });

  it('folds away what takes many words, and shows how long words begin', () => {
    const long = 'What was said of it was long. '.repeat(10).trim();
    const minuted = read(
      { type: 'ItemMinuted', facts: { item: '4(i)' } },
      { text: long, words: new Map([['title', long]]), reason: 'Misread.' },
    );
    const [item] = timelineOf([minuted], 'meetings');
    expect(item?.words).toMatch(/^What was said of it was long\. .{1,220}…$/);
    expect(inWords(item?.facts)).toEqual({ Item: '4(i)', Reason: 'Misread.' });
    expect(inWords(item?.folded)).toEqual({ 'In full': `“${long}”`, Title: `“${long}”` });
  });

  it('tells every fact of an event by its name, and leads to each record that it names', () => {
    const raised = read({
      type: 'ActionRaised',
      facts: { ref: 'CGB-2023-06-A7', body: 'CGB', owner: 'chief-constable', due: { meeting: 'CGB-2023-07-17' } },
    });
    expect(factsOf(raised)).toMatchObject({
      Body: 'Corporate Governance Board',
      Owner: 'Chief Constable',
      'When it is due': 'at the meeting CGB-2023-07-17',
    });
    expect(factsOf(raised)).not.toHaveProperty('Ref');
    expect(timelineOf([raised])[0]?.facts.flatMap(({ line }) => line.flatMap(({ href }) => href ?? []))).toEqual([
      '/bodies/CGB',
      '/posts/chief-constable',
      '/meetings/CGB-2023-07-17',
    ]);
  });

  it('leads to another entry that an event is about, where it stands on the same page', () => {
    const listed = read({ type: 'AgendaItemListed', id: 'l' }, { text: 'Stalking' });
    const presented = read({ type: 'AgendaItemPresented', facts: { agendaItem: 'l' } });
    const [, item] = timelineOf([listed, presented], 'meetings');
    expect(item?.facts).toEqual([
      { key: 'Agenda item', line: [{ text: 'Item listed “Stalking”', href: '#event-l', written: true }] },
    ]);
    expect(factsOf(presented, [presented], 'meetings')).toEqual({ 'Agenda item': 'l' });
  });

  it('tells every other text of an event by its name', () => {
    const added = read(
      { type: 'EvidenceAdded' },
      { text: 'Backlog figures', words: new Map([['fileName', 'backlogs.xlsx']]) },
    );
    expect(timelineOf([added])[0]?.words).toBe('Backlog figures');
    expect(factsOf(added)).toMatchObject({ 'File name': '“backlogs.xlsx”' });
  });

  it('is of a record of any register, in the words that it declares', () => {
    const moved = read({ type: 'MeetingPostponed', facts: { to: '2023-07-17' } });
    const appointed = read({
      type: 'HolderAppointed',
      facts: { person: 'person-ab3k9', interim: true, shared: false },
    });
    expect(factsOf(moved, [moved], 'meetings')).toMatchObject({ 'Day to which it moves': '17 July 2023' });
    expect(factsOf(appointed, [appointed], 'directory')).toMatchObject({ Person: 'person-ab3k9', Interim: 'yes' });
    expect(factsOf(appointed, [appointed], 'directory')).not.toHaveProperty('Shared');
  });

  it('tells of an imported fact when its source recorded it, when it was loaded, and what its source does not say', () => {
    const imported = read(
      {
        type: 'ActionSignedOff',
        dated: { how: 'by', to: '2023-10-09' },
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
    expect(timelineOf([imported])[0]).toMatchObject({
      ...{ by: null, day: '2023-10-09', how: 'by', recorded: 'Recorded by its source on 9 October 2023' },
    });
    expect(factsOf(imported)).toEqual({
      'Loaded here': '23 November 2026 at 8:37am',
      'Entered by': 'OPCC officer; the source does not say who did it',
      Authority: 'The source names none',
      Source: 'Report, 8(g), published 9 October 2023',
      'In its words': '“completed”',
    });
  });

  it('leads to the document that a source is, and names its version', () => {
    const cites = (source: EventRead['event']['source']) => read({ type: 'ActionAgreed', source });
    expect(factsOf(cites({ record: 'PCP-2023-10-E1', version: '2' }))).toMatchObject({
      Cites: 'Minutes of October, version 2',
    });
    const [{ folded } = { folded: [] }] = timelineOf([cites({ record: 'PCP-2023-10-E1' })]);
    expect(folded.find(({ key }) => key === 'Cites')?.line).toEqual([NAMES.get('PCP-2023-10-E1')]);
    // Of a document that is hidden from the reader, the event names none.
    expect(factsOf(cites({ publishedOn: '2023-10-09' }))).not.toHaveProperty('Cites');
  });

  it('stands in the order in which things took effect', () => {
    const days = timelineOf([
      read({ type: 'ActionRaised', effectiveOn: '2023-06-21' }),
      read({ type: 'ActionSignedOff', effectiveOn: '2023-10-09' }),
      read({ type: 'UpdateGiven', effectiveOn: '2023-07-17' }),
    ]);
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
    expect(timelineOf([update, voided]).map(({ label, voided: taken }) => [label, taken])).toEqual([
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

  it('says of a marking what it is', () => {
    const to = { classification: 'OFFICIAL', sensitive: true, session: 'CLOSED' };
    expect(factsOf(read({ type: 'Marked', facts: { to } }))).toMatchObject({
      Marking: 'Official-sensitive, closed session',
    });
  });

  it('says who typed what another did, and on what authority', () => {
    const typed = { enteredBy: { post: 'opcc-officer' }, authority: { meeting: 'CGB-2023-06-21' } };
    expect(factsOf(read({ type: 'ActionSignedOff', ...typed }))).toMatchObject({
      'Entered by': 'OPCC officer',
      Authority: 'Meeting CGB-2023-06-21',
    });
  });

  it.each(REGISTERS.map(({ name, kinds }) => [name, kinds] as const))(
    'has words of their own for every kind of event of %s',
    (_, kinds) => {
      // A kind of event has one name, whatever schemas it was ever written in.
      const types = [...new Set(kinds.map(({ type }) => type))];
      for (const type of types) expect(eventInWords(type)).toMatch(/^[A-Z][a-z -]+$/);
      expect(new Set(types.map((type) => eventInWords(type))).size).toBe(types.length);
    },
  );
});
