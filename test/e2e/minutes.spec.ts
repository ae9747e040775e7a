import { randomUUID } from 'node:crypto';
import type { Client, Json, Variables } from './client.ts';
import { headersOf, serveLedger, type ServedLedger } from './served-ledger.ts';

/*
 * What confirmed minutes take and what they refuse, each by name, as the API answers it. The board of June 2023, whose minutes the board of July
 * confirmed; beside it one whose minutes are a draft, which takes all that the other refuses.
 */

const WHY = { reason: 'As the minutes say.' };
const JUNE = 'CGB-2023-06-21';
const DRAFT = 'CGB-2023-06-28';
const JULY = 'CGB-2023-07-17';

let now = Date.parse('2023-06-01T12:00:00.000Z');
const onDay = (day: string) => (now = Date.parse(`${day}T12:00:00.000Z`));
let served: ServedLedger;
let officer: Client;
let monitoring: Client;
let auditor: Client;
let paper: string;
/** Entries of each meeting: two items that were listed, the question, what was minuted under a number, and what was taken out again. */
const entries: Record<string, Record<'item' | 'other' | 'question' | 'minuted' | 'voided' | 'held', string>> = {};

async function entry(ref: string, type: string): Promise<string> {
  await served.ready();
  const query = `query ($ref: ID!) { ledger { record(ref: $ref) { history(first: 500) { edges { node { id type } } } } } }`;
  const { ledger } = await monitoring.runs(query, { ref });
  return ledger.record.history.edges.findLast(({ node }: Json) => node.type === type).node.id as string;
}

/** A board with an agenda, minutes and a question of the public, whose minutes are drafted. */
async function board(ref: string): Promise<void> {
  const on = ref.slice(-10);
  await officer.does('scheduleMeeting', { body: 'CGB', on });
  await officer.does('listAgendaItem', { ref, item: '4', title: 'Neighbourhood Active' });
  const item = await entry(ref, 'AgendaItemListed');
  await officer.does('listAgendaItem', { ref, item: '5', title: 'Retirements' });
  onDay(on);
  await officer.does('holdMeeting', { ref });
  await officer.does('minuteItem', { ref, item: '4', text: 'In apragraph 4.' });
  await officer.does('recordPublicQuestion', { ref, text: 'How many officers?' });
  await officer.does('recordSitting', { ref, opened: '13:00' });
  const voided = await entry(ref, 'SittingRecorded');
  await monitoring.does('voidMeetingEvent', { ref, event: voided, reason: 'Of another meeting.' });
  await officer.does('draftMinutes', { ref, paper });
  entries[ref] = {
    voided,
    item,
    other: await entry(ref, 'AgendaItemListed'),
    question: await entry(ref, 'PublicQuestionAsked'),
    minuted: await entry(ref, 'ItemMinuted'),
    held: await entry(ref, 'MeetingHeld'),
  };
}

beforeAll(async () => {
  served = await serveLedger({ store: 'sqlite', clock: { now: () => now } });
  [officer, monitoring, auditor] = (await Promise.all(
    ['opcc-officer', 'monitoring-officer', 'internal-auditor'].map((post) => served.as(post)),
  )) as [Client, Client, Client];
  await officer.does('addBody', { ref: 'CGB', name: 'Corporate Governance Board' });
  const minutes = { body: 'CGB', title: 'Minutes', kind: 'MINUTES', date: '2023-06-01' };
  paper = (await officer.does('recordDocument', minutes)).document.ref;
  await officer.does('scheduleMeeting', { body: 'CGB', on: JULY.slice(-10) });
  await board(JUNE);
  await board(DRAFT);
  await officer.does('circulateMinutes', { ref: JUNE });
  onDay('2023-07-17');
  await officer.does('holdMeeting', { ref: JULY });
  await officer.does('confirmMinutes', { ref: JUNE, confirmedAt: JULY, paper });
  onDay('2023-07-18');
}, 60_000);
afterAll(() => served?.remove());

