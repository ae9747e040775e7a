import { join } from 'node:path';
import { openDatabase } from '../../libs/sqlite/index.ts';
import { importBegun, importFinished } from '../../libs/running-ledger/index.ts';
import { PROJECTIONS } from '../../projections/index.ts';
import { openOffice, type Office } from './office.ts';
import { becomesReady, healthOf } from './served-ledger.ts';

describe('the health of a served ledger', () => {
  let office: Office;

  beforeAll(async () => {
    office = await openOffice();
  }, 60_000);
  afterAll(() => office?.served.remove());

  const ready = () => healthOf(office.served.url, 'ready');
  const live = () => healthOf(office.served.url, 'live');

  it('is live, and ready once reading includes everything', async () => {
    expect(await live()).toEqual({ status: 200, body: { status: 'live' } });
    await office.served.ready();
    expect(await ready()).toEqual({ status: 200, body: { status: 'ready' } });
  });

  it('names what is behind until reading has caught up, and never a record', async () => {
    const ref = await office.agreed();
    await office.served.ready();
    const file = join(office.served.place.settings.data, 'read-models.sqlite');
    const holdingUp = openDatabase(file);
    holdingUp.exec('begin immediate');
    try {
      // Accepted and durable; only its payload has to wait for reading, and that is given up after a while.
      void office.lead.does('giveActionUpdate', { ref, text: 'Nobody can read this yet.' }).catch(() => undefined);
      let health = await ready();
      while (health.status === 200) health = await ready();
      expect(health.status).toBe(503);
      expect(health.body.behind).toEqual(expect.arrayContaining(PROJECTIONS.map(({ name }) => name)));
      expect(JSON.stringify(health.body)).not.toContain(ref);
      expect((await live()).status).toBe(200);
      // What was read before is still answered.
      expect((await office.officer.asks('ActionOn', { ref })).ledger.action.status).toBe('AGREED');
    } finally {
      holdingUp.exec('rollback');
      holdingUp.close();
    }
    await becomesReady(office.served.url);
    expect((await office.officer.asks('ActionOn', { ref })).ledger.action.status).toBe('IN_PROGRESS');
  });

  it('names an import that was cut off, until it is finished', async () => {
    const { data } = office.served.place.settings;
    importBegun(data, { importId: 'half-a-load', rows: 10 });
    expect(await ready()).toEqual({ status: 503, body: expect.objectContaining({ behind: ['import'] }) });
    importFinished(data);
    expect((await ready()).status).toBe(200);
  });
});
