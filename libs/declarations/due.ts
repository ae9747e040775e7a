import { ANCHORS, DUE_MEMBERS, type Due, type DueInput, type DueShape, type Shape } from './shapes.ts';

/** What an event holds of a due date that a command gave; undefined when only words say when it is due, or nothing does. */
export function heldDue(given: DueInput | undefined): Due | undefined {
  const { on, dated, meeting } = given ?? {};
  if (on === undefined && dated === undefined && meeting === undefined) return undefined;
  return {
    ...(on === undefined ? {} : { on }),
    ...(dated === undefined ? {} : { dated: { ...dated } }),
    ...(meeting === undefined ? {} : { meeting }),
  };
}

/** How many of day, span and meeting resolve it. */
export function anchorsOf(due: { readonly [anchor in (typeof ANCHORS)[number]]?: unknown }): number {
  return ANCHORS.filter((anchor) => due[anchor] !== undefined).length;
}

/** A due date and its members, each under its path. */
export function withMembers(path: string, shape: DueShape): { readonly [path: string]: Shape } {
  const members = Object.entries(DUE_MEMBERS).map(([name, member]) => [`${path}.${name}`, member] as const);
  return { [path]: shape, ...Object.fromEntries(members) };
}
