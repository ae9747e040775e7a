import { PUBLIC, type Reader } from '../../libs/access/index.ts';
import { OFFICIAL_OPEN } from '../../libs/ledger/index.ts';
import { viewOver, type AsOf } from '../../libs/read-models/index.ts';
import { riskStatus, type RiskStatus } from '../../libs/registers/risks/index.ts';
import { FULL, ledgerBeingRead, OFFICIAL, type LedgerBeingRead } from '../../test/ledger-being-read.ts';
import { whatMadeIt } from '../index.ts';
import {
  CONDITIONS,
  countRisks,
  findRisk,
  listRisks,
  riskMatrix,
  riskWithState,
  scoresOf,
  type RiskFilter,
  type TrackedRisk,
} from './queries.ts';

const why = { reason: 'As the board said.' };
const hidden = { marking: { ...OFFICIAL_OPEN, sensitive: true } };
const STATUSES = Object.keys(riskStatus.members) as readonly RiskStatus[];
const steps = (most: number) => Array.from({ length: most }, (_, index) => ({ score: index + 1 }));

let ledger: LedgerBeingRead;
let officer: ReturnType<LedgerBeingRead['as']>;
let commissioner: ReturnType<LedgerBeingRead['as']>;
let monitoring: ReturnType<LedgerBeingRead['as']>;
let lead: ReturnType<LedgerBeingRead['as']>;
const refs: Record<string, string> = {};

const onDay = (day: string) => ledger.clock.set(`${day}T12:00:00.000Z`);
const titleOf = (ref: string) => Object.keys(refs).find((title) => refs[title] === ref);

async function proposed(title: string, more: object = {}): Promise<string> {
  const risk = { type: 'ProposeRisk', body: 'CGB', register: 'OPCC', kind: 'THREAT', owner: 'force-lead', title };
  return (refs[title] = await officer.does({ ...risk, effectiveOn: '2024-01-05', ...why, ...more }));
}
async function registered(title: string, more: object = {}): Promise<string> {
  const ref = await proposed(title, more);
  const { effectiveOn = '2024-01-05' } = more as { effectiveOn?: string };
  await officer.does({ type: 'RegisterRisk', ref, effectiveOn, ...why });
  return ref;
}
const scored = (title: string, likelihood: number, impact: number, effectiveOn: string, more: object = {}) =>
  lead.does({
    ...{ type: 'ScoreRisk', ref: refs[title]!, of: 'CURRENT', rule: 'CGB-scores', likelihood, impact, effectiveOn },
    ...{ ...why, ...more },
  });
const target = (title: string, likelihood: number, impact: number, effectiveOn: string) =>
  scored(title, likelihood, impact, effectiveOn, { of: 'TARGET', targetOn: '2025-03-31' });
const reviewed = (title: string, effectiveOn: string) =>
  lead.does({ type: 'ReviewRisk', ref: refs[title]!, effectiveOn, ...why });
async function controlled(title: string, effectiveOn: string, targetOn?: string): Promise<string> {
  const kind = targetOn === undefined ? { kind: 'EXISTING' } : { kind: 'ADDITIONAL', targetOn };
  await lead.does({ type: 'AddRiskControl', ref: refs[title]!, measure: 'A control.', effectiveOn, ...kind, ...why });
  const { state } = (await findRisk(await ledger.view(), refs[title]!))!;
  return state.controls.at(-1)!.event;
}
async function accepted(title: string, effectiveOn: string, until: string): Promise<void> {
  await lead.does({ type: 'RequestRiskAcceptance', ref: refs[title]!, side: 'FORCE', until, effectiveOn, ...why });
  await commissioner.does({ type: 'AcceptRisk', ref: refs[title]!, effectiveOn, ...why });
}

