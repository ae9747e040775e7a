import { CAPACITIES } from '../../../../libs/access/index.ts';
import { kindOfRecord, type RecordKind } from '../../../../libs/declarations/index.ts';
import { isIllustrative, onceFor, viewOfAll, type LedgerView, type Page } from '../../../../libs/read-models/index.ts';
import {
  findAction,
  findDocument,
  findRecommendation,
  findDecision,
  findForwardPlanItem,
  findRisk,
  findRule,
  listActions,
  listDocuments,
  listRecommendations,
  listMeetings,
  listDecisions,
  listForwardPlanItems,
  listRisks,
  listRules,
  pageOfBodies,
  pageOfPeople,
  pageOfPosts,
  peopleHolding,
} from '../../../../projections/index.ts';
import { datedInWords, dayInWords, IN_A_ROW, opening, postInWords } from '../../../../libs/wording/index.ts';
import type { Choice, RecordsToChoose } from './controls.ts';
import { referenceIn } from './read-typed.ts';

/** So few are offered all at once. */
const FEW = 12;
/** So many are offered of what was looked up. */
const MOST_FOUND = 20;
/** So many of a kind are looked through: the diary of a board over decades. */
const MOST_READ = 500;
const TITLE_SHOWN = 100;

/**
 * The records of a kind that a reader may name, as far as they may see them: all of them while they are few, or those whose name or
 * reference holds all words that were typed.
 */
export async function recordsToChoose(from: LedgerView, kind: RecordKind, typed: string): Promise<RecordsToChoose> {
  const view = viewOfAll(from);
  const words = typed.trim();
  // What is found by its words in an index of its own is never few.
  if (isSought(kind)) return { all: false, soughtFor: words || null, choices: await titledFound(view, kind, words) };
  // Whether they are few is asked once for all the fields of a form.
  const few = await onceFor(view, READ[kind], () => READ[kind](view, FEW + 1));
  if (few.length > 0 && few.length <= FEW) return { all: true, soughtFor: null, choices: few };
  const choices = words === '' ? [] : await recordsFound(view, kind, referenceIn(words, kind));
  return { all: false, soughtFor: words || null, choices };
}

/** Those that hold all the words, at most as many as can be looked over. */
export async function recordsFound(from: LedgerView, kind: RecordKind, typed: string): Promise<readonly Choice[]> {
  const view = viewOfAll(from);
  const words = typed.trim();
  if (isSought(kind)) return titledFound(view, kind, words);
  return found(await READ[kind](view, MOST_READ), words);
}

/** What these records are called, as far as the reader may see them. Records of one kind are one question while their lists are not searched. */
export async function recordsCalled(
  from: LedgerView,
  named: readonly { readonly kind: RecordKind; readonly ref: string }[],
): Promise<readonly Choice[]> {
  const view = viewOfAll(from);
  const called = await Promise.all(
    [...new Set(named.map(({ kind }) => kind))].map(async (kind) => {
      const refs = new Set(named.flatMap((one) => (one.kind === kind ? [one.ref] : [])));
      const choices = isSought(kind)
        ? (await Promise.all([...refs].map((ref) => titledFound(view, kind, ref)))).flat()
        : await READ[kind](view, MOST_READ);
      return choices.filter(({ value }) => refs.has(value));
    }),
  );
  return called.flat();
}

function found(choices: readonly Choice[], typed: string): readonly Choice[] {
  const words = typed.toLowerCase().split(/\s+/);
  return choices.filter(({ text }) => words.every((word) => text.toLowerCase().includes(word))).slice(0, MOST_FOUND);
}

/** The kinds whose lists search for words. */
const SOUGHT = {
  recommendation: { find: findRecommendation, list: listRecommendations },
  risk: { find: findRisk, list: listRisks },
  decision: { find: findDecision, list: listDecisions },
  forwardPlanItem: { find: findForwardPlanItem, list: listForwardPlanItems },
  action: { find: findAction, list: listActions },
  document: { find: findDocument, list: listDocuments },
  rule: { find: findRule, list: listRules },
} as const;

function isSought(kind: RecordKind): kind is keyof typeof SOUGHT {
  return Object.hasOwn(SOUGHT, kind);
}

async function titledFound(view: LedgerView, kind: keyof typeof SOUGHT, words: string): Promise<readonly Choice[]> {
  if (words === '') return [];
  const { find, list } = SOUGHT[kind];
  const named = kindOfRecord(kind).spelling.test(words) ? await find(view, words) : null;
  const { edges } =
    named === null ? await list(view, { text: words }, { first: MOST_FOUND }) : { edges: [{ node: named }] };
  return Promise.all(
    edges.map(async ({ node: { ref, state } }) =>
      choice(view, ref, opening((await view.text(state.title)) ?? '', TITLE_SHOWN)),
    ),
  );
}

type Read = (view: LedgerView, most: number) => Promise<readonly Choice[]>;

/** The first of a kind, with what each is called. A new kind of record does not compile until it stands here. */
const READ: { readonly [kind in Exclude<RecordKind, keyof typeof SOUGHT>]: Read } = {
  async body(view, first) {
    return named(view, await pageOfBodies(view, { first }), async ({ state }) => view.text(state.name));
  },
  async post(view, first) {
    const posts = await pageOfPosts(view, {}, { first });
    const listed = await named(view, posts, async ({ ref, state }) => {
      const people = await peopleHolding(view, state);
      const names = await Promise.all(people.map((person) => view.text(person.state.name)));
      const held = IN_A_ROW.format(names.filter((name) => name !== null));
      const post = postInWords(ref, await view.text(state.name));
      return held === '' ? post : `${post}, held by ${held}`;
    });
    // The posts that every ledger knows need not be in the directory.
    const standing = CAPACITIES.filter((capacity) => !posts.edges.some(({ node }) => node.ref === capacity));
    return [...listed, ...(await Promise.all(standing.map((ref) => choice(view, ref, postInWords(ref, null)))))];
  },
  async person(view, first) {
    return named(view, await pageOfPeople(view, { first }), async ({ state }) => view.text(state.name));
  },
  async meeting(view, first) {
    return named(view, await listMeetings(view, {}, { first }), async ({ state: { date, dated, body, title } }) => {
      const day = date !== undefined ? dayInWords(date) : dated === undefined ? null : datedInWords(dated);
      return [(await view.text(title)) ?? body, day].filter((one) => one !== null).join(', ');
    });
  },
};

function named<Rec extends { readonly ref: string }>(
  view: LedgerView,
  { edges }: Page<Rec>,
  nameOf: (record: Rec) => Promise<string | null>,
): Promise<readonly Choice[]> {
  return Promise.all(edges.map(async ({ node }) => choice(view, node.ref, await nameOf(node))));
}

/** `Chief Constable (chief-constable)`: the reference stands at the end, where it is read from again. */
async function choice(view: LedgerView, ref: string, called: string | null): Promise<Choice> {
  const name = (await isIllustrative(view, ref)) ? `Illustrative: ${called ?? ''}`.trim() : called;
  return { value: ref, text: name === null || name === '' || name === ref ? ref : `${name} (${ref})` };
}
