import type { CivilDate, Work } from '../ledger/index.ts';

/**
 * What the state of a record says of those who own it. `owner` leads; `owners` own it as well, whether or not the one that leads is
 * named among them once more. Neither: nobody owns it. Where nobody is said to lead, the first of `owners` does.
 */
export interface Owned {
  readonly owner?: string;
  readonly owners?: readonly string[];
}

/** The posts that own such a record, each once: the one that leads first. */
export function ownersOf({ owner, owners = [] }: Owned): readonly string[] {
  return [...new Set(owner === undefined ? owners : [owner, ...owners])];
}

/** The same as they are kept: the one that leads, and the others in their order, where there are any. */
export function heldOwners(said: Owned): { readonly owner?: string; readonly owners?: string[] } {
  const [owner, ...others] = ownersOf(said);
  return { ...(owner === undefined ? {} : { owner }), ...(others.length === 0 ? {} : { owners: others }) };
}

/** Do the same posts own it, and does the same one lead? In which order the others are named does not matter. */
export function isOwnedAlike(before: readonly string[], after: readonly string[]): boolean {
  return before.length === after.length && before[0] === after[0] && after.every((post) => before.includes(post));
}

/** From which day each post has had the work, with those who have it from that day on: the first such day of each stays. */
export type Given = { readonly [post: string]: CivilDate };
export function givenTo(given: Given, posts: readonly string[], on: CivilDate): Given {
  const days = posts.map((post) => {
    const before = Object.hasOwn(given, post) ? given[post]! : on;
    return [post, before < on ? before : on] as const;
  });
  return { ...given, ...Object.fromEntries(days) };
}

/**
 * Whose work a record is: of every post that owns it, and of the posts that made the reports which stand. See `docs/writing.md`.
 *
 * @param since the day on which a post was given the work that the state does not know to have been given it
 */
export function workOfOwners(
  owned: Owned & { readonly given: Given },
  since: CivilDate,
  ...reports: readonly ({ readonly by: string | null; readonly byPerson: string | null } | undefined)[]
): Work {
  const said = reports.filter((report) => report !== undefined);
  const posts = new Set([...ownersOf(owned), ...said.flatMap(({ by }) => by ?? [])]);
  return {
    posts: [...posts].map((post) => ({ post, since: Object.hasOwn(owned.given, post) ? owned.given[post]! : since })),
    reportedBy: said.flatMap(({ byPerson }) => byPerson ?? []),
  };
}