describe('what narrows lists', () => {
  const OTHER = 'JARAP-2023-07-05';
  const rows = async (list: string, args: string, fields: string) => {
    const { ledger } = await auditor.runs(`{ ledger { ${list}${args} { ${fields} } } }`);
    return ledger[list];
  };

  beforeAll(async () => {
    const then = { effectiveOn: '2023-07-05' };
    const on = { ref: OTHER, ...then };
    await officer.does('addBody', { ref: 'JARAP', name: 'Joint Audit, Risk and Assurance Panel', ...then });
    await officer.does('scheduleMeeting', { body: 'JARAP', on: '2023-07-05', ...then });
    const items: string[] = [];
    for (const title of ['First', 'Second', 'Third', 'Fourth']) {
      await officer.does('listAgendaItem', { ...on, title });
      items.push(await entry(OTHER, 'AgendaItemListed'));
    }
    await officer.does('issuePapers', on);
    await officer.does('holdMeeting', on);
    const [presented, withdrawn, putOff] = items;
    await officer.does('presentAgendaItem', { ...on, agendaItem: presented });
    await officer.does('withdrawAgendaItem', { ...on, agendaItem: withdrawn, ...WHY });
    await officer.does('deferAgendaItem', { ...on, agendaItem: putOff });
    await officer.does('deferAgendaItem', { ...on, agendaItem: putOff, phrase: 'once more' });
    await served.ready();
  });

  describe('of meetings', () => {
    it.each<readonly [string, readonly string[]]>([
      ['', [JUNE, DRAFT, OTHER, JULY]],
      ['body: "CGB"', [JUNE, DRAFT, JULY]],
      ['state: [SCHEDULED, CANCELLED]', []],
      ['state: [HELD]', [JUNE, DRAFT, OTHER, JULY]],
      ['from: "2023-06-28"', [DRAFT, OTHER, JULY]],
      ['to: "2023-07-05"', [JUNE, DRAFT, OTHER]],
      ['from: "2023-06-22", to: "2023-07-16"', [DRAFT, OTHER]],
      ['from: "2023-07-16", to: "2023-06-22"', []],
      ['papersIssued: true', [OTHER]],
      ['papersIssued: false', [JUNE, DRAFT, JULY]],
      ['minutes: [NONE]', [OTHER, JULY]],
      ['minutes: [DRAFT, CIRCULATED]', [DRAFT]],
      ['minutes: [CONFIRMED]', [JUNE]],
      ['minutes: [PUBLISHED]', []],
      ['minutes: [NONE], body: "CGB", state: [HELD], from: "2023-07-01"', [JULY]],
    ])('by %s, in the list and in every count alike', async (asked, refs) => {
      const list = await rows('meetings', asked === '' ? '' : `(${asked})`, 'totalCount edges { node { ref } }');
      expect([list.totalCount, list.edges.map(({ node }: Json) => node.ref)]).toEqual([refs.length, refs]);
      for (const by of ['STATUS', 'BODY', 'MINUTES']) {
        const counts = await rows('meetingCounts', `(by: ${by} ${asked})`, 'key count');
        expect(counts.reduce((sum: number, { count }: Json) => sum + (count as number), 0)).toBe(refs.length);
      }
    });

    it('and is offered on their page, by minutes and papers too', async () => {
      const headers = await headersOf(served.url, 'internal-auditor');
      const found = async (query: string) => {
        const html = await (await fetch(`${served.url}/meetings?${query}`, { headers })).text();
        return [JUNE, DRAFT, OTHER, JULY].filter((ref) => html.includes(`href="/meetings/${ref}"`));
      };
      expect(await found('')).toEqual([JUNE, DRAFT, OTHER, JULY]);
      expect(await found('minutes=none&papersIssued=yes')).toEqual([OTHER]);
      expect(await found('minutes=draft')).toEqual([DRAFT]);
      expect(await found('minutes=published')).toEqual([]);
    });
  });

  describe('of agenda items', () => {
    it.each<readonly [string, readonly string[]]>([
      ['', ['4', '5', '4', '5', 'First', 'Second', 'Third', 'Fourth']],
      ['body: "JARAP"', ['First', 'Second', 'Third', 'Fourth']],
      [`meeting: "${DRAFT}"`, ['4', '5']],
      ['state: [PRESENTED]', ['First']],
      ['state: [WITHDRAWN, DEFERRED]', ['Second', 'Third']],
      ['state: []', []],
      ['neverReached: true, body: "JARAP"', ['Fourth']],
      ['neverReached: false, body: "JARAP"', ['First', 'Second', 'Third']],
      ['deferredTimes: 1', ['Third']],
      ['deferredTimes: 2', ['Third']],
      ['deferredTimes: 3', []],
      [`body: "CGB", meeting: "${OTHER}"`, []],
      [`meeting: "${JUNE}", state: [LISTED]`, ['4', '5']],
      ['state: [DEFERRED], deferredTimes: 2, neverReached: false', ['Third']],
      ['body: "NOBODY"', []],
    ])('by %s, in the list and in the counts alike', async (asked, called) => {
      const args = `(filter: { ${asked} })`;
      const list = await rows('agendaItems', args, 'totalCount edges { node { item title } }');
      const names = list.edges.map(({ node }: Json) => node.item ?? node.title);
      expect([list.totalCount, names]).toEqual([called.length, called]);
      const counts = await rows('agendaItemCounts', args, 'key count');
      expect(counts.reduce((sum: number, { count }: Json) => sum + (count as number), 0)).toBe(called.length);
    });
  });
});

