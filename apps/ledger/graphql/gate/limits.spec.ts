import { buildSchema, getIntrospectionQuery } from 'graphql';
import { Identities, NO_SIGN_IN } from '../../access/identity.ts';
import { schemaOfFiles } from '../schema-files.ts';
import { Gate } from './gate.ts';
import { LIMITS, rowsOfLists, type Limits } from './limits.ts';

const schema = schemaOfFiles();
const ledger = { capacityOf: () => Promise.resolve(null), pseudonymOf: () => '' };

function gateWith(limits: Partial<Limits> = {}, introspection = true): Gate {
  return new Gate(() => schema, new Identities(NO_SIGN_IN, ledger), {
    limits: { ...LIMITS, ...limits },
    introspection,
  });
}
const sentenceFor = (query: string, limits: Partial<Limits> = {}, variables = {}) =>
  gateWith(limits).check({ query, variables })?.sentence ?? 'passes';

const aliases = (n: number) =>
  `{ ledger { ${Array.from({ length: n }, (_, i) => `a${i}: basis { settled }`).join(' ')} } }`;
const directives = (n: number) => `{ ledger { ${'...@include(if: true) { basis { settled } } '.repeat(n)} } }`;

describe('a document is refused before it runs', () => {
  /** At the limit it passes, one beyond it does not. */
  it.each<[string, keyof Limits, number, (over: number) => string, RegExp]>([
    [
      'of too many characters',
      'characters',
      200,
      (over) => '{ ledger { basis { settled } } }'.padEnd(200 + over),
      /characters/,
    ],
    [
      'of too many tokens',
      'tokens',
      9,
      (over) => `{ ledger { basis { settled ${'settled '.repeat(over)}} } }`,
      /tokens/,
    ],
    ['of too many aliases', 'aliases', 5, (over) => aliases(5 + over), /alias/],
    ['of too many directives', 'directives', 5, (over) => directives(5 + over), /directives/],
    [
      'too deep',
      'depth',
      4,
      (over) =>
        over === 0
          ? '{ ledger { actions { totalCount edges { cursor } } } }'
          : '{ ledger { actions { edges { node { ref } } } } }',
      /nested 4 deep/,
    ],
    [
      'too deep through fragments',
      'depth',
      4,
      (over) =>
        over === 0
          ? '{ ...Q } fragment Q on Query { ledger { actions { edges { cursor } } } }'
          : '{ ...Q } fragment Q on Query { ledger { actions { edges { ...E } } } } fragment E on ActionEdge { node { ref } }',
      /nested 4 deep/,
    ],
    [
      'of too large a page',
      'first',
      500,
      (over) => `{ ledger { actions(first: ${500 + over}) { totalCount } } }`,
      /1 to 500/,
    ],
    [
      'of too many rows',
      'cost',
      502,
      (over) => `{ ledger { actions(first: ${100 + over}) { edges { node { ref } } } } }`,
      /at once/,
    ],
  ])('%s', (_, limit, value, document, sentence) => {
    expect(sentenceFor(document(0), { [limit]: value })).toBe('passes');
    expect(sentenceFor(document(1), { [limit]: value })).toMatch(sentence);
  });

  it('when a list is asked of every row of a list', () => {
    const nested = (rows: number) =>
      `{ ledger { actions(first: ${rows}) { edges { node { history(first: 500) { edges { node { id } } } } } } } }`;
    expect(sentenceFor(nested(1))).toBe('passes');
    expect(sentenceFor(nested(500))).toMatch(/at once/);
  });

  it('of more searches or counts than a few, wherever the words of the search stand', () => {
    const many = (count: number, of: (index: number) => string) =>
      `${of(0).includes('$f') ? 'query ($f: ActionFilter)' : ''} { ledger { ${Array.from({ length: count }, (_, index) => of(index)).join(' ')} } }`;
    const inDocument = (index: number) =>
      `a${index}: actions(first: 1, filter: { text: "paper ${index}" }) { totalCount }`;
    const inVariable = (index: number) => `a${index}: actions(first: 1, filter: $f) { totalCount }`;
    const counting = (index: number) => `a${index}: actionCounts(by: OWNER) { key }`;
    expect(sentenceFor(many(3, inDocument))).toBe('passes');
    expect(sentenceFor(many(30, inDocument))).toMatch(/searches/);
    expect(sentenceFor(many(30, inVariable), {}, { f: { text: 'paper' } })).toMatch(/searches/);
    expect(sentenceFor(many(30, inVariable), {}, { f: null })).toBe('passes');
    expect(sentenceFor(many(10, counting))).toBe('passes');
    expect(sentenceFor(many(30, counting), { cost: 10_000 })).toMatch(/counts/);
  });

  it.each([
    ['questioned', 6],
    ['lateEntries', 6],
    ['linksToNothing', 12],
    ['contradictions', 24],
    ['grants', 24],
  ])('of more lists than a few that are worked out as a whole: %s', (list, most) => {
    const many = (count: number) =>
      `{ ledger { ${Array.from({ length: count }, (_, index) => `a${index}: ${list}(first: 1) { totalCount }`).join(' ')} } }`;
    expect(sentenceFor(many(most))).toBe('passes');
    expect(sentenceFor(many(most + 1))).toMatch(/lists/);
  });

  it('of lists in a fragment that is spread under many aliases, each of which is asked anew', () => {
    const lists = Array.from({ length: 14 }, (_, index) => `a${index}: actions(first: 1) { totalCount }`).join(' ');
    const spread = (bases: number) =>
      `{ ${Array.from({ length: bases }, (_, index) => `l${index}: ledger(asOf: { effective: "2023-01-${index + 10}" }) { ...Lists }`).join(' ')} } fragment Lists on Ledger { ${lists} }`;
    expect(sentenceFor(spread(3))).toBe('passes');
    expect(sentenceFor(spread(15))).toMatch(/lists/);
  });

  it('of the facts of more meetings than a few, each of which reads them by itself, in a fragment too', () => {
    const facts = (first: number, of: string) =>
      `{ ledger { meetings(first: ${first}) { edges { node { ${of} } } } } } fragment F on Meeting { facts(list: TOLD, first: 1) { totalCount } }`;
    expect(sentenceFor(facts(90, '...F'))).toBe('passes');
    for (const of of ['...F', '...F facts(list: TOLD, first: 1) { totalCount }'])
      expect(sentenceFor(facts(500, of))).toMatch(/counts as \d+ more/);
    // What they say beside their words is read with them.
    expect(sentenceFor(facts(500, '...F').replace(/facts.*?}/, 'ref'))).toBe('passes');
  });

  it('that compares too much at once, through fragments too', () => {
    const compared = (n: number, list = 'actionBridge(by: STATUS) { total { told } }') =>
      `{ compare(before: {}, after: {}) { told { effective } ...C } }
       fragment C on Comparison { ${Array.from({ length: n }, (_, i) => `c${i}: ${list}`).join(' ')} }`;
    expect(sentenceFor(compared(2), { cost: 5_000 })).toBe('passes');
    expect(sentenceFor(compared(3), { cost: 5_000 })).toMatch(/counts as/);
    expect(sentenceFor(compared(1, 'actions(first: 501) { totalCount }'))).toMatch(/"first" is 1 to 500/);
    // A list of the ledger costs less.
    expect(sentenceFor('{ ledger { a: actions { totalCount } b: actions { totalCount } } }', { cost: 5_000 })).toBe(
      'passes',
    );
  });

  it('by the longest of the lists of a name, in whatever order types have them', () => {
    const [plain, paged] = ['type A { records: [R!]! }', 'type B { records(first: Int): C! }'];
    for (const types of [`${plain} ${paged}`, `${paged} ${plain}`]) {
      const both = buildSchema(`type Query { a: A b: B } type R { ref: ID } type C { edges: [R!]! } ${types}`);
      expect(rowsOfLists(both).get('records')).toBe(50);
    }
  });

  it('when the cost hides behind fragments that double at every step', () => {
    const steps = Array.from(
      { length: 20 },
      (_, i) => `fragment F${i} on Ledger { ...F${i + 1} ... on Ledger { ...F${i + 1} } }`,
    ).join(' ');
    const document = `{ ledger { ...F0 } } ${steps} fragment F20 on Ledger { actions { edges { node { ref } } } }`;
    expect(sentenceFor(document)).toMatch(/at once/);
  });

  it.each([
    ['with the value in the document', '{ ledger { actions(first: 0) { totalCount } } }', {}],
    ['with the value in a variable', 'query ($n: Int) { ledger { actions(first: $n) { totalCount } } }', { n: 501 }],
    [
      'with the value in the default of a variable',
      'query ($n: Int = 501) { ledger { actions(first: $n) { totalCount } } }',
      {},
    ],
    [
      'below another alias',
      'query ($n: Int) { ledger { a: actions(first: 1) { totalCount } b: actions(first: $n) { totalCount } } }',
      { n: -1 },
    ],
  ])('for the size of a page, %s', (_, query, variables) => {
    expect(gateWith().check({ query, variables })).toMatchObject({ field: 'first' });
  });

  it('for the size of a page on every request, however often the document was let through', () => {
    const gate = gateWith();
    const query = 'query ($n: Int) { ledger { actions(first: $n) { totalCount } } }';
    expect(gate.check({ query, variables: { n: 500 } })).toBeNull();
    expect(gate.check({ query, variables: { n: 501 } })).toMatchObject({ field: 'first' });
    expect(gate.check({ query, variables: { n: 500 } })).toBeNull();
  });

  it.each([
    [
      'with two operations',
      'query A { ledger { basis { settled } } } query B { ledger { basis { settled } } }',
      /One operation a document/,
    ],
    ['with none', 'fragment F on Ledger { basis { settled } }', /no operation/],
    ['with a subscription', 'subscription { ledger }', /no subscriptions/],
    [
      'with a fragment inside itself',
      '{ ledger { ...A } } fragment A on Ledger { ...B } fragment B on Ledger { ...A }',
      /contains itself/,
    ],
    ['that is no GraphQL', '{ ledger', /not GraphQL, from line 1/],
    [
      'that is the tree of a document instead of one',
      JSON.stringify({ kind: 'Document', definitions: [] }),
      /not GraphQL/,
    ],
    ['for a field that is not there', '{ ledger { secrets } }', /Cannot query field/],
  ])('%s', (_, query, sentence) => {
    expect(sentenceFor(query)).toMatch(sentence);
  });

  it.each([
    ['no body', undefined],
    ['a list of operations', [{ query: '{ __typename }' }]],
    ['no document', { variables: {} }],
    ['variables that are no object', { query: '{ __typename }', variables: [1] }],
    ['the name of an operation that it does not hold', { query: 'query A { __typename }', operationName: 'B' }],
  ])('with %s', (_, body) => {
    expect(gateWith().check(body)).not.toBeNull();
  });
});

