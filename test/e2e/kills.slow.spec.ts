import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openRunningLedger } from '../../libs/running-ledger/index.ts';
import type { Client } from './client.ts';
import { operation } from './contract.ts';
import { faultsOf, Journal } from './journal.ts';
import { startImport, startServer, type LedgerProcess, type ServerProcess } from './ledger-process.ts';
import { randomNumbers } from './random-numbers.ts';
import { EXAMPLE, newPlace, serveLedger, storeUnderTest, type Place } from './served-ledger.ts';

/** `KILLS=10` in CI, 200 by hand before a release. A fifth of them hits a load, the rest a server. */
const KILLS = Number(process.env['KILLS'] ?? 10);
const SEED = Number(process.env['SEED'] ?? 20_231_009);
const KILLS_OF_LOADS = Math.max(2, Math.floor(KILLS / 5));
const KILLS_OF_SERVERS = KILLS - KILLS_OF_LOADS;
/** Kills that one ledger lives through before another is begun. */
const KILLS_PER_LEDGER = 20;
/** Kills of one load before it is let finish. */
const KILLS_PER_LOAD = 4;
const CLIENTS = 8;
const TIME_FOR_ONE = 30_000;

/** Everything that the board's tracker can be asked, as one text. */
async function everythingAt(client: Client, recorded: string): Promise<string> {
  const asOf = { recorded };
  const texts = [];
  for (const by of ['STATUS', 'OWNER', 'BODY']) texts.push((await client.post(operation('Counts'), { asOf, by })).text);
  const first = await client.asks('Tracker', { asOf, first: 500 });
  texts.push(JSON.stringify(first.ledger.actions));
  for (const { node } of first.ledger.actions.edges.slice(0, 20))
    texts.push((await client.post(operation('History'), { asOf, ref: node.ref, first: 500 })).text);
  texts.push(
    (await client.post(operation('Contradictions'), { asOf })).text,
    (await client.post(operation('Meetings'), { asOf })).text,
  );
  return texts.join('\n');
}

function deleteReadModels({ settings }: Place): void {
  for (const ending of ['', '-wal', '-shm'])
    rmSync(join(settings.data, `read-models.sqlite${ending}`), { force: true });
}

/** A board whose decisions open their actions, and one that was made. */
async function addBoard(server: ServerProcess): Promise<string> {
  const officer = await server.as('opcc-officer');
  const monitoring = await server.as('monitoring-officer');
  await officer.does('addBody', {
    ref: 'CGB',
    name: 'Corporate Governance Board',
    commandId: '7f0c1f0e-54a4-4b5e-8f0e-5d0f1f5b7d11',
  });
  await monitoring.does('addRule', { kind: 'OPENING_POLICY', body: 'CGB', title: 'What opens what' });
  await monitoring.does('setOpeningPolicy', { ref: 'CGB-opening', decisionsOpenActions: true });
  const proposed = { body: 'CGB', maker: 'COMMISSIONER', title: 'A shelter' };
  const ref = (await officer.does('proposeDecision', proposed)).decision.ref as string;
  await officer.does('draftDecision', { ref, recommendation: 'Build.' });
  await officer.does('adviseOnDecision', { ref, adviceOn: 'FINANCE', applies: false });
  const commissioner = { by: 'commissioner', authority: { delegation: 'SoD-4' } };
  await officer.does('makeDecision', { ref, decided: 'Build.', ...commissioner });
  return ref;
}

/** Writes from many clients at once, until the server is killed at a moment. */
async function writeAndKill(server: ServerProcess, journal: Journal, moment: number, how = {}): Promise<void> {
  const officer = await server.as('opcc-officer');
  const writing = journal.writeUntilGone(officer, CLIENTS, how);
  await pause(moment);
  await server.process.kill();
  await writing;
}

describe(`a server that is killed with -9 while many write (${KILLS_OF_SERVERS} kills, seed ${SEED})`, () => {
  const ledgers = Array.from({ length: Math.ceil(KILLS_OF_SERVERS / KILLS_PER_LEDGER) }, (_, number) => ({
    number: number + 1,
    kills: Math.min(KILLS_PER_LEDGER, KILLS_OF_SERVERS - number * KILLS_PER_LEDGER),
  }));

  // Two at a time, one for each of two cores; each is killed at moments of its own, however the other fares.
  it.concurrent.each(ledgers)(
    'keeps every acknowledged command, doubles nothing, opens one action for each that a decision names, and catches up: ledger $number, $kills kills',
    async ({ number, kills }) => {
      const random = randomNumbers(SEED + number);
      const place = await newPlace();
      const journal = new Journal();
      let server: ServerProcess | null = null;
      try {
        let checked = 0;
        for (let kill = 0; kill < kills; kill += 1) {
          server = await startServer(place.settings);
          if (kill === 0) journal.decision = await addBoard(server);
          // Now and then it is killed again before it has come to itself.
          const isInAHurry = kill > 0 && random() < 0.15;
          if (!isInAHurry) {
            const wrong = await journal.repeat(await server.as('opcc-officer'), journal.entries.slice(checked));
            expect(wrong).toEqual([]);
            checked = journal.entries.length;
          }
          await writeAndKill(server, journal, Math.floor(20 + random() * (isInAHurry ? 60 : 380)));
        }

        server = await startServer(place.settings);
        const officer = await server.as('opcc-officer');
        expect(await journal.repeat(officer)).toEqual([]);
        expect(journal.acknowledged.length).toBe(journal.entries.length);
        expect(journal.entries.length).toBeGreaterThan(kills * 3);
        await server.ready();
        const recorded = new Date().toISOString();
        const live = await everythingAt(officer, recorded);
        await server.process.stop();

        const ledger = await openRunningLedger(place.settings, 'spec');
        const faults = await faultsOf(ledger.store, journal);
        await ledger.close();
        expect(faults).toEqual([]);

        deleteReadModels(place);
        server = await startServer(place.settings);
        await server.ready();
        const rebuilt = await everythingAt(await server.as('opcc-officer'), recorded);
        expect(withoutSettled(rebuilt)).toBe(withoutSettled(live));
      } finally {
        await server?.process.kill();
        place.remove();
      }
    },
    60_000 + KILLS_PER_LEDGER * TIME_FOR_ONE,
  );
});

