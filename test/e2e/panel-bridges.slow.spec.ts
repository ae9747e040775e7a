import { standingClock } from '../ledger-in-a-folder.ts';
import type { Client, Json } from './client.ts';
import { AFTERWARDS, loadRows, READY_WITHIN_MS } from './illustrative-panel.ts';
import { becomesReady, newPlace, ServedLedger } from './served-ledger.ts';

/*
 * From panel to panel of the illustrative example: eight were held, so seven bridges lie between them. The figures were worked out by hand, over the
 * rows of `examples/jarap-illustrative` and by the words of `docs/comparing.md`: nothing of the ledger was asked for them.
 *
 * What a panel was told is told by its cut-off. Papers that have a day alone are of the end of it; those of July 2024 and of March 2025 were issued at
 * 4 pm, and paper C of November 2024 again as at noon of the 21st. A row counts from the first instant of its `recorded_on`, and takes effect on its
 * `effective_on`. A line holds each record by its last change of cell: what was raised, agreed and reported between two panels is in the line of the report.
 */

/** Each panel that was held, with the day and instant of its cut-off. */
const HELD = [
  ['FENPANEL-2024-01-23', '2024-01-15', '2024-01-15T23:59:59.999Z'],
  ['FENPANEL-2024-03-19', '2024-03-11', '2024-03-11T23:59:59.999Z'],
  ['FENPANEL-2024-07-16', '2024-07-08', '2024-07-08T15:00:00.000Z'],
  ['FENPANEL-2024-09-24', '2024-09-16', '2024-09-16T22:59:59.999Z'],
  ['FENPANEL-2024-11-26', '2024-11-21', '2024-11-21T12:00:00.000Z'],
  ['FENPANEL-2025-01-28', '2025-01-20', '2025-01-20T23:59:59.999Z'],
  ['FENPANEL-2025-03-04', '2025-02-24', '2025-02-24T16:00:00.000Z'],
  ['FENPANEL-2025-04-01', '2025-03-24', '2025-03-24T23:59:59.999Z'],
] as const;

/** As told, as known now, at closing. */
type Three = readonly [told: number, knownNow: number, closing: number];

interface Bridged {
  /** By the key of each cell; of those without a group it is empty. */
  readonly cells: Readonly<Record<string, Three>>;
  readonly total: Three;
  /** The step, the kind, the cell that was left and the one that was entered (`nowhere`: in none; `none`: without a group), and the records. */
  readonly lines: readonly string[];
}

