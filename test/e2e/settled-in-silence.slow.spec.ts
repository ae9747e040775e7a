import { setTimeout as pause } from 'node:timers/promises';
import { openOffice } from './office.ts';

it('settles an answer ten seconds later when nothing more is recorded, and keeps it then', async () => {
  const office = await openOffice();
  try {
    const ref = await office.agreed();
    await office.served.ready();
    const recorded = new Date().toISOString();
    const asked = async () =>
      (await office.officer.asks('Counts', { by: 'STATUS', asOf: { recorded, clock: 'PROVEN' } })).ledger;
    const early = await asked();
    expect(early.basis.settled).toBe(false);
    await pause(10_200);
    const late = await asked();
    expect(late.basis.settled).toBe(true);
    expect(late.actionCounts).toEqual(early.actionCounts);

    const event = (await office.history(ref)).at(-1).id;
    await office.monitoring.does('voidActionEvent', { ref, event, reason: 'Of another action.' });
    await office.served.ready();
    expect(await asked()).toEqual(late);
    const now = (await office.officer.asks('Counts', { by: 'STATUS' })).ledger;
    expect(now.actionCounts).not.toEqual(late.actionCounts);
  } finally {
    await office.served.remove();
  }
});
