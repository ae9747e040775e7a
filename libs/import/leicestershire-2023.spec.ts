import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { readImport, type PlannedRow } from './index.ts';

const FOLDER = join(process.cwd(), 'examples', 'leicestershire-2023');
/** Everybody whom the papers name and whose words or deeds stand in the example. */
const NAMED_IN_THE_PAPERS = [
  'Adatia',
  'Agath',
  'Allen',
  'Allnatt',
  'Alnatt',
  'Blackshaw',
  'Champness',
  'Chavda',
  'Clarke',
  'Dawkins',
  'Elliott',
  'Fletcher',
  'Gibson',
  'Heggs',
  'Hornbuckle',
  'Hughes',
  'Hussain',
  'James',
  'Joannou',
  'Kealey',
  'Keegan',
  'Kelly',
  'Lindsay',
  'Loydall',
  'Mahal',
  'Mann',
  'Manzoor',
  'Mansoor',
  'Matthews',
  'Morton',
  'Mullaney',
  'Nixon',
  'Patel',
  'Phillimore',
  'Russell',
  'Sandall',
  'Smith',
  'Starbuck',
  'Starr',
  'Streets',
  'Taylor',
  'Trewartha',
  'Wise',
  'Woodiwiss',
  'Woodman',
  'Wyatt',
] as const;

let planned: Promise<readonly PlannedRow[]> | null = null;
/** Read once: the folder takes a while. */
const rows = (): Promise<readonly PlannedRow[]> => (planned ??= readRows());

async function readRows(): Promise<readonly PlannedRow[]> {
  const read = await readImport(FOLDER);
  if (!('plan' in read)) throw new Error(JSON.stringify(read.problems, null, 2));
  return [...read.plan.rows];
}

function cells(): { readonly file: string; readonly row: { readonly [column: string]: string } }[] {
  const files = readdirSync(FOLDER).filter((file) => file.endsWith('.csv'));
  return files.flatMap((file) => {
    const parsed: { [column: string]: string }[] = parse(readFileSync(join(FOLDER, file)), { columns: true });
    return parsed.map((row) => ({ file, row }));
  });
}

function namesIn(text: string): readonly string[] {
  return NAMED_IN_THE_PAPERS.filter((name) => new RegExp(`\\b${name}\\b`, 'i').test(text));
}

