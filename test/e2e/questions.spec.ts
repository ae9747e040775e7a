import { join, resolve } from 'node:path';
import type { Client, Json } from './client.ts';
import { isOfThePanel, QUESTIONS, SECTIONS } from './asked-questions.ts';
import { EXAMPLE, loadExample, newPlace, serveLedger, type ServedLedger } from './served-ledger.ts';

const root = resolve(import.meta.dirname, '../..');

const standing = (status: string, month: string, ...numbers: readonly number[]) =>
  Object.fromEntries(numbers.map((number) => [`${month}-R${number}`, status]));

/** Trackers that other bodies published, each with where its recommendations stand today. */
const TRACKERS: { readonly [folder: string]: Readonly<Record<string, string>> } = {
  'policing-review': {
    ...standing('CLOSED', 'MINGROUP-2019-06', 1, 2),
    ...standing('IN_PROGRESS', 'MINGROUP-2020-11', 1, 3, 10, 11),
    ...standing('CLOSED', 'MINGROUP-2020-11', 2, 4, 5, 6, 7, 8, 9, 12, 13, 14, 15, 16),
  },
  'custody-inspections': {
    ...standing('CLOSED', 'SPA-2023-04', 1, 3, 4),
    ...standing('REPORTED_COMPLETE', 'SPA-2023-04', 2),
  },
  'governance-committee': {
    ...standing('IN_PROGRESS', 'NDGC-2020-06', 1),
    ...standing('ALLOCATED', 'NDGC-2023-01', 1, 2, 3),
    ...standing('IN_PROGRESS', 'NDGC-2023-01', 4),
    ...standing('IN_PROGRESS', 'NDGC-2024-01', 1),
    ...standing('ALLOCATED', 'NDGC-2024-01', 2),
    ...standing('CLOSED', 'NDGC-2024-09', 1),
    ...standing('IN_PROGRESS', 'NDGC-2024-09', 2),
  },
  'property-audit': {
    ...standing('IN_PROGRESS', 'TRACKS-2018-03', 1),
    ...standing('ALLOCATED', 'TRACKS-2018-03', 2, 3),
  },
};
/** In this order: the rules name bodies of the example. */
const FOLDERS = [
  EXAMPLE,
  join(root, 'examples/rules'),
  ...Object.keys(TRACKERS).map((folder) => join(root, 'test/trackers', folder)),
];

/** Where they stand in the example. */
const ANNUAL_REPORT = 'PCP-2023-10-E5';
const APRIL_REPORT = 'PCP-2023-04-E1';
const JUNE_REPORT = 'PCP-2023-06-E1';
const JULY_REPORT = 'PCP-2023-07-E2';

/** Those of the illustrative panel: `illustrative-panel.slow.spec.ts`. */
const ofPapers = QUESTIONS.filter((one) => !isOfThePanel(one));

