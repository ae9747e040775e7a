import { Buffer } from 'node:buffer';
import { controlsOf, scoresOf, type TrackedRisk } from '../../../../../projections/index.ts';
import { ledgerBeingRead, type LedgerBeingRead } from '../../../../../test/ledger-being-read.ts';
import { KINDS } from '../../kinds.ts';
import { addressOf } from '../dates.ts';
import { drawingFor } from '../drawing.ts';
import type { Visit } from '../visits.ts';
import { presentRecord } from './present-record.ts';
import { readHistory } from './read-history.ts';
import { readRecord } from './read-record.ts';

const kind = KINDS.risk;
const why = { reason: 'As the board said.' };
/** Scores and controls. */
const FEW = [50, 30] as const;
const MANY = [500, 200] as const;

describe('a record that holds many of something', () => {
  let ledger: LedgerBeingRead;
  let officer: ReturnType<LedgerBeingRead['as']>;
  let [few, many] = ['', ''];

  beforeAll(async () => {
    ledger = await ledgerBeingRead({ at: '2024-01-10T12:00:00.000Z' });
    officer = ledger.as('opcc-officer');
    await officer.does({ type: 'AddBody', as: 'CGB', name: 'Board' });
    const monitoring = ledger.as('monitoring-officer');
    const rule = { type: 'AddRule', kind: 'SCORE_SCALE', body: 'CGB', title: 'Scores', as: 'scores' };
    const ref = await monitoring.does(rule);
    const steps = [1, 2, 3, 4].map((score) => ({ score }));
    const bands = [{ band: 'Any', least: 1, most: 16, reviewMonths: 3 }];
    await monitoring.does({ type: 'SetScoreScale', ref, likelihoods: steps, impacts: steps, bands });
    [few, many] = [await risk(...FEW), await risk(...MANY)];
  }, 120_000);
  afterAll(() => ledger.remove());

  async function risk(scores: number, controls: number): Promise<string> {
    const proposed = { body: 'CGB', register: 'OPCC', kind: 'THREAT', title: 'A risk', owner: 'opcc-officer' };
    const ref = await officer.does({ type: 'ProposeRisk', ...proposed });
    await officer.does({ type: 'RegisterRisk', ref });
    for (let n = 0; n < scores; n += 1) {
      const score = { likelihood: 1 + (n % 4), impact: 1 + ((n >> 2) % 4) };
      await officer.does({ type: 'ScoreRisk', ref, of: 'CURRENT', rule: 'CGB-scores', ...score, ...why });
    }
    for (let n = 0; n < controls; n += 1)
      await officer.does({ type: 'AddRiskControl', ref, measure: `Control ${n}.`, kind: 'EXISTING' });
    return ref;
  }

  async function page(ref: string, query = '') {
    const view = await ledger.view();
    const before = ledger.models.questions;
    const link: Visit['link'] = (path, parameters = []) => addressOf(path, {}, parameters);
    const visit = { view, link, dates: {}, query: new URLSearchParams(query) } as Visit;
    const record = (await kind.reads.find(view, ref))! as TrackedRisk;
    const drawing = drawingFor(visit, kind);
    const at = { visit, kind, ref, record, mistake: null, drawing };
    const [read, history] = await Promise.all([
      readRecord(at, record),
      readHistory(view, { register: 'risks', ref }, null, drawing),
    ]);
    const shown = presentRecord(read, at);
    const bytes = Buffer.byteLength(JSON.stringify([shown, history]));
    return { shown, bytes, record, questions: ledger.models.questions - before };
  }
  type Shown = Awaited<ReturnType<typeof page>>['shown'];
  const section = ({ sections }: Shown, heading: string) => sections.find((one) => one.heading === heading)!;
  const column = (shown: Shown, heading: string, at: number) =>
    section(shown, heading).rows.map((row) => row[at]!.map((line) => line.map(({ text }) => text).join('')).join());

  it('has a page as large, and asks as much for it, with 500 scores and 200 controls as with 50 and 30', async () => {
    const [small, large] = [await page(few), await page(many)];
    expect(small.questions).toBeGreaterThan(0);
    expect(large.questions).toBeLessThanOrEqual(small.questions);
    expect(large.bytes).toBeLessThan(small.bytes * 1.05);
    expect([small.record, large.record].map(({ state }) => [state.scores.length, state.controls.length])).toEqual([
      [...FEW],
      [...MANY],
    ]);
  });

  it('shows the latest of them first, and leads from page to page through all of them, each once', async () => {
    let query: string | null = '';
    const seen: string[] = [];
    for (let pages = 0; query !== null; pages += 1) {
      expect(pages).toBeLessThan(8);
      const { shown, record } = await page(many, query);
      seen.push(...column(shown, 'Controls', 0));
      // Another table stays at its beginning, whatever page of this one is shown.
      const latest = record.state.scores.slice(-25).reverse();
      expect(column(shown, 'Scores', 2)).toEqual(
        latest.map(({ likelihood, impact }) => `${likelihood * impact} (${likelihood} × ${impact})`),
      );
      expect(section(shown, 'Scores').pages).toMatchObject({ shown: '1 to 25 of 500', first: null });
      const { next, first } = section(shown, 'Controls').pages!;
      expect(first === null).toBe(pages === 0);
      query = next === null ? null : new URL(next, 'http://localhost').search;
    }
    expect(seen).toEqual(Array.from({ length: 200 }, (_, n) => `Control ${n}.`));
  });

  it('begins where an address asks for a place that there is not', async () => {
    for (const query of [
      'section=scores-500',
      'section=scores--1',
      'section=scores-x',
      'section=controls-0',
      'section=',
    ])
      expect(section((await page(many, query)).shown, 'Scores').pages).toMatchObject({ shown: '1 to 25 of 500' });
    expect(section((await page(many, 'section=scores-490')).shown, 'Scores').pages).toMatchObject({
      ...{ shown: '491 to 500 of 500', next: null },
    });
  });

  it('answers every score and every control in pages, in order', async () => {
    const { record } = await page(many);
    for (const [pagesOf, all] of [
      [scoresOf, record.state.scores],
      [controlsOf, record.state.controls],
    ] as const) {
      const found: string[] = [];
      let after: string | undefined;
      do {
        const one = pagesOf(record, { first: 150, ...(after === undefined ? {} : { after }) });
        expect(one.totalCount).toBe(all.length);
        for (const { node } of one.edges) found.push('score' in node ? node.score.event : node.event);
        after = one.hasNextPage ? one.endCursor! : undefined;
      } while (after !== undefined);
      expect(found).toEqual(all.map(({ event }) => event));
      expect(() => pagesOf(record, { after: 'bm9uZQ' })).toThrow('not a cursor');
    }
  });
});