describe('the example of Leicestershire, 2023', () => {
  it('passes every check', async () => {
    const read = await readImport(FOLDER);
    expect(read).toMatchObject({ plan: { id: 'leicestershire-2023' } });
  });

  it('holds the commands that its README counts', async () => {
    const counts: { [name: string]: number } = {};
    for (const { name } of await rows()) counts[name] = (counts[name] ?? 0) + 1;
    expect(counts).toEqual({
      addBody: 8,
      addPost: 12,
      recordDocument: 38,
      scheduleMeeting: 16,
      holdMeeting: 11,
      cancelMeeting: 1,
      arrangeMeeting: 6,
      recordAttendance: 5,
      recordSitting: 2,
      declareInterest: 2,
      excludePublic: 1,
      listAgendaItem: 79,
      presentAgendaItem: 55,
      passOverAgendaItem: 3,
      deferAgendaItem: 5,
      reportAgendaItem: 28,
      recordResolution: 29,
      minuteItem: 26,
      draftMinutes: 2,
      circulateMinutes: 2,
      confirmMinutes: 3,
      raiseAction: 11,
      agreeAction: 11,
      reportActionComplete: 9,
      signOffAction: 8,
      convertAction: 1,
      recordOtherwiseStated: 8,
      linkRecord: 9,
      nameRecord: 4,
      makeRecommendation: 12,
      addRecommendationEvidence: 3,
      sayOwnerWord: 1,
      reportTotal: 13,
      addRule: 1,
      setCadence: 4,
      proposeDecision: 11,
      makeDecision: 9,
      setDecisionCondition: 2,
      suggestForwardPlanItem: 37,
      scheduleForwardPlanItem: 30,
      receiveForwardPlanPaper: 1,
      presentForwardPlanItem: 9,
      deferForwardPlanItem: 5,
    });
  });

  it('cites in every row the paper that it names, but for the bodies, whose rows stand before the papers', async () => {
    const titles = new Map(
      (await rows()).flatMap(({ key, name, command }) =>
        name === 'recordDocument' ? [[key, (command as unknown as { title: string }).title] as const] : [],
      ),
    );
    const cited = (await rows()).filter(({ name }) => name !== 'addBody' && name !== 'recordDocument');
    expect(titles.size).toBe(38);
    for (const { key, envelope } of cited)
      expect([key, titles.get(envelope.source?.record ?? '')]).toEqual([key, envelope.source?.document]);
  });

  it('raises the actions of each board in the order of the paper, so that the ledger numbers them so', async () => {
    const raised = (await rows()).filter(({ name }) => name === 'raiseAction');
    expect(
      raised
        .map(({ command }) => command as unknown as { meeting: string; item: string })
        .map(({ meeting, item }) => `${meeting} ${item}`),
    ).toEqual([
      ...['a', 'b', 'c', 'd'].map((letter) => `cgb-2023-04-19 7(${letter})`),
      ...['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((letter) => `cgb-2023-06-21 8(${letter})`),
    ]);
  });

  it('dates what a paper prints as done by the day of the paper, and names nobody who did it', async () => {
    const facts = (await rows()).filter(({ file }) => file === 'action-facts.csv');
    expect(facts).toHaveLength(18);
    for (const { envelope } of facts) {
      expect(envelope).toMatchObject({
        dated: { how: 'by', to: '2023-10-09' },
        by: null,
        authority: 'notStated',
        stated: '2023-10-09',
      });
      expect(envelope.effectiveOn).toBeUndefined();
    }
  });

  it('leaves 8(b) without a status and 8(d) without a sign-off', async () => {
    const about = async (key: string) =>
      (await rows())
        .filter(({ links }) => links.some((link) => link.column === 'record' && link.key === key))
        .map(({ name }) => name);
    expect(await about('june-8b')).toEqual(['agreeAction']);
    expect(await about('june-8d')).toEqual(['agreeAction', 'reportActionComplete']);
    expect(await about('june-8c')).toEqual(['agreeAction', 'reportActionComplete', 'signOffAction']);
    expect(await about('april-7c')).toEqual(['agreeAction', 'convertAction']);
  });

  it('keeps both versions of what the papers contradict themselves on', async () => {
    const otherwise = (await rows()).filter(({ name }) => name === 'recordOtherwiseStated');
    expect(otherwise.map(({ command }) => command)).toEqual([
      { type: 'RecordOtherwiseStated', ref: 'cgb-2023-04-19', path: 'date', says: '2023-03-20' },
      { type: 'RecordOtherwiseStated', ref: 'cgb-2023-07-17', path: 'date', says: '2022-07-20' },
      { type: 'RecordOtherwiseStated', ref: 'cgb-2023-09-25', path: 'date', says: '2022-09-25' },
      { type: 'RecordOtherwiseStated', ref: 'june-8g', path: 'due.phrase', says: 'update to CGB in January' },
      { type: 'RecordOtherwiseStated', ref: 'pcp-2023-02-01', path: 'date', says: '2023-02-02' },
      {
        type: 'RecordOtherwiseStated',
        ref: 'east-leicester-review',
        path: 'publisher',
        says: 'The Home Office in the Casey Review',
      },
      // The reports of June and of July.
      { type: 'RecordOtherwiseStated', ref: 'cgb-cadence', event: 'cgb-cadence-3', path: 'every', says: 8 },
      { type: 'RecordOtherwiseStated', ref: 'cgb-cadence', event: 'cgb-cadence-3', path: 'every', says: 8 },
    ]);
    for (const { envelope } of otherwise)
      expect(envelope.source).toMatchObject({
        document: expect.any(String),
        paragraph: expect.any(String),
        quote: expect.any(String),
      });
  });

  it('keeps the promises of the minutes apart from the actions', async () => {
    const promises = (await rows()).filter(({ command }) => (command as { promise?: boolean }).promise === true);
    expect(promises.every(({ name, register }) => name === 'minuteItem' && register === 'meetings')).toBe(true);
    const byMeeting = (meeting: string) => promises.filter(({ command }) => command.ref === meeting).length;
    expect({
      april: byMeeting('cgb-2023-04-19'),
      june: byMeeting('cgb-2023-06-21'),
      july: byMeeting('cgb-2023-07-17'),
      panel: byMeeting('pcp-2023-07-26'),
    }).toEqual({ april: 2, june: 4, july: 7, panel: 2 });
  });

  it('says of every agenda item of a board that was held what became of it, but for two under which its report has nothing', async () => {
    const all = await rows();
    const listed = all.filter(({ name }) => name === 'listAgendaItem');
    const said = new Set(
      all.flatMap(({ links }) => links.flatMap(({ column, key }) => (column === 'agenda_item' ? [key] : []))),
    );
    expect(
      listed.filter(({ key }) => !said.has(key) && !key.startsWith('pcp-2023-10-09')).map(({ key }) => key),
    ).toEqual(['cgb-2023-04-19-item-8-i', 'cgb-2023-06-21-item-5-iv']);
    expect(
      all.filter(({ name, command }) => name === 'passOverAgendaItem' && command.ref === 'cgb-2023-06-21'),
    ).toHaveLength(3);
  });

  it('names the meeting at which each decision was made', async () => {
    const all = await rows();
    const made = all.filter(({ name }) => name === 'makeDecision');
    expect(made.filter(({ envelope }) => !JSON.stringify(envelope.authority ?? null).includes('meeting'))).toEqual([]);
  });

  it('publishes every record once, for all of it stands in a public paper', async () => {
    const all = await rows();
    expect(all.filter(({ publishes }) => publishes !== undefined)).toHaveLength(
      all.filter(({ opens }) => opens).length,
    );
    expect(cells().filter(({ row }) => row['published'] !== 'yes')).toEqual([]);
    // One paper is older than those of the Panel of October.
    const older = cells().filter(({ row }) => row['published_on'] !== '2023-10-09');
    const ofThePlan = [
      ...['plan-signed-off', 'plan-at-cgb', 'plan-at-cgb-scheduled', 'plan-decision-link'],
      ...['plan-at-panel', 'plan-at-panel-scheduled'],
    ];
    expect(older.map(({ row }) => [row['key'], row['published_on'], row['source_record']])).toEqual(
      ofThePlan.map((key) => [key, '2021-12-02', 'plan-update-2021-12-02']),
    );
  });

  it('shows for every row the document, the place in it and the line of the source', () => {
    for (const { file, row } of cells()) {
      const where = `${file} ${row['key']}`;
      expect([where, row['source']]).toEqual([where, expect.stringMatching(/^S[0-4]:L\d+( S[0-4]:L\d+)*$/)]);
      expect([where, row['document'], row['paragraph']]).toEqual([
        where,
        expect.stringMatching(/\w/),
        expect.stringMatching(/\w/),
      ]);
    }
  });

  it('names no person anywhere', () => {
    for (const file of readdirSync(FOLDER))
      expect([file, namesIn(readFileSync(join(FOLDER, file), 'utf8'))]).toEqual([file, []]);
  });

  it('would be caught if it named one', () => {
    expect(namesIn('CC Nixon informed the board')).toEqual(['Nixon']);
    expect(namesIn('An otherwise wise word')).toEqual(['Wise']);
    expect(namesIn('otherwise')).toEqual([]);
  });
});
