import { OF_BODIES } from '../../../../../libs/declarations/index.ts';
import { hasIllustrative } from '../../../../../libs/read-models/index.ts';
import type { AnyAsked, KindOnPages } from '../kind-on-pages.ts';
import type { FieldProblem } from '../outcomes.ts';
import type { Drawing } from '../../../../../libs/wording/index.ts';
import type { Visit } from '../visits.ts';
import { readAsked } from './read-filter.ts';

/** A choice that a filter offers. */
export interface Choice {
  readonly value: string;
  readonly text: string;
}

/** What narrows a page of records of a kind, and what it may be narrowed by. */
export interface Narrowed {
  readonly kind: KindOnPages;
  readonly asked: AnyAsked;
  readonly problems: readonly FieldProblem[];
  /** Of filters by another record; null where there are too many to choose from. */
  readonly choices: { readonly [filter: string]: readonly Choice[] | null };
  /** Illustrative bodies are left out of it, and may be asked for. */
  readonly leavesOut: boolean;
}

/** From more than that nobody chooses: its reference is typed. */
const MOST_CHOICES = 200;

/** What the address asks for, of a list whose filters these are. What is too long to be looked for is not printed back whole, in the form or in any link. */
export function readAskedOf({ shown }: KindOnPages, { query }: Pick<Visit, 'query'>) {
  const read = readAsked(shown.filters, query);
  for (const { id } of read.problems) query.set(id, String(read.asked[id] ?? ''));
  return read;
}

/** What the filters of a list offer on that day, and what of it is asked for. */
export async function readNarrowed(
  kind: KindOnPages,
  { asked, problems }: Pick<Narrowed, 'asked' | 'problems'>,
  { view }: Pick<Visit, 'view'>,
  drawing: Drawing,
): Promise<Narrowed> {
  const choices = await Promise.all(
    Object.entries(kind.reads.choices).map(
      async ([filter, refsIn]) => [filter, await choicesAmong(asked[filter], await refsIn(view), drawing)] as const,
    ),
  );
  const leavesOut = hasIllustrative(view) && Object.keys(OF_BODIES).every((filter) => asked[filter] === undefined);
  return { kind, asked, problems, choices: Object.fromEntries(choices), leavesOut };
}

/** What is asked for is among them even where nothing has it on this date. */
async function choicesAmong(
  current: AnyAsked[string],
  refs: readonly string[],
  drawing: Drawing,
): Promise<readonly Choice[] | null> {
  if (refs.length > MOST_CHOICES) return null;
  const all = typeof current !== 'string' || refs.includes(current) ? refs : [...refs, current];
  return Promise.all(
    all.map(async (value) => ({ value, text: refs.includes(value) ? (await drawing.named(value)).text : value })),
  );
}
