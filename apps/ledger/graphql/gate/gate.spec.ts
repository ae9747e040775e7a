import Fastify, { type FastifyInstance } from 'fastify';
import type { GraphQLObjectType } from 'graphql';
import mercurius from 'mercurius';
import { isCapacity } from '../../../../libs/access/index.ts';
import { demoTokens } from '../../access/demo-tokens.ts';
import { Identities } from '../../access/identity.ts';
import { mercuriusBehind } from '../mercurius.ts';
import { schemaOfFiles } from '../schema-files.ts';
import { Gate, type GateOptions } from './gate.ts';

const ledger = {
  capacityOf: (post: string) => Promise.resolve(isCapacity(post) ? post : null),
  pseudonymOf: (person: string) => `p-${person}`,
};
const TWO = 'query A { ledger { basis { settled } } } query B { ledger { basis { timeZone } } }';

/** Mercurius as it is served, with resolvers that count. */
async function served(options: Partial<GateOptions> = {}) {
  const schema = schemaOfFiles();
  const calls = { count: 0 };
  const count = () => {
    calls.count += 1;
    return { basis: { settled: true, timeZone: 'Europe/London' } };
  };
  for (const type of [schema.getQueryType(), schema.getMutationType()] as GraphQLObjectType[])
    for (const field of Object.values(type.getFields())) field.resolve = count;
  const tokens = await demoTokens();
  const gate = new Gate(() => schema, new Identities(tokens, ledger), { introspection: true, ...options });
  const app: FastifyInstance = Fastify({ bodyLimit: 1024 * 1024 });
  const { driver: _, typeDefs: __, resolvers: ___, ...mercuriusOptions } = mercuriusBehind(gate, () => 'fault-1');
  await app.register(mercurius, { ...(mercuriusOptions as object), schema });
  open.push(app);
  const url = `${await app.listen({ host: '127.0.0.1', port: 0 })}/graphql`;
  const ask = async (method: string, address: string, body?: string, headers = {}) => {
    const type = body === undefined ? {} : { 'content-type': 'application/json' };
    const answer = await fetch(address, {
      method,
      ...(body === undefined ? {} : { body }),
      headers: { ...type, ...headers },
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, text, json: JSON.parse(text) };
  };
  return {
    schema,
    calls,
    tokens,
    send: (body: string) => ask('POST', url, body),
    post: (payload: object, headers = {}) => ask('POST', url, JSON.stringify(payload), headers),
    get: (query: string) => ask('GET', `${url}?query=${encodeURIComponent(query)}`),
  };
}

const open: FastifyInstance[] = [];
afterEach(async () => {
  for (const app of open.splice(0)) await app.close();
});

describe('the gate before Mercurius', () => {
  it('lets a document through, again and again', async () => {
    const { post, calls } = await served();
    for (let time = 1; time <= 4; time += 1) {
      const answer = await post({ query: '{ ledger { basis { settled } } }' });
      expect(answer.json).toEqual({ data: { ledger: { basis: { settled: true } } } });
      expect(calls.count).toBe(time);
    }
  });

  it.each([
    ['two operations', { query: TWO, operationName: 'A' }],
    ['a page that is too large', { query: '{ ledger { actions(first: 501) { totalCount } } }' }],
    [
      'too many aliases',
      { query: `{ ${Array.from({ length: 31 }, (_, i) => `a${i}: ledger { basis { settled } }`).join(' ')} }` },
    ],
    ['a document that is too long', { query: '{ ledger { basis { settled } } }'.padEnd(15_001) }],
    ['too many tokens', { query: `{ ledger { basis { ${'settled '.repeat(2_001)} } } }` }],
    [
      'too great a cost',
      {
        query:
          '{ ledger { actions(first: 500) { edges { node { history(first: 500) { edges { node { id } } } } } } } }',
      },
    ],
    [
      'a bad variable',
      { query: 'query ($d: Date) { ledger(asOf: { effective: $d }) { basis { settled } } }', variables: { d: 'x' } },
    ],
    ['a list of operations', [{ query: '{ ledger { basis { settled } } }' }]],
    [
      'SECRET as a variable of no known field',
      {
        query: 'mutation ($i: RaiseActionInput!) { raiseAction(input: $i) { position } }',
        variables: { i: { secret: 1 } },
      },
    ],
  ])('refuses %s before any resolver runs', async (_, payload) => {
    const { post, calls } = await served();
    for (let time = 1; time <= 3; time += 1) {
      const answer = await post(payload);
      expect(answer.status).toBe(400);
      expect(answer.json.errors[0]).toMatchObject({
        message: expect.stringMatching(/^\S.*\.$/s),
        extensions: { code: 'INVALID' },
      });
    }
    expect(calls.count).toBe(0);
  });

  it('keeps the compiler from running the wrong one of two operations', async () => {
    const careless = await served({ oneOperation: false });
    const ask = async (operationName: string) =>
      (await careless.post({ query: TWO, operationName })).json.data?.ledger.basis;
    const answers: unknown[] = [];
    for (const operation of ['A', 'A', 'A', 'B']) answers.push(await ask(operation));
    // Without the refusal, B is asked for and A is answered. When this turns green by itself, Mercurius has mended it.
    expect(answers.at(-1)).toEqual({ settled: true });
    expect((await (await served()).post({ query: TWO, operationName: 'B' })).json.errors[0].message).toMatch(
      /One operation a document/,
    );
  });

  it('takes no mutation, and nothing else, by GET', async () => {
    const { get, calls } = await served();
    for (const query of [
      'mutation { publishAction(input: { commandId: "x", ref: "y" }) { position } }',
      '{ ledger { basis { settled } } }',
    ]) {
      const answer = await get(query);
      expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST']);
    }
    expect(calls.count).toBe(0);
  });

  it.each([
    ['a field', '{ ledger { basis { setled } } }', {}],
    ['a type', 'query ($i: RaiseActionInputs!) { raiseAction(input: $i) { position } }', {}],
    ['an argument', '{ ledger(asof: {}) { basis { settled } } }', {}],
    [
      'a field of an input',
      'mutation ($i: RaiseActionInput!) { raiseAction(input: $i) { position } }',
      { i: { commandId: 'x', title: 'x', titel: 'x' } },
    ],
    ['a value', '{ ledger(asOf: { clock: PROVE }) { basis { settled } } }', {}],
  ])('tells nothing of a schema that is not shown by suggesting %s', async (_, query, variables) => {
    const [shown, hidden] = [await served(), await served({ introspection: false })];
    expect((await shown.post({ query, variables })).json.errors[0].message).toContain('Did you mean');
    for (const payload of [
      { query, variables },
      { query, variables, operationName: 'A' },
    ]) {
      const answer = await hidden.post(payload);
      expect([answer.status, answer.json.errors[0].message]).toEqual([400, expect.stringMatching(/^\S.*\.$/s)]);
      expect(answer.text).not.toContain('Did you mean');
    }
  });

  it('answers a search for words of introspection, and no introspection', async () => {
    const { post, calls } = await served({ introspection: false });
    for (const text of ['__type', 'the __schema of __type(name: "x")'])
      expect(
        (
          await post({
            query: `{ ledger { actions(filter: { text: ${JSON.stringify(text)} }) { totalCount } } }`,
          })
        ).status,
      ).toBe(200);
    expect(calls.count).toBe(2);
    for (const query of [
      '{ __schema { types { name } } }',
      '{ a: __type(name: "Ledger") { name } }',
      '{ ...F } fragment F on Query { __schema { description } }',
    ])
      expect((await post({ query })).json.errors[0].message).toMatch(/does not answer questions about its schema/);
    expect(calls.count).toBe(2);
  });

  it.each(['application/graphql', 'text/plain', 'application/json-seq', 'application/jsonx', 'multipart/form-data'])(
    'takes no document as %s',
    async (type) => {
      const { post, calls } = await served();
      const answer = await post({ query: '{ ledger { basis { settled } } }' }, { 'content-type': type });
      expect([answer.status, answer.json.errors[0].extensions.code]).toEqual([415, 'INVALID']);
      expect(calls.count).toBe(0);
    },
  );

  it.each(['application/json', 'application/json; charset=utf-8', 'Application/JSON;charset=UTF-8'])(
    'takes one as %s',
    async (type) => {
      const { post } = await served();
      expect((await post({ query: '{ ledger { basis { settled } } }' }, { 'content-type': type })).status).toBe(200);
    },
  );

  it('answers a bad token with 401 and never as the public', async () => {
    const { post, calls } = await served();
    const answer = await post({ query: '{ ledger { basis { settled } } }' }, { authorization: 'Bearer nonsense' });
    expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, 'Bearer error="invalid_token"']);
    expect(calls.count).toBe(0);
  });

  it('answers a body that is too large with 413, and one that is no JSON with 400', async () => {
    const { send } = await served();
    const large = await send(JSON.stringify({ query: '{ __typename }', variables: { x: 'x'.repeat(1024 * 1024) } }));
    expect([large.status, large.json.errors[0].extensions.code]).toEqual([413, 'INVALID']);
    const broken = await send('{"query": ');
    expect([broken.status, broken.json.errors[0].extensions.code]).toEqual([400, 'INVALID']);
  });

  it('tells nothing of a fault of ours but the number under which it was noted', async () => {
    const { schema, post } = await served();
    schema.getQueryType()!.getFields()['ledger']!.resolve = () => {
      throw new Error('SELECT secrets FROM /var/ledger');
    };
    for (let time = 1; time <= 3; time += 1) {
      const answer = await post({ query: '{ ledger { basis { settled } } }' });
      expect(answer.text).toContain('fault-1');
      expect(answer.text).not.toMatch(/SELECT|\/var|node_modules|stack/);
    }
  });
});
