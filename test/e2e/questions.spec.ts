import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Client, Json } from './client.ts';
import { EXAMPLE, loadExample, newPlace, serveLedger, type ServedLedger } from './served-ledger.ts';

const root = resolve(import.meta.dirname, '../..');

const standing = (status: string, month: string, ...numbers: readonly number[]) =>
  Object.fromEntries(numbers.map((number) => [`${month}-R${number}`, status]));

/** Trackers that other bodies published, each with where its recommendations stand today. */
const TRACKERS: { readonly [folder: string]: Readonly<Record<string, string>> } = {
  'policing-review': {
    ...standing('CLOSED', 'MINGROUP-2019-06', 1, 2),
    ...standing('IN_PROGRESS', 'MINGROUP-2020-11', 1, 3, 10, 11),
    ...standing('CLOSED', 'MINGROUP-2020-11', 2, 4, 5, 6, 7, 8, 9, 12, 13, 14, 15, 16),
  },
  'custody-inspections': {
    ...standing('CLOSED', 'SPA-2023-04', 1, 3, 4),
    ...standing('REPORTED_COMPLETE', 'SPA-2023-04', 2),
  },
  'governance-committee': {
    ...standing('IN_PROGRESS', 'NDGC-2020-06', 1),
    ...standing('ALLOCATED', 'NDGC-2023-01', 1, 2, 3),
    ...standing('IN_PROGRESS', 'NDGC-2023-01', 4),
    ...standing('IN_PROGRESS', 'NDGC-2024-01', 1),
    ...standing('ALLOCATED', 'NDGC-2024-01', 2),
    ...standing('CLOSED', 'NDGC-2024-09', 1),
    ...standing('IN_PROGRESS', 'NDGC-2024-09', 2),
  },
  'property-audit': {
    ...standing('IN_PROGRESS', 'TRACKS-2018-03', 1),
    ...standing('ALLOCATED', 'TRACKS-2018-03', 2, 3),
  },
};
/** In this order: the rules name bodies of the example. */
const FOLDERS = [
  EXAMPLE,
  join(root, 'examples/rules'),
  ...Object.keys(TRACKERS).map((folder) => join(root, 'test/trackers', folder)),
];

/** One question of the page: in the words of its reader, the operation that asks it, and what it answers from the examples. */
interface Question {
  readonly words: string;
  /** The post that asks; null for the public. */
  readonly reader: string | null;
  readonly operation: string;
  readonly answer: unknown;
}

const SECTION = /^Asked by [^.`]*(?:\(`([a-z-]+)`\))?\.[^]*?^```graphql\n([^]*?)^```\n[^]*?^```json\n([^]*?)^```\n/m;
const page = readFileSync(join(root, 'docs/questions.md'), 'utf8');
const sections = page
  .split(/^### /m)
  .slice(1)
  .map((section) => ({ words: section.slice(0, section.indexOf('\n')), section }));
const questions = sections.flatMap(({ words, section }): Question[] => {
  const read = SECTION.exec(section);
  if (read === null) return [];
  const [, reader = null, operation, answer] = read;
  return [{ words, reader, operation: operation!, answer: JSON.parse(answer!) as unknown }];
});

describe('the page of questions', () => {
  let served: ServedLedger;
  const readers = new Map<string | null, Client>();
  beforeAll(async () => {
    const place = await newPlace();
    await loadExample(place, {}, FOLDERS);
    served = await serveLedger({ place });
    for (const reader of new Set(questions.map((question) => question.reader)))
      readers.set(reader, reader === null ? served.public : await served.as(reader));
  }, 60_000);
  afterAll(async () => {
    await served?.remove();
    served?.place.remove();
  });

  it('says of every question who asks it, the operation and the answer', () => {
    expect(sections.map(({ words }) => words)).toEqual(questions.map(({ words }) => words));
    expect(new Set(questions.map(({ words }) => words)).size).toBe(questions.length);
    expect(questions.length).toBeGreaterThan(3);
  });

  it('tells of the report on digital forensics of 1 December 2022 that comments on it were due by 25 January 2023, and of no paper that bears no day', async () => {
    const { ledger } = await served.public.runs(
      `{ ledger { reports: documents(filter: { kind: [INSPECTION_REPORT] }) { edges { node { title date commentsDue } } } } }`,
    );
    const reports: Json[] = ledger.reports.edges.map(({ node }: Json) => node);
    expect(reports).toHaveLength(5);
    expect(reports.filter(({ date }) => date !== null)).toEqual([
      { title: expect.stringContaining('digital forensics'), date: '2022-12-01', commentsDue: '2023-01-25' },
    ]);
    expect(reports.filter(({ commentsDue }) => commentsDue !== null)).toHaveLength(1);
  });

  it('holds the colours of three bodies, the priorities of two firms, two routes and a policy, each in force from its paper on', async () => {
    const { ledger } = await (
      await served.as('opcc-officer')
    ).runs(
      `{ ledger { ruleCounts(by: KIND) { key count } rules { edges { node { ref inForce { version from } } } } } }`,
    );
    const counts = Object.fromEntries(ledger.ruleCounts.map(({ key, count }: Json) => [key, count]));
    expect(counts).toEqual({ RAG: 3, PRIORITY_SCALE: 2, CLOSURE_ROUTE: 2, DUE_DATE_POLICY: 1 });
    expect(ledger.rules.edges.map(({ node }: Json) => [node.ref, node.inForce.from])).toEqual([
      ['BAKERTILLY-priorities', '2015-12-07'],
      ['COLARM-dates', '2016-12-31'],
      ['COLP-rag', '2019-06-30'],
      ['HMICFRS-closure', '2014-09-04'],
      ['HMICS-closure', '2023-04-30'],
      ['JARAP-rag', '2015-12-07'],
      ['MAZARS-priorities', '2015-12-07'],
      ['READING-rag', '2019-12-31'],
    ]);
  });

  it.each(Object.entries(TRACKERS))('holds the tracker %s as it was published', async (_, stand) => {
    const refs = Object.keys(stand);
    const asked = refs.map((ref, index) => `r${index}: recommendation(ref: "${ref}") { ref status }`).join(' ');
    const { ledger } = await (await served.as('opcc-officer')).runs(`{ ledger { ${asked} } }`);
    expect(Object.values(ledger).map((one: Json) => [one?.ref, one?.status])).toEqual(Object.entries(stand));
  });

  it.each(questions)('is answered as it says: $words', async ({ reader, operation, answer }) => {
    expect({ data: await readers.get(reader)!.runs(operation) }).toEqual(answer);
  });
});
