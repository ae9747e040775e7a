import { standingClock } from '../ledger-in-a-folder.ts';
import type { Client, Json } from './client.ts';
import { AFTERWARDS, loadRows, READY_WITHIN_MS } from './illustrative-panel.ts';
import { becomesReady, headersOf, newPlace, serveLedger, type ServedLedger } from './served-ledger.ts';

/*
 * What the illustrative panel is told of its risks, between one panel that was held and the next. What is expected was counted from the rows of
 * `examples/jarap-illustrative/risk-facts.csv`, and from nothing that the ledger answers.
 */

/** The panels that were held, in the order of their days. */
const HELD = [
  ...['2024-01-23', '2024-03-19', '2024-07-16', '2024-09-24', '2024-11-26', '2025-01-28', '2025-03-04', '2025-04-01'],
].map((day) => `FENPANEL-${day}`);

describe('the movement of risks for the illustrative panel', () => {
  let served: ServedLedger;

  beforeAll(async () => {
    const place = await newPlace('sqlite');
    expect(await loadRows(place)).toMatchObject({ outcome: 'passed' });
    served = await serveLedger({ store: 'sqlite', place, clock: standingClock(AFTERWARDS) });
    await becomesReady(served.url, READY_WITHIN_MS);
  }, 600_000);
  afterAll(() => served?.remove());

  const asks = async (args: string, fields: string, post: string | null = 'opcc-officer'): Promise<Json> => {
    const client: Client = post === null ? served.public : await served.as(post);
    const { ledger } = await client.runs(
      `{ ledger { riskMovement(panel: "FENPANEL"${args === '' ? '' : `, ${args}`}) { ${fields} } } }`,
    );
    return ledger.riskMovement;
  };
  const between = (since: string, until: string) => `since: "FENPANEL-${since}", until: "FENPANEL-${until}"`;
  const SUMMER = between('2024-07-16', '2024-09-24');
  const AUTUMN = between('2024-09-24', '2024-11-26');
  const countsOf = ({ counts }: Json): Json =>
    Object.fromEntries(counts.map(({ step, kind, count }: Json) => [`${step} ${kind}`, count]));
  const movedOf = ({ risks }: Json): Json[] =>
    risks.edges.flatMap(({ node }: Json) => node.moved.map((one: Json) => ({ ref: node.ref, ...one })));

  /*
   * Told on 8 July 2024 at 16:00, and on 16 September. Of risk-facts.csv, effective from 9 July to 16 September and recorded by then: four rows of registerRisk (heat, help
   * elsewhere, insiders, drones), one of closeRisk (the election), one of acceptRisk (the victims' service), five of addRiskControl, and five of reportRiskControl, of which that of
   * interpreters was corrected on 20 August to 1 July. Of 17 rows of scoreRisk two are targets of those newly registered. Ten scores fell; for three (body-worn video,
   * requests for information, stop and search) no control was put in place since the score before.
   * Restated: interpreters; the call-back of 101, in use from 4 June and entered on 17 July; a review of 8 July, entered on the 10th, is no kind of its own.
   */
  it('of July to September 2024 is what the rows say', async () => {
    const found = await asks(SUMMER, 'told { effective recorded } closing { effective } counts { step kind count }');
    expect([found.told, found.closing.effective]).toEqual([
      { effective: '2024-07-08', recorded: '2024-07-08T15:00:00.000Z' },
      '2024-09-16',
    ]);
    expect(countsOf(found)).toMatchObject({
      'RESTATED CONTROL_IN_PLACE': 2,
      'MOVED NEW': 4,
      'MOVED CLOSED': 1,
      'MOVED ACCEPTED': 1,
      'MOVED FIRST_SCORED': 3,
      'MOVED SCORE_FELL': 10,
      'MOVED FELL_WITHOUT_CONTROL': 3,
      'MOVED TARGET_SET': 2,
      'MOVED CONTROL_ADDED': 5,
      'MOVED CONTROL_IN_PLACE': 4,
      'MOVED REVIEWED_UNCHANGED': 30,
    });
    const none = ['ESCALATED', 'DEESCALATED', 'MERGED', 'REOPENED', 'SCORE_ROSE', 'CONTROL_DROPPED', 'RE_BANDED'];
    for (const kind of none) expect(countsOf(found)).not.toHaveProperty([`MOVED ${kind}`]);
  });

  it('names who scored it and why, and opens each row to its entry', async () => {
    const found = await asks(
      SUMMER,
      'risks(kind: [FELL_WITHOUT_CONTROL], step: MOVED) { edges { node { ref closing { title } moved { kind on by { ref } reason event { type record } score { score } scoreBefore { score } } } } }',
    );
    const fell = movedOf(found).filter(({ kind }) => kind === 'FELL_WITHOUT_CONTROL');
    expect(fell).toHaveLength(3);
    for (const one of fell) {
      expect(one.event).toEqual({ type: 'RiskScored', record: one.ref });
      expect(one.by.ref).toMatch(/^fen-/);
      expect(one.reason).toMatch(/\.$/);
      expect(one.score.score).toBeLessThan(one.scoreBefore.score);
    }
  });

  /*
   * Body-worn video was scored 4 in July 2024, below the 6 of before; corrected on 6 November it is 6 still, and did not fall. A score of 8 July of national data was taken back on 18
   * September and restored on 4 December, so that two panels are told otherwise of it.
   */
  it('tells what was corrected, taken back and restored between panels apart from what moved', async () => {
    const fields =
      'risks(step: RESTATED) { edges { node { ref moved { kind step restatement stands amendment { type } } } } }';
    const restated = async (args: string) =>
      movedOf(await asks(args, fields)).flatMap(({ ref, kind, step, restatement, stands, amendment }) =>
        step === 'RESTATED' ? [[ref, kind, restatement, stands, amendment?.type ?? null]] : [],
      );
    const autumn = await restated(AUTUMN);
    expect(autumn).toContainEqual(['FENFORCE-2024-04-K1', 'SCORE_ROSE', 'VOIDED', false, 'Voided']);
    expect(autumn).toContainEqual(['FENFORCE-2024-01-K21', 'SCORE_FELL', 'CORRECTED', false, 'Corrected']);
    const winter = await restated(between('2024-11-26', '2025-01-28'));
    expect(winter).toContainEqual(['FENFORCE-2024-04-K1', 'SCORE_ROSE', 'RESTORED', true, 'Restored']);
  });

  /*
   * On 30 September 2024 eight open risks were scored 8, which is medium by version 1 and high by version 2. One of them, national data, was so by the score that was taken back from 18
   * September to 4 December, and so not for the panel of November.
   */
  it('tells what the scale did apart from what became of risks', async () => {
    const fields =
      'risks(kind: [RE_BANDED], first: 100) { edges { node { ref moved { kind on cause bandBefore bandAfter other event { record } } } } }';
    const banded = movedOf(await asks(AUTUMN, fields)).filter(({ kind }) => kind === 'RE_BANDED');
    expect(banded.filter(({ bandAfter }) => bandAfter === 'High')).toHaveLength(7);
    for (const one of banded)
      expect(one).toMatchObject({
        ...{ on: '2024-10-01', cause: 'OTHER_RECORD', other: 'FENPANEL-scores' },
        event: { record: 'FENPANEL-scores' },
      });
  });

  it('opens each step where the one before closed, and spends each of its days in a band or in none', async () => {
    let closed: string | null = null;
    for (const [index, until] of HELD.entries()) {
      const since = HELD[index - 1];
      if (since === undefined) continue;
      const { told, closing, daysInBands, risks, matrix } = await asks(
        `since: "${since}", until: "${until}"`,
        `told { effective recorded } closing { effective recorded } daysInBands { days } risks(first: 1) { totalCount }
          matrix(scale: "FENPANEL-scores") { ${['told', 'knownNow', 'closing'].map((at) => `${at} { cells { likelihood impact count } onOtherAxes onOtherScales unscored }`).join(' ')}
            lines { step count from { where likelihood impact } to { where likelihood impact } } }`,
      );
      expect([since, closed ?? JSON.stringify(told)]).toEqual([since, JSON.stringify(told)]);
      closed = JSON.stringify(closing);
      const days = (Date.parse(closing.effective) - Date.parse(told.effective)) / 86_400_000;
      expect(daysInBands.reduce((sum: number, one: Json) => sum + one.days, 0)).toBe(days * risks.totalCount);
      for (const [step, from, to] of [
        ['RESTATED', 'told', 'knownNow'],
        ['MOVED', 'knownNow', 'closing'],
      ] as const)
        expect([until, step, whatIsLeft(matrix[from], linesOf(matrix, step), matrix[to])]).toEqual([until, step, []]);
    }
    const { since, until } = await asks('', 'since { ref } until { ref }');
    expect([since.ref, until]).toEqual([HELD.at(-1), null]);
  });

  it('is of fewer risks for whoever may not see some, each told as to everybody', async () => {
    const of = 'risks(first: 500) { totalCount edges { node { ref moved { kind step on } } } }';
    const whole = await asks(AUTUMN, of);
    const part = await asks(AUTUMN, of, 'fen-panel-member');
    expect(part.risks.totalCount).toBeLessThan(whole.risks.totalCount);
    const refs = part.risks.edges.map(({ node }: Json) => node.ref);
    expect(part.risks.edges).toHaveLength(part.risks.totalCount);
    expect(movedOf(part)).toEqual(movedOf(whole).filter(({ ref }) => refs.includes(ref)));
  });

  it('is a page with the same counts, to which the panel, its meetings and the list of what it reads lead', async () => {
    const headers: Record<string, string> = await headersOf(served.url, 'opcc-officer');
    const get = async (path: string) => {
      const answer = await fetch(`${served.url}${path}`, { headers });
      return { status: answer.status, html: await answer.text() };
    };
    const PAGE = '/panels/FENPANEL/risks';
    const { html } = await get(`${PAGE}?since=FENPANEL-2024-07-16&until=FENPANEL-2024-09-24`);
    const { counts } = await asks(SUMMER, 'counts { step kind count }');
    for (const { step, kind, count } of counts)
      expect(html).toMatch(new RegExp(`href="#${`${step}-${kind}`.toLowerCase()}">${count}<`));
    // Each row leads to its entry.
    expect(html).toMatch(/href="\/risks\/FENFORCE-2024-01-K21#event-[^"]+"/);
    const fell = await get(`${PAGE}?since=FENPANEL-2024-07-16&until=FENPANEL-2024-09-24&step=moved&kind=score_fell`);
    expect(fell.html.match(/#event-/g)).toHaveLength(10);
    for (const path of ['/bodies/FENPANEL', '/meetings/FENPANEL-2024-09-24', '/risks?readBy=FENPANEL'])
      expect([path, (await get(path)).html.includes(`href="${PAGE}`)]).toEqual([path, true]);
    const statuses = {
      [PAGE]: 200,
      [`${PAGE}?since=FENPANEL-2024-05-21`]: 400,
      [`${PAGE}?on=2024-01-05`]: 404,
      [`${PAGE}?step=moved&kind=nothing`]: 404,
      '/panels/NOBODY/risks': 404,
    };
    for (const [path, status] of Object.entries(statuses))
      expect([path, (await get(path)).status]).toEqual([path, status]);
  });

  it('refuses a panel that was called off, one of another body and one that comes before', async () => {
    const client = await served.as('opcc-officer');
    const refused = async (args: string): Promise<Json> => {
      const { text } = await client.post(`{ ledger { riskMovement(${args}) { told { effective } } } }`);
      const [{ message, extensions }] = JSON.parse(text).errors;
      return [extensions.code, extensions.field, message];
    };
    expect(await refused('panel: "FENPANEL", since: "FENPANEL-2024-05-21"')).toEqual([
      ...['INVALID', 'since', 'This meeting was cancelled, so that nothing was told to it.'],
    ]);
    expect((await refused('panel: "FENPANEL", since: "CGB-2023-06-21"')).slice(0, 2)).toEqual(['INVALID', 'since']);
    expect((await refused('panel: "NOBODY"')).slice(0, 2)).toEqual(['INVALID', 'panel']);
    expect((await refused(`panel: "FENPANEL", ${between('2024-09-24', '2024-07-16')}`)).slice(0, 2)).toEqual([
      ...['INVALID', 'until'],
    ]);
  });
});

const linesOf = ({ lines }: Json, step: string): Json[] => lines.filter((one: Json) => one.step === step);

/** The places in which one matrix and the lines after it do not give the next. */
function whatIsLeft(opening: Json, lines: readonly Json[], closing: Json): readonly unknown[] {
  const counts = new Map<string, number>();
  const add = (place: string, count: number) => counts.set(place, (counts.get(place) ?? 0) + count);
  const named = ({ where, likelihood, impact }: Json) => (where === 'CELL' ? `${likelihood} × ${impact}` : where);
  const all = ({ cells, onOtherAxes, onOtherScales, unscored }: Json, sign: number): void => {
    for (const { likelihood, impact, count } of cells) add(`${likelihood} × ${impact}`, sign * count);
    add('OTHER_AXES', sign * onOtherAxes);
    add('OTHER_SCALE', sign * onOtherScales);
    add('UNSCORED', sign * unscored);
  };
  all(opening, 1);
  for (const { from, to, count } of lines) {
    if (from !== null) add(named(from), -count);
    if (to !== null) add(named(to), count);
  }
  all(closing, -1);
  return [...counts].filter(([, left]) => left !== 0);
}
