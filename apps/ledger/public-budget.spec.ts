import { readConfig } from './config.ts';
import { startLedger, type RunningServer } from './start-ledger.ts';
import type { Ledger } from './ledger.ts';

const unasked = (): never => {
  throw new Error('nobody asks this');
};
const ledger = {
  registers: [],
  behind: () => Promise.resolve([]),
  damaged: () => Promise.resolve([]),
  close: () => Promise.resolve(),
  openView: unasked,
  capacityOf: (post: string) => Promise.resolve(post === 'opcc-officer' ? ('opcc-officer' as const) : null),
  pseudonymOf: (person: string) => person,
  secret: () => new Uint8Array(32),
  submit: unasked,
} as unknown as Ledger;

describe('the budget of the public', () => {
  let server: RunningServer;

  const start = async (perMinute: number) => {
    const environment = { PORT: '0', LEDGER_SIGN_IN: 'demo', LOG_LEVEL: 'silent' };
    server = await startLedger(readConfig({ ...environment, LEDGER_PUBLIC_PER_MINUTE: String(perMinute) }), ledger);
  };
  afterEach(() => server.close());

  const graphql = (headers: Record<string, string> = {}) =>
    fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query: '{ __typename }' }),
    });
  const statuses = async (count: number, ask: () => Promise<Response>) => {
    const all: number[] = [];
    for (let one = 0; one < count; one += 1) all.push((await ask()).status);
    return all;
  };

  it('is so many requests a minute; then they are told when to try again, as an error of the contract', async () => {
    await start(3);
    expect(await statuses(3, graphql)).toEqual([200, 200, 200]);
    const answer = await graphql();
    expect(answer.status).toBe(429);
    const after = Number(answer.headers.get('retry-after'));
    expect(after).toBeGreaterThan(0);
    expect(after).toBeLessThanOrEqual(60);
    expect(await answer.json()).toEqual({
      errors: [
        {
          message: expect.stringMatching(/Try again in \d+ second/),
          extensions: { code: 'UNAVAILABLE', refusal: null, field: null },
        },
      ],
    });
  });

  it('is told in a plain page elsewhere, and by a token that is none as by nobody', async () => {
    await start(2);
    expect(await statuses(2, () => graphql({ authorization: 'Bearer none' }))).toEqual([401, 401]);
    const page = await fetch(`${server.url}/sign-in`);
    expect([page.status, page.headers.get('content-type')]).toEqual([429, 'text/html; charset=utf-8']);
    expect(page.headers.get('retry-after')).toMatch(/^\d+$/);
    expect(await page.text()).toContain('Try again in');
  });

  it('is not that of whoever says who they are, nor of health', async () => {
    await start(1);
    const issued = await fetch(`${server.url}/demo/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ post: 'opcc-officer' }),
    });
    const { token } = (await issued.json()) as { token: string };
    expect(await statuses(4, () => graphql({ authorization: `Bearer ${token}` }))).toEqual([200, 200, 200, 200]);
    expect(await statuses(4, () => fetch(`${server.url}/health/live`))).toEqual([200, 200, 200, 200]);
    expect((await graphql()).status).toBe(429);
  });

  it('is none where the configuration says so (control)', async () => {
    await start(0);
    expect(new Set(await statuses(20, graphql))).toEqual(new Set([200]));
  });
});
