import {
  getNamedType,
  getNullableType,
  isInputObjectType,
  isListType,
  isObjectType,
  type GraphQLField,
  type GraphQLObjectType,
} from 'graphql';
import { schemaOfFiles } from '../../apps/ledger/graphql/schema-files.ts';
import { kindSpelt, pathOfKind, KINDS_OF_RECORD } from '../../libs/declarations/index.ts';
import { standingClock } from '../ledger-in-a-folder.ts';
import type { Client, Json } from './client.ts';
import { everyPage, fewOfAKind, pagesAt } from './every-page.ts';
import { everyNarrowing, everyQuery } from './every-query.ts';
import { BODY, NAME, recordIllustrative } from './illustrative.ts';
import { headersOf, serveLedger, type ServedLedger } from './served-ledger.ts';

/*
 * An illustrative body beside the real example: it leaves every figure of it as it was, and says of itself that it is illustrative wherever it is
 * shown. Lists are walked by the schema, and kinds of record by their declarations, so that a register which is added is asked from its first day.
 */

const TODAY = '2023-10-09T11:00:00.000Z';
const schema = schemaOfFiles();
const ledgerType = schema.getType('Ledger') as GraphQLObjectType;
/** Records of the example by which lists are narrowed, and which are asked for themselves. */
const REAL = ['CGB', 'chief-constable', 'CGB-2023-06-21', 'CGB-2023-06-A4'];
const KNOWN = {
  ref: REAL,
  body: ['CGB'],
  policy: ['CGB-dates'],
  rag: ['CGB-rag'],
  scale: ['CGB-scores'],
  name: [NAME],
  panel: ['CGB'],
  'Ledger.riskMovement.since': ['CGB-2023-04-19'],
  'Ledger.riskMovement.until': ['CGB-2023-06-21'],
};
const READERS = ['opcc-officer', 'jarap-member', null] as const;

/** The argument by which a field of the ledger is narrowed to bodies; none for what is no list. */
const narrowing = ({ args }: GraphQLField<unknown, unknown>) =>
  args.find(({ type }) => {
    const named = getNamedType(type);
    return isInputObjectType(named) && !isListType(getNullableType(type)) && 'illustrative' in named.getFields();
  });

/**
 * Every question of the schema by each reader, and every way to narrow a list by those who are to, without what tells of the place in the ledger. What
 * asks for illustrative bodies is left out: it is the one thing that they change.
 *
 * @param known as for `everyQuery`; the records by which lists are narrowed are its `ref`
 */
export async function answersOf(
  clients: ReadonlyMap<string | null, Client>,
  known: { readonly ref: readonly string[]; readonly [argument: string]: readonly string[] },
  isNarrowed: (reader: string | null) => boolean,
): Promise<readonly (readonly [name: string, answer: string])[]> {
  const answers: (readonly [string, string])[] = [];
  const asked = everyQuery(schema, known);
  const narrowed = [...clients.keys()].some(isNarrowed)
    ? everyNarrowing(schema, known, known.ref, ['force', '8(d)']).filter(
        ({ name }) => !name.includes('"illustrative":true'),
      )
    : [];
  for (const [reader, client] of clients)
    for (const { name, query, variables } of [...asked, ...(isNarrowed(reader) ? narrowed : [])]) {
      const { text } = await client.post(query, variables);
      answers.push([`${reader ?? 'the public'}: ${name}`, withoutPlace(text)]);
    }
  return answers;
}

