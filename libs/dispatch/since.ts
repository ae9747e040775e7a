import { isCapacity } from '../access/index.ts';
import type { LogPosition } from '../event-store/index.ts';
import { linkedIn, type RecordEvent, type Register } from '../ledger/index.ts';
import { eventsSeenBy } from './folds.ts';
import type { LoadedRecord } from './records.ts';
import type { Caller, FactSince, Outcome } from './submission.ts';
import type { Surroundings } from './surroundings.ts';

/** Facts that a conflict names: the latest of them. */
const MOST_NAMED = 100;

/**
 * Facts of a record that stand after a position in the log, by somebody else, and as far as the caller may see them. Whoever wrote one knows
 * of it, in whatever post; and what follows from what they did by itself is entered in their name.
 */
export function factsSince(
  register: Register,
  record: LoadedRecord,
  { caller, seen }: { readonly caller: Caller; readonly seen: LogPosition },
  isBefore: (a: LogPosition, b: LogPosition) => boolean,
): readonly RecordEvent[] {
  const last = record.positions.findLastIndex((position) => !isBefore(seen, position));
  const since = new Set(record.events.slice(last + 1).map(({ id }) => id));
  if (since.size === 0) return [];
  const visible = eventsSeenBy(register, record, caller) ?? record.events;
  return visible.filter(({ id, actor }) => since.has(id) && !isTheirs(actor.enteredBy.person, caller));
}

/** The same without those that make or end a link to a record that the caller may not see, and what was said of these: for them there are none. */
export async function withoutUnseenLinks(
  facts: readonly RecordEvent[],
  events: readonly RecordEvent[],
  seen: Pick<Surroundings, 'exists'>,
): Promise<readonly RecordEvent[]> {
  const isUnseen = async (event: RecordEvent | undefined): Promise<boolean> => {
    if (event === undefined) return false;
    const to = linkedIn(event);
    if (to !== undefined) return !isCapacity(to) && !(await seen.exists(to));
    const { target } = event.facts;
    return typeof target === 'string' && isUnseen(events.find(({ id }) => id === target));
  };
  const unseen = await Promise.all(facts.map(isUnseen));
  return facts.filter((_, index) => !unseen[index]);
}

function isTheirs(entered: string | undefined, { person, unknownAs }: Caller): boolean {
  return entered !== undefined && (entered === person || entered === unknownAs);
}

/** The answer to whoever has not seen these facts. A post that they may not see is not named. */
export async function conflict(
  facts: readonly RecordEvent[],
  { all, seen }: { readonly all: Surroundings; readonly seen: Surroundings },
): Promise<Outcome> {
  const named = async (post: string | undefined): Promise<string | null> => {
    if (post === undefined) return null;
    return isCapacity(post) || (await seen.exists(post)) || !(await all.exists(post)) ? post : null;
  };
  const latest = facts.slice(-MOST_NAMED);
  const told = await Promise.all(
    latest.map(async ({ id, type, effectiveOn, stamped, actor }): Promise<FactSince> => ({
      ...{ event: id, type, effectiveOn, recordedAt: stamped },
      by: await named(actor.by?.post),
      enteredBy: await named(actor.enteredBy.post),
    })),
  );
  const others = facts.length === 1 ? 'Somebody else has recorded a fact' : 'Others have recorded facts';
  const sentence = `${others} about this since you looked at it, so nothing was written. Look again, then send yours with a newer "seen", or without it to send it all the same.`;
  return { outcome: 'conflict', sentence, facts: told };
}
