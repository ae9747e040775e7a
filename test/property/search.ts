import fc from 'fast-check';
import { PUBLIC, readerFor } from '../../libs/access/index.ts';
import { addDays, ALIKE, instantOf } from '../../libs/ledger/index.ts';
import {
  recordsCalled,
  rowsAsOf,
  seesLink,
  type AnyProjection,
  type LedgerView,
  type Page,
  type PageWanted,
  type RecordProjection,
} from '../../libs/read-models/index.ts';
import {
  listActions,
  listDecisions,
  listDocuments,
  listForwardPlanItems,
  listRecommendations,
  listRisks,
  listRules,
  PROJECTIONS,
} from '../../projections/index.ts';
import { BODIES, dayArbitrary, stepsArbitrary, textArbitrary, withLedgerOfEveryRegister } from './every-register.ts';
import { FIRST_DAY } from './histories.ts';

type List = (
  view: LedgerView,
  filter: { text: string; body?: string },
  page: PageWanted,
) => Promise<Page<{ ref: string }>>;
const LISTS: { readonly [register: string]: List } = {
  actions: listActions,
  decisions: listDecisions,
  documents: listDocuments,
  'forward-plan': listForwardPlanItems,
  recommendations: listRecommendations,
  risks: listRisks,
  rules: listRules,
};
const READERS = [
  PUBLIC,
  readerFor('opcc-officer', 'opcc-officer'),
  readerFor('jarap-member', 'jarap-member'),
  readerFor('opcc-officer', 'opcc-officer'),
  readerFor('force-lead', 'force-lead'),
];

const question = fc.record({
  reader: fc.constantFrom(...READERS),
  effective: fc.oneof(
    { weight: 3, arbitrary: fc.constant(addDays(FIRST_DAY, 1)) },
    { weight: 1, arbitrary: dayArbitrary },
  ),
  recorded: fc.oneof(
    { weight: 4, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.nat({ max: 40 }).map((turns) => instantOf(Date.UTC(2023, 2, 25) + turns * 900_000)) },
  ),
  /** Some of what was written, or anything. */
  words: fc.oneof(
    textArbitrary.filter((text) => text.trim() !== ''),
    ...Array.from({ length: 3 }, () =>
      fc.record({
        ...{ of: fc.nat({ max: 10_000 }), from: fc.nat({ max: 3 }) },
        ...{ length: fc.integer({ min: 2, max: 5 }), up: fc.boolean() },
      }),
    ),
    fc.constantFrom('cgb-2023-06-a1', 'CGB–2023–06–A2', 'jarap-rag', '8(g)', 'Item 8 (G)', '4.12', 'a', '[ab]'),
  ),
  body: fc.constantFrom(undefined, undefined, undefined, undefined, ...BODIES),
});
type Question = typeof question extends fc.Arbitrary<infer T> ? T : never;

/** Searches find what looking through all that the reader may read finds, over random histories, before and after words are erased. */
export async function searchIsAScan(numRuns: number): Promise<{ readonly found: number; readonly missed: number }> {
  const told = { found: 0, missed: 0 };
  await fc.assert(
    fc.asyncProperty(
      stepsArbitrary,
      fc.array(question, { minLength: 30, maxLength: 30 }),
      fc.nat({ max: 1000 }),
      async (steps, questions, erased) =>
        withLedgerOfEveryRegister(async (ledger) => {
          await ledger.write(steps);
          const ask = async (one: Question) => {
            const { effective, recorded, reader, body } = one;
            const view = await ledger.models.openView(
              { effective, ...(recorded === null ? {} : { recorded }) },
              reader,
            );
            const text = wordsOf(one, ledger.words);
            if (text.trim() !== '') await comparedAt(view, { text, ...(body === undefined ? {} : { body }) }, told);
          };
          for (const one of questions.slice(0, 6)) await ask(one);
          // The index has all words then: of what is read as it is none are left.
          await ledger.models.rebuild();
          for (const one of questions.slice(6, 20)) await ask(one);
          const gone = ledger.written.filter(({ texts }, index) => texts.length > 0 && (index + erased) % 3 === 0);
          ledger.models.eraseTexts(
            gone.flatMap(({ event, texts }) => texts.map((text) => ({ event, part: `text/${text}` as const }))),
          );
          await ledger.restart();
          for (const one of questions.slice(20)) await ask(one);
        }),
    ),
    { seed: 20231009, numRuns, endOnFailure: true },
  );
  return told;
}

function wordsOf({ words }: Question, written: readonly string[]): string {
  if (typeof words === 'string') return words;
  const text = written[words.of % Math.max(1, written.length)] ?? '';
  const some = [...text].slice(words.from, words.from + words.length).join('');
  return words.up ? some.toUpperCase() : some;
}

async function comparedAt(
  view: LedgerView,
  filter: { readonly text: string; readonly body?: string },
  told: { found: number; missed: number },
): Promise<void> {
  for (const [register, list] of Object.entries(LISTS)) {
    const projection = PROJECTIONS.find((one) => one.register === register && one.everyRecord)!;
    const found = (await list(view, filter, { first: 500 })).edges.map(({ node }) => node.ref);
    const wanted = await scanned(view, projection, filter);
    if (wanted.length > 0) told.found += 1;
    else told.missed += 1;
    expect([register, filter, found.toSorted()]).toEqual([register, filter, wanted]);
  }
}

/** By the rules as they are written: a capital of English is its small letter, and a quote or a dash is any other. */
function compared(words: string): string {
  return [...words.replace(/[A-Z]/g, (letter) => letter.toLowerCase())]
    .map((character) => ALIKE.find((one) => one.includes(character))?.[0] ?? character)
    .join('');
}

async function scanned(
  view: LedgerView,
  projection: AnyProjection,
  { text, body }: { readonly text: string; readonly body?: string },
): Promise<readonly string[]> {
  // A body that is not for the reader is as one that there is not.
  if (body !== undefined && !(await seesLink(view, body))) return [];
  const rows = (await rowsAsOf(view, projection as unknown as RecordProjection)
    .selectAll()
    .execute()) as unknown as readonly { readonly [column: string]: string | null }[];
  const called = (await recordsCalled(view, text)).map(({ ref }) => ref);
  const fields = Object.keys(projection.columns).flatMap((column) => /^(.*)_event$/.exec(column)?.[1] ?? []);
  const item = projection.register === 'actions' ? text.replace(/^\s*item\b/i, '') : text;
  const isWhole = (is: string | null | undefined, words: string) =>
    is != null && compared(is.replaceAll(' ', '')) === compared(words.replace(/\s/g, ''));
  const found = await Promise.all(
    rows
      .filter((row) => body === undefined || row['body'] === body)
      .map(async (row) => {
        const texts = await Promise.all(
          fields.map((field) =>
            view.text({ event: row[`${field}_event`]!, part: row[`${field}_part`] as 'text/title' }),
          ),
        );
        const isFound =
          texts.some((one) => one !== null && compared(one).includes(compared(text))) ||
          isWhole(row['ref'], text) ||
          isWhole(row['item'], item) ||
          called.includes(row['ref']!);
        return isFound ? [row['ref']!] : [];
      }),
  );
  return found.flat().sort();
}