/** Everything that says something of a meeting, and of one of its entries where it names one. */
const SAYS: readonly (readonly [field: string, input: (of: (typeof entries)[string]) => Variables])[] = [
  ['cancelMeeting', () => WHY],
  ['postponeMeeting', () => ({ to: '2023-09-25', ...WHY })],
  ['minuteItem', () => ({ text: 'Noted.' })],
  ['arrangeMeeting', () => ({ place: 'County Hall' })],
  ['recordAttendance', () => ({ attenders: [{ as: 'PRESENT', body: 'CGB' }] })],
  ['recordSitting', () => ({ opened: '13:00', closed: '13:46' })],
  ['declareInterest', () => ({ kind: 'NONE' })],
  ['recordPublicQuestion', () => ({ text: 'How much?' })],
  ['answerPublicQuestion', ({ question }) => ({ question, text: '2,303.' })],
  ['listAgendaItem', () => ({ title: 'Another' })],
  ['presentAgendaItem', ({ item }) => ({ agendaItem: item })],
  ['passOverAgendaItem', ({ other }) => ({ agendaItem: other })],
  ['deferAgendaItem', ({ other }) => ({ agendaItem: other })],
  ['withdrawAgendaItem', ({ other }) => ({ agendaItem: other, ...WHY })],
  ['reportAgendaItem', ({ other }) => ({ agendaItem: other, overview: 'Six left.' })],
  ['recordResolution', () => ({ text: 'That it be noted.', outcome: 'NOTED' })],
  ['excludePublic', () => ({ grounds: [{ paragraph: 'PARAGRAPH_1' }] })],
];