beforeAll(async () => {
  ledger = await ledgerBeingRead({ at: '2024-01-10T12:00:00.000Z' });
  officer = ledger.as('opcc-officer');
  commissioner = ledger.as('commissioner');
  monitoring = ledger.as('monitoring-officer');
  lead = ledger.as('force-lead');
  for (const [as, name] of Object.entries({ CGB: 'Board', OTH: 'Others' }))
    await officer.does({ type: 'AddBody', as, name, effectiveOn: '2024-01-01', ...why });
  const scale = (body: string, as: string, more = {}) =>
    monitoring.does({
      ...{ type: 'AddRule', kind: 'SCORE_SCALE', body, title: 'Scores', as, effectiveOn: '2024-01-01' },
      ...why,
      ...more,
    });
  await scale('CGB', 'scores');
  await scale('CGB', 'quiet', hidden);
  const set = (ref: string, effectiveOn: string, size: number, bands: readonly object[], more = {}) =>
    monitoring.does({
      ...{ type: 'SetScoreScale', ref, effectiveOn, likelihoods: steps(size), impacts: steps(size), bands },
      ...why,
      ...more,
    });
  const LEICESTERSHIRE = [
    { band: 'High', least: 9, most: 16, reviewMonths: 1 },
    { band: 'Medium', least: 5, most: 8, reviewMonths: 3 },
    { band: 'Low', least: 1, most: 4, reviewMonths: 3 },
  ];
  await set('CGB-scores', '2024-01-01', 4, LEICESTERSHIRE);
  await set('CGB-quiet', '2024-01-01', 4, LEICESTERSHIRE, hidden);
  // The bands change on 1 April, and the axes on 1 June.
  await set('CGB-scores', '2024-04-01', 4, [
    { band: 'High', least: 8, most: 16, reviewMonths: 1 },
    { band: 'Low', least: 1, most: 7, reviewMonths: 6 },
  ]);
  await set('CGB-scores', '2024-06-01', 5, [
    { band: 'High', least: 15, most: 25, reviewMonths: 1 },
    { band: 'Low', least: 1, most: 14, reviewMonths: 6 },
  ]);
});
afterAll(() => ledger.remove());

