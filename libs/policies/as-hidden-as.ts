import { markingOf, visibilityOf, visibilityWith, type RecordVisibility } from '../access/index.ts';
import {
  isRestricted,
  OFFICIAL_OPEN,
  sameMarking,
  stricter,
  type Marking,
  type MarkingPolicy,
  type OwedMark,
  type PlacedEvent,
} from '../ledger/index.ts';

/** How hidden the record from which another arises is, after each of its events in turn. */
export type HowHidden = (event: PlacedEvent, visibility: RecordVisibility) => Marking;

/**
 * A policy by which what arises from a hidden record is as hidden as that was then: it takes the strictest marking when it is opened (what was
 * opened before this was a rule is marked), and again whenever the other is marked more strictly. Opening the other opens nothing else, and what
 * was marked once may be opened by whoever marks it anew.
 *
 * @param hidden how hidden the other is to what arises from it, made anew for each reading of its events
 */
export function asHiddenAs(
  { causes, ...policy }: Omit<MarkingPolicy, 'owed' | 'causes'> & { readonly causes: string },
  hidden: (opening: PlacedEvent) => HowHidden,
): MarkingPolicy {
  return {
    ...policy,
    causes: { register: causes, commands: ['Mark', 'Void', 'Restore'] },
    owed(origin, record) {
      const [opening] = record;
      if (opening === undefined) return [];
      return causesOf(origin, opening, hidden(opening))
        .filter(({ after, to }) => !wasEver(to, record, after))
        .map(({ cause, to }) => ({ cause, to }));
    },
  };
}

interface Cause extends OwedMark {
  /** Its number in the ledger. */
  readonly after: number;
}

/** Every fact that hides the origin more than it was hidden before; that the record was opened stands for all before it. */
function causesOf(origin: readonly PlacedEvent[], opened: PlacedEvent, hiddenBy: HowHidden): readonly Cause[] {
  const causes: Cause[] = [];
  let visibility = visibilityOf([]);
  let hidden: Marking = OFFICIAL_OPEN;
  let isOpened = false;
  const open = () => {
    isOpened = true;
    if (isRestricted(hidden)) causes.push({ cause: opened.id, to: hidden, after: opened.sequence });
  };
  for (const event of origin) {
    if (!isOpened && event.sequence > opened.sequence) open();
    visibility = visibilityWith(visibility, event);
    const now = hiddenBy(event, visibility);
    const isMarking = event.type === 'Marked' || event.type === 'Voided' || event.type === 'Restored';
    if (isOpened && isMarking && !covers(hidden, now)) causes.push({ cause: event.id, to: now, after: event.sequence });
    hidden = now;
  }
  if (!isOpened) open();
  return causes;
}

/** True if the record bore that marking, or a stricter one, just after an event of the ledger or at any time since. */
function wasEver(to: Marking, record: readonly PlacedEvent[], after: number): boolean {
  let visibility = visibilityOf([]);
  const marked = record.map(({ sequence }, index) => {
    visibility = visibilityWith(visibility, record[index]!);
    return { sequence, marking: markingNow(visibility) };
  });
  const then = marked.findLast(({ sequence }) => sequence <= after);
  return [...(then === undefined ? [] : [then]), ...marked.filter(({ sequence }) => sequence > after)].some(
    ({ marking }) => covers(marking, to),
  );
}

/** How a record is marked, its opening by name included. */
export function markingNow(visibility: RecordVisibility): Marking {
  return visibility.opening === null ? visibility.record : markingOf(visibility, visibility.opening);
}

function covers(marking: Marking, other: Marking): boolean {
  return sameMarking(stricter(marking, other), marking);
}
