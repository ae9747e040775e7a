import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openRunningLedger } from '../../libs/running-ledger/index.ts';
import { ProtocolServer } from '../eventstoredb-server/server.ts';
import { errorIn } from './client.ts';
import { mutation, operation } from './contract.ts';
import { startServer, type ServerProcess } from './ledger-process.ts';
import { openOffice } from './office.ts';
import { placeToTakeAway, healthOf, type PlaceToTakeAway } from './served-ledger.ts';

const READ_MODELS = 'read-models.sqlite';
const STOPS_WITHIN_MS = 8_000;

describe('a server whose EventStoreDB is away', () => {
  let place: PlaceToTakeAway;
  let ref: string;
  let server: ServerProcess;
  const store = () => place.store;

  beforeEach(async () => {
    place = await placeToTakeAway();
    const office = await openOffice({ place });
    ref = await office.agreed();
    await office.served.ready();
    await office.served.stop();
  }, 60_000);
  afterEach(async () => {
    await server?.process.kill();
    store().stop();
    place.remove();
  });

  const update = () => ({ input: { commandId: randomUUID(), ref, text: 'Half way' } });

  it.each([
    ['is gone', () => store().stop(), () => store().start()],
    ['answers nothing', () => store().freeze(), async () => store().thaw()],
  ])(
    'starts while it %s, serves what it has, refuses commands, says so, and goes on when it comes',
    async (_, go, come) => {
      go();
      const begun = performance.now();
      server = await startServer(place.settings);
      expect(performance.now() - begun).toBeLessThan(15_000);
      const lead = await server.as('force-lead');
      expect((await lead.asks('ActionOn', { ref })).ledger.action.status).toBe('AGREED');
      const page = await fetch(`${server.url}/actions`);
      expect(page.status).toBe(200);
      const asked = performance.now();
      expect(await healthOf(server.url, 'ready')).toMatchObject({
        status: 503,
        body: { behind: expect.arrayContaining(['store']) },
      });
      expect(performance.now() - asked).toBeLessThan(1_000);
      expect(errorIn((await lead.post(mutation('giveActionUpdate'), update())).text).extensions.code).toBe(
        'UNAVAILABLE',
      );
      await pause(8_000);
      await come();
      await server.ready();
      const { giveActionUpdate } = await lead.runs(mutation('giveActionUpdate'), update());
      expect(giveActionUpdate.action.status).toBe('IN_PROGRESS');
    },
    120_000,
  );

  it('has no read models and builds them when it comes, after more than eight seconds', async () => {
    rmSync(join(place.settings.data, READ_MODELS));
    store().stop();
    server = await startServer(place.settings);
    expect(await healthOf(server.url, 'live')).toMatchObject({ status: 200 });
    expect((await healthOf(server.url, 'ready')).body.behind).toContain('store');
    const officer = await server.as('opcc-officer');
    expect((await officer.failsToRun(operation('ActionOn'), { ref })).extensions.code).toBe('NOT_YET');
    expect((await fetch(`${server.url}/actions`)).status).toBe(503);
    await pause(10_000);
    await store().start();
    await server.ready();
    expect((await officer.asks('ActionOn', { ref })).ledger.action.status).toBe('AGREED');
  }, 120_000);

  it.each([
    ['at rest', 0],
    ['with commands under way', 8],
  ])(
    'answers health within a second and stops within eight, %s',
    async (_, commands) => {
      server = await startServer(place.settings);
      await server.ready();
      const lead = await server.as('force-lead');
      store().freeze();
      const sending = Array.from({ length: commands }, () =>
        lead.post(mutation('giveActionUpdate'), update()).catch(() => 'hung up on'),
      );
      for (let looked = 0; looked < 3; looked += 1) {
        const asked = performance.now();
        expect((await healthOf(server.url, 'ready')).body.behind).toContain('store');
        expect(performance.now() - asked).toBeLessThan(1_000);
      }
      const told = performance.now();
      expect(await server.process.stop()).toMatchObject({ code: 0, signal: null, errors: '' });
      expect(performance.now() - told).toBeLessThan(STOPS_WITHIN_MS);
      await Promise.all(sending);
    },
    60_000,
  );

  it('stops within eight seconds while it has never seen it', async () => {
    rmSync(join(place.settings.data, READ_MODELS));
    store().freeze();
    server = await startServer(place.settings);
    const told = performance.now();
    expect(await server.process.stop()).toMatchObject({ code: 0, signal: null, errors: '' });
    expect(performance.now() - told).toBeLessThan(STOPS_WITHIN_MS);
  }, 60_000);

  describe('and another log is at its address when it comes back', () => {
    let another: ProtocolServer;
    const port = () => Number(new URL(store().url.replace('esdb:', 'http:')).port);
    beforeEach(() => (another = new ProtocolServer()));
    afterEach(() => another.stop());

    /** Another ledger of the same name, or nothing at all. */
    async function becomes(what: 'another ledger' | 'nothing'): Promise<number> {
      await another.start(port());
      if (what === 'nothing') return 0;
      const settings = { ...place.settings, data: `${place.settings.data}-other` };
      await (await openRunningLedger(settings, 'spec')).close();
      rmSync(settings.data, { recursive: true });
      return another.log.all.length;
    }

    it.each([
      ['another ledger', 'at the start'],
      ['nothing', 'at the start'],
      ['another ledger', 'while it ran'],
      ['nothing', 'while it ran'],
    ] as const)(
      'ends rather than serve or write to what is %s, %s',
      async (what, when) => {
        if (when === 'at the start') store().stop();
        server = await startServer(place.settings);
        if (when === 'while it ran') {
          await server.ready();
          store().stop();
        }
        const lead = await server.as('force-lead');
        await pause(200);
        const held = await becomes(what);
        const sending = lead.post(mutation('giveActionUpdate'), update()).catch(() => null);
        const { code, errors } = await server.process.ended;
        expect(code).toBe(1);
        expect(errors).toMatch(
          what === 'nothing' ? /^The log is missing or empty/ : /^The log does not hold what this ledger acknowledged/,
        );
        expect(errors.trim().split('\n')).toHaveLength(1);
        await sending;
        expect(another.log.all).toHaveLength(held);
      },
      60_000,
    );
  });
});