describe('risks, of every status and by a scale that changes', () => {
  beforeAll(async () => {
    onDay('2024-01-31');
    await proposed('proposed only');
    await registered('unscored');
    await registered('managed', { register: 'FORCE' });
    await scored('managed', 3, 4, '2024-01-31');
    await registered('medium', { register: 'JOINT', category: 'FINANCIAL' });
    await scored('medium', 2, 4, '2024-01-20');
    await registered('at its target');
    await target('at its target', 2, 2, '2024-01-20');
    await scored('at its target', 2, 2, '2024-01-20');
    await registered('a grant', { kind: 'OPPORTUNITY' });
    await target('a grant', 2, 2, '2024-01-20');
    await scored('a grant', 3, 2, '2024-01-20');
    await registered('within appetite');
    await scored('within appetite', 2, 3, '2024-01-20');
    await commissioner.does({
      ...{ type: 'SetRiskAppetite', ref: refs['within appetite']!, rule: 'CGB-scores', most: 6 },
      ...{ effectiveOn: '2024-01-21', ...why },
    });
    await registered('accepted');
    await scored('accepted', 4, 4, '2024-01-20');
    await accepted('accepted', '2024-01-25', '2024-02-15');
    await registered('tasked');
    await scored('tasked', 3, 3, '2024-01-20');
    await controlled('tasked', '2024-01-21', '2024-02-10');
    await registered('by a hidden scale');
    // The lead may not see the scale, so the office scores for them.
    await officer.does({
      ...{
        type: 'ScoreRisk',
        ref: refs['by a hidden scale']!,
        of: 'CURRENT',
        rule: 'CGB-quiet',
        likelihood: 4,
        impact: 4,
      },
      ...{ effectiveOn: '2024-01-20', by: 'force-lead', authority: { delegation: 'SoD-4' }, ...why },
    });
    await target('by a hidden scale', 4, 4, '2024-01-20');
    await registered('hidden', hidden);
    await scored('hidden', 4, 4, '2024-01-20');
    await registered('fell');
    await scored('fell', 4, 4, '2024-01-10');
    await scored('fell', 1, 2, '2024-01-28');
    await registered('assured');
    await scored('assured', 4, 4, '2024-01-20');
    const control = await controlled('assured', '2024-01-20');
    await officer.does({
      ...{ type: 'AssureRiskControl', ref: refs['assured']!, control, line: 'THIRD', opinion: 'LIMITED' },
      ...{ effectiveOn: '2024-01-25', ...why },
    });
    await registered('merged');
    await commissioner.does({
      type: 'MergeRisk',
      ref: refs['merged']!,
      into: refs['medium']!,
      effectiveOn: '2024-01-30',
      ...why,
    });
    await registered('closed');
    await lead.does({
      type: 'RequestRiskClosure',
      ref: refs['closed']!,
      side: 'FORCE',
      effectiveOn: '2024-01-29',
      ...why,
    });
    await commissioner.does({ type: 'CloseRisk', ref: refs['closed']!, effectiveOn: '2024-01-30', ...why });

    onDay('2024-03-10');
    await reviewed('managed', '2024-03-05');
    await lead.does({
      ...{ type: 'RequestRiskClosure', ref: refs['medium']!, side: 'FORCE' },
      ...{ effectiveOn: '2024-03-05', ...why },
    });
    onDay('2024-06-15');
    await scored('managed', 3, 4, '2024-06-10');
    await officer.does({
      type: 'AllocateRisk',
      ref: refs['at its target']!,
      owner: 'commissioner',
      owners: ['force-lead'],
      effectiveOn: '2024-06-01',
      ...why,
    });
    onDay('2024-07-01');
  });

  const statusesOn = async (effective: string, reader: Reader = FULL) => {
    const view = await ledger.view({ effective }, reader);
    const known = await Promise.all(
      Object.entries(refs).map(async ([title, ref]) => [title, (await findRisk(view, ref))?.standing.status]),
    );
    return Object.fromEntries(known.filter(([, status]) => status !== undefined)) as Record<string, string>;
  };

  it('stand on 31 January where what was said by then and the scale of that day put them', async () => {
    expect(await statusesOn('2024-01-31')).toEqual({
      'proposed only': 'PROPOSED',
      unscored: 'AWAITING_REVIEW',
      managed: 'MANAGED',
      medium: 'MANAGED',
      'at its target': 'CONTROLLED',
      'a grant': 'CONTROLLED',
      'within appetite': 'CONTROLLED',
      accepted: 'CONTROLLED',
      tasked: 'CONTROLS_TASKED',
      // Scored by one scale with a target on another: they are not set against each other.
      'by a hidden scale': 'MANAGED',
      hidden: 'MANAGED',
      fell: 'MANAGED',
      assured: 'MANAGED',
      merged: 'MERGED',
      closed: 'CLOSED',
    });
    // Scored on the last of January, so due on the last of February, of a leap year.
    expect(await statusesOn('2024-02-29')).toMatchObject({ managed: 'MANAGED', tasked: 'AWAITING_REVIEW' });
    expect(await statusesOn('2024-03-01')).toMatchObject({ managed: 'AWAITING_REVIEW' });
    expect(await statusesOn('2024-02-16')).toMatchObject({ tasked: 'OVERDUE_CONTROL', accepted: 'AWAITING_REVIEW' });
    // The bands of April make a score of 8 high, which was due on 20 February then.
    expect(await statusesOn('2024-03-31')).toMatchObject({ medium: 'MANAGED' });
    expect(await statusesOn('2024-04-01')).toMatchObject({ medium: 'AWAITING_REVIEW' });
  });

  it('have neither band nor review by a scale that the reader may not see', async () => {
    expect(await statusesOn('2024-06-30')).toMatchObject({ 'by a hidden scale': 'AWAITING_REVIEW' });
    const seen = await statusesOn('2024-06-30', OFFICIAL);
    expect(seen).toMatchObject({ 'by a hidden scale': 'MANAGED' });
    expect(seen['hidden']).toBeUndefined();
    expect(await statusesOn('2024-06-30', PUBLIC)).toEqual({});
    const found = async (reader: Reader) =>
      (await listRisks(await ledger.view({}, reader), { scale: 'CGB-quiet' }, {})).totalCount;
    expect([await found(FULL), await found(OFFICIAL)]).toEqual([1, 0]);
  });

  /** All risks that are listed at a basis. */
  async function listed(asOf: AsOf, reader: Reader, filter: RiskFilter) {
    const view = await ledger.view(asOf, reader);
    const { edges, totalCount } = await listRisks(view, filter, { first: 100 });
    expect(edges.length).toBe(totalCount);
    return edges.map(({ node }) => node);
  }
  const titles = async (filter: RiskFilter, effective?: string, reader = FULL) =>
    (await listed(effective === undefined ? {} : { effective }, reader, filter)).map(({ ref }) => titleOf(ref)).sort();

  const DAYS = ['2024-01-04', '2024-01-05', '2024-01-20', '2024-01-31', '2024-02-11', '2024-02-16', '2024-02-29'];
  const BASES: readonly AsOf[] = [
    ...[...DAYS, '2024-03-01', '2024-04-01', '2024-04-21', '2024-06-01', '2024-06-30'].map((effective) => ({
      effective,
    })),
    { effective: '2024-01-31', recorded: '2024-01-31T12:00:00.000Z', clock: 'PROVEN' },
  ];

  it.each([
    ['the office', FULL],
    ['a reader from whom some is hidden', OFFICIAL],
    ['the public', PUBLIC],
  ])('are listed, narrowed and counted for %s as the page of each says, on every day', async (_, reader) => {
    type Narrowed = readonly [RiskFilter, (one: TrackedRisk) => boolean];
    const narrowed: readonly Narrowed[] = [
      ...STATUSES.map((status): Narrowed => [{ status: [status] }, ({ standing }) => standing.status === status]),
      ...CONDITIONS.map((condition): Narrowed => [
        { [condition]: true },
        ({ standing }) => standing.conditions[condition],
      ]),
      [{ awaitingReview: false }, ({ standing }) => !standing.conditions.awaitingReview],
      ...['High', 'Medium', 'Low'].map((band): Narrowed => [
        { band: [band] },
        ({ standing }) => standing.scores.CURRENT?.now.band?.band === band,
      ]),
      [{ open: true }, ({ state }) => state.status === 'REGISTERED' && state.ended === undefined],
    ];
    for (const asOf of BASES) {
      // One view answers all that is asked of a page: what scores there are is asked once.
      const view = await ledger.view(asOf, reader);
      const listedIn = async (filter: RiskFilter) =>
        (await listRisks(view, filter, { first: 100 })).edges.map(({ node }) => node);
      const all = await listedIn({});
      for (const [filter, passes] of narrowed)
        expect([asOf, filter, (await listedIn(filter)).map(({ ref }) => titleOf(ref))]).toEqual([
          asOf,
          filter,
          all.filter(passes).map(({ ref }) => titleOf(ref)),
        ]);
      const counts = await countRisks(view, 'STATUS', {});
      const counted = STATUSES.map((key) => ({ key, count: all.filter((one) => one.standing.status === key).length }));
      expect(counts.map(({ key, count }) => ({ key, count }))).toEqual(counted.filter(({ count }) => count > 0));
    }
  });

  it('are to be scored anew once the axes changed, and keep the band of their own version until they are', async () => {
    expect(await titles({ toBeScoredAnew: true }, '2024-05-31')).toEqual([]);
    const anew = await titles({ toBeScoredAnew: true }, '2024-06-01');
    expect(anew).toContain('managed');
    expect(await titles({ toBeScoredAnew: true }, '2024-06-10')).toEqual(anew.filter((one) => one !== 'managed'));
    const view = await ledger.view({ effective: '2024-06-01' });
    const medium = (await findRisk(view, refs['medium']!))!;
    const pathOf = (risk: TrackedRisk) => scoresOf(risk, {}).edges.map(({ node }) => node);
    expect(pathOf(medium).map(({ now, then }) => [now.band?.band, now.version, then.band?.band])).toEqual([
      ['Medium', '1', 'Medium'],
    ]);
    expect(medium.standing.scores.CURRENT!.now.isToBeScoredAnew).toBe(true);
    const april = await findRisk(await ledger.view({ effective: '2024-04-01' }), refs['medium']!);
    expect(pathOf(april!).map(({ now, then }) => [now.band?.band, now.version, then.band?.band])).toEqual([
      ['High', '2', 'Medium'],
    ]);
  });

  it('answers the questions of a panel about one day, each as a list', async () => {
    const on = '2024-02-29';
    expect(await titles({ unscored: true }, on)).toEqual(['unscored']);
    expect(await titles({ reviewOverdue: true }, on)).toEqual([
      'accepted',
      'assured',
      'by a hidden scale',
      'hidden',
      'tasked',
    ]);
    expect(await titles({ controlOverdue: true }, on)).toEqual(['tasked']);
    expect(await titles({ fellWithoutControl: true }, on)).toEqual(['fell']);
    expect(await titles({ acceptanceLapsed: true }, on)).toEqual(['accepted']);
    expect(await titles({ accepted: true }, '2024-02-15')).toEqual(['accepted']);
    expect(await titles({ highUnassured: true }, on)).toEqual([
      'accepted',
      'by a hidden scale',
      'hidden',
      'managed',
      'tasked',
    ]);
    expect(await titles({ highUnassured: true, register: ['OPCC'] }, on)).not.toContain('managed');
    expect(await titles({ withoutControls: true, high: true }, on)).toEqual([
      'accepted',
      'by a hidden scale',
      'hidden',
      'managed',
    ]);
    expect(await titles({ noFurtherAction: true, high: true }, on)).not.toContain('tasked');
    expect(await titles({ asked: true }, '2024-03-05')).toEqual(['medium']);
    expect(await titles({ owner: 'force-lead', register: ['FORCE'] }, on)).toEqual(['managed']);
    // Whoever owns it beside is found by it too, and it is counted under the one that leads.
    expect(await titles({ owner: 'force-lead', status: ['AWAITING_REVIEW'] }, '2024-06-01')).toContain('at its target');
    const owners = await countRisks(await ledger.view({ effective: '2024-06-01' }), 'OWNER', { open: true });
    expect(owners.map(({ key, count }) => [key, count])).toContainEqual(['commissioner', 1]);
  });

  it('are of both bodies on the register that both keep, and where one is linked to one on the other register', async () => {
    const one = await titles({ onOneRegister: true }, '2024-02-29');
    expect(one).toContain('managed');
    expect(one).not.toContain('medium');
    expect(one).not.toContain('closed');
    const link = (from: string, to: string) =>
      officer.does({ type: 'LinkRecord', ref: refs[from]!, to: refs[to]!, as: 'IS_ABOUT', ...why }, 'risks');
    // Two on one register are one register still; and a link to what the reader may not see is none.
    await link('fell', 'assured');
    await link('managed', 'hidden');
    expect(await titles({ onOneRegister: true })).toEqual(
      (await titles({ open: true })).filter((title) => !['medium', 'managed', 'hidden'].includes(title!)),
    );
    expect(await titles({ onOneRegister: true }, undefined, OFFICIAL)).toContain('managed');
    expect(await titles({ onOneRegister: true, register: ['FORCE'] }, undefined, OFFICIAL)).toEqual(['managed']);
    expect(await titles({ onOneRegister: false, open: true })).toEqual(['hidden', 'managed', 'medium']);
  });

  it('have no further action where no control is tasked and no open action is linked to them, by either, as the reader may see', async () => {
    const before = await titles({ noFurtherAction: true });
    const [said, saidOf, hiddenOne, overHidden] = ['at its target', 'fell', 'accepted', 'within appetite'] as const;
    const ofHidden = 'a grant';
    expect(before).toEqual(expect.arrayContaining([said, saidOf, hiddenOne, overHidden, ofHidden]));
    const on = { effectiveOn: '2024-07-02', ...why };
    onDay('2024-07-02');
    const raised = (more = {}) =>
      officer.does({ type: 'RaiseAction', body: 'OTH', title: 'To be done', owner: 'force-lead', ...on, ...more });
    const link = (ref: string, to: string, register: string, more = {}) =>
      officer.does({ type: 'LinkRecord', ref, to, as: 'FOLLOWS_FROM', ...on, ...more }, register);
    const [one, other] = [await raised(), await raised()];
    await link(one, refs[said]!, 'actions');
    await link(refs[saidOf]!, other, 'risks');
    // A hidden action, and a hidden link, read as none.
    const quiet = await raised(hidden);
    await link(quiet, refs[hiddenOne]!, 'actions');
    await link(refs[ofHidden]!, quiet, 'risks');
    await link(other, refs[overHidden]!, 'actions', hidden);
    const without = (...gone: readonly string[]) => before.filter((title) => !gone.includes(title!));
    expect(await titles({ noFurtherAction: true })).toEqual(without(said, saidOf, hiddenOne, overHidden, ofHidden));
    const official = (await titles({ noFurtherAction: true }, undefined, OFFICIAL)).filter((title) =>
      before.includes(title),
    );
    expect(official).toEqual(expect.arrayContaining([hiddenOne, overHidden, ofHidden]));
    expect(official).not.toContain(said);
    expect(official).not.toContain(saidOf);
    // Of which bodies the list is has nothing to do with whose the action is; and what was not yet linked is not.
    const view = await viewOver(await ledger.view(), { bodies: ['CGB'] });
    const ofCgb = await listRisks(view, { noFurtherAction: true }, { first: 500 });
    expect(ofCgb.edges.map(({ node }) => titleOf(node.ref))).not.toContain(said);
    expect(await titles({ noFurtherAction: true }, '2024-07-01')).toContain(said);
    // Once it is closed, or the link has ended, there is none.
    onDay('2024-07-03');
    const later = { ...on, effectiveOn: '2024-07-03' };
    await commissioner.does({ type: 'WithdrawAction', ref: one, ...later });
    await officer.does({ type: 'UnlinkRecord', ref: refs[saidOf]!, to: other, as: 'FOLLOWS_FROM', ...later }, 'risks');
    expect(await titles({ noFurtherAction: true })).toEqual(without(hiddenOne, overHidden, ofHidden));
    expect(await titles({ noFurtherAction: true }, '2024-07-02')).toEqual(
      without(said, saidOf, hiddenOne, overHidden, ofHidden),
    );
  });

  it('count by band, the highest first, and by register and category', async () => {
    const counts = async (by: 'BAND' | 'REGISTER' | 'CATEGORY', effective: string, reader = FULL) =>
      (await countRisks(await ledger.view({ effective }, reader), by, { open: true })).map(({ key, label, count }) => [
        key,
        label,
        count,
      ]);
    expect(await counts('BAND', '2024-02-29')).toEqual([
      ['High', 'High', 6],
      ['Medium', 'Medium', 3],
      ['Low', 'Low', 2],
      [null, 'no band', 1],
    ]);
    expect(await counts('BAND', '2024-02-29', OFFICIAL)).toEqual([
      ['High', 'High', 4],
      ['Medium', 'Medium', 3],
      ['Low', 'Low', 2],
      [null, 'no band', 2],
    ]);
    expect(await counts('REGISTER', '2024-02-29')).toEqual([
      ['FORCE', 'force', 1],
      ['OPCC', 'opcc', 10],
      ['JOINT', 'joint', 1],
    ]);
    expect((await counts('CATEGORY', '2024-02-29')).map(([key, , count]) => [key, count])).toEqual([
      ['FINANCIAL', 1],
      [null, 11],
    ]);
  });

  it('stand in a matrix of the axes of the day, and apart where they were scored on others', async () => {
    const matrix = async (
      effective: string,
      reader: Reader = FULL,
      of: 'CURRENT' | 'TARGET' = 'CURRENT',
      scale = 'CGB-scores',
    ) => riskMatrix(await ledger.view({ effective }, reader), scale, of, { open: true });
    const february = (await matrix('2024-02-29'))!;
    expect(february).toMatchObject({
      ...{ version: '1', isInForce: true, likelihoods: steps(4), impacts: steps(4) },
      ...{ onOtherAxes: 0, onOtherScales: 1, unscored: 1 },
    });
    expect(february.cells).toHaveLength(16);
    expect(
      february.cells
        .filter(({ count }) => count > 0)
        .map(({ likelihood, impact, count, band }) => [likelihood, impact, count, band?.band]),
    ).toEqual([
      [1, 2, 1, 'Low'],
      [2, 2, 1, 'Low'],
      [2, 3, 1, 'Medium'],
      [2, 4, 1, 'Medium'],
      [3, 2, 1, 'Medium'],
      [3, 3, 1, 'High'],
      [3, 4, 1, 'High'],
      [4, 4, 3, 'High'],
    ]);
    const june = (await matrix('2024-06-10'))!;
    expect([june.version, june.cells.length, june.onOtherAxes]).toEqual(['3', 25, 9]);
    expect(june.cells.filter(({ count }) => count > 0)).toMatchObject([{ likelihood: 3, impact: 4, count: 1 }]);
    expect((await matrix('2024-02-29', FULL, 'TARGET'))!.cells.filter(({ count }) => count > 0)).toMatchObject([
      { likelihood: 2, impact: 2, count: 2 },
      { likelihood: 4, impact: 4, count: 1 },
    ]);
    expect(await matrix('2024-02-29', OFFICIAL, 'CURRENT', 'CGB-quiet')).toBeNull();
    expect(await matrix('2024-02-29', FULL, 'CURRENT', 'CGB-none')).toBeNull();
    expect((await matrix('2024-02-29', OFFICIAL))!.cells.reduce((sum, { count }) => sum + count, 0)).toBe(9);
  });

  it('were brought where they stand by one fact', async () => {
    const view = await ledger.view({ effective: '2024-01-31' });
    const found = (await findRisk(view, refs['accepted']!))!;
    const withState = await riskWithState(view, found);
    expect(await whatMadeIt(view, refs['accepted']!, (state) => withState(state).standing.status)).toMatchObject({
      type: 'RiskAcceptanceGranted',
    });
  });

  it('are found by their words as far as the reader may read them, and by their reference', async () => {
    expect(await titles({ text: 'within APPETITE' })).toEqual(['within appetite']);
    expect(await titles({ text: refs['fell']! })).toEqual(['fell']);
    expect(await titles({ text: 'hidden' }, undefined, OFFICIAL)).toEqual(['by a hidden scale']);
  });

  it('are asked for with as many questions for fifty of them as for five', async () => {
    for (let number = 0; number < 60; number += 1) {
      const title = `many ${number}`;
      await registered(title, {
        body: 'OTH',
        register: 'FORCE',
        effectiveOn: '2024-06-01',
        owners: ['force-lead', 'commissioner'],
      });
      await scored(title, 1 + (number % 5), 2, '2024-06-05');
      await target(title, 1, 1, '2024-06-05');
      const control = await controlled(title, '2024-06-05', '2024-08-01');
      await officer.does({
        ...{ type: 'AssureRiskControl', ref: refs[title]!, control, line: 'SECOND', opinion: 'MODERATE' },
        ...{ effectiveOn: '2024-06-06', ...why },
      });
      if (number > 0) {
        const link = { type: 'LinkRecord', ref: refs[title]!, to: refs['many 0']!, as: 'IS_ABOUT' };
        await officer.does({ ...link, ...why }, 'risks');
      }
    }
    const questions = async (first: number, filter: RiskFilter) => {
      const view = await ledger.view();
      const before = ledger.models.questions;
      const { edges } = await listRisks(view, filter, { first });
      expect(edges).toHaveLength(first);
      return ledger.models.questions - before;
    };
    for (const filter of [
      { body: 'OTH' },
      { body: 'OTH', status: ['CONTROLS_TASKED'] as const },
      { body: 'OTH', onOneRegister: true },
      { body: 'OTH', noFurtherAction: false },
    ]) {
      // What was counted once is not counted again.
      await questions(5, filter);
      expect([filter, await questions(50, filter)]).toEqual([filter, await questions(5, filter)]);
    }
  });
});
