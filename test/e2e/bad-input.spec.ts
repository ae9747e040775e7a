import { randomUUID } from 'node:crypto';
import { getNamedType, type GraphQLInputObjectType } from 'graphql';
import { schemaOfFiles } from '../../apps/ledger/graphql/schema-files.ts';
import { errorIn, type AnswerErrorShape, type Variables } from './client.ts';
import { mutation, operation } from './contract.ts';
import { dayFromToday, openOffice, type Office } from './office.ts';

const LONGEST = 32 * 1024;
const INVALID = { code: 'INVALID', refusal: null };
const MALFORMED = { code: 'INVALID', refusal: 'MALFORMED' };

/** Mutations whose input has a field that may hold any JSON value, with the names of all its fields. */
function takingAnyJson() {
  const schema = schemaOfFiles();
  return Object.values(schema.getMutationType()!.getFields()).flatMap(({ name, args }) => {
    const fields = Object.values((getNamedType(args[0]!.type) as GraphQLInputObjectType).getFields());
    const any = fields.find(({ type }) => getNamedType(type).name === 'JSON');
    return any === undefined ? [] : [{ name, field: any.name, type: fields.map((field) => field.name) }];
  });
}

describe('bad input', () => {
  let office: Office;
  let ref: string;

  beforeAll(async () => {
    office = await openOffice();
    ref = await office.agreed();
  }, 60_000);
  afterAll(() => office?.served.remove());

  /** Where the ledger ends: the same before and after, when nothing was written. */
  async function end(): Promise<unknown> {
    await office.served.ready();
    return (await office.officer.runs('{ ledger { basis { position } } }')).ledger.basis.position;
  }

  let before: unknown;
  beforeEach(async () => (before = await end()));
  afterEach(async () => expect(await end()).toEqual(before));

  type Wrong = readonly [
    what: string,
    mutation: string,
    input: () => Variables,
    extensions: Partial<AnswerErrorShape['extensions']>,
  ];
  const wrongs: readonly Wrong[] = [
    [
      'a text of more than 32 KiB',
      'giveActionUpdate',
      () => ({ ref, text: 'x'.repeat(LONGEST + 1) }),
      { ...INVALID, refusal: 'TOO_LONG', field: 'text' },
    ],
    [
      'a text of more than 32 KiB in a nested field',
      'extendActionDueDate',
      () => ({ ref, due: { phrase: 'x'.repeat(LONGEST + 1) }, reason: 'r' }),
      { ...INVALID, refusal: 'TOO_LONG', field: 'due.phrase' },
    ],
    ['a number for a text', 'giveActionUpdate', () => ({ ref, text: 5 }), { ...MALFORMED, field: 'text' }],
    [
      'a day that does not exist',
      'giveActionUpdate',
      () => ({ ref, text: 't', effectiveOn: '2023-02-30' }),
      { ...MALFORMED, field: 'effectiveOn' },
    ],
    [
      'words for a day',
      'extendActionDueDate',
      () => ({ ref, due: { on: 'next week' }, reason: 'r' }),
      { ...MALFORMED, field: 'due.on' },
    ],
    [
      'a word that is no member of an enum',
      'raiseAction',
      () => ({ body: 'CGB', title: 't', organisation: 'NHS' }),
      { ...MALFORMED, field: 'organisation' },
    ],
    ['a field that does not exist', 'giveActionUpdate', () => ({ ref, text: 't', stated: '2023-10-09' }), MALFORMED],
    ['a missing field', 'giveActionUpdate', () => ({ ref }), { ...INVALID, refusal: 'NEEDED', field: 'text' }],
    [
      'a commandId that is no UUID',
      'giveActionUpdate',
      () => ({ ref, text: 't', commandId: '1' }),
      { ...MALFORMED, field: 'commandId' },
    ],
    [
      'a reference that could hold words',
      'giveActionUpdate',
      () => ({ ref: 'the first one', text: 't' }),
      { ...MALFORMED, field: 'ref' },
    ],
    [
      'words that are read in another order than they stand in',
      'raiseAction',
      () => ({ body: 'CGB', title: 'Bring \u202eit back' }),
      { ...MALFORMED, field: 'title' },
    ],
    [
      'words of which nothing can be seen',
      'giveActionUpdate',
      () => ({ ref, text: '\u200b\u2800' }),
      { ...MALFORMED, field: 'text' },
    ],
    [
      'a control character within words',
      'extendActionDueDate',
      () => ({ ref, due: { on: dayFromToday(9), phrase: 'soon\u0007' }, reason: 'r' }),
      { ...MALFORMED, field: 'due.phrase' },
    ],
    [
      'an action that does not exist',
      'giveActionUpdate',
      () => ({ ref: 'CGB-2023-04-A99', text: 't' }),
      { code: 'NOT_FOUND', refusal: null, field: 'ref' },
    ],
    [
      'a meeting that does not exist',
      'raiseAction',
      () => ({ meeting: 'CGB-2023-04-20', title: 't' }),
      { code: 'REFUSED', refusal: 'UNKNOWN_MEETING', field: 'meeting' },
    ],
    [
      'a body that does not exist',
      'raiseAction',
      () => ({ body: 'NONE', title: 't' }),
      { code: 'REFUSED', refusal: 'UNKNOWN_BODY', field: 'body' },
    ],
    [
      'a post that does not exist',
      'raiseAction',
      () => ({ body: 'CGB', title: 't', owner: 'nobody' }),
      { code: 'REFUSED', refusal: 'UNKNOWN_POST', field: 'owner' },
    ],
    [
      'an authority that does not exist',
      'raiseAction',
      () => ({ body: 'CGB', title: 't', authority: { meeting: 'CGB-2023-04-20' } }),
      { code: 'REFUSED', refusal: 'UNKNOWN_MEETING', field: 'authority.meeting' },
    ],
    [
      'an event that does not exist',
      'correctAction',
      () => ({ ref, event: randomUUID(), path: 'title', is: 't', reason: 'r' }),
      { code: 'REFUSED', refusal: 'UNKNOWN_EVENT', field: 'event' },
    ],
    [
      'a day in the future',
      'raiseAction',
      () => ({ body: 'CGB', title: 't', effectiveOn: dayFromToday(1) }),
      { code: 'REFUSED', refusal: 'EFFECTIVE_IN_FUTURE', field: 'effectiveOn' },
    ],
    [
      'a span that ends in the future',
      'raiseAction',
      () => ({ body: 'CGB', title: 't', dated: { how: 'by', to: dayFromToday(2) } }),
      { code: 'REFUSED', refusal: 'EFFECTIVE_IN_FUTURE', field: 'dated.to' },
    ],
    [
      'a span that ends before it begins',
      'raiseAction',
      () => ({ body: 'CGB', title: 't', dated: { how: 'between', from: '2023-05-02', to: '2023-05-01' } }),
      { ...MALFORMED, field: 'dated.from' },
    ],
    [
      'a marking of SECRET',
      'raiseAction',
      () => ({ body: 'CGB', title: 't', marking: 'SECRET' }),
      { code: 'REFUSED', refusal: 'MARKING_TOO_HIGH', field: 'marking' },
    ],
    [
      'a marking of TOP_SECRET for what stands already',
      'markAction',
      () => ({ ref, marking: 'TOP_SECRET' }),
      { code: 'REFUSED', refusal: 'MARKING_TOO_HIGH', field: 'marking' },
    ],
    [
      'a number that is not whole',
      'correctAction',
      () => ({ ref, event: randomUUID(), path: 'title', is: 1.5, reason: 'r' }),
      { ...MALFORMED, field: 'is' },
    ],
  ];

  it.each(wrongs)('is refused before anything is written: %s', async (_, name, input, extensions) => {
    const clients =
      name === 'giveActionUpdate' ? office.lead : name === 'markAction' ? office.monitoring : office.officer;
    const error = await clients.fails(name, input());
    expect(error.extensions).toMatchObject(extensions);
    expect(error.message).toMatch(/^.{10,}[.?]$/s);
  });

  it('is what it is told to be: the same commands are taken at their limits (control)', async () => {
    const { action } = await office.officer.does('raiseAction', {
      body: 'CGB',
      title: 'x'.repeat(LONGEST),
      marking: 'OFFICIAL',
    });
    expect(action.status).toBe('PROPOSED');
    expect(await end()).not.toEqual(before);
    before = await end();
  });

  it('is refused with 413 when the body is larger than 1 MiB', async () => {
    const { status, text } = await office.officer.send(JSON.stringify({ query: 'x'.repeat(1024 * 1024) }));
    expect(status).toBe(413);
    expect(errorIn(text).extensions).toMatchObject(INVALID);
  });

  it('is refused when it is no JSON, no object or no document', async () => {
    for (const body of ['{', '[]', '"{ ledger { basis { clock } } }"', '{"query":5}', '{"query":"{ ledger"}']) {
      const { status, text } = await office.officer.send(body);
      expect([body, status]).toEqual([body, 400]);
      expect(errorIn(text).extensions.code).toBe('INVALID');
    }
  });

  const raise = (name: string) =>
    `mutation ${name} { raiseAction(input: { commandId: "${randomUUID()}", body: "CGB", title: "${name}" }) { position } }`;

  it('is no JSON, wherever it is sent: the sender’s mistake, and none of ours', async () => {
    for (const path of ['/', '/sign-in', '/demo/token', '/health/live', '/nowhere'])
      for (const method of ['POST', 'PUT', 'DELETE']) {
        const headers = { 'content-type': 'application/json' };
        const { status } = await fetch(`${office.served.url}${path}`, { method, headers, body: 'post=&return=' });
        expect([method, path, status >= 400 && status < 500 ? 'theirs' : status]).toEqual([method, path, 'theirs']);
      }
  });

  it('is a document with two operations, whichever is asked for', async () => {
    const query = `${raise('One')} ${raise('Two')}`;
    for (const operationName of ['One', 'Two', undefined]) {
      const { status, text } = await office.officer.send(JSON.stringify({ query, operationName }));
      expect(status).toBe(400);
      expect(errorIn(text).message).toMatch(/One operation a document/);
    }
  });

  it('is a list of documents', async () => {
    const { status } = await office.officer.send(JSON.stringify([{ query: raise('One') }]));
    expect(status).toBe(400);
  });

  it('is a document that is too deep, too long or could cost too much', async () => {
    const deep = `{ ledger { ${'action(ref: "A") { meeting { body { ref } } '.repeat(1)} history { edges { node { ${'source { '.repeat(12)} document ${'} '.repeat(12)} } } } } } }`;
    const costly =
      '{ ledger { meetings(first: 500) { edges { node { history(first: 500) { edges { node { id } } } } } } } }';
    const long = `{ ledger { ${Array.from({ length: 40 }, (_, n) => `a${n}: action(ref: "A") { ref }`).join(' ')} } }`;
    for (const [query, sentence] of [
      [deep, /nested/],
      [costly, /at most [\d,]+ at once/],
      [long, /alias/],
    ] as const) {
      const error = await office.officer.failsToRun(query);
      expect(error.extensions.code).toBe('INVALID');
      expect(error.message).toMatch(sentence);
    }
  });

  it('is a page of more than five hundred, wherever the number stands', async () => {
    for (const first of [0, 501, -1]) {
      const error = await office.officer.failsToRun(operation('Tracker'), { first });
      expect(error.extensions).toMatchObject({ ...INVALID, field: 'first' });
    }
    expect(
      (await office.officer.failsToRun('{ ledger { actions(first: 501) { totalCount } } }')).extensions.field,
    ).toBe('first');
    await office.officer.asks('Tracker', { first: 500 });
  });

  it('is any JSON value that is no value of the field, wherever an input takes any JSON', async () => {
    const [event] = await office.history(ref);
    const deep = JSON.parse(`${'['.repeat(32)}${']'.repeat(32)}`) as unknown;
    const values = [
      '{"constructor": {}}',
      '{"constructor": null}',
      '{"prototype": {}}',
      '{"toString": 1, "valueOf": {}}',
      '{"then": {}}',
      '{"a": {"constructor": {"name": 1}}}',
      '[{"constructor": {}}]',
      '{"__proto__": {"a": 1}}',
      '{"length": -1}',
      'true',
      '[]',
      '[[null]]',
      '{"hasOwnProperty": {}}',
      '{"constructor": {"prototype": {}}}',
      JSON.stringify(deep),
    ];
    const mutations = takingAnyJson();
    expect(mutations.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['correctAction', 'recordOtherwiseStated']),
    );
    for (const { name, field, type } of mutations)
      for (const value of values) {
        const given = { commandId: randomUUID(), reason: 'r', ref, record: ref, event: event.id, path: 'title' };
        const named = Object.entries(given).filter(([input]) => type.includes(input));
        const variables = `{${named.map(([input, text]) => `"${input}": ${JSON.stringify(text)}`).join(', ')}, "${field}": ${value}}`;
        const asVariable = `{"query": ${JSON.stringify(`mutation ($input: ${name[0]!.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { position } }`)}, "variables": {"input": ${variables}}}`;
        const literal = variables.replace(/"(\w+)":/g, '$1:');
        const inline = JSON.stringify({ query: `mutation { ${name}(input: ${literal}) { position } }` });
        for (const body of [asVariable, inline]) {
          const { status, text } = await office.officer.send(body);
          expect([name, value, status < 500, errorIn(text).extensions.code]).toEqual([
            name,
            value,
            true,
            expect.stringMatching(/^(INVALID|REFUSED|NOT_FOUND|FORBIDDEN)$/),
          ]);
        }
      }
  }, 60_000);

  it('is a basis ahead of today, or that this ledger never gave out', async () => {
    const ask = async (asOf: Variables) =>
      (await office.officer.failsToRun(operation('Counts'), { by: 'STATUS', asOf })).extensions;
    expect(await ask({ effective: dayFromToday(1) })).toEqual({ ...INVALID, field: 'asOf.effective' });
    expect(await ask({ recorded: new Date(Date.now() + 60_000).toISOString() })).toEqual({
      ...INVALID,
      field: 'asOf.recorded',
    });
    expect(await ask({ position: 'made-up' })).toEqual({ ...INVALID, field: 'asOf.position' });
    const meeting = 'CGB-2020-01-01';
    expect(await ask({ meeting, view: 'TOLD' })).toEqual({ ...INVALID, field: 'asOf.meeting' });
    expect(await ask({ meeting })).toEqual({ ...INVALID, field: 'asOf.view' });
    expect(await ask({ view: 'TOLD' })).toEqual({ ...INVALID, field: 'asOf.meeting' });
    const effective = dayFromToday(0);
    expect(await ask({ meeting, view: 'TOLD', effective })).toEqual({ ...INVALID, field: 'asOf.effective' });
    const recorded = `${effective}T00:00:00Z`;
    expect(await ask({ meeting, view: 'TOLD', recorded })).toEqual({ ...INVALID, field: 'asOf.recorded' });
    expect(await ask({ effective: '2023-13-01' })).toMatchObject({ ...INVALID, field: 'asOf.effective' });
    expect((await office.officer.failsToRun(operation('Tracker'), { after: 'made-up' })).extensions).toEqual({
      ...INVALID,
      field: 'after',
    });
    expect((await office.officer.failsToRun(operation('ActionOn'), { ref, atLeast: 'made-up' })).extensions).toEqual({
      ...INVALID,
      field: 'atLeast',
    });
  });

  it('is a command of nobody, and a token that will not do', async () => {
    const input = { commandId: randomUUID(), ref, text: 't' };
    const { text } = await office.served.public.post(mutation('giveActionUpdate'), { input });
    expect(errorIn(text).extensions).toMatchObject({ code: 'FORBIDDEN' });
    const response = await fetch(`${office.served.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Bearer made-up' },
      body: JSON.stringify({ query: '{ ledger { basis { clock } } }' }),
    });
    expect(response.status).toBe(401);
  });

  it('is a command of a post that it is not for', async () => {
    for (const post of ['internal-auditor', 'jarap-member', 'panel-member'])
      expect(
        (await (await office.served.as(post)).fails('raiseAction', { body: 'CGB', title: 't' })).extensions.code,
      ).toBe('FORBIDDEN');
    expect((await office.lead.fails('agreeAction', { ref })).extensions.code).toBe('FORBIDDEN');
    expect((await office.commissioner.fails('publishAction', { ref })).extensions.code).toBe('FORBIDDEN');
  });
});