/** Every list, narrowed in every way, for every reader, and every page that can be reached from it. */
export function illustrativeBesideReal(): void {
  let served: ServedLedger;
  let refs: readonly string[];
  let before: readonly (readonly [name: string, answer: string])[];
  let pagesBefore: readonly (readonly [path: string, figures: string])[];
  const clients = new Map<string | null, Client>([]);

  beforeAll(async () => {
    served = await serveLedger({ store: 'sqlite', holding: 'example', clock: standingClock(TODAY) });
    for (const reader of READERS) clients.set(reader, reader === null ? served.public : await served.as(reader));
    before = await everyAnswer();
    pagesBefore = await everyFigure();
    refs = await recordIllustrative(served);
    await served.ready();
  }, 300_000);
  afterAll(() => served?.remove());

  // Which bodies a list is of is asked before who asks: narrowed by one reader, it is narrowed by all.
  const everyAnswer = () => answersOf(clients, KNOWN, (reader) => reader === READERS[0]);

  async function everyFigure() {
    const found: (readonly [string, string])[] = [];
    for (const [reader, headers] of await readers())
      for (const page of await pagesAt(served.url, ['/', '/questioned', '/promises', ...LISTS], headers))
        found.push([`${reader ?? 'the public'}: ${page.path}`, figuresIn(page.html)]);
    return found;
  }

  const readers = async () =>
    Promise.all(
      READERS.map(async (post) => {
        const headers: Record<string, string> = await headersOf(served.url, post);
        return [post, headers] as const;
      }),
    );

  it('was recorded with a record of every kind', () => {
    const kinds = new Set(refs.map((ref) => kindSpelt(ref)));
    expect([...kinds].sort()).toEqual(KINDS_OF_RECORD.toSorted());
  });

  it('leaves every list, count and figure of the real example as it was, for every reader', async () => {
    expect(before.length).toBeGreaterThan(500);
    expect(before.filter(([, answer]) => answer.includes('"errors"')).map(([name]) => name)).toEqual([]);
    const after = await everyAnswer();
    const changed = after.filter(([, answer], index) => answer !== before[index]![1]).map(([name]) => name);
    expect(changed).toEqual([]);
  }, 120_000);

  it('leaves every list of the pages, and the front page, as it was', async () => {
    expect(await everyFigure()).toEqual(pagesBefore);
  }, 120_000);

  const lists = Object.values(ledgerType.getFields()).filter((field) => narrowing(field) !== undefined);

  it('is asked for by every list and every count', () => {
    const others = Object.values(ledgerType.getFields()).filter((field) => narrowing(field) === undefined);
    // What is no list: the basis, what is told of one record, and the risks of those bodies that a panel reads.
    for (const { name, args } of others)
      expect([name, ['basis', 'riskMovement'].includes(name) || args.some((one) => one.name === 'ref')]).toEqual([
        name,
        true,
      ]);
    expect(lists.length).toBeGreaterThan(20);
  });

  /** What a list holds where it is asked for of some bodies, each with whether it is illustrative. */
  async function listed(field: GraphQLField<unknown, unknown>, of: Json): Promise<readonly boolean[]> {
    const answer = getNamedType(field.type);
    if (!isObjectType(answer)) return [];
    const isPage = 'edges' in answer.getFields();
    const node = isPage
      ? getNamedType((getNamedType(answer.getFields()['edges']!.type) as GraphQLObjectType).getFields()['node']!.type)
      : answer;
    if (!isObjectType(node) || !('illustrative' in node.getFields())) return [];
    const argument = narrowing(field)!;
    const required = field.name === 'recordsCalled' ? `, name: "${NAME}"` : '';
    const asked = `${field.name}(${argument.name}: $of${required}${isPage ? ', first: 500' : ''})`;
    const query = `query ($of: ${String(argument.type)}) { ledger { ${asked} { ${isPage ? 'edges { node { illustrative } }' : 'illustrative'} } } }`;
    const { ledger } = await clients.get('opcc-officer')!.runs(query, { of });
    const found = ledger[field.name];
    const nodes: readonly Json[] = isPage ? found.edges.map((edge: Json) => edge.node) : found;
    return nodes.map((one) => one.illustrative as boolean);
  }

  it('is in every list that asks for it, and says there that it is illustrative', async () => {
    const empty: string[] = [];
    for (const field of lists) {
      expect([field.name, (await listed(field, null)).includes(true)]).toEqual([field.name, false]);
      expect([field.name, (await listed(field, { illustrative: false })).includes(true)]).toEqual([field.name, false]);
      const asked = await listed(field, { illustrative: true });
      const named = await listed(field, { bodies: [BODY] });
      expect([field.name, asked.includes(false) || named.includes(false)]).toEqual([field.name, false]);
      if (asked.length === 0) empty.push(field.name);
    }
    const told = new Set(lists.filter((field) => !isCount(field)).map(({ name }) => name));
    // Nothing of it is in question, nor does anything of it name what was recorded by mistake.
    expect(empty.filter((name) => told.has(name))).toEqual(expect.arrayContaining(['questioned', 'linksToNothing']));
    expect(empty.filter((name) => told.has(name) && !['questioned', 'linksToNothing'].includes(name))).toEqual([]);
  });

  it('says of every one of its records that it is illustrative', async () => {
    const client = clients.get('opcc-officer')!;
    for (const ref of refs) {
      const { ledger } = await client.runs('query ($ref: ID!) { ledger { record(ref: $ref) { illustrative } } }', {
        ref,
      });
      expect([ref, ledger.record?.illustrative]).toEqual([ref, true]);
    }
    const { ledger } = await client.runs(
      '{ ledger { action(ref: "CGB-2023-06-A4") { illustrative body { illustrative } } } }',
    );
    expect(ledger.action).toEqual({ illustrative: false, body: { illustrative: false } });
  });

  const pathOf = (ref: string) => `${pathOfKind(kindSpelt(ref)!)}/${ref}`;

  it('says so on the page of each of its records, and wherever a page leads to one', async () => {
    for (const [reader, headers] of await readers()) {
      const from = [...LISTS.map((list) => `${list}?illustrative=yes`), ...refs.map(pathOf)];
      let shown = 0;
      for (const page of await pagesAt(served.url, from, headers)) {
        if (page.status === 404) continue;
        expect([reader, page.path, page.status]).toEqual([reader, page.path, 200]);
        const isShown = leadsToOne(page.html) || refs.some((ref) => pathOf(ref) === page.path);
        expect([reader, page.path, saysSo(page.html)]).toEqual([reader, page.path, isShown]);
        if (isShown) shown += 1;
      }
      expect(shown).toBeGreaterThan(reader === null ? 2 : refs.length);
    }
  }, 120_000);

  it('says so on every page that can be reached, also in forms', async () => {
    const headers = await headersOf(served.url, 'opcc-officer');
    const from = ['/', ...LISTS.map((list) => `${list}?illustrative=yes`)];
    const pages = await everyPage(served.url, headers, {
      from,
      ofAKind: (kind) => Math.min(1, fewOfAKind(kind)),
      atAnyDate: true,
    });
    const silent = pages.filter(({ html }) => leadsToOne(html) && !saysSo(html));
    expect(silent.map(({ path }) => path)).toEqual([]);
    expect(pages.filter(({ html }) => leadsToOne(html)).length).toBeGreaterThan(20);
  }, 300_000);

  it('marks each of its rows in a list, and each of its names on the page of another', async () => {
    const headers = await headersOf(served.url, 'opcc-officer');
    for (const page of await pagesAt(
      served.url,
      LISTS.map((list) => `${list}?illustrative=yes`),
      headers,
    )) {
      const rows = page.html
        .split('<tr class="govuk-table__row">')
        .slice(2)
        .filter((row) => row.includes('govuk-table__header'));
      const records = rows.filter((row) => /href="\/[a-z-]+\//.test(row) && row.includes('<th scope="row"'));
      expect([page.path, records.length > 0]).toEqual([page.path, true]);
      expect([page.path, records.filter((row) => !/Illustrative\s*<\/strong>/.test(row)).length]).toEqual([
        page.path,
        0,
      ]);
    }
  }, 120_000);

  it('is found by a reference of its own, of one of its records, and by that of a body that reads it', async () => {
    const client = clients.get('opcc-officer')!;
    const count = async (filter: Json) =>
      (
        await client.runs('query ($filter: ActionFilter) { ledger { actions(filter: $filter) { totalCount } } }', {
          filter,
        })
      ).ledger.actions.totalCount as number;
    const action = refs.find((ref) => kindSpelt(ref) === 'action')!;
    const meeting = refs.find((ref) => kindSpelt(ref) === 'meeting')!;
    const all = await count({ illustrative: true });
    expect(all).toBeGreaterThan(0);
    expect(await count({ body: BODY })).toBe(all);
    expect(await count({ bodies: [BODY] })).toBe(all);
    expect(await count({ bodies: [BODY], illustrative: false })).toBe(0);
    expect(await count({ bodies: [BODY, 'CGB'] })).toBe(all + (await count({})));
    expect(await count({ meeting })).toBeGreaterThan(0);
    expect(await count({ text: action })).toBe(1);
    expect(await count({ text: action, illustrative: false })).toBe(0);
    await served.ledger.submit({
      register: 'directory',
      command: { type: 'BeginReading', ref: 'DEMOPANEL', reads: BODY } as never,
      envelope: { commandId: '11111111-1111-4111-8111-111111111111' },
      caller: { post: 'opcc-officer', person: 'p-officer', capacity: 'opcc-officer' },
    });
    await served.ready();
    expect(await count({ readBy: 'DEMOPANEL' })).toBe(all);
    expect(await count({ readBy: 'DEMOPANEL', bodies: ['CGB'] })).toBe(0);
    expect(await count({ readBy: 'CGB' })).toBe(0);
    expect(await count({ bodies: [] })).toBe(0);
  });

  const leadsToOne = (html: string) =>
    refs.some((ref) => html.includes(`href="${pathOf(ref)}"`) || html.includes(`href="${pathOf(ref)}?`));
}

const LISTS = KINDS_OF_RECORD.map(pathOfKind);

/** What is answered in counts and not as records. */
function isCount({ type }: GraphQLField<unknown, unknown>): boolean {
  const named = getNamedType(type);
  return !isObjectType(named) || !('edges' in named.getFields() || 'illustrative' in named.getFields());
}

function saysSo(html: string): boolean {
  return html.includes('ledger-illustrative');
}

/** An answer without what tells of the place in the ledger, which is another after every entry. */
export function withoutPlace(text: string): string {
  return text.replace(/"(position|recorded|settled)":("[^"]*"|true|false|null)/g, '"$1":0');
}

/** The records that a page leads to, and every number on it. */
function figuresIn(html: string): string {
  const main = html.slice(html.indexOf('<main'), html.indexOf('</main>'));
  const links = [...main.matchAll(/href="(\/[a-z-]+\/[^"?#]+)/g)].map(([, href]) => href);
  const numbers = [...main.replace(/<[^>]*>/g, ' ').matchAll(/\b\d[\d,]*\b/g)].map(([number]) => number);
  return JSON.stringify([links, numbers]);
}