/** Actions by status. */
const ACTIONS: readonly Bridged[] = [
  // To March 2024: the first action was asked for in January and reported on the day of the papers.
  {
    cells: {
      REPORTED_COMPLETE: [0, 0, 1],
    },
    total: [0, 0, 1],
    lines: ['MOVED REPORTED, nowhere to REPORTED_COMPLETE: FENPANEL-2024-01-A1'],
  },
  // To July 2024: three of March were reported; the inspector’s letter was answered after the papers.
  {
    cells: {
      AGREED: [0, 0, 1],
      REPORTED_COMPLETE: [1, 1, 3],
      SIGNED_OFF: [0, 0, 1],
    },
    total: [1, 1, 5],
    lines: [
      'MOVED AGREED, nowhere to AGREED: FENOPCC-2024-06-A1',
      'MOVED REPORTED, nowhere to REPORTED_COMPLETE: FENPANEL-2024-03-A1 FENPANEL-2024-03-A2 FENPANEL-2024-03-A3',
      'MOVED CLOSED, REPORTED_COMPLETE to SIGNED_OFF: FENPANEL-2024-01-A1',
    ],
  },
  // To September 2024: five of July were agreed, two of them reported by the officers on the very day of the papers, but entered on 18 September; so they are not told.
  {
    cells: {
      AGREED: [1, 1, 2],
      REPORTED_COMPLETE: [3, 3, 3],
      SIGNED_OFF: [1, 1, 5],
    },
    total: [5, 5, 10],
    lines: [
      'MOVED AGREED, nowhere to AGREED: FENPANEL-2024-07-A4 FENPANEL-2024-07-A5',
      'MOVED REPORTED, nowhere to REPORTED_COMPLETE: FENPANEL-2024-07-A1 FENPANEL-2024-07-A2 FENPANEL-2024-07-A3',
      'MOVED CLOSED, AGREED to SIGNED_OFF: FENOPCC-2024-06-A1',
      'MOVED CLOSED, REPORTED_COMPLETE to SIGNED_OFF: FENPANEL-2024-03-A1 FENPANEL-2024-03-A2 FENPANEL-2024-03-A3',
    ],
  },
  // To November 2024: those two are learned, of 16 September, and with the other three signed off on the 24th.
  {
    cells: {
      AGREED: [2, 0, 2],
      REPORTED_COMPLETE: [3, 5, 2],
      SIGNED_OFF: [5, 5, 10],
    },
    total: [10, 10, 14],
    lines: [
      'RESTATED LEARNED, AGREED to REPORTED_COMPLETE: FENPANEL-2024-07-A4 FENPANEL-2024-07-A5',
      'MOVED AGREED, nowhere to AGREED: FENPANEL-2024-09-A1 FENPANEL-2024-09-A4',
      'MOVED REPORTED, nowhere to REPORTED_COMPLETE: FENPANEL-2024-09-A2 FENPANEL-2024-09-A3',
      'MOVED CLOSED, REPORTED_COMPLETE to SIGNED_OFF: FENPANEL-2024-07-A1 FENPANEL-2024-07-A2 FENPANEL-2024-07-A3 FENPANEL-2024-07-A4 FENPANEL-2024-07-A5',
    ],
  },
  // To January 2025: the action that was raised twice, on 26 November, was void by 9 December: it is in no line, as nothing of it was ever told to a panel.
  {
    cells: {
      AGREED: [2, 2, 3],
      REPORTED_COMPLETE: [2, 2, 4],
      SIGNED_OFF: [10, 10, 12],
    },
    total: [14, 14, 19],
    lines: [
      'MOVED AGREED, nowhere to AGREED: FENPANEL-2024-11-A2 FENPANEL-2024-11-A3 FENPANEL-2024-11-A5',
      'MOVED REPORTED, AGREED to REPORTED_COMPLETE: FENPANEL-2024-09-A1 FENPANEL-2024-09-A4',
      'MOVED REPORTED, nowhere to REPORTED_COMPLETE: FENPANEL-2024-11-A1 FENPANEL-2024-11-A4',
      'MOVED CLOSED, REPORTED_COMPLETE to SIGNED_OFF: FENPANEL-2024-09-A2 FENPANEL-2024-09-A3',
    ],
  },
  // To the special panel of March 2025: of January’s answers one, of the day of the papers, was entered the day after. Four were signed off, one was sent back, one put off, one became an item of the plan.
  {
    cells: {
      AGREED: [3, 2, 1],
      IN_PROGRESS: [0, 0, 2],
      REPORTED_COMPLETE: [4, 5, 0],
      SIGNED_OFF: [12, 12, 16],
      DEFERRED: [0, 0, 1],
      CONVERTED: [0, 0, 1],
    },
    total: [19, 19, 21],
    lines: [
      'RESTATED LEARNED, AGREED to REPORTED_COMPLETE: FENPANEL-2024-11-A3',
      'MOVED AGREED, nowhere to AGREED: FENPANEL-2025-01-A2',
      'MOVED CLOSED, AGREED to CONVERTED: FENPANEL-2024-11-A5',
      'MOVED DEFERRED, AGREED to DEFERRED: FENPANEL-2024-11-A2',
      'MOVED PROGRESSED, nowhere to IN_PROGRESS: FENPANEL-2025-01-A1',
      'MOVED SENT_BACK, REPORTED_COMPLETE to IN_PROGRESS: FENPANEL-2024-11-A1',
      'MOVED CLOSED, REPORTED_COMPLETE to SIGNED_OFF: FENPANEL-2024-09-A1 FENPANEL-2024-09-A4 FENPANEL-2024-11-A3 FENPANEL-2024-11-A4',
    ],
  },
  // To April 2025: two that were in progress were reported; nothing was raised.
  {
    cells: {
      AGREED: [1, 1, 1],
      IN_PROGRESS: [2, 2, 0],
      REPORTED_COMPLETE: [0, 0, 2],
      SIGNED_OFF: [16, 16, 16],
      DEFERRED: [1, 1, 1],
      CONVERTED: [1, 1, 1],
    },
    total: [21, 21, 21],
    lines: ['MOVED REPORTED, IN_PROGRESS to REPORTED_COMPLETE: FENPANEL-2024-11-A1 FENPANEL-2025-01-A1'],
  },
];

