import { get } from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { addDays, instantOf, londonDayOf } from '../../libs/ledger/index.ts';
import { readConfig } from './config.ts';
import { openLedger } from './open-ledger.ts';
import { startLedger, type RunningServer } from './start-ledger.ts';

const today = londonDayOf(instantOf(Date.now()));
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- answers are looked into at will
type Answer = { status: number; headers: Headers; data: any; errors: any; json: any };

describe('the server, on a ledger of its own', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ledger-server-'));
  const config = readConfig({ LEDGER_DATA: folder, PORT: '0', LEDGER_SIGN_IN: 'demo', LOG_LEVEL: 'silent' });
  let server: RunningServer;
  const tokens = new Map<string, string>();

  async function send(path: string, body?: unknown, post?: string): Promise<Answer> {
    const headers: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
    if (post !== undefined) headers['authorization'] = `Bearer ${await tokenFor(post)}`;
    const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
    const answer = await fetch(`${server.url}${path}`, { ...init, headers });
    // eslint-disable-next-line @typescript-eslint/no-explicit-any -- see above
    const json = (await answer.json()) as any;
    return { status: answer.status, headers: answer.headers, json, data: json.data, errors: json.errors };
  }
  async function tokenFor(post: string): Promise<string> {
    if (!tokens.has(post)) tokens.set(post, (await send('/demo/token', { post })).json.token);
    return tokens.get(post)!;
  }
  const ask = (post: string | undefined, query: string, variables = {}) => send('/graphql', { query, variables }, post);
  const command = (post: string, name: string, selection: string, input: object) => {
    const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input`;
    const query = `mutation ($input: ${type}!) { ${name}(input: $input) { ${selection} position } }`;
    return ask(post, query, { input: { commandId: randomUUID(), ...input } });
  };
  const must = async (answer: Promise<Answer>) => {
    const { data, errors } = await answer;
    expect(errors).toBeUndefined();
    return Object.values(data)[0] as { position: string } & Record<string, { ref: string } | null>;
  };
  const TRACKED = `ref title status published overdue owner { ref name } organisation meeting { ref date }
    due { phrase original current extensions unanchored } latestUpdate { effectiveOn text by { ref } }
    mayAlreadyHold { type from to } disputed { path says source { document paragraph } }
    reportedComplete { effectiveOn by { ref } } closed { effectiveOn by { ref } authority outcome }`;

  let meeting: string;
  beforeAll(async () => {
    server = await startLedger(config, await openLedger(config, quiet));
    await must(command('opcc-officer', 'addBody', 'body { ref }', { ref: 'CGB', name: 'Corporate Governance Board' }));
    await must(
      command('opcc-officer', 'addPost', 'post { ref }', {
        ref: 'force-lead',
        name: 'Force lead',
        capacity: 'force-lead',
      }),
    );
    meeting = (await must(command('opcc-officer', 'scheduleMeeting', 'meeting { ref }', { body: 'CGB', on: today })))
      .meeting!.ref;
    await must(command('opcc-officer', 'holdMeeting', 'meeting { ref }', { ref: meeting }));
  }, 60_000);
  afterAll(async () => {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('takes an action from meeting to sign-off, and answers a command sent again as it did the first time', async () => {
    const due = { phrase: 'next CGB', on: addDays(today, 30) };
    const raised = await must(
      command('opcc-officer', 'raiseAction', `action { ${TRACKED} }`, {
        meeting,
        title: 'Do it',
        owner: 'force-lead',
        due,
      }),
    );
    expect(raised.action).toMatchObject({
      title: 'Do it',
      status: 'PROPOSED',
      owner: { ref: 'force-lead', name: 'Force lead' },
      due: { original: due.on },
    });
    const { ref } = raised.action!;
    await must(command('commissioner', 'agreeAction', 'action { status }', { ref }));
    await must(command('force-lead', 'giveActionUpdate', 'action { status }', { ref, text: 'Half way' }));

    const report = { commandId: randomUUID(), ref, text: 'Done' };
    const first = await must(command('force-lead', 'reportActionComplete', 'action { status }', report));
    const authority = { meeting };
    expect(
      await must(
        command('commissioner', 'signOffAction', 'action { status closed { by { ref } authority outcome } }', {
          ref,
          authority,
        }),
      ),
    ).toMatchObject({
      action: {
        status: 'SIGNED_OFF',
        closed: { by: { ref: 'commissioner' }, authority: `meeting ${meeting}`, outcome: 'SIGNED_OFF' },
      },
    });
    const again = await must(command('force-lead', 'reportActionComplete', 'action { status }', report));
    expect(again).toEqual(first);
    expect(again.action).toEqual({ status: 'REPORTED_COMPLETE' });
  });

  it('shows what was just written to a reader who brings the position', async () => {
    const { position, action } = await must(
      command('opcc-officer', 'raiseAction', 'action { ref }', { meeting, title: 'Look' }),
    );
    const query =
      'query ($p: Position, $ref: ID!) { ledger(atLeast: $p) { action(ref: $ref) { title history { edges { node { type text by { ref } } } } } } }';
    const { data } = await ask('opcc-officer', query, { p: position, ref: action!.ref });
    expect(data.ledger.action).toEqual({
      title: 'Look',
      history: { edges: [{ node: { type: 'ActionRaised', text: 'Look', by: { ref: 'opcc-officer' } } }] },
    });
  });

  it.each<[string, string, string, object, object]>([
    ['to the wrong post', 'force-lead', 'addBody', { ref: 'X', name: 'x' }, { code: 'FORBIDDEN' }],
    [
      'about a record that is not there',
      'commissioner',
      'agreeAction',
      { ref: 'CGB-2020-01-A9' },
      { code: 'NOT_FOUND', field: 'ref' },
    ],
    [
      'by the domain',
      'opcc-officer',
      'addBody',
      { ref: 'CGB', name: 'Again' },
      { code: 'REFUSED', refusal: 'REFERENCE_TAKEN', field: 'ref' },
    ],
    [
      'for a marking',
      'opcc-officer',
      'raiseAction',
      { body: 'CGB', title: 't', marking: 'SECRET' },
      { code: 'REFUSED', refusal: 'MARKING_TOO_HIGH', field: 'marking' },
    ],
    [
      'for a day ahead',
      'opcc-officer',
      'raiseAction',
      { body: 'CGB', title: 't', effectiveOn: addDays(today, 2) },
      { code: 'REFUSED', field: 'effectiveOn' },
    ],
  ])('refuses %s, and says which field', async (_, post, name, input, extensions) => {
    const { errors, data } = await command(post, name, '', input);
    expect(data).toEqual({ [name]: null });
    expect(errors[0].extensions).toMatchObject(extensions);
  });

  it.each([
    ['a day ahead', '(asOf: { effective: "2999-01-01" })', 'asOf.effective'],
    ['an instant ahead', '(asOf: { recorded: "2999-01-01T00:00:00Z" })', 'asOf.recorded'],
    ['a position of another ledger', '(asOf: { position: "abc" })', 'asOf.position'],
  ])('refuses a basis of %s', async (_, basis, field) => {
    const { errors } = await ask('opcc-officer', `{ ledger${basis} { basis { settled } } }`);
    expect(errors[0].extensions).toEqual({ code: 'INVALID', refusal: null, field });
  });

  it('answers the same from a pinned position while the ledger goes on', async () => {
    const query = 'query ($asOf: AsOf) { ledger(asOf: $asOf) { basis { position } actions { totalCount } } }';
    const before = (await ask('opcc-officer', query)).data.ledger;
    await must(command('opcc-officer', 'raiseAction', 'action { ref }', { meeting, title: 'Later' }));
    expect((await ask('opcc-officer', query, { asOf: before.basis })).data.ledger).toEqual(before);
    expect((await ask('opcc-officer', query)).data.ledger.actions.totalCount).toBe(before.actions.totalCount + 1);
  });

  it('says of a list that nothing is missing from it', async () => {
    const { data } = await ask(undefined, '{ ledger { actions { incomplete } meetings { incomplete } } }');
    expect(data.ledger).toEqual({ actions: { incomplete: 0 }, meetings: { incomplete: 0 } });
  });

  it('shows the public only what was published', async () => {
    const { action } = await must(
      command('opcc-officer', 'raiseAction', 'action { ref }', { meeting, title: 'For all' }),
    );
    const look = async () =>
      (await ask(undefined, 'query ($ref: ID!) { ledger { action(ref: $ref) { title } } }', { ref: action!.ref })).data
        .ledger.action;
    expect(await look()).toBeNull();
    await must(
      command('monitoring-officer', 'publishAction', 'action { ref }', { ref: action!.ref, authority: { meeting } }),
    );
    expect(await look()).toEqual({ title: 'For all' });
  });

  it('keeps both versions of what two sources say, each with its source', async () => {
    const says = addDays(today, -1);
    const source = { document: 'Cover of the agenda', paragraph: '1' };
    const written = await must(
      command('opcc-officer', 'recordOtherwiseStated', 'record', { record: meeting, path: 'date', says, source }),
    );
    expect(written['record']).toBe(meeting);
    const query =
      'query ($p: Position) { ledger(atLeast: $p) { contradictions { edges { node { record path holds { value } says { value source { document paragraph } } } } } meeting(ref: "' +
      meeting +
      '") { disputed { path says source { document paragraph } } } } }';
    const { data } = await ask('opcc-officer', query, { p: written.position });
    expect(data.ledger.contradictions.edges[0].node).toMatchObject({
      record: meeting,
      holds: { value: today },
      says: { value: says, source },
    });
    expect(data.ledger.meeting.disputed).toEqual([{ path: 'date', says, source }]);
  });

  it('asks the tables as often for a payload as docs/writing.md says', async () => {
    await must(command('opcc-officer', 'addBody', 'body { ref }', { ref: 'COST', name: 'Board of costs' }));
    const raised = { body: 'COST', title: 'What a command costs', owner: 'force-lead' };
    const { action } = await must(command('opcc-officer', 'raiseAction', 'action { ref status }', raised));
    await must(command('commissioner', 'agreeAction', 'action { ref status }', { ref: action!.ref }));
    const costs: number[] = [];
    for (let time = 0; time < 3; time += 1) {
      const before = server.ledger.questions;
      await must(
        command('force-lead', 'giveActionUpdate', 'action { ref status }', { ref: action!.ref, text: 'Begun.' }),
      );
      costs.push(server.ledger.questions - before);
    }
    expect(costs).toEqual([3, 3, 3]);
  });

  it('asks as few questions for 50 actions as for one', async () => {
    for (let n = 0; n < 50; n += 1)
      await must(
        command('opcc-officer', 'raiseAction', 'action { ref }', {
          meeting,
          title: `Action ${n}`,
          owner: 'force-lead',
          due: { phrase: `phrase ${n}` },
        }),
      );
    const query = `query ($n: Int) { ledger { actions(first: $n) { totalCount edges { node { ${TRACKED} } } } } }`;
    const questionsFor = async (n: number, query: string) => {
      await ask('opcc-officer', query, { n });
      const before = server.ledger.questions;
      const { data } = await ask('opcc-officer', query, { n });
      expect(data.ledger.actions.edges).toHaveLength(n);
      return server.ledger.questions - before;
    };
    const [one, fifty] = [await questionsFor(1, query), await questionsFor(50, query)];
    expect(one).toBeGreaterThan(0);
    expect(fifty).toBeLessThanOrEqual(one + 3);
    expect(fifty).toBeLessThan(15);
    // Loaders are a value's own: asked through a value for each row instead, as without loaders, the same costs far more.
    const one30 = Array.from(
      { length: 30 },
      (_, n) => `a${n}: ledger { actions(first: 1) { edges { node { ...T } } } }`,
    );
    const before = server.ledger.questions;
    expect(
      (await ask('opcc-officer', `{ ${one30.join(' ')} } fragment T on Action { ${TRACKED} }`)).errors,
    ).toBeUndefined();
    expect(server.ledger.questions - before).toBeGreaterThan(2 * fifty);
  }, 60_000);

  it('is alive, is ready, and sends headers that keep its pages its own', async () => {
    expect((await send('/health/live')).json).toEqual({ status: 'live' });
    const ready = await send('/health/ready');
    expect([ready.status, ready.json]).toEqual([200, { status: 'ready' }]);
    expect(ready.headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(ready.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('answers no request that came under the name of another host, as a page elsewhere could make a browser send', async () => {
    const statusFor = (host: string) =>
      new Promise<number | undefined>((resolve, reject) => {
        const request = get(`${server.url}/health/live`, { headers: { host } }, (answer) =>
          resolve(answer.resume().statusCode),
        );
        request.on('error', reject);
      });
    expect(await statusFor('rebound.example.org')).toBe(403);
    expect(await statusFor(`localhost:${new URL(server.url).port}`)).toBe(200);
  });

  it('runs no GraphQL that a form, or another type than JSON, brings', async () => {
    const query = '{ ledger { basis { settled } } }';
    for (const [type, body] of [
      ['application/graphql', query],
      ['application/x-www-form-urlencoded', new URLSearchParams({ query }).toString()],
      ['text/plain', JSON.stringify({ query })],
    ] as const) {
      const answer = await fetch(`${server.url}/graphql`, { method: 'POST', headers: { 'content-type': type }, body });
      expect([type, answer.status, await answer.json()]).toEqual([
        type,
        415,
        { errors: [expect.objectContaining({ extensions: { code: 'INVALID', refusal: null, field: null } })] },
      ]);
    }
    expect((await ask(undefined, query)).data.ledger.basis).toBeDefined();
  });

  it.each<[what: string, body: string, status: number, sentence: RegExp, headers?: Record<string, string>]>([
    [
      'a line break within a string',
      '{"query": "{\n ledger }"}',
      400,
      /no JSON: at line 1, column 13, a line break stands within a string; write it as \\n\./,
    ],
    [
      'a string that does not end',
      '{"query": "{ ledger }',
      400,
      /at line 1, column 11, the string that begins there does not end/,
    ],
    [
      'quotes of a word processor',
      '{“query”: “{ ledger }”}',
      400,
      /at line 1, column 2, the name of a member in double quotes was expected/,
    ],
    [
      'GraphQL by itself',
      '{ ledger { basis { settled } } }',
      400,
      /at line 1, column 3, the name of a member in double quotes was expected/,
    ],
    ['nothing', '', 400, /it is empty/],
    ['a member that no object may have', '{"query": "{ ledger }", "__proto__": 1}', 400, /a member called "__proto__"/],
    ['a list', '[{"query": "{ ledger }"}]', 400, /Send one JSON object/],
    ['text', '"{ ledger }"', 400, /Send one JSON object/],
    ['no query', '{"variables": {}}', 400, /"query", which holds the document, is missing/],
    ['an empty query', '{"query": ""}', 400, /"query", which holds the document, is empty/],
    ['a query that is no text', '{"query": {"ledger": 1}}', 400, /"query", which holds the document, is no text/],
    [
      'variables as text',
      '{"query": "{ ledger { basis { settled } } }", "variables": "{}"}',
      400,
      /"variables" is a JSON object/,
    ],
    [
      'a document that stops',
      '{"query": "{ ledger { basis"}',
      400,
      /not GraphQL, from line 1, column 17: expected Name\./,
    ],
    [
      'a document with a text that does not end',
      '{"query": "{ action(ref: \\"A) }"}',
      400,
      /not GraphQL, from line 1, column \d+: unterminated string\./,
    ],
    [
      'another type of content',
      '{"query": "{ ledger }"}',
      415,
      /content-type application\/json/,
      { 'content-type': 'text/plain' },
    ],
    [
      'a type of content that nobody knows',
      '{"query": "{ ledger }"}',
      415,
      /content-type application\/json/,
      { 'content-type': 'x' },
    ],
  ])('says what is wrong with a request that holds %s', async (_, body, status, sentence, headers = {}) => {
    const answer = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });
    const text = await answer.text();
    const { errors } = JSON.parse(text) as Answer;
    expect([answer.status, errors[0].message]).toEqual([status, expect.stringMatching(sentence)]);
    expect(errors).toEqual([{ message: errors[0].message, extensions: expect.objectContaining({ code: 'INVALID' }) }]);
    // Nothing of what runs inside.
    expect(text).not.toMatch(/FST_|node_modules|SyntaxError|Syntax Error|\.js|\bat .*:\d+:\d+/);
  });

  it('lets no cache keep any answer, except of what is everybody’s', async () => {
    const answers = {
      data: await send('/graphql', { query: '{ ledger { basis { settled } } }' }),
      errors: await send('/graphql', { query: '{' }),
      token: await send('/demo/token', { post: 'opcc-officer' }),
      'no token': await send('/demo/token', { post: 'tea-lady' }),
      live: await send('/health/live'),
      ready: await send('/health/ready'),
    };
    for (const [what, { headers }] of Object.entries(answers))
      expect([what, headers.get('cache-control')]).toEqual([what, 'no-store']);
    const page = await fetch(`${server.url}/actions`);
    expect([page.status, page.headers.get('cache-control')]).toEqual([200, 'no-store']);
    const [, stylesheet] = /href="(\/assets\/[^"]+\.css)"/.exec(await page.text())!;
    expect((await fetch(`${server.url}${stylesheet}`)).headers.get('cache-control')).toContain('public');
  });

  it('gives no token for a post that nobody knows', async () => {
    const { status, json } = await send('/demo/token', { post: 'tea-lady' });
    expect([status, json.errors[0].extensions]).toEqual([400, { code: 'INVALID', refusal: null, field: 'post' }]);
  });
});

describe('a server that is not ready', () => {
  const nothing = () => Promise.reject(new Error('not asked here'));
  const ledger = {
    registers: [],
    questions: 0,
    submit: nothing,
    openView: nothing,
    viewAt: nothing,
    positionFor: nothing,
    noticesOf: nothing,
    capacityOf: nothing,
    personOf: nothing,
    offers: nothing,
    placeSeen: nothing,
    postsHeldBy: nothing,
    secret: () => new Uint8Array(32),
    pseudonymOf: () => '',
    behind: () => Promise.resolve(['action_tracker', 'store']),
    damaged: () => Promise.resolve([]),
    close: () => Promise.resolve(),
  };

  it('is alive, answers 503 and names what is behind', async () => {
    const server = await startLedger(readConfig({ PORT: '0', LOG_LEVEL: 'silent' }), ledger);
    const ready = await fetch(`${server.url}/health/ready`);
    expect([ready.status, await ready.json()]).toEqual([
      503,
      { status: 'not ready', behind: ['action_tracker', 'store'] },
    ]);
    expect((await fetch(`${server.url}/health/live`)).status).toBe(200);
    expect((await fetch(`${server.url}/demo/token`, { method: 'POST' })).status).toBe(404);
    await server.close();
  });
});
