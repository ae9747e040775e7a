import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { errorIn, type Client } from './client.ts';
import { mutation, operation } from './contract.ts';
import { faultsOf, Journal } from './journal.ts';
import { openOffice, type Office } from './office.ts';
import { openRunningLedger } from '../../libs/running-ledger/index.ts';
import { randomNumbers } from './random-numbers.ts';
import { becomesReady, placeToTakeAway, healthOf, type PlaceToTakeAway } from './served-ledger.ts';

const SEED = Number(process.env['SEED'] ?? 20_231_009);
/** Whoever sends a command must know within this time that it is not known what became of it. */
const ANSWER_WITHIN_MS = 10_000;

describe('EventStoreDB goes away and comes back', () => {
  let place: PlaceToTakeAway;
  let office: Office;
  let ref: string;
  const server = () => place.store;

  beforeAll(async () => {
    place = await placeToTakeAway();
    office = await openOffice({ place });
    ref = await office.agreed();
    await office.served.ready();
  }, 60_000);
  afterAll(async () => {
    await office?.served.remove();
    place?.remove();
  });

  const input = (text: string) => ({ commandId: randomUUID(), ref, text });

  it('answers commands with UNAVAILABLE within ten seconds, reads on, says so, and learns the outcome later', async () => {
    const commands = Array.from({ length: 8 }, (_, number) => input(`While it was away, ${number}`));
    const send = (client: Client, one: object) => client.post(mutation('giveActionUpdate'), { input: one });
    server().stop();

    const begun = performance.now();
    const sending = Promise.all(commands.map((one) => send(office.lead, one)));
    await pause(500);
    expect((await office.officer.asks('ActionOn', { ref })).ledger.action.status).toBe('AGREED');
    expect((await office.officer.asks('Tracker')).ledger.actions.totalCount).toBe(1);
    const health = await healthOf(office.served.url, 'ready');
    expect(health.status).toBe(503);
    expect(health.body.behind).toContain('store');
    expect((await healthOf(office.served.url, 'live')).status).toBe(200);
    for (const { text } of await sending)
      expect(errorIn(text).extensions).toMatchObject({ code: 'UNAVAILABLE', refusal: null });
    expect(performance.now() - begun).toBeLessThan(ANSWER_WITHIN_MS + 1_000);

    await server().start();
    const outcomes = await Promise.all(commands.map((one) => eventually(() => send(office.lead, one))));
    expect(outcomes.every((text) => JSON.parse(text).data.giveActionUpdate.action.status === 'IN_PROGRESS')).toBe(true);
    // Nobody told the projections to go on.
    await becomesReady(office.served.url, 30_000);
    const texts = (await office.history(ref)).map(({ text }) => text).filter((text) => text?.startsWith('While'));
    expect(texts.sort()).toEqual(commands.map(({ text }) => text).sort());
    expect(await Promise.all(commands.map(async (one) => (await send(office.lead, one)).text))).toEqual(outcomes);
  }, 90_000);

  it('tells a command that was stored and never acknowledged from one that was not stored', async () => {
    const [stored, dropped] = [input('Stored in silence'), input('Dropped in silence')];
    for (const [fault, one] of [
      ['store-and-keep-silent', stored],
      ['drop', dropped],
    ] as const) {
      server().failAppends(fault);
      await eventually(() => office.lead.post(mutation('giveActionUpdate'), { input: one }));
    }
    const texts = (await office.history(ref)).map(({ text }) => text).filter((text) => text?.endsWith('in silence'));
    expect(texts).toEqual(['Stored in silence', 'Dropped in silence']);
  }, 90_000);

  it('has reading go on by itself when the subscription alone is dropped', async () => {
    for (let drop = 0; drop < 3; drop += 1) {
      server().dropSubscriptions(14);
      const { position } = await office.lead.does('giveActionUpdate', { ref, text: `After drop ${drop}` });
      expect((await office.officer.asks('ActionOn', { ref, atLeast: position })).ledger.action.latestUpdate.text).toBe(
        `After drop ${drop}`,
      );
    }
  }, 60_000);

  /** Sends until there is a definite answer: the same command, with the same id. */
  async function eventually(send: () => Promise<{ readonly text: string }>): Promise<string> {
    for (const until = performance.now() + 60_000; ;) {
      const { text } = await send();
      const { errors } = JSON.parse(text);
      if (!(errors?.length > 0)) return text;
      const { code } = errorIn(text).extensions;
      if (!['UNAVAILABLE', 'NOT_YET'].includes(code) || performance.now() > until) throw new Error(text);
      await pause(100);
    }
  }
});

describe(`EventStoreDB goes away and comes back again and again while many write (seed ${SEED})`, () => {
  it('loses nothing, doubles nothing, and reading comes to what the log holds', async () => {
    const random = randomNumbers(SEED);
    const place = await placeToTakeAway();
    const office = await openOffice({ place });
    try {
      const journal = new Journal();
      const rounds = 4;
      for (let round = 0; round < rounds; round += 1) {
        const writing = journal.writeUntilGone(office.officer, 8);
        await pause(Math.floor(200 + random() * 800));
        place.store.stop();
        await writing;
        await pause(Math.floor(random() * 500));
        await place.store.start();
        await becomesReady(office.served.url, 60_000);
        expect(await journal.repeat(office.officer)).toEqual([]);
      }
      expect(journal.acknowledged.length).toBe(journal.entries.length);
      expect(journal.entries.length).toBeGreaterThan(rounds * 8);

      await becomesReady(office.served.url, 60_000);
      const { ledger } = await office.officer.asks('Tracker', { first: 500 });
      const raised = journal.entries.filter(({ query }) => query.includes('raiseAction'));
      expect(ledger.actions.totalCount).toBe(raised.length);
      expect((await office.officer.post(operation('Counts'), { by: 'STATUS' })).status).toBe(200);

      await office.served.stop();
      const running = await openRunningLedger(place.settings, 'spec');
      expect(await faultsOf(running.store, journal)).toEqual([]);
      await running.close();
    } finally {
      await office.served.remove();
      place.remove();
    }
  }, 180_000);
});