/** Open risks of the bodies that the panel reads, by the band in which each reads. What is for few ends in an asterisk. */
const RISKS: readonly Bridged[] = [
  // To March 2024: of the risks that were registered in January two had been, on the 15th, and were entered on the 16th. All but two are scored by March.
  {
    cells: {
      High: [3, 3, 20],
      Medium: [0, 0, 15],
      Low: [0, 0, 5],
      '': [14, 16, 2],
    },
    total: [17, 19, 42],
    lines: [
      'RESTATED LEARNED, nowhere to none: FENFORCE-2024-01-K11 FENOPCC-2024-01-K6',
      'MOVED REGISTERED, nowhere to none: FENFORCE-2024-03-K1 FENFORCE-2024-03-K2',
      'MOVED RE_SCORED, none to High: FENFORCE-2024-01-K4 FENFORCE-2024-01-K7 FENFORCE-2024-01-K8 FENFORCE-2024-01-K9 FENFORCE-2024-01-K10 FENOPCC-2024-01-K1 FENOPCC-2024-01-K2',
      'MOVED RE_SCORED, none to Low: FENOPCC-2024-01-K5',
      'MOVED RE_SCORED, none to Medium: FENFORCE-2024-01-K5 FENFORCE-2024-01-K6 FENFORCE-2024-01-K11 FENFORCE-2024-01-K12 FENFORCE-2024-01-K13 FENOPCC-2024-01-K3 FENOPCC-2024-01-K4 FENOPCC-2024-01-K6',
      'MOVED RE_SCORED, nowhere to High: FENFORCE-2024-01-K14 FENFORCE-2024-01-K16 FENFORCE-2024-01-K17 FENFORCE-2024-01-K18 FENFORCE-2024-01-K20 FENFORCE-2024-02-K1 FENFORCE-2024-02-K2 FENFORCE-2024-02-K3 FENOPCC-2024-02-K2 FENOPCC-2024-02-K3',
      'MOVED RE_SCORED, nowhere to Low: FENFORCE-2024-01-K15 FENFORCE-2024-01-K24 FENOPCC-2024-01-K7 FENOPCC-2024-02-K1',
      'MOVED RE_SCORED, nowhere to Medium: FENFORCE-2024-01-K19 FENFORCE-2024-01-K21 FENFORCE-2024-01-K22 FENFORCE-2024-01-K23 FENFORCE-2024-02-K* FENFORCE-2024-02-K4 FENOPCC-2024-01-K8',
    ],
  },
  // To July 2024: two fell from High, and nine came, of which the one on forced labour is unscored.
  {
    cells: {
      High: [20, 20, 20],
      Medium: [15, 15, 23],
      Low: [5, 5, 6],
      '': [2, 2, 1],
    },
    total: [42, 42, 50],
    lines: [
      'MOVED REGISTERED, nowhere to none: FENFORCE-2024-03-K4',
      'MOVED RE_SCORED, High to Medium: FENFORCE-2024-01-K2 FENOPCC-2024-01-K2',
      'MOVED RE_SCORED, none to Medium: FENFORCE-2024-03-K1 FENFORCE-2024-03-K2',
      'MOVED RE_SCORED, nowhere to High: FENFORCE-2024-06-K* FENOPCC-2024-06-K1',
      'MOVED RE_SCORED, nowhere to Low: FENOPCC-2024-03-K1',
      'MOVED RE_SCORED, nowhere to Medium: FENFORCE-2024-03-K3 FENFORCE-2024-04-K1 FENOPCC-2024-04-K* FENOPCC-2024-05-K1',
    ],
  },
  // To September 2024: the first is closed, after the election.
  {
    cells: {
      High: [20, 20, 19],
      Medium: [23, 23, 21],
      Low: [6, 6, 11],
      '': [1, 1, 2],
    },
    total: [50, 50, 53],
    lines: [
      'MOVED CLOSED, Medium to nowhere: FENOPCC-2024-01-K4',
      'MOVED REGISTERED, nowhere to none: FENFORCE-2024-09-K1',
      'MOVED RE_SCORED, High to Medium: FENFORCE-2024-01-K9 FENFORCE-2024-02-K3',
      'MOVED RE_SCORED, Medium to Low: FENFORCE-2024-01-K5 FENFORCE-2024-01-K19 FENFORCE-2024-01-K21 FENFORCE-2024-03-K2',
      'MOVED RE_SCORED, nowhere to High: FENFORCE-2024-08-K1',
      'MOVED RE_SCORED, nowhere to Low: FENFORCE-2024-07-K1',
      'MOVED RE_SCORED, nowhere to Medium: FENFORCE-2024-09-K*',
    ],
  },
  // To November 2024: one was typed wrongly in July, and is put right: it was Medium, not Low, before any band moved. On 1 October the bands did: fourteen stand elsewhere since, with no score given; and of those that were scored since none is in that line.
  {
    cells: {
      High: [19, 19, 26],
      Medium: [21, 22, 23],
      Low: [11, 10, 5],
      '': [2, 2, 1],
    },
    total: [53, 53, 55],
    lines: [
      'RESTATED CORRECTED, Low to Medium: FENFORCE-2024-01-K21',
      'MOVED RE_BANDED, Low to Medium: FENFORCE-2024-01-K5 FENFORCE-2024-01-K15 FENFORCE-2024-01-K19 FENFORCE-2024-01-K24 FENFORCE-2024-03-K2 FENFORCE-2024-07-K1',
      'MOVED RE_BANDED, Medium to High: FENFORCE-2024-01-K12 FENFORCE-2024-01-K13 FENFORCE-2024-01-K23 FENFORCE-2024-02-K* FENFORCE-2024-02-K4 FENFORCE-2024-09-K* FENOPCC-2024-01-K8',
      'MOVED RE_BANDED, none to Medium: FENFORCE-2024-09-K1',
      'MOVED MERGED, High to nowhere: FENFORCE-2024-08-K1',
      'MOVED REGISTERED, nowhere to none: FENOPCC-2024-10-K1',
      'MOVED RE_SCORED, High to Medium: FENOPCC-2024-02-K2',
      'MOVED RE_SCORED, Low to High: FENOPCC-2024-02-K1',
      'MOVED RE_SCORED, Medium to Low: FENOPCC-2024-01-K3',
      'MOVED RE_SCORED, none to High: FENFORCE-2024-03-K4',
      'MOVED RE_SCORED, nowhere to Low: FENOPCC-2024-11-K1',
      'MOVED RE_SCORED, nowhere to Medium: FENFORCE-2024-10-K1',
    ],
  },
  // To January 2025: what was taken back in September is restored in December: of 21 November, eight and so High.
  {
    cells: {
      High: [26, 27, 26],
      Medium: [23, 22, 22],
      Low: [5, 5, 7],
      '': [1, 1, 1],
    },
    total: [55, 55, 56],
    lines: [
      'RESTATED RESTORED, Medium to High: FENFORCE-2024-04-K1',
      'MOVED RE_SCORED, High to Low: FENFORCE-2024-01-K20',
      'MOVED RE_SCORED, High to Medium: FENFORCE-2024-01-K10',
      'MOVED RE_SCORED, Medium to High: FENFORCE-2024-01-K11',
      'MOVED RE_SCORED, Medium to Low: FENOPCC-2024-05-K1',
      'MOVED RE_SCORED, nowhere to Medium: FENFORCE-2024-12-K1',
    ],
  },
  // To the special panel of March 2025: three are closed.
  {
    cells: {
      High: [26, 26, 22],
      Medium: [22, 22, 26],
      Low: [7, 7, 5],
      '': [1, 1, 0],
    },
    total: [56, 56, 53],
    lines: [
      'MOVED CLOSED, Low to nowhere: FENOPCC-2024-01-K3 FENOPCC-2024-11-K1',
      'MOVED CLOSED, Medium to nowhere: FENFORCE-2024-01-K19',
      'MOVED RE_SCORED, High to Medium: FENFORCE-2024-01-K12 FENFORCE-2024-02-K1 FENOPCC-2024-01-K8 FENOPCC-2024-02-K3',
      'MOVED RE_SCORED, none to Medium: FENOPCC-2024-10-K1',
    ],
  },
  // To April 2025: that of remands by video is closed. The axes of 1 April are still to come.
  {
    cells: {
      High: [22, 22, 21],
      Medium: [26, 26, 26],
      Low: [5, 5, 5],
    },
    total: [53, 53, 52],
    lines: [
      'MOVED CLOSED, Medium to nowhere: FENFORCE-2024-03-K1',
      'MOVED RE_SCORED, High to Medium: FENFORCE-2024-01-K7 FENFORCE-2024-04-K1',
      'MOVED RE_SCORED, Medium to High: FENFORCE-2024-01-K9',
    ],
  },
];

