import { setTimeout as pause } from 'node:timers/promises';
import { unfinishedImport } from '../../libs/running-ledger/index.ts';
import { startImport, startServer } from './ledger-process.ts';
import { becomesReady, EXAMPLE, healthOf, newPlace } from './served-ledger.ts';

describe('a load beside a server', () => {
  it('is refused with 3 and names the server; it goes through once the server has stopped, and twice changes nothing', async () => {
    const place = await newPlace();
    try {
      const server = await startServer(place.settings);
      const refused = await startImport(place.settings, EXAMPLE).ended;
      expect(refused).toMatchObject({ code: 3, output: '' });
      expect(refused.errors).toContain(`server, process ${server.process.pid}`);
      expect(await (await server.as('opcc-officer')).asks('Tracker')).toMatchObject({
        ledger: { actions: { totalCount: 0 } },
      });
      expect(await server.process.stop()).toMatchObject({ code: 0 });

      const loaded = await startImport(place.settings, EXAMPLE).ended;
      expect(loaded).toMatchObject({ code: 0, errors: '' });
      const again = await startImport(place.settings, EXAMPLE).ended;
      expect(again).toMatchObject({ code: 0, errors: '' });
      expect(again.output).toMatch(/wrote 0 commands/);

      const anew = await startServer(place.settings);
      await anew.ready();
      expect(await (await anew.as('opcc-officer')).asks('Tracker')).toMatchObject({
        ledger: { actions: { totalCount: 11 } },
      });
      await anew.process.stop();
    } finally {
      place.remove();
    }
  }, 120_000);

  it('that was cut off is named by the health of a server until it has been finished', async () => {
    const place = await newPlace();
    try {
      const load = startImport(place.settings, EXAMPLE);
      while (unfinishedImport(place.settings.data) === null) await pause(1);
      await load.kill();
      expect(unfinishedImport(place.settings.data)).toMatchObject({ importId: 'leicestershire-2023' });

      const half = await startServer(place.settings);
      let health = await healthOf(half.url, 'ready');
      for (let looks = 0; looks < 500 && health.body.behind?.join() !== 'import'; looks += 1) {
        await pause(20);
        health = await healthOf(half.url, 'ready');
      }
      expect(health).toEqual({ status: 503, body: expect.objectContaining({ behind: ['import'] }) });
      await half.process.stop();

      expect(await startImport(place.settings, EXAMPLE).ended).toMatchObject({ code: 0 });
      const whole = await startServer(place.settings);
      await becomesReady(whole.url);
      await whole.process.stop();
    } finally {
      place.remove();
    }
  }, 120_000);

  it('is refused to a second server too', async () => {
    const place = await newPlace();
    try {
      const first = await startServer(place.settings);
      await expect(startServer(place.settings)).rejects.toThrow(`server, process ${first.process.pid}`);
      await first.process.stop();
    } finally {
      place.remove();
    }
  }, 120_000);
});
