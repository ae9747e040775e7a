import { OFFICIAL_OPEN } from '../../libs/ledger/index.ts';
import { ledgerBeingRead, FULL, OFFICIAL, type LedgerBeingRead } from '../../test/ledger-being-read.ts';
import { historyOf } from './queries.ts';

const SECRET = { ...OFFICIAL_OPEN, sensitive: true };

/*
 * The allowance of a body decides whether an entry into a register is late: by the version in force on the day on which it is recorded, when
 * somebody enters it as when somebody reads it. Actions allow seven days where none is in force.
 */
describe('a late entry', () => {
  let ledger: LedgerBeingRead;
  const on = (day: string) => ledger.clock.set(`${day}T12:00:00.000Z`);
  const officer = () => ledger.as('opcc-officer');
  const monitoring = () => ledger.as('monitoring-officer');
  const raise = (body: string, effectiveOn: string, more: object = {}) => ({
    ...{ type: 'RaiseAction', body, title: 'A title', effectiveOn },
    ...more,
  });
  const lateIn = async (ref: string, asOf = {}, reader = FULL) =>
    (await historyOf(await ledger.view(asOf, reader), ref, {})).edges.map(({ node }) => node.late);

  /** The allowance of the board: 14 days from 1 May, 3 from 1 June, none from 1 July. Another body has none. */
  beforeAll(async () => {
    ledger = await ledgerBeingRead({ at: '2023-04-03T12:00:00.000Z' });
    for (const as of ['CGB', 'PCP', 'HID']) await officer().does({ type: 'AddBody', as, name: as });
    const add = (body: string, more: object = {}) =>
      monitoring().does({ type: 'AddRule', kind: 'LATE_ALLOWANCE', body, title: 'Late', register: 'ACTIONS', ...more });
    const ref = await add('CGB');
    await monitoring().does({ type: 'SetLateAllowance', ref, days: 14, effectiveOn: '2023-05-01' });
    await monitoring().does({ type: 'SetLateAllowance', ref, days: 3, effectiveOn: '2023-06-01' });
    await monitoring().does({ type: 'EndRule', ref, effectiveOn: '2023-07-01', reason: 'Not needed.' });
    const hidden = await add('HID', { marking: SECRET });
    await monitoring().does({ type: 'SetLateAllowance', ref: hidden, days: 0 });
  });
  afterAll(() => ledger.remove());

  const tried = async (today: string, allowed: number) => {
    on(today);
    const back = (days: number) => new Date(Date.parse(today) - days * 86_400_000).toISOString().slice(0, 10);
    expect(await officer().fails(raise('CGB', back(allowed + 1)))).toBe('LATE_NEEDS_REASON');
    expect(await officer().submit(raise('CGB', back(allowed + 1)))).toMatchObject({
      refusal: { sentence: expect.stringContaining(`${allowed} days`) as string },
    });
    const within = await officer().does(raise('CGB', back(allowed)));
    const late = await officer().does(raise('CGB', back(allowed + 1), { reason: 'The minutes came late.' }));
    expect([await lateIn(within), await lateIn(late)]).toEqual([[false], [true]]);
    expect(await officer().fails(raise('PCP', back(8)))).toBe('LATE_NEEDS_REASON');
    await officer().does(raise('PCP', back(7)));
  };

  it.each([
    ['2023-04-20', 7],
    ['2023-05-20', 14],
    ['2023-06-20', 3],
  ])('entered on %s, needs a reason after %i days', tried);

  it('of a fact of a record is judged by the body of the record', async () => {
    on('2023-06-21');
    const ref = await officer().does(raise('CGB', '2023-06-18'));
    const agree = (effectiveOn: string) => ({ type: 'AgreeAction', ref, effectiveOn });
    on('2023-06-22');
    expect(await ledger.as('commissioner').fails(agree('2023-06-18'))).toBe('LATE_NEEDS_REASON');
    await ledger.as('commissioner').does(agree('2023-06-19'));
    expect(await lateIn(ref)).toEqual([false, false]);
  });

  it('of another register is judged by the days of that one', async () => {
    await officer().does({
      type: 'RecordDocument',
      body: 'CGB',
      title: 'P',
      kind: 'REPORT',
      effectiveOn: '2023-05-25',
    });
  });

  it('needs a reason after the days of the register again, once the allowance has ended', () => tried('2023-07-20', 7));

  it('is read by the day of recording, whatever day is asked about, and by what was known at the basis', async () => {
    on('2023-08-20');
    const ref = await officer().does(raise('PCP', '2023-08-10', { reason: 'Late.' }));
    expect(await lateIn(ref)).toEqual([true]);
    on('2023-08-21');
    const allowance = await monitoring().does({
      ...{ type: 'AddRule', kind: 'LATE_ALLOWANCE', body: 'PCP', title: 'Late', register: 'ACTIONS' },
      ...{ effectiveOn: '2023-08-01' },
    });
    await monitoring().does({ type: 'SetLateAllowance', ref: allowance, days: 14, effectiveOn: '2023-08-15' });
    // Set for the past, it was in force on the day of recording by all that is known now, and was not known then.
    expect(await lateIn(ref)).toEqual([false]);
    expect(await lateIn(ref, { effective: '2023-08-10' })).toEqual([false]);
    expect(await lateIn(ref, { recorded: '2023-08-20T13:00:00.000Z' })).toEqual([true]);
  });

  it('is judged by the days of the register for whoever may not see the allowance, when entering as when reading', async () => {
    on('2023-09-20');
    const lead = ledger.as('force-lead');
    expect(await officer().fails(raise('HID', '2023-09-19'))).toBe('LATE_NEEDS_REASON');
    const ref = await lead.does(raise('HID', '2023-09-14'));
    expect(await lead.submit(raise('HID', '2023-09-01'))).toMatchObject({
      refusal: { sentence: expect.stringContaining('7 days') as string },
    });
    expect([await lateIn(ref), await lateIn(ref, {}, OFFICIAL)]).toEqual([[true], [false]]);
  });

  it('is asked about in no more questions for each record', async () => {
    const refs: string[] = [];
    for (let number = 0; number < 20; number += 1) refs.push(await officer().does(raise('CGB', '2023-09-20')));
    const asked = async (wanted: readonly string[]) => {
      const view = await ledger.view({}, OFFICIAL);
      const before = ledger.models.questions;
      await Promise.all(wanted.map((ref) => historyOf(view, ref, {})));
      return ledger.models.questions - before;
    };
    expect(await asked(refs)).toBe(await asked(refs.slice(0, 2)));
  });
});