describe('the page of questions', () => {
  let served: ServedLedger;
  const readers = new Map<string | null, Client>();
  beforeAll(async () => {
    const place = await newPlace();
    await loadExample(place, {}, FOLDERS);
    served = await serveLedger({ place });
    for (const reader of new Set(ofPapers.map((question) => question.reader)))
      readers.set(reader, reader === null ? served.public : await served.as(reader));
  }, 180_000);
  afterAll(async () => {
    await served?.remove();
    served?.place.remove();
  });

  it('says of every question who asks it, the operation and the answer', () => {
    expect(SECTIONS.map(({ words }) => words)).toEqual(QUESTIONS.map(({ words }) => words));
    expect(new Set(QUESTIONS.map(({ words }) => words)).size).toBe(QUESTIONS.length);
    expect(ofPapers.length).toBeGreaterThan(3);
  });

  it('tells of the report on digital forensics of 1 December 2022 that comments on it were due by 25 January 2023, and of no paper that bears no day', async () => {
    const { ledger } = await served.public.runs(
      `{ ledger { reports: documents(filter: { kind: [INSPECTION_REPORT] }) { edges { node { title date commentsDue } } } } }`,
    );
    const reports: Json[] = ledger.reports.edges.map(({ node }: Json) => node);
    expect(reports).toHaveLength(5);
    expect(reports.filter(({ date }) => date !== null)).toEqual([
      { title: expect.stringContaining('digital forensics'), date: '2022-12-01', commentsDue: '2023-01-25' },
    ]);
    expect(reports.filter(({ commentsDue }) => commentsDue !== null)).toHaveLength(1);
  });

  it('holds the colours of three bodies, the priorities of two firms, two routes, a policy and a cadence, each in force from its paper on', async () => {
    const { ledger } = await (
      await served.as('opcc-officer')
    ).runs(
      `{ ledger { ruleCounts(by: KIND) { key count } rules { edges { node { ref inForce { version from } } } } } }`,
    );
    const counts = Object.fromEntries(ledger.ruleCounts.map(({ key, count }: Json) => [key, count]));
    expect(counts).toEqual({ RAG: 3, PRIORITY_SCALE: 2, CLOSURE_ROUTE: 2, DUE_DATE_POLICY: 1, CADENCE: 1 });
    expect(ledger.rules.edges.map(({ node }: Json) => [node.ref, node.inForce.from])).toEqual([
      ['BAKERTILLY-priorities', '2015-12-07'],
      ['CGB-cadence', '2023-07-17'],
      ['COLARM-dates', '2016-12-31'],
      ['COLP-rag', '2019-06-30'],
      ['HMICFRS-closure', '2014-09-04'],
      ['HMICS-closure', '2023-04-30'],
      ['JARAP-rag', '2015-12-07'],
      ['MAZARS-priorities', '2015-12-07'],
      ['READING-rag', '2019-12-31'],
    ]);
  });

  it.each(Object.entries(TRACKERS))('holds the tracker %s as it was published', async (_, stand) => {
    const refs = Object.keys(stand);
    const asked = refs.map((ref, index) => `r${index}: recommendation(ref: "${ref}") { ref status }`).join(' ');
    const { ledger } = await (await served.as('opcc-officer')).runs(`{ ledger { ${asked} } }`);
    expect(Object.values(ledger).map((one: Json) => [one?.ref, one?.status])).toEqual(Object.entries(stand));
  });

  describe('of what the papers print of lists', () => {
    const totalsOf = async (document: string) => {
      const { ledger } = await served.public.runs(
        `query ($ref: ID!) { ledger { document(ref: $ref) { totals {
          edges { node { counts asAt number of heldAsKnownThen heldAsKnownNow paragraph } } } } } }`,
        { ref: document },
      );
      return ledger.document.totals.edges.map(({ node }: Json) => node) as Json[];
    };

    it('holds 6 of 7 responses in time, 86 %, beside the seven that the ledger holds', async () => {
      const of2022 = (await totalsOf(ANNUAL_REPORT)).filter(({ asAt }) => asAt === '2023-03-31');
      const inTime = of2022.find(({ of }) => of !== null);
      expect(inTime).toMatchObject({ number: 6, of: 7, heldAsKnownNow: 7 });
      expect(inTime.counts).toContain(`${Math.round((100 * inTime.number) / inTime.of)}%`);
      expect(of2022).toContainEqual(expect.objectContaining({ number: 7, of: null, heldAsKnownNow: 7 }));
    });

    it('holds 38 recommendations of which 17 are complete, as quoted, and explains neither by the parts', async () => {
      const totals = await totalsOf(JUNE_REPORT);
      expect(totals.map(({ number, of }) => [number, of]).sort(([a], [b]) => b - a)).toEqual([
        [38, null],
        [17, 38],
        [14, null],
        [8, null],
        [1, null],
      ]);
      for (const { heldAsKnownNow, paragraph } of totals)
        expect([heldAsKnownNow, paragraph]).toEqual([0, expect.stringContaining('East Leicester Review')]);
    });

    it('holds 28 open risks of which 14 are high, 50 %, on 17 July 2023, beside none that the ledger holds', async () => {
      const totals = await totalsOf(JULY_REPORT);
      expect(totals.map(({ asAt, number, of }) => [asAt, number, of]).sort(([, a], [, b]) => b - a)).toEqual([
        ['2023-07-17', 28, null],
        ['2023-07-17', 14, 28],
      ]);
      for (const { heldAsKnownThen, heldAsKnownNow, paragraph } of totals)
        expect([heldAsKnownThen, heldAsKnownNow, paragraph]).toEqual([0, 0, 'section 9, Corporate Risk, Force update']);
      const high = totals.find(({ of }) => of !== null);
      expect(high.number / high.of).toBe(0.5);
      // The lists themselves, asked as the paper counts them: of the public nothing is hidden that they hold.
      const { ledger } = await served.public.runs(
        `{ ledger(asOf: { effective: "2023-07-17" }) {
          open: risks(filter: { body: "FORCE", open: true }) { totalCount }
          high: risks(filter: { body: "FORCE", open: true, high: true }) { totalCount } } }`,
      );
      expect(ledger).toEqual({ open: { totalCount: 0 }, high: { totalCount: 0 } });
    });

    it('holds nine recommendations of the report on digital forensics, of which it has no words', async () => {
      expect(await totalsOf(APRIL_REPORT)).toEqual([
        expect.objectContaining({ counts: 'Digital 9 Recommendation Review', number: 9, heldAsKnownNow: 0 }),
      ]);
    });
  });

  describe('of the boards and the Panel of 2023', () => {
    const asked = async (fields: string, effective = '2023-10-09'): Promise<Json> =>
      (await served.public.runs(`query ($asOf: AsOf) { ledger(asOf: $asOf) { ${fields} } }`, { asOf: { effective } }))
        .ledger;

    it('tells the gaps between boards that were held: 30, 63, 26 and 70 days', async () => {
      const { meetingGaps } = await asked('meetingGaps(body: "CGB") { from to days }');
      expect(meetingGaps.map(({ days }: Json) => days)).toEqual([30, 63, 26, 70]);
      expect([meetingGaps[0].from, meetingGaps[3].to]).toEqual(['CGB-2023-03-20', 'CGB-2023-09-25']);
    });

    it.each([
      ['2023-03-20', 8, 'WEEKS', [], ['2023-03-31']],
      ['2023-04-19', 4, 'WEEKS', [], []],
      ['2023-06-21', 4, 'WEEKS', [], []],
      ['2023-07-16', 4, 'WEEKS', [], []],
      ['2023-07-17', 2, 'MONTHS', [12], []],
      ['2023-09-25', 2, 'MONTHS', [12], []],
    ])('tells the cadence in force on %s: every %i %s', async (day, every, unit, ownMonths, mayAlreadyHold) => {
      const { rule } = await asked(
        'rule(ref: "CGB-cadence") { inForce { cadence { every unit months { month } } } mayAlreadyHold { to } }',
        day,
      );
      const { months, ...often } = rule.inForce.cadence;
      expect([often, months.map(({ month }: Json) => month)]).toEqual([{ every, unit }, ownMonths]);
      expect(rule.mayAlreadyHold.map(({ to }: Json) => to)).toEqual(mayAlreadyHold);
    });

    it('holds the eight weeks that the reports of June and July print beside the rule of four', async () => {
      const { rule } = await asked('rule(ref: "CGB-cadence") { disputed { path says source { paragraph quote } } }');
      expect(rule.disputed).toEqual(
        ['meeting every 8 weeks', 'meeting roughly every 8 weeks'].map((words) => ({
          path: 'every',
          says: 8,
          source: { paragraph: 'section 1, Overview', quote: expect.stringContaining(words) },
        })),
      );
    });

    it('holds the outturn of 2022/23 as made on a condition that nobody says is met, to the end of the papers', async () => {
      const fields =
        'decision(ref: "CGB-2023-06-D1") { status outcome { how effectiveOn authority } conditions { subjectTo standing reported { effectiveOn } } }';
      const conditions = [
        { subjectTo: 'Satisfied queries raised by the Chair', standing: 'OUTSTANDING', reported: null },
      ];
      const outcome = { how: 'MADE', effectiveOn: '2023-06-21', authority: 'meeting CGB-2023-06-21' };
      for (const day of ['2023-06-21', '2023-10-09'])
        expect((await asked(fields, day)).decision).toEqual({ status: 'MADE', outcome, conditions });
      expect((await asked(fields, '2023-06-20')).decision).toBeNull();
    });

    it('holds the approval of 25 September and the estates strategy of 20 March, each by the board of that day', async () => {
      const decided = async (ref: string) => {
        const { decision } = await asked(
          `decision(ref: "${ref}") { outcome { effectiveOn authority decided } history { edges { node { source { paragraph } } } } }`,
        );
        const { effectiveOn, authority, decided: words } = decision.outcome;
        return [effectiveOn, authority, words, decision.history.edges[0].node.source.paragraph];
      };
      expect(await decided('CGB-2023-09-D1')).toEqual([
        '2023-09-25',
        'meeting CGB-2023-09-25',
        expect.stringContaining('£160k of S106 funding for 5 electric vehicles'),
        'paragraph 31',
      ]);
      expect(await decided('CGB-2023-03-D1')).toEqual([
        '2023-03-20',
        'meeting CGB-2023-03-20',
        expect.stringContaining('Estates Strategy was approved'),
        'paragraph 2',
      ]);
    });

    it('tells on which paragraphs the Panel excluded the public on 10 August, and from which item on', async () => {
      const { meeting } = await asked(
        'meeting(ref: "PCP-2023-08-10") { exclusions { paragraphs agendaItem } agenda { event item } }',
      );
      const [{ paragraphs, agendaItem }] = meeting.exclusions;
      expect(paragraphs).toEqual(['PARAGRAPH_1', 'PARAGRAPH_3']);
      expect(meeting.agenda.find(({ event }: Json) => event === agendaItem).item).toBe('5');
    });

    it('tells that the Panel of 26 July opened at 1.00 pm and closed at 1.46 pm, and that minutes of three earlier meetings were confirmed there', async () => {
      const { meeting, earlier } = await asked(
        `meeting(ref: "PCP-2023-07-26") { opened closed minutes { state } }
        earlier: meetings(filter: { bodies: ["PCP"] }) { edges { node { ref minutes { state confirmedAt } } } }`,
      );
      expect(meeting).toEqual({ opened: '13:00', closed: '13:46', minutes: { state: 'CIRCULATED' } });
      const confirmed = earlier.edges.filter(({ node }: Json) => node.minutes?.state === 'CONFIRMED');
      expect(confirmed.map(({ node }: Json) => [node.ref, node.minutes.confirmedAt])).toEqual(
        ['PCP-2023-03-06', 'PCP-2023-03-06-2', 'PCP-2023-03-06-3'].map((ref) => [ref, 'PCP-2023-07-26']),
      );
    });

    it('tells who was there when an item was decided: of the hearing not the commissioner, who had withdrawn before it', async () => {
      const fields = 'agenda { item present { post { ref } who } } resolutions { text present { post { ref } who } }';
      const { panel, board } = await asked(
        `panel: meeting(ref: "PCP-2023-08-10") { ${fields} } board: meeting(ref: "CGB-2023-06-21") { ${fields} }`,
      );
      const posts = (present: Json[]) => present.map(({ post, who }) => post?.ref ?? who);
      const item = (meeting: Json, number: string) =>
        posts(meeting.agenda.find((one: Json) => one.item === number).present);
      expect(item(panel, '4')).toContain('commissioner');
      expect(item(panel, '5')).not.toContain('commissioner');
      expect(posts(panel.resolutions[0].present)).toEqual(item(panel, '5'));
      const outturn = board.resolutions.find(({ text }: Json) => text.includes('provisional outturn'));
      expect(posts(outturn.present)).toContain('commissioner');
      expect(posts(outturn.present)).not.toContain('chief-constable');
    });
  });

  describe('of what was promised to boards and Panel, and put off', () => {
    const CHAIN = `ref status plannedOn phrase home missed neverRecorded
      firstPlannedFor { on from meeting } plannedFor { on from to meeting }
      deferrals { effectiveOn phrase meeting from { on from meeting } to { on from meeting } }
      presentations { effectiveOn meeting agendaItem }`;

    /** The one item of a plan that is called so. */
    async function item(text: string, body: string, effective = '2023-10-09'): Promise<Json> {
      const { ledger } = await served.public.runs(
        `query ($asOf: AsOf, $filter: ForwardPlanFilter) { ledger(asOf: $asOf) {
          forwardPlanItems(filter: $filter) { edges { node { ${CHAIN} } } } } }`,
        { asOf: { effective }, filter: { text, body } },
      );
      const found: Json[] = ledger.forwardPlanItems.edges.map(({ node }: Json) => node);
      expect([text, body, found.length]).toEqual([text, body, 1]);
      return found[0];
    }
    /** From which meeting, month or day it was put off to which; null: a later meeting that nobody named. */
    const chain = ({ deferrals }: Json) =>
      deferrals.map(({ from, to }: Json) =>
        [from, to].map((place: Json) => place?.meeting ?? place?.on ?? place?.from ?? null),
      );
    async function onTheAgenda(meeting: string, title: string): Promise<Json> {
      const { ledger } = await served.public.runs(
        'query ($ref: ID!) { ledger(asOf: { effective: "2023-10-09" }) { meeting(ref: $ref) { agenda { event title } } } }',
        { ref: meeting },
      );
      return ledger.meeting.agenda.filter((one: Json) => one.title.toLowerCase().includes(title));
    }

    it('tells that victims from ethnic minorities went from June to July, and were absent there', async () => {
      const found = await item('victims from ethnic minority backgrounds', 'CGB');
      expect(chain(found)).toEqual([['CGB-2023-06-21', 'CGB-2023-07-17']]);
      expect(found).toMatchObject({ status: 'DEFERRED', plannedOn: '2023-07-17', missed: true, presentations: [] });
      expect(await onTheAgenda('CGB-2023-07-17', 'ethnic')).toEqual([]);
      expect((await item('victims from ethnic minority backgrounds', 'CGB', '2023-07-17')).missed).toBe(false);
    });

    it('tells that retirements and succession were not reached in June, put off by nobody, and absent in July', async () => {
      const found = await item('retirements', 'CGB');
      expect(found).toMatchObject({ status: 'SCHEDULED', plannedOn: '2023-06-21', missed: true, deferrals: [] });
      expect(await onTheAgenda('CGB-2023-07-17', 'retirements')).toEqual([]);
    });

    it('tells that the recruitment report went from July to September, was presented on the 25th, and is for the Panel of 9 October', async () => {
      const found = await item('recruitment and retention', 'CGB');
      expect(chain(found)).toEqual([['CGB-2023-07-17', 'CGB-2023-09-25']]);
      const [listed] = await onTheAgenda('CGB-2023-09-25', 'recruitment');
      expect(found).toMatchObject({
        status: 'PRESENTED',
        presentations: [{ effectiveOn: '2023-09-25', meeting: 'CGB-2023-09-25', agendaItem: listed.event }],
      });
      const panel = await item('recruitment and retention', 'PCP');
      expect(panel).toMatchObject({ status: 'RECEIVED', plannedOn: '2023-10-09', deferrals: [], presentations: [] });
      const { ledger } = await served.public.runs(
        'query ($ref: ID!) { ledger { forwardPlanItem(ref: $ref) { origin links { as record { ref } } } } }',
        { ref: panel.ref },
      );
      expect(ledger.forwardPlanItem.origin).toBe('FORWARD_PLAN_ITEM');
      expect(ledger.forwardPlanItem.links).toEqual([{ as: 'FOLLOWS_FROM', record: { ref: found.ref } }]);
    });

    it.each([
      ['Trust and Confidence', 'later meeting date'],
      ['Police Perpetrated Domestic Abuse', 'later meeting'],
    ])('tells that %s went from July to a later meeting that nobody named', async (title, phrase) => {
      const found = await item(title, 'CGB');
      expect(chain(found)).toEqual([['CGB-2023-07-17', null]]);
      expect(found).toMatchObject({ status: 'DEFERRED', plannedOn: null, phrase, home: 'NOWHERE', missed: false });
      expect((await item(title, 'CGB', '2023-07-16').catch(() => null))?.status).not.toBe('DEFERRED');
    });

    it('tells that Neighbourhood Active is for September by the minutes, and for January by the list of 9 October', async () => {
      const before = await item('Neighbourhood Active', 'CGB', '2023-09-25');
      expect(before).toMatchObject({
        status: 'SCHEDULED',
        phrase: 'the September CGB',
        plannedFor: { from: '2023-09-01' },
      });
      const found = await item('Neighbourhood Active', 'CGB');
      expect(chain(found)).toEqual([['2023-09-01', '2024-01-01']]);
      expect(found).toMatchObject({ status: 'DEFERRED', phrase: 'update to CGB in January', home: 'STANDS' });
      expect(await onTheAgenda('CGB-2023-09-25', 'neighbourhood')).toEqual([]);
    });

    it('tells that the paper on vacancy cuts was promised to a board of October, which from 17 July on nobody expects', async () => {
      const at = async (day: string) => (await item('vacancy cuts', 'CGB', day)).home;
      expect([await at('2023-06-21'), await at('2023-07-16')]).toEqual(['STANDS', 'STANDS']);
      expect([await at('2023-07-17'), await at('2023-10-09')]).toEqual(['NO_MEETING_EXPECTED', 'NO_MEETING_EXPECTED']);
      expect(await item('vacancy cuts', 'CGB')).toMatchObject({
        ...{ status: 'SCHEDULED', phrase: 'the October CGB', plannedFor: { meeting: 'CGB-2023-10' }, deferrals: [] },
      });
    });

    it('tells that the Plan was to be signed off on 14 December 2021 and with the Panel in January, and was published in May 2022', async () => {
      const board = await item('Police and Crime Plan', 'CGB');
      expect(board).toMatchObject({ status: 'SCHEDULED', plannedOn: '2021-12-14', missed: true, neverRecorded: true });
      const panel = await item('Final version of the Police and Crime Plan', 'PCP');
      expect(panel).toMatchObject({ status: 'SCHEDULED', plannedOn: '2022-01-31', missed: true, deferrals: [] });
      const { ledger } = await served.public.runs(
        `query ($board: ID!, $panel: ID!) { ledger {
          board: forwardPlanItem(ref: $board) { links { record { ref } } }
          panel: forwardPlanItem(ref: $panel) { links { record { ref } } }
          decision(ref: "CGB-2021-12-D1") { status neverRecorded } } }`,
        { board: board.ref, panel: panel.ref },
      );
      expect(ledger.decision).toEqual({ status: 'PROPOSED', neverRecorded: true });
      const to = ({ links }: Json) => links.map(({ record }: Json) => record.ref);
      expect(to(ledger.board)).toEqual(expect.arrayContaining(['CGB-2021-12-D1', panel.ref]));
      const published = to(ledger.panel).find((ref: string) => ref.startsWith('OPCC-2022-05-E'));
      const { ledger: then } = await served.public.runs(
        'query ($ref: ID!) { ledger { document(ref: $ref) { title history { edges { node { dated { from to } } } } } } }',
        { ref: published },
      );
      expect(then.document.title).toBe('Police and Crime Plan');
      expect(then.document.history.edges[0].node.dated).toEqual({ from: '2022-05-01', to: '2022-05-31' });
    });

    it('lists the work programme of the Panel: by meeting, and what is to be scheduled', async () => {
      const { ledger } = await served.public.runs(
        `query { ledger(asOf: { effective: "2023-10-09" }) {
          july: forwardPlanItems(filter: { plannedMeeting: "PCP-2023-07-26" }) { totalCount edges { node { status } } }
          october: forwardPlanItems(filter: { plannedMeeting: "PCP-2023-10-09" }) { totalCount }
          december: forwardPlanItems(filter: { plannedMeeting: "PCP-2023-12-13" }) { totalCount }
          toSchedule: forwardPlanItems(filter: { body: "PCP", status: [SUGGESTED] }) { edges { node { title home } } } } }`,
      );
      const { july, october, december, toSchedule } = ledger;
      expect([july.totalCount, october.totalCount, december.totalCount]).toEqual([8, 8, 4]);
      expect(july.edges.every(({ node }: Json) => node.status === 'PRESENTED')).toBe(true);
      expect(toSchedule.edges.map(({ node }: Json) => node.home)).toEqual(Array(5).fill('NOWHERE'));
      expect(toSchedule.edges[0].node.title).toBe('Emergency Services Network update');
    });
  });

  it.each(ofPapers)('is answered as it says: $words', async ({ reader, operation, answer }) => {
    expect({ data: await readers.get(reader)!.runs(operation) }).toEqual(answer);
  });
});
