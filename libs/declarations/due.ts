import { ANCHORS, type Due, type DueInput } from './shapes.ts';

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
