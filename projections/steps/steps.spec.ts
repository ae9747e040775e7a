import { PUBLIC, readerFor } from '../../libs/access/index.ts';
import { FULL, ledgerBeingRead, OFFICIAL, type LedgerBeingRead } from '../../test/ledger-being-read.ts';
import { historyOf } from '../record-history/queries.ts';
import { stepsOf } from './queries.ts';

const SENSITIVE = { classification: 'OFFICIAL', sensitive: true, session: 'OPEN' } as const;
const NONE = { since: null, previous: null, next: null };

describe('stepping from one answer about a record to the next', () => {
  let ledger: LedgerBeingRead;
  let officer: ReturnType<LedgerBeingRead['as']>;
  let ref: string;
  const [RAISED, AGREED, BEGUN] = ['2023-06-21', '2023-06-22', '2023-07-03'];
  const at = (day: string) => `${day}T12:00:00.000Z`;

  const steps = async (asOf = {}, reader = FULL, of = ref) => stepsOf(await ledger.view(asOf, reader), of);

  beforeAll(async () => {
    ledger = await ledgerBeingRead({ at: at(RAISED) });
    officer = ledger.as('opcc-officer');
    await officer.does({ type: 'AddBody', as: 'CGB', name: 'Board' });
    ref = await officer.does({ type: 'RaiseAction', body: 'CGB', title: 'One', owner: 'force-lead' });
    ledger.clock.set(at(AGREED));
    await ledger.as('commissioner').does({ type: 'AgreeAction', ref });
    ledger.clock.set(at('2023-06-28'));
    await ledger.as('force-lead').does({ type: 'GiveActionUpdate', ref, text: 'Hidden.', marking: SENSITIVE });
    ledger.clock.set(at(BEGUN));
    await ledger.as('force-lead').does({ type: 'GiveActionUpdate', ref, text: 'Begun.' });
    ledger.clock.set(at('2023-07-10'));
  });
  afterAll(() => ledger.remove());

  it('leads by days to what it was before and what it became', async () => {
    const by = async (effective: string) => (await steps({ effective }, OFFICIAL)).effective;
    expect(await by('2023-06-20')).toEqual({ since: null, previous: null, next: RAISED });
    expect(await by(RAISED)).toEqual({ since: RAISED, previous: null, next: AGREED });
    expect(await by('2023-06-30')).toEqual({ since: AGREED, previous: RAISED, next: BEGUN });
    expect(await by('2023-07-10')).toEqual({ since: BEGUN, previous: AGREED, next: null });
  });

  it('leads by what was known to what was known before and after', async () => {
    for (const clock of ['STATED', 'PROVEN'] as const) {
      const by = async (recorded: string) =>
        (await steps({ effective: '2023-07-10', recorded, clock }, OFFICIAL)).recorded;
      expect(await by(at('2023-06-20'))).toEqual({ since: null, previous: null, next: at(RAISED) });
      expect(await by(at('2023-06-30'))).toEqual({ since: at(AGREED), previous: at(RAISED), next: at(BEGUN) });
      expect(await by(at('2023-07-10'))).toEqual({ since: at(BEGUN), previous: at(AGREED), next: null });
    }
    // Of a day before the update nothing else was known when it came.
    expect((await steps({ effective: '2023-06-25' }, OFFICIAL)).recorded).toEqual({
      since: at(AGREED),
      previous: at(RAISED),
      next: null,
    });
  });

  it('never stops at what the reader may not see', async () => {
    expect((await steps({ effective: '2023-06-30' })).effective).toMatchObject({
      since: '2023-06-28',
      previous: AGREED,
    });
    expect((await steps({ effective: '2023-06-30' }, readerFor('force-lead', 'force-lead'))).effective).toMatchObject({
      since: '2023-06-28',
    });
    expect((await steps({ effective: '2023-06-30' }, OFFICIAL)).effective).toMatchObject({
      since: AGREED,
      next: BEGUN,
    });
    expect(await steps({}, PUBLIC)).toEqual({ effective: NONE, recorded: NONE });
    expect(await steps({}, FULL, 'no reference ')).toEqual({ effective: NONE, recorded: NONE });
  });

  it('stops where something may already hold, and where it certainly does', async () => {
    const dated = { how: 'between', from: '2023-07-05', to: '2023-07-09' } as const;
    await ledger.as('force-lead').does({ type: 'ReportActionComplete', ref, text: 'Done.', dated });
    const by = async (effective: string) => (await steps({ effective }, OFFICIAL)).effective;
    expect(await by('2023-07-04')).toEqual({ since: BEGUN, previous: AGREED, next: '2023-07-05' });
    expect(await by('2023-07-06')).toEqual({ since: '2023-07-05', previous: BEGUN, next: '2023-07-09' });
  });

  it('counts nothing after a position', async () => {
    const [, agreed] = (await historyOf(await ledger.view(), ref, {})).edges;
    const pinned = await steps({ position: agreed!.node.position });
    expect(pinned.effective).toEqual({ since: AGREED, previous: RAISED, next: null });
    expect(pinned.recorded).toEqual({ since: at(AGREED), previous: at(RAISED), next: null });
  });

  it('stops where it was recorded by mistake, and where it stands again', async () => {
    const monitoring = ledger.as('monitoring-officer');
    const opening = (await historyOf(await ledger.view(), ref, {})).edges[0]!.node.id;
    const settled = (await steps()).recorded;
    ledger.clock.set(at('2023-07-11'));
    await monitoring.does({ type: 'Void', ref, event: opening, reason: 'Twice.' });
    expect((await steps()).recorded).toEqual({ since: at('2023-07-11'), previous: settled.since, next: null });
    ledger.clock.set(at('2023-07-12'));
    await monitoring.does({ type: 'Restore', ref, event: opening, reason: 'Not twice.' });
    expect((await steps()).recorded).toEqual({ since: at('2023-07-12'), previous: at('2023-07-11'), next: null });
  });

  it('may lie ahead of today, for a record of any register', async () => {
    const person = await officer.does({ type: 'AddPerson', name: 'A. Lead' });
    await officer.does({ type: 'AddPost', as: 'estates-lead', name: 'Estates' });
    const holding = { type: 'AppointHolder', ref: 'estates-lead', person, interim: false, shared: false };
    await officer.does({ ...holding, effectiveOn: '2023-09-01' });
    expect((await steps({}, FULL, 'estates-lead')).effective).toEqual({
      since: '2023-07-12',
      previous: null,
      next: '2023-09-01',
    });
  });

  it('asks few questions, however long the record', async () => {
    const asked = async () => {
      const view = await ledger.view();
      const count = ledger.models.questions;
      await stepsOf(view, ref);
      return ledger.models.questions - count;
    };
    const lead = ledger.as('force-lead');
    await ledger.as('commissioner').does({ type: 'ReturnAction', ref, reason: 'Not yet.' });
    await lead.does({ type: 'GiveActionUpdate', ref, text: 'Again.' });
    const few = await asked();
    for (let n = 0; n < 30; n += 1) await lead.does({ type: 'GiveActionUpdate', ref, text: `Update ${n}.` });
    expect(await asked()).toBe(few);
    expect(few).toBeLessThanOrEqual(3);
  });
});