/** Whether it is settled is the one thing of an answer that time alone changes. */
function withoutSettled(text: string): string {
  return text.replace(/"settled":(true|false)/g, '');
}

describe(`a load that is killed with -9 (${KILLS_OF_LOADS} kills, seed ${SEED})`, () => {
  it(
    'is finished by running it again, and comes to the same ledger as one that was never cut off',
    async () => {
      const whole = await contentOf(async () => undefined);
      expect(whole.events).toBeGreaterThan(100);
      let left = KILLS_OF_LOADS;
      // Two at a time, as above.
      await Promise.all(
        [1, 2].map(async (one) => {
          const random = randomNumbers(SEED + 1_000 * one);
          while (left > 0) {
            const kills = Math.min(KILLS_PER_LOAD, left);
            left -= kills;
            const cut = await contentOf(async (place) => {
              for (let kill = 0; kill < kills; kill += 1) {
                const load = startImport(place.settings, EXAMPLE);
                await pause(Math.floor(300 + random() * 2_200));
                await killIfItRuns(load);
              }
            });
            expect(cut).toEqual(whole);
          }
        }),
      );
    },
    120_000 + KILLS_OF_LOADS * TIME_FOR_ONE,
  );

  async function killIfItRuns(load: LedgerProcess): Promise<void> {
    await load.kill();
    const { code, signal, errors } = await load.ended;
    // A load that was done already is killed too late, which is no kill that counts for less.
    expect([code === 0 || signal === 'SIGKILL', errors]).toEqual([true, '']);
  }

  /** What a ledger holds after whatever happened to it and one load that was let finish. */
  async function contentOf(before: (place: Place) => Promise<void>): Promise<{ answers: string; events: number }> {
    const place = await newPlace();
    try {
      await before(place);
      const ended = await startImport(place.settings, EXAMPLE).ended;
      expect(ended).toMatchObject({ code: 0 });
      const served = await serveLedger({ place });
      const answers = await everythingAt(served.public, new Date().toISOString());
      await served.remove();
      const ledger = await openRunningLedger(place.settings, 'spec');
      let events = 0;
      for (let after: string | undefined, atEnd = false; !atEnd;) {
        const page = await ledger.store.readAll(after, 500);
        // A number that was reserved for a record that the cut came before is taken up again, never reserved twice.
        events += page.events.length;
        after = page.events.at(-1)?.position ?? after;
        atEnd = page.atEnd;
      }
      await ledger.close();
      return { answers: anonymous(answers), events };
    } finally {
      place.remove();
    }
  }

  function anonymous(text: string): string {
    return text
      .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'ID')
      .replace(/\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z/g, 'TIME')
      .replace(/"(position|cursor|endCursor)":"[^"]+"/g, '"$1":"PLACE"');
  }
});

describe('the watch over kills', () => {
  it('sees what is lost when a server answers before its store has committed (control)', async () => {
    // The mistake can be made by the embedded store alone.
    const place = await newPlace('sqlite');
    const lost: string[] = [];
    try {
      const journal = new Journal();
      const careful = await startServer(place.settings);
      await addBoard(careful);
      await writeAndKill(careful, journal, 800);
      for (let kill = 0; kill < 12 && lost.length === 0; kill += 1) {
        const careless = await startServer(place.settings, 'test/e2e/careless-server.js');
        await writeAndKill(careless, journal, 300, { raises: false });
        const ledger = await openRunningLedger(place.settings, 'spec');
        lost.push(...(await faultsOf(ledger.store, journal)).filter((fault) => fault.endsWith('is lost')));
        await ledger.close();
      }
      expect(lost).not.toEqual([]);
    } finally {
      place.remove();
    }
  }, 180_000);

  it('sees commands that were never sent, and answers that were changed (control)', async () => {
    const served = await serveLedger({ store: storeUnderTest() });
    try {
      const officer = await served.as('opcc-officer');
      await officer.does('addBody', { ref: 'CGB', name: 'Corporate Governance Board' });
      const journal = new Journal();
      const writing = journal.writeUntilGone(officer, 2);
      await pause(500);
      await served.stop();
      await writing;
      await served.start();
      const again = await served.as('opcc-officer');
      expect(await journal.repeat(again)).toEqual([]);
      const [first, second] = journal.entries;
      const told = first!.answer!;
      first!.answer = told.replace('PROPOSED', 'AGREED');
      expect(await journal.repeat(again)).toEqual([`${first!.answer} became ${told}`]);
      first!.answer = told;
      await served.stop();

      const ledger = await openRunningLedger(served.place.settings, 'spec');
      expect(await faultsOf(ledger.store, journal)).toEqual([]);
      journal.entries.push({ ...second!, commandId: '00000000-0000-4000-8000-000000000000' });
      expect(await faultsOf(ledger.store, journal)).toEqual([expect.stringMatching(/^command 0{8}.* is lost$/)]);
      journal.entries.splice(journal.entries.indexOf(second!), 1);
      expect(await faultsOf(ledger.store, journal)).toEqual(
        expect.arrayContaining([`nobody sent command ${second!.commandId}`]),
      );
      await ledger.close();
    } finally {
      await served.remove();
    }
  });
});
