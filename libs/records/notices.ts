import { isCapacity } from '../access/index.ts';
import { addDays, isCommonFact, type NoticeRule, type RecordEvent } from '../ledger/index.ts';

/** Papers look back, but not for long: a fact that is older than this by its source has, as a rule, a wrong year. */
const LONG_DAYS = 2 * 365;

/** A fact took effect years before the paper that tells of it. */
export const longBeforeItsSource: NoticeRule = {
  says({ ref, event }) {
    const said = event.publishedOn ?? event.stated;
    if (isCommonFact(event) || said === undefined || addDays(event.effectiveOn, LONG_DAYS) >= said) return null;
    return {
      code: 'LONG_BEFORE_SOURCE',
      sentence: `It took effect on ${event.effectiveOn}, years before its source of ${said}. Is the year right?`,
      record: ref,
    };
  },
};

/**
 * Another record is called the same where both have their titles (`titledAt` of the register).
 *
 * @param says what the two have in common, and whether they are one
 */
export function sameTitle(says: (namesake: string) => string): NoticeRule {
  return {
    says: ({ namesakes: [namesake] }) =>
      namesake === undefined ? null : { code: 'SAME_TITLE', sentence: says(namesake), record: namesake },
  };
}

/**
 * A fact took effect before a record that it names was there. The standard posts always were: every ledger knows them from its first day.
 *
 * @param named the records of that register that a fact names
 */
export function beforeItExisted<Event extends RecordEvent>(
  register: string,
  named: (event: Event) => readonly (string | undefined)[],
): NoticeRule<unknown, Event> {
  const refsIn = (event: Event): readonly string[] =>
    isCommonFact(event) ? [] : (named(event).filter((ref) => ref !== undefined && !isCapacity(ref)) as string[]);
  return {
    wants: (event) => refsIn(event).map((ref) => ({ register, ref })),
    says({ event, links }) {
      for (const ref of refsIn(event)) {
        const since = links.since(register, ref);
        if (since === null || event.effectiveOn >= since) continue;
        return {
          code: 'BEFORE_IT_EXISTED',
          sentence: `It took effect on ${event.effectiveOn}, but ${ref} is there only from ${since} on.`,
          record: ref,
        };
      }
      return null;
    },
  };
}
