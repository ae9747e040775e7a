import { startImport, startServer } from './ledger-process.ts';
import { EXAMPLE, newPlace } from './served-ledger.ts';

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