describe('questions about the schema', () => {
  it('are answered as tools put them, where they are allowed', () => {
    expect(gateWith().check({ query: getIntrospectionQuery() })).toBeNull();
  });

  it('are refused where they are not', () => {
    expect(gateWith({}, false).check({ query: '{ __schema { types { name } } }' })).not.toBeNull();
    expect(gateWith({}, false).check({ query: '{ __typename }' })).toBeNull();
  });

  it('are refused when they go round in circles', () => {
    const round = (n: number): string => (n === 0 ? 'name' : `fields { type { ${round(n - 1)} } }`);
    expect(sentenceFor(`{ __schema { types { ${round(4)} } } }`)).not.toBe('passes');
  });
});

describe('an input that will not do', () => {
  const raise = 'mutation ($input: RaiseActionInput!) { raiseAction(input: $input) { position } }';
  const good = { commandId: '7f0c1f0e-54a4-4b5e-8f0e-5d0f1f5b7d11', title: 'Do it', body: 'CGB' };
  const on = 'query ($asOf: AsOf, $atLeast: Position) { ledger(asOf: $asOf, atLeast: $atLeast) { basis { settled } } }';

  it('passes when it will', () => {
    expect(gateWith().check({ query: raise, variables: { input: good } })).toBeNull();
  });

  it.each<[string, string, object, string]>([
    ['a day that does not exist', raise, { input: { ...good, due: { on: '2023-02-30' } } }, 'due.on'],
    ['a number for a text', raise, { input: { ...good, title: 7 } }, 'title'],
    ['a missing field', raise, { input: { ...good, title: undefined } }, 'title'],
    ['a null where something is needed', raise, { input: { ...good, commandId: null } }, 'commandId'],
    ['a missing field within', raise, { input: { ...good, dated: { how: 'by' } } }, 'dated.to'],
    [
      'a value of no enum',
      raise,
      { input: { ...good, due: { dated: { how: 'soon', to: '2023-10-09' } } } },
      'due.dated.how',
    ],
    ['no input', raise, {}, 'input'],
    ['an instant without a zone', on, { asOf: { recorded: '2023-10-09T11:00:00' } }, 'asOf.recorded'],
    ['a day of words', on, { asOf: { effective: 'yesterday' } }, 'asOf.effective'],
    ['a position with spaces', on, { atLeast: 'the head' }, 'atLeast'],
  ])('is refused and named: %s', (_, query, variables, field) => {
    expect(gateWith().check({ query, variables })).toMatchObject({ field });
  });

  it('is named by the field it is given to, not by the name of its variable', () => {
    const query = 'query ($day: Date) { ledger(asOf: { effective: $day }) { basis { settled } } }';
    expect(gateWith().check({ query, variables: { day: 'x' } })).toMatchObject({ field: 'asOf.effective' });
  });

  it('is named when it stands in the document', () => {
    const query =
      'mutation { raiseAction(input: { commandId: "x", title: "t", due: { on: "2023-13-01" } }) { position } }';
    expect(gateWith().check({ query })).toMatchObject({ field: 'due.on' });
  });

  it('is not repeated in the answer', () => {
    const refused = gateWith().check({ query: raise, variables: { input: { ...good, due: { on: 'Mrs Smith' } } } });
    expect(refused?.sentence).not.toContain('Mrs Smith');
    expect(
      gateWith().check({ query: raise, variables: { input: { ...good, session: 'Mrs Smith' } } })?.sentence,
    ).not.toContain('Mrs Smith');
  });
});
