import type { RecordKind } from '../../../../../libs/declarations/index.ts';
import { ledgerBeingRead, type LedgerBeingRead } from '../../../../../test/ledger-being-read.ts';
import { KINDS } from '../../kinds.ts';
import { drawingFor } from '../drawing.ts';
import { readRows } from './read-list.ts';

const ALL = Object.keys(KINDS) as RecordKind[];
const MANY = 50;

describe('a list of records', () => {
  let ledger: LedgerBeingRead;

  beforeAll(async () => {
    ledger = await ledgerBeingRead({ at: '2023-06-21T12:00:00.000Z' });
    const officer = ledger.as('opcc-officer');
    const monitoring = ledger.as('monitoring-officer');
    const commissioner = ledger.as('commissioner');
    // No two rows name the same record or have the same words.
    for (let n = 1; n <= MANY; n += 1) {
      const body = await officer.does({ type: 'AddBody', as: `B${n}`, name: `Board ${n}`, organisation: 'OPCC' });
      const post = await officer.does({ type: 'AddPost', as: `post-of-${n}`, name: `Post ${n}`, body });
      const person = await officer.does({ type: 'AddPerson', name: `Person ${n}` });
      await officer.does({ type: 'AppointHolder', ref: post, person });
      const meeting = await officer.does({ type: 'ScheduleMeeting', body, on: '2023-06-21', title: `Meeting ${n}` });
      await officer.does({
        type: 'RecordDocument',
        body,
        title: `Paper ${n}`,
        kind: 'REPORT',
        publisher: `Publisher ${n}`,
      });
      const due = { meeting, phrase: `by meeting ${n}` };
      await officer.does({ type: 'RaiseAction', meeting, title: `Action ${n}`, owner: post, due });
      await monitoring.does({ type: 'AddRule', kind: 'DUE_DATE_POLICY', body, title: `Rule ${n}`, as: 'dates' });
      const made = { body, originator: body, kind: 'RECOMMENDATION', title: `Asked ${n}`, owner: post, due };
      await officer.does({ type: 'MakeRecommendation', ...made });
      const scores = { type: 'AddRule', kind: 'SCORE_SCALE', body, title: `Scores ${n}`, as: 'scores' };
      const rule = await monitoring.does(scores);
      await monitoring.does({
        ...{ type: 'SetScoreScale', ref: rule, likelihoods: [{ score: 1 }], impacts: [{ score: 1 }] },
        bands: [{ band: 'Low', least: 1, most: 1, reviewMonths: 3 }],
      });
      const decision = { type: 'ProposeDecision', body, maker: 'COMMISSIONER', title: `Decision ${n}`, due };
      const decided = await officer.does(decision);
      await officer.does({ type: 'DraftDecision', ref: decided, recommendation: `Do ${n}.` });
      await officer.does({ type: 'AdviseOnDecision', ref: decided, adviceOn: 'RISK', applies: false });
      await commissioner.does({ type: 'MakeDecision', ref: decided, decided: `Done ${n}.`, cites: [meeting] });
      const item = { type: 'SuggestForwardPlanItem', body, title: `Item ${n}`, sponsor: post, purpose: 'DECISION' };
      const planned = await officer.does({ ...item, comesFrom: decided });
      await officer.does({ type: 'ScheduleForwardPlanItem', ref: planned, plannedFor: due, paperDueOn: '2023-06-14' });
      const risk = { body, register: 'OPCC', kind: 'THREAT', title: `Risk ${n}`, owner: post };
      // The officer owns it beside, so as to score it.
      const ref = await officer.does({ type: 'ProposeRisk', ...risk, owners: ['opcc-officer'] });
      await officer.does({ type: 'RegisterRisk', ref });
      const onIt = { ref, reason: `Because of ${n}.` };
      await officer.does({ type: 'ScoreRisk', of: 'CURRENT', rule, likelihood: 1, impact: 1, ...onIt });
      const control = { measure: `Control ${n}`, kind: 'ADDITIONAL', targetOn: '2023-09-30', owner: post };
      await officer.does({ type: 'AddRiskControl', ...control, ...onIt });
    }
  }, 60_000);
  afterAll(() => ledger.remove());

  async function askedFor(kind: RecordKind, first: number): Promise<number> {
    const view = await ledger.view();
    const before = ledger.models.questions;
    const page = await KINDS[kind].reads.list(view, {}, { first });
    const rows = await readRows(KINDS[kind], page, drawingFor({ view, link: (path) => path }, KINDS[kind]));
    expect(rows.edges).toHaveLength(first);
    for (const { node } of rows.edges) expect(node.heading).not.toBeNull();
    return ledger.models.questions - before;
  }

  it.each(ALL)('asks as few questions for 50 of them as for 2 (%s)', async (kind) => {
    const [few, many] = [await askedFor(kind, 2), await askedFor(kind, MANY)];
    expect(few).toBeGreaterThan(0);
    expect(many).toBeLessThanOrEqual(few + 1);
  });
});
