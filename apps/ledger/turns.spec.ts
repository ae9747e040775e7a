import { connect } from 'node:net';
import { readConfig } from './config.ts';
import type { Ledger } from './ledger.ts';
import { startLedger, type RunningServer } from './start-ledger.ts';
import { TooManyWait, TURNS, Turns, type Release } from './turns.ts';

const settled = () => new Promise((resume) => setTimeout(resume, 5));

describe('turns', () => {
  const begun: string[] = [];
  const releases = new Map<string, Release>();
  let turns: Turns;
  let busy: number;
  const ask = (asker: string, name: string, left?: AbortSignal) =>
    turns.take(asker, left).then((release) => {
      begun.push(name);
      releases.set(name, release);
    });
  const end = async (name: string) => {
    releases.get(name)?.();
    await settled();
  };

  beforeEach(() => {
    begun.splice(0);
    releases.clear();
    turns = new Turns({ ...TURNS, atOnce: 1, waitingOfOne: 3, waitingOfAll: 5 }, () => busy);
    busy = 0;
  });

  it('are given to those who ask one after another, so that nobody waits for all that another asks', async () => {
    const asked = [ask('a', 'a1'), ask('a', 'a2'), ask('a', 'a3'), ask('b', 'b1'), ask('c', 'c1'), ask('b', 'b2')];
    await settled();
    for (const name of ['a1', 'a2', 'b1', 'c1', 'a3', 'b2']) {
      expect(begun.at(-1)).toBe(name);
      await end(name);
    }
    await Promise.all(asked);
  });

  it('are not waited for by more than a few, of one and of all', async () => {
    void ask('a', 'a1');
    for (const name of ['a2', 'a3', 'a4']) void ask('a', name);
    await expect(ask('a', 'a5')).rejects.toThrow(TooManyWait);
    for (const name of ['b1', 'b2']) void ask('b', name);
    await expect(ask('c', 'c1')).rejects.toThrow(/Try again in \d+ seconds/);
    await settled();
    await end('a1');
    void ask('c', 'c1');
    await settled();
    expect(begun).toEqual(['a1', 'a2']);
  });

  it('are not kept for whoever is gone', async () => {
    const gone = new AbortController();
    const asked = [ask('a', 'a1'), ask('b', 'gone', gone.signal), ask('c', 'c1')];
    await settled();
    gone.abort();
    await settled();
    await end('gone');
    expect(begun).toEqual(['a1', 'gone']);
    await end('a1');
    expect(begun).toEqual(['a1', 'gone', 'c1']);
    await Promise.all(asked);
  });

  it('leave the thread to others for as long as the last one kept it busy', async () => {
    const asked = [ask('a', 'a1'), ask('b', 'b1'), ask('c', 'c1')];
    await settled();
    busy = 60;
    const began = performance.now();
    await end('a1');
    expect(begun).toEqual(['a1']);
    await asked[1];
    expect(performance.now() - began).toBeGreaterThan(50);
    await end('b1');
    expect(begun).toEqual(['a1', 'b1', 'c1']);
    await Promise.all(asked);
  });

  it('are over once, however often they are ended, and in the end by themselves', async () => {
    turns = new Turns({ ...TURNS, atOnce: 1, longest: 20 }, () => busy);
    const asked = [ask('a', 'a1'), ask('b', 'b1'), ask('c', 'c1')];
    await settled();
    await end('a1');
    await end('a1');
    expect(begun).toEqual(['a1', 'b1']);
    await Promise.all(asked);
    expect(begun).toEqual(['a1', 'b1', 'c1']);
  });
});

describe('a server of which much is asked', () => {
  let server: RunningServer;
  let answer: () => void;
  let opened = 0;

  beforeEach(async () => {
    opened = 0;
    const held = new Promise<void>((resolve) => (answer = resolve));
    const ledger = {
      registers: [],
      behind: () => Promise.resolve([]),
      damaged: () => Promise.resolve([]),
      close: () => Promise.resolve(),
      openView: async () => {
        opened += 1;
        await held;
        throw new Error('this ledger answers nothing');
      },
      capacityOf: () => Promise.resolve(null),
      secret: () => new Uint8Array(32),
      pseudonymOf: (person: string) => person,
    } as unknown as Ledger;
    const environment = { PORT: '0', LEDGER_SIGN_IN: 'demo', LOG_LEVEL: 'silent', LEDGER_PUBLIC_PER_MINUTE: '0' };
    server = await startLedger(readConfig(environment), ledger);
  });
  afterEach(async () => {
    answer();
    await server.close();
  });

  const DEAR = '{ ledger { actions(first: 500, filter: { text: "x" }) { edges { node { ref } } } } }';
  const graphql = (query: string) =>
    fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
  const untilOpened = async (count: number) => {
    for (let turn = 0; opened < count && turn < 500; turn += 1) await new Promise((resume) => setTimeout(resume, 5));
    await new Promise((resume) => setTimeout(resume, 30));
    return opened;
  };

  it('works out few answers at once, turns away whom it could not answer in time, and says when to try again', async () => {
    const most = TURNS.atOnce + TURNS.waitingOfOne;
    const asked = Array.from({ length: most }, (_, index) =>
      index % 2 === 0 ? graphql(DEAR) : fetch(`${server.url}/actions`),
    );
    expect(await untilOpened(TURNS.atOnce)).toBe(TURNS.atOnce);
    const [document, page] = [await graphql(DEAR), await fetch(`${server.url}/actions`)];
    expect([document.status, page.status]).toEqual([429, 429]);
    expect([document.headers.get('retry-after'), page.headers.get('retry-after')]).toEqual(['5', '5']);
    expect(await document.json()).toMatchObject({ errors: [{ extensions: { code: 'UNAVAILABLE' } }] });
    expect(await page.text()).toContain('Try again in 5 seconds');
    // What reads little, and whoever watches over the process, is answered meanwhile.
    expect((await graphql('{ __typename }')).status).toBe(200);
    expect((await fetch(`${server.url}/health/live`)).status).toBe(200);
    answer();
    expect(new Set((await Promise.all(asked)).map(({ status }) => status))).toEqual(new Set([200, 500]));
    expect(opened).toBe(most);
  });

  it('does not begin anew for whoever hangs up while their answer is worked out', async () => {
    const port = Number(new URL(server.url).port);
    const request = `GET /actions HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n`;
    for (let one = 0; one < 3 * TURNS.atOnce; one += 1) {
      const socket = connect(port, '127.0.0.1', () => socket.write(request));
      await untilOpened(Math.min(one + 1, TURNS.atOnce));
      socket.destroy();
    }
    expect(await untilOpened(TURNS.atOnce + 1)).toBe(TURNS.atOnce);
    const asked = graphql(DEAR);
    answer();
    expect((await asked).status).toBe(200);
    expect(opened).toBe(TURNS.atOnce + 1);
  });
});
