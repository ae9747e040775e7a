import { londonDayOf, type RecordEvent, type Work } from '../ledger/index.ts';

/** `OWN_WORK`: somebody would end what they themself did. `UNKNOWN_PERSON`: it cannot be told whether they would. */
export type NotSeparate = 'OWN_WORK' | 'UNKNOWN_PERSON';

/**
 * Separation of duties: why that event may not end that work as done; null if it may. The rule stands in `docs/writing.md`.
 *
 * @param event with all that is written of holders in its record, as far as they matter to it
 * @param from a body `OUTSIDE`, whose people the directory need not know: that nobody is known who holds the post is no bar then
 */
export function whyNotSeparate(
  { posts, reportedBy }: Work,
  event: Pick<RecordEvent, 'actor' | 'effectiveOn' | 'stamped' | 'imported'>,
  from: 'HERE' | 'OUTSIDE' = 'HERE',
): NotSeparate | null {
  const { by, enteredBy, holders = [] } = event.actor;
  const { effectiveOn, imported = false } = event;
  const isAtWork = (acting: string | undefined) => posts.some(({ post }) => post === acting);
  // Whoever acts in a post holds it, whether or not the directory was told.
  if (isAtWork(by?.post) || (!imported && isAtWork(enteredBy.post))) return 'OWN_WORK';
  const heldBy = (post: string, from: string, to: string): readonly string[] =>
    holders.filter((held) => held.post === post && held.from <= to && held.to >= from).map(({ person }) => person);
  const entered = londonDayOf(event.stamped);
  const workers = posts.flatMap(({ post, since }) => heldBy(post, since, entered));

  const signers =
    by === undefined ? [] : by.person === undefined ? heldBy(by.post, effectiveOn, effectiveOn) : [by.person];
  // An import says what a paper says: who runs it did nothing, and a post without a name is all that there is.
  const typist = imported ? [] : [enteredBy.person];
  const people = [...signers, ...typist];
  if (people.some((person) => person !== undefined && (reportedBy.includes(person) || workers.includes(person))))
    return 'OWN_WORK';
  if (workers.length === 0) return null;
  const isNobodyNamed = !imported && signers.length === 0 && from === 'HERE';
  return isNobodyNamed || people.some((person) => !isKnownPerson(person)) ? 'UNKNOWN_PERSON' : null;
}

/** True for the reference of a person of the directory; false for the pseudonym of somebody whom it does not know. */
export function isKnownPerson(person: string | undefined): boolean {
  return person?.startsWith('person-') === true;
}