const TABLES = [
  ['actions by status', 'actionBridge(by: STATUS, filter: { illustrative: true })', ACTIONS],
  ['open risks by band', 'riskBridge(by: BAND, filter: { readBy: "FENPANEL", open: true })', RISKS],
] as const;
const COUNTS = {
  'actions by status': 'actionCounts(by: STATUS, filter: { illustrative: true })',
  'open risks by band': 'riskCounts(by: BAND, filter: { readBy: "FENPANEL", open: true })',
} as const;
const THREE = ['told', 'knownNow', 'closing'] as const;

const BRIDGES = HELD.slice(1).flatMap(([to], index) =>
  TABLES.map(([what, field, figures]) => ({ what, from: HELD[index]![0], to, field, figures: figures[index]! })),
);
const told = (meeting: string) => ({ meeting, view: 'TOLD' });

describe('the illustrative panel, from panel to panel', () => {
  let served: ServedLedger;
  let officer: Client;

  beforeAll(async () => {
    const place = await newPlace('sqlite');
    expect(await loadRows(place)).toMatchObject({ outcome: 'passed' });
    await serve(place, AFTERWARDS);
  });
  afterAll(() => served?.remove());

  async function serve(place: ServedLedger['place'], now: string): Promise<void> {
    served = new ServedLedger(place, { clock: standingClock(now) }, true);
    await served.start();
    await becomesReady(served.url, READY_WITHIN_MS);
    officer = await served.as('opcc-officer');
  }

  const compared = async (before: object, after: object, fields: string): Promise<Json> =>
    (
      await officer.runs(
        `query ($before: AsOf!, $after: AsOf!) { compare(before: $before, after: $after) { ${fields} } }`,
        { before, after },
      )
    ).compare;
  const BRIDGE = `{
    cells { key told knownNow closing }
    lines { step kind from { key } to { key } count records(first: 50) { totalCount edges { node { ref } } } }
    total { told knownNow closing }
  }`;
  /** Each is asked for once. */
  const bridges = new Map<string, Promise<Json>>();
  function bridgeOf(from: string, to: string, field: string): Promise<Json> {
    const name = `${from} ${to} ${field}`;
    const asked =
      bridges.get(name) ?? compared(told(from), told(to), `bridge: ${field} ${BRIDGE}`).then(({ bridge }) => bridge);
    bridges.set(name, asked);
    return asked;
  }

  it.each(HELD)('what was told to %s was told as of %s', async (ref, effective, recorded) => {
    const { ledger } = await officer.runs(
      `query ($asOf: AsOf) { ledger(asOf: $asOf) { basis { effective recorded clock } } }`,
      { asOf: told(ref) },
    );
    expect(ledger.basis).toEqual({ effective, recorded, clock: 'STATED' });
  });

  it.each(BRIDGES)(
    'the bridge of $what from $from to $to is that of the rows',
    async ({ from, to, field, figures }) => {
      const { cells, lines, total } = await bridgeOf(from, to, field);
      const three = (of: Json): Three => [of.told, of.knownNow, of.closing];
      expect(Object.fromEntries(cells.map((cell: Json) => [cell.key ?? '', three(cell)]))).toEqual(figures.cells);
      expect(three(total)).toEqual(figures.total);
      expect(lines.map(written).toSorted()).toEqual(figures.lines.toSorted());
    },
  );

  it.each(BRIDGES)(
    'the bridge of $what from $from to $to adds up, in every cell and in all',
    async ({ from, to, field }) => {
      const { cells, lines, total } = await bridgeOf(from, to, field);
      const net = (step: string, isOf: (end: Json) => boolean) =>
        lines
          .filter((line: Json) => line.step === step)
          .reduce(
            (sum: number, { from: left, to: entered, count }: Json) =>
              sum + count * (Number(isOf(entered)) - Number(isOf(left))),
            0,
          );
      for (const { key, ...cell } of [...cells, { key: undefined, ...total }]) {
        const isOf = (end: Json) => end !== null && (key === undefined || end.key === key);
        expect([key, cell.told + net('RESTATED', isOf)]).toEqual([key, cell.knownNow]);
        expect([key, cell.knownNow + net('MOVED', isOf)]).toEqual([key, cell.closing]);
      }
      for (const end of THREE) expect(cells.reduce((sum: number, cell: Json) => sum + cell[end], 0)).toBe(total[end]);
      for (const { count, records } of lines)
        expect([records.totalCount, records.edges.length]).toEqual([count, count]);
    },
  );

  it.each(TABLES)(
    'each bridge of %s opens where the one before closed, and both are what the ledger counts there',
    async (what, field) => {
      const cellsAt = ({ cells }: Json, end: (typeof THREE)[number]) =>
        Object.fromEntries(cells.flatMap((cell: Json) => (cell[end] === 0 ? [] : [[cell.key ?? '', cell[end]]])));
      let closed: Json = null;
      for (const [index, [to]] of HELD.slice(1).entries()) {
        const bridge = await bridgeOf(HELD[index]![0], to, field);
        if (closed !== null) expect([to, cellsAt(bridge, 'told')]).toEqual([to, closed]);
        closed = cellsAt(bridge, 'closing');
        const { ledger } = await officer.runs(
          `query ($asOf: AsOf) { ledger(asOf: $asOf) { counts: ${COUNTS[what]} { key count } } }`,
          { asOf: told(to) },
        );
        const counts = ledger.counts.map(({ key, count }: Json) => [key ?? '', count]);
        expect([to, closed]).toEqual([to, Object.fromEntries(counts)]);
      }
    },
  );

  it('the two steps together of January to July are those of January to March and of March to July, in every cell', async () => {
    for (const [, field] of TABLES) {
      const [first, second, whole] = [
        await bridgeOf(HELD[0][0], HELD[1][0], field),
        await bridgeOf(HELD[1][0], HELD[2][0], field),
        await bridgeOf(HELD[0][0], HELD[2][0], field),
      ];
      const netOf = (bridge: Json) => (key: string | null) => {
        const cell = bridge.cells.find((one: Json) => one.key === key);
        return cell === undefined ? 0 : cell.closing - cell.told;
      };
      const keys = new Set([first, second, whole].flatMap(({ cells }: Json) => cells.map(({ key }: Json) => key)));
      for (const key of keys as Set<string | null>)
        expect([key, netOf(first)(key) + netOf(second)(key)]).toEqual([key, netOf(whole)(key)]);
      expect(whole.total.closing - whole.total.told).toBe(second.total.closing - first.total.told);
    }
  });

  it('a band that moved because the bands did says so, and names the version that did', async () => {
    const { risk } = await compared(
      told('FENPANEL-2024-09-24'),
      told('FENPANEL-2024-11-26'),
      `risk(ref: "FENFORCE-2024-01-K13") {
        told { current { score now { band } } } closing { current { score now { band } } }
        restated { kinds } moved { kinds fields { name causes { kind record event { type effectiveOn } } } }
      }`,
    );
    expect([risk.told, risk.closing]).toEqual([
      { current: { score: 8, now: { band: 'Medium' } } },
      { current: { score: 8, now: { band: 'High' } } },
    ]);
    expect(risk.moved.kinds).toContain('RE_BANDED');
    const byRule = risk.moved.fields.flatMap(({ name, causes }: Json) =>
      causes.flatMap(({ kind, record, event }: Json) =>
        kind === 'OTHER_RECORD' ? [[name, record, event?.effectiveOn]] : [],
      ),
    );
    expect(byRule.length).toBeGreaterThan(0);
    for (const [name, record, effectiveOn] of byRule)
      expect([name, record, effectiveOn]).toEqual([name, 'FENPANEL-scores', '2024-10-01']);
  });

  describe('the panel of July 2024, whose papers were issued on the day on which late entries came in', () => {
    /*
     * On 8 July a review of the national data of 20 June was entered, and a score of 5 July: they count from the first instant of that day, and the
     * papers are as at 4 pm, so both were told. The call-back of 4 June was entered on the 17th, the day after the panel had asked: it was not.
     */
    const [JULY, SEPTEMBER] = ['FENPANEL-2024-07-16', 'FENPANEL-2024-09-24'];

    it('was told what came in late on that day, so that it is restated by nothing', async () => {
      const { risk } = await compared(
        told(JULY),
        told(SEPTEMBER),
        'risk(ref: "FENFORCE-2024-04-K1") { told { current { score } latestReview { effectiveOn } } restated { kinds } }',
      );
      expect(risk.told).toEqual({ current: { score: 8 }, latestReview: { effectiveOn: '2024-06-20' } });
      expect(risk.restated).toBeNull();
    });

    it('was not told of a control that had been in place for five weeks, which is learned, and no movement', async () => {
      const { risk } = await compared(
        told(JULY),
        told(SEPTEMBER),
        `risk(ref: "FENFORCE-2024-01-K14") {
          told { controls { edges { node { kind standing inPlaceOn } } } }
          knownNow { controls { edges { node { kind standing inPlaceOn } } } }
          restated { kinds fields { name causes { kind event { type effectiveOn } } } }
          moved { fields { causes { event { effectiveOn } } } }
        }`,
      );
      const additional = ({ controls }: Json) =>
        controls.edges.map(({ node }: Json) => node).filter(({ kind }: Json) => kind === 'ADDITIONAL');
      expect(additional(risk.told)).toEqual([{ kind: 'ADDITIONAL', standing: 'NOT_IN_PLACE', inPlaceOn: null }]);
      expect(additional(risk.knownNow)).toEqual([
        { kind: 'ADDITIONAL', standing: 'IN_PLACE', inPlaceOn: '2024-06-04' },
      ]);
      expect(risk.restated.kinds).toEqual(['LEARNED']);
      for (const { causes } of risk.restated.fields)
        expect(causes).toEqual([{ kind: 'EVENT', event: { type: 'RiskControlReported', effectiveOn: '2024-06-04' } }]);
      for (const { causes } of risk.moved?.fields ?? [])
        for (const { event } of causes) expect(event === null || event.effectiveOn > '2024-07-08').toBe(true);
    });

    it('lists both among what it was told and what not, with how late each was', async () => {
      const { ledger } = await officer.runs(
        `query ($ref: ID!) { ledger { meeting(ref: $ref) {
          told: facts(list: TOLD, first: 500) { ...Facts }
          notTold: facts(list: NOT_TOLD, first: 500) { ...Facts }
        } } }
        fragment Facts on MeetingFactConnection { totalCount edges { node { record event { type effectiveOn delayDays } } } }`,
        { ref: JULY },
      );
      const of = (list: Json, ref: string) =>
        list.edges.flatMap(({ node }: Json) =>
          node.record === ref && node.event.delayDays > 3
            ? [[node.event.type, node.event.effectiveOn, node.event.delayDays]]
            : [],
        );
      const { meeting } = ledger;
      expect(of(meeting.notTold, 'FENFORCE-2024-01-K14')).toEqual([['RiskControlReported', '2024-06-04', 43]]);
      expect(of(meeting.notTold, 'FENFORCE-2024-04-K1')).toEqual([]);
      if (meeting.told.totalCount <= 500)
        expect(of(meeting.told, 'FENFORCE-2024-04-K1')).toEqual([['RiskReviewed', '2024-06-20', 18]]);
    });

    it('lists what was entered within a day before that, which is what was recorded on the day, and what was entered after', async () => {
      const { ledger } = await officer.runs(
        `query ($ref: ID!) { ledger { meeting(ref: $ref) {
          within: facts(list: WITHIN_A_DAY_BEFORE, first: 500) { ...Near }
          after: facts(list: AFTER_THE_CUT_OFF, first: 500) { ...Near }
          notTold: facts(list: NOT_TOLD, first: 1) { totalCount }
          since: facts(list: SINCE_THE_PAPERS, first: 1) { totalCount }
        } } }
        fragment Near on MeetingFactConnection { totalCount edges { node { record event { type stated } } } }`,
        { ref: JULY },
      );
      const { within, after, notTold, since } = ledger.meeting;
      expect([...new Set(within.edges.map(({ node }: Json) => node.event.stated))]).toEqual(['2024-07-08']);
      const near = (list: Json) => list.edges.map(({ node }: Json) => `${node.record} ${node.event.type}`);
      for (const type of ['RiskReviewed', 'RiskScored']) expect(near(within)).toContain(`FENFORCE-2024-04-K1 ${type}`);
      expect(near(after)).toContain('FENFORCE-2024-01-K14 RiskControlReported');
      const before = after.edges.filter(
        ({ node }: Json) => node.event.stated !== null && node.event.stated <= '2024-07-08',
      );
      // What was drafted of a decision on the 8th was known no earlier than the decision itself, which was entered on the 10th.
      expect(before.map(({ node }: Json) => `${node.record} ${node.event.type}`)).toEqual([
        'FENPANEL-2024-07-D1 DecisionDrafted',
      ]);
      expect(after.totalCount).toBe(notTold.totalCount + since.totalCount);
    });
  });

  /*
   * Of the rows of the example, fourteen were recorded later than their register allows: the recommendations on grants, made on 9 September and entered on 14
   * October, where 31 days are allowed; and the call-back of 4 June. Each of those recommendations has a priority and a number of its auditor, so its row says three
   * facts. No other row took longer than its register allows.
   */
  it('had the late entries of fourteen rows in all: thirteen recommendations on grants after 35 days, and a control after 43', async () => {
    const { ledger } = await officer.runs(
      `{ ledger {
        lateEntries(filter: { illustrative: true }, first: 500) {
          totalCount edges { node { record delayDays illustrative event { type effectiveOn stated } } }
        }
        entryDelays(by: REGISTER, filter: { illustrative: true }) { late longestDays groups { key late longestDays } }
      } }`,
    );
    const late = ledger.lateEntries.edges.map(({ node: { record, delayDays, event } }: Json) =>
      [record, event.type, event.effectiveOn, event.stated, delayDays].join(' '),
    );
    const grants = Array.from({ length: 13 }, (_, index) =>
      ['RecommendationMade', 'RecommendationGraded', 'Named'].map(
        (type) => `FENOPCC-2024-09-R${index + 1} ${type} 2024-09-09 2024-10-14 35`,
      ),
    );
    const callBack = 'FENFORCE-2024-01-K14 RiskControlReported 2024-06-04 2024-07-17 43';
    expect([...late].sort()).toEqual([callBack, ...grants.flat()].sort());
    expect(ledger.lateEntries.edges.every(({ node }: Json) => node.illustrative)).toBe(true);
    const { groups, ...all } = ledger.entryDelays;
    expect(all).toEqual({ late: 40, longestDays: 43 });
    const ofRegister = (register: string) => groups.find(({ key }: Json) => key === register);
    expect(ofRegister('recommendations')).toEqual({ key: 'recommendations', late: 39, longestDays: 35 });
    expect(ofRegister('risks')).toEqual({ key: 'risks', late: 1, longestDays: 43 });
    expect(groups.reduce((sum: number, { late: some }: Json) => sum + some, 0)).toBe(40);
  });

  describe.each([
    ['the panel that was called off', 'FENPANEL-2024-05-21'],
    ['the one that was postponed, while it lies ahead', 'FENPANEL-2025-06-24'],
    ['one that there is not', 'FENPANEL-2024-05-22'],
  ])('%s', (_, ref) => {
    it('is no point in time, wherever it is named, and in either view', async () => {
      for (const view of ['TOLD', 'KNOWN_NOW']) {
        const asked = { meeting: ref, view };
        const alone = await officer.failsToRun('query ($asOf: AsOf) { ledger(asOf: $asOf) { basis { effective } } }', {
          asOf: asked,
        });
        expect(alone.extensions).toMatchObject({ code: 'INVALID', field: 'asOf.meeting' });
        const COMPARE =
          'query ($before: AsOf!, $after: AsOf!) { compare(before: $before, after: $after) { told { effective } } }';
        const before = await officer.failsToRun(COMPARE, { before: asked, after: {} });
        expect(before.extensions).toMatchObject({ code: 'INVALID', field: 'before.meeting' });
        const after = await officer.failsToRun(COMPARE, { before: told(HELD[0][0]), after: asked });
        expect(after.extensions).toMatchObject({ code: 'INVALID', field: 'after.meeting' });
      }
    });
  });

  // Last, for the ledger is served on a later day.
  it('the one that was postponed is a point in time once its new day has come: by the end of the day before, as it has no papers', async () => {
    await served.stop();
    await serve(served.place, '2025-07-15T18:00:00.000Z');
    const { told: opening, closing } = await compared(
      told('FENPANEL-2025-04-01'),
      told('FENPANEL-2025-06-24'),
      'told { effective recorded } closing { effective recorded }',
    );
    expect(opening).toEqual({ effective: HELD[7][1], recorded: HELD[7][2] });
    expect(closing).toEqual({ effective: '2025-07-14', recorded: '2025-07-14T22:59:59.999Z' });
  });
});

/** A line as it stands above. */
function written({ step, kind, from, to, records }: Json): string {
  const cell = (one: Json) => (one === null ? 'nowhere' : (one.key ?? 'none'));
  const refs = records.edges.map(({ node }: Json) => node.ref.replace(/-K(?!\d+$)\w+$/, '-K*')).toSorted(inNumbers);
  return `${step} ${kind}, ${cell(from)} to ${cell(to)}: ${refs.join(' ')}`;
}

/** In the order of their numbers. */
function inNumbers(one: string, other: string): number {
  const place = (ref: string) => ref.replace(/\d+$/, (number) => number.padStart(3, '0'));
  return place(one) < place(other) ? -1 : 1;
}