describe('confirmed minutes', () => {
  const refusalOf = async (client: Client, field: string, input: Variables) =>
    (await client.fails(field, input)).extensions.refusal;
  const slip = (more: Variables = {}) => ({
    ...{ ref: JUNE, event: entries[JUNE]!.minuted, path: 'text', is: 'In paragraph 4.', reason: 'A slip in typing.' },
    ...more,
  });
  const correct = (more: Variables = {}) => ({
    ...{ ref: JUNE, minute: entries[JUNE]!.minuted, agreedAt: JULY, text: 'In paragraph 9.', ...more },
  });

  it.each(SAYS)('refuse %s, whatever its day, though nothing else forbids it', async (field, input) => {
    for (const effectiveOn of ['2023-06-21', '2023-07-18'])
      expect(await refusalOf(officer, field, { ref: JUNE, ...input(entries[JUNE]!), ...WHY, effectiveOn })).toBe(
        // What was held is not cancelled or moved either, and that is said first.
        /^(cancel|postpone)Meeting$/.test(field) ? 'ALREADY_HELD' : 'MINUTES_CONFIRMED',
      );
    if (/^(cancel|postpone)Meeting$/.test(field)) return;
    await officer.does(field, { ref: DRAFT, ...input(entries[DRAFT]!), ...WHY });
  });

  it('refuse a void of what they say, and a restoration of what was taken out of them before', async () => {
    const reason = 'By mistake.';
    const { voided, ...standing } = entries[JUNE]!;
    for (const event of Object.values(standing))
      expect(await refusalOf(monitoring, 'voidMeetingEvent', { ref: JUNE, event, reason })).toBe('MINUTES_CONFIRMED');
    const restored = await refusalOf(monitoring, 'restoreMeetingEvent', { ref: JUNE, event: voided, reason });
    expect(restored).toBe('MINUTES_CONFIRMED');
    await monitoring.does('restoreMeetingEvent', { ref: DRAFT, event: entries[DRAFT]!.voided, reason });
  });

  it.each(['draftMinutes', 'circulateMinutes'])(
    'refuse %s from that day on, and take it of a day before',
    async (field) => {
      expect(await refusalOf(officer, field, { ref: JUNE })).toBe('MINUTES_CONFIRMED');
      await officer.does(field, { ref: JUNE, effectiveOn: '2023-07-03', reason: 'Told late.' });
      await officer.does(field, { ref: DRAFT });
      await served.ready();
      const { ledger } = await auditor.runs(
        `query ($ref: ID!) { ledger { meeting(ref: $ref) { minutes { state } } } }`,
        {
          ref: JUNE,
        },
      );
      expect(ledger.meeting.minutes.state).toBe('CONFIRMED');
    },
  );

  it('refuse to be confirmed again, and a correcting minute of no later meeting or of nothing that they say', async () => {
    expect(await refusalOf(officer, 'confirmMinutes', { ref: JUNE, confirmedAt: JULY })).toBe('ALREADY_CONFIRMED');
    expect(await refusalOf(officer, 'correctMinutes', correct({ agreedAt: JUNE }))).toBe('NOT_A_LATER_MEETING');
    expect(await refusalOf(officer, 'correctMinutes', correct({ minute: randomUUID() }))).toBe('NOT_IN_THE_MINUTES');
    expect(await refusalOf(officer, 'correctMinutes', correct({ ref: DRAFT, minute: entries[DRAFT]!.minuted }))).toBe(
      'NOT_CONFIRMED',
    );
  });

  it('refuse a correction of what was typed without the confirmed document and its paragraph', async () => {
    for (const source of [undefined, { document: 'Minutes' }, { record: paper }])
      expect(await refusalOf(officer, 'correctMeeting', slip({ source }))).toBe('SLIP_NEEDS_CONFIRMED_MINUTES');
  });

  it('take a slip in typing with both, which stays in the history as the ledger’s own', async () => {
    await officer.does('correctMeeting', slip({ source: { record: paper, paragraph: '4' } }));
    await served.ready();
    const { ledger } = await auditor.runs(
      `query ($ref: ID!) { ledger { meeting(ref: $ref) { items { text } history(first: 500) { edges { node { type } } } } } }`,
      { ref: JUNE },
    );
    expect(ledger.meeting.items).toEqual([{ text: 'In paragraph 4.' }]);
    expect(ledger.meeting.history.edges.map(({ node }: Json) => node.type)).toContain('Corrected');
  });

  it('take a correcting minute, and show beside it what they said before', async () => {
    await officer.does('correctMinutes', correct());
    await served.ready();
    const { ledger } = await auditor.runs(
      `query ($ref: ID!) { ledger { meeting(ref: $ref) {
         items { event text } minutes { state confirmedAt corrections { minute agreedAt text } } } } }`,
      { ref: JUNE },
    );
    const { minuted } = entries[JUNE]!;
    expect(ledger.meeting).toEqual({
      items: [{ event: minuted, text: 'In paragraph 4.' }],
      minutes: {
        state: 'CONFIRMED',
        confirmedAt: JULY,
        corrections: [{ minute: minuted, agreedAt: JULY, text: 'In paragraph 9.' }],
      },
    });
  });

  it('take papers, other sources, names, links and markings, and are published once', async () => {
    await officer.does('issuePapers', { ref: JUNE, note: 'As they were sent', effectiveOn: '2023-06-14', ...WHY });
    await officer.does('recordOtherwiseStated', {
      ...{ record: JUNE, path: 'date', says: '2023-06-20', source: { document: 'Agenda' } },
    });
    await officer.does('nameRecord', { record: JUNE, name: 'CGB 3/2023' });
    await officer.does('linkRecord', { record: JUNE, to: DRAFT, as: 'IS_ABOUT' });
    await monitoring.does('publishMeeting', { ref: JUNE });
    await officer.does('publishMinutes', { ref: JUNE, publishedAt: 'The website' });
    expect(await refusalOf(officer, 'publishMinutes', { ref: JUNE })).toBe('ALREADY_PUBLISHED');
    await monitoring.does('markMeeting', { ref: JUNE, marking: 'OFFICIAL_SENSITIVE', ...WHY });
  });

  const voiding = async (ref: string, type: string, more: Variables = {}) => ({
    ...{ ref, event: await entry(ref, type), reason: 'By mistake.' },
    ...more,
  });
  const minutesOf = async (ref: string) => {
    await served.ready();
    const { ledger } = await auditor.runs(
      `query ($ref: ID!) { ledger { meeting(ref: $ref) {
         minutes { state confirmedAt corrections { text } }
         history(first: 500) { edges { node { type voided source { paragraph record } } } } } } }`,
      { ref },
    );
    const { minutes, history } = ledger.meeting;
    return { minutes, history: history.edges.map(({ node }: Json) => node) as readonly Json[] };
  };

  it('take a void of a correcting minute that no meeting agreed, with the confirmed document and its paragraph as the source, and stand as they were confirmed', async () => {
    for (const source of [undefined, { document: 'Minutes' }, { record: paper }])
      expect(await refusalOf(monitoring, 'voidMeetingEvent', await voiding(JUNE, 'MinutesCorrected', { source }))).toBe(
        'SLIP_NEEDS_CONFIRMED_MINUTES',
      );
    const source = { record: paper, paragraph: '4' };
    const correcting = await voiding(JUNE, 'MinutesCorrected', { source });
    await officer.fails('voidMeetingEvent', correcting);
    await monitoring.does('voidMeetingEvent', correcting);
    const { minutes, history } = await minutesOf(JUNE);
    expect(minutes).toEqual({ state: 'PUBLISHED', confirmedAt: JULY, corrections: [] });
    // It shows as the ledger’s slip: taken back, with the paper that says so.
    expect(history.find(({ type }) => type === 'MinutesCorrected')).toMatchObject({ voided: true });
    expect(history.findLast(({ type }) => type === 'Voided')).toMatchObject({
      source: { paragraph: '4', record: paper },
    });
    expect(await refusalOf(monitoring, 'restoreMeetingEvent', { ...correcting, source: undefined })).toBe(
      'SLIP_NEEDS_CONFIRMED_MINUTES',
    );
    await monitoring.does('restoreMeetingEvent', correcting);
    expect((await minutesOf(JUNE)).minutes.corrections).toEqual([{ text: 'In paragraph 9.' }]);
  });

  it('stay confirmed while anything stands on that, which is named, and are circulated again once they never were', async () => {
    const source = { record: paper, paragraph: '4' };
    for (const type of ['MinutesCorrected', 'MinutesPublished']) {
      const onIt = await voiding(JUNE, type, { source });
      const { message, extensions } = await monitoring.fails(
        'voidMeetingEvent',
        await voiding(JUNE, 'MinutesConfirmed'),
      );
      expect(extensions.refusal).toBe('WOULD_CONTRADICT');
      expect(message).toContain(`${type} of 2023-07-18 (event ${onIt.event})`);
      await monitoring.does('voidMeetingEvent', onIt);
    }
    const confirmation = await voiding(JUNE, 'MinutesConfirmed');
    await monitoring.does('voidMeetingEvent', confirmation);
    expect((await minutesOf(JUNE)).minutes).toEqual({ state: 'CIRCULATED', confirmedAt: null, corrections: [] });
    await officer.does('minuteItem', { ref: JUNE, item: '9', text: 'Noted.' });
    expect(await refusalOf(officer, 'correctMinutes', correct())).toBe('NOT_CONFIRMED');
    // What was typed while they were none stands in the way of its being lifted; confirmed anew they are as before.
    await officer.does('confirmMinutes', { ref: JUNE, confirmedAt: JULY, paper });
    expect(await refusalOf(monitoring, 'restoreMeetingEvent', confirmation)).toBe('WOULD_CONTRADICT');
    expect(await refusalOf(officer, 'minuteItem', { ref: JUNE, text: 'Noted.' })).toBe('MINUTES_CONFIRMED');
  });

  it('are gone with the record, where that was recorded by mistake', async () => {
    await monitoring.does('voidMeetingEvent', { ref: JUNE, event: await entry(JUNE, 'MeetingScheduled'), ...WHY });
    expect(await refusalOf(officer, 'minuteItem', { ref: JUNE, text: 'Noted.' })).toBe('RECORDED_BY_MISTAKE');
  });
});
