import { isCommonFact, type RecordEvent, type Register } from '../ledger/index.ts';
import type { RecordCommand } from './commands.ts';
import { pathsOf } from './correctable.ts';

/** An event of a record that a command may name, and the field of it. */
export interface Named {
  readonly event?: string;
  readonly path?: string;
}

/**
 * What a command that every record takes may name of a record with these events, the latest event first: what may be corrected, what is
 * not void, what is. Whether it may be given is asked of each. Where there is nothing to name, the event that opened the record
 * stands for what is missing, so that somebody can be told why.
 */
export function namable<Event extends RecordEvent>(
  register: Pick<Register<unknown, Event>, 'correctable'>,
  events: readonly RecordEvent[],
  type: RecordCommand['type'],
): readonly Named[] {
  const latestFirst = events.toReversed();
  const named = namedBy(register, latestFirst, type);
  const [opening] = events;
  return named.length > 0 || opening === undefined ? named : [{ event: opening.id }];
}

function namedBy<Event extends RecordEvent>(
  register: Pick<Register<unknown, Event>, 'correctable'>,
  latestFirst: readonly RecordEvent[],
  type: RecordCommand['type'],
): readonly Named[] {
  switch (type) {
    case 'Correct':
      return latestFirst
        .filter((event) => !isCommonFact(event))
        .flatMap((event) => pathsOf(register, event.type).map((path) => ({ event: event.id, path })));
    case 'Void': {
      const isVoid = voidIn(latestFirst);
      return latestFirst
        .filter((event) => event.type !== 'Voided' && event.type !== 'Restored' && !isVoid.has(event.id))
        .map(({ id: event }) => ({ event }));
    }
    case 'Restore':
      return [...voidIn(latestFirst)].map((event) => ({ event }));
    case 'RecordOtherwiseStated':
    case 'Publish':
    case 'Mark':
    case 'LinkRecord':
    case 'UnlinkRecord':
    case 'NameRecord':
      return [{}];
    case 'WithdrawName': {
      const isVoid = voidIn(latestFirst);
      return latestFirst
        .filter(({ type: is, id }) => is === 'Named' && !isVoid.has(id))
        .map(({ id: event }) => ({ event }));
    }
  }
}

/** Events that are void: the last word on each says so. */
function voidIn(latestFirst: readonly RecordEvent[]): ReadonlySet<string> {
  const last = new Map<string, string>();
  for (const { type, facts } of latestFirst) {
    const { target } = facts;
    if ((type === 'Voided' || type === 'Restored') && typeof target === 'string' && !last.has(target))
      last.set(target, type);
  }
  return new Set([...last].flatMap(([target, type]) => (type === 'Voided' ? [target] : [])));
}
