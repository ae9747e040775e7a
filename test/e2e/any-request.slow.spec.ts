import { attack, namedRequests, randomRequests, type Attack } from './any-request.ts';
import { LedgerProcess } from './ledger-process.ts';
import { healthOf, newPlace, type Place } from './served-ledger.ts';

const SEED = Number(process.env['SEED'] ?? 20_231_009);
const REQUESTS = Number(process.env['REQUESTS'] ?? 10_000);

describe('whatever is sent to the server', () => {
  let place: Place;
  let running: LedgerProcess;
  beforeEach(async () => {
    place = await newPlace('sqlite');
  });
  afterEach(async () => {
    await running.kill();
    place.remove();
  });

  async function start(program: string, more: Record<string, string> = {}): Promise<string> {
    running = new LedgerProcess(program, [], place.settings, { LOG_LEVEL: 'error', ...more });
    return running.url();
  }
  const lives = (url: string) =>
    healthOf(url, 'live').then(
      ({ status }) => status === 200,
      () => false,
    );
  const figures = ({ answered, closed, statuses }: Attack) =>
    `${answered} answered, ${closed} closed; ${[...statuses]
      .sort()
      .map(([status, times]) => `${status}: ${times}`)
      .join(', ')}`;

  it(`is answered, or hung up on where HTTP says so, and the process lives (seed ${SEED}, ${REQUESTS} requests)`, async () => {
    const url = await start('apps/ledger/main.js');
    const named = await attack(url, namedRequests());
    expect(named.faults).toEqual([]);
    expect(named.answered).toBe(namedRequests().length);

    const random = await attack(url, randomRequests(SEED, REQUESTS));
    process.stdout.write(`${figures(random)}\n`);
    expect(random.faults).toEqual([]);
    expect(random.answered + random.closed).toBe(REQUESTS);
    expect(random.answered).toBeGreaterThan(REQUESTS * 0.9);
    // Pages, forms, the API, refusals of the gate and of HTTP itself were all met.
    expect([...random.statuses.keys()]).toEqual(expect.arrayContaining([200, 303, 400, 401, 403, 404, 405, 415, 431]));
    expect(await lives(url)).toBe(true);
    const { output } = await running.stop();
    expect(output).not.toContain('a fault was caught by nobody');
  }, 120_000);

  it('is seen to end a server whose answer to a fault fails itself (control)', async () => {
    const url = await start('test/e2e/faulty-server.js');
    const { faults } = await attack(url, namedRequests());
    expect(faults.length).toBeGreaterThan(0);
    expect(await lives(url)).toBe(false);
    expect((await running.ended).code).not.toBe(0);
  }, 60_000);

  it('ends not even that server when it has the last net, though what nobody answers is noted (control)', async () => {
    const url = await start('test/e2e/faulty-server.js', { UNCAUGHT: 'kept' });
    const { faults } = await attack(url, namedRequests().slice(0, 10), { patienceMs: 2_000 });
    expect(faults.length).toBeGreaterThan(0);
    expect(await lives(url)).toBe(true);
    expect((await running.stop()).output).toContain('a fault was caught by nobody');
  }, 60_000);
});
