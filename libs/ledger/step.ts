import type { CivilDate, Dated } from './dates.ts';
import type { Actor, Authority, EventId } from './event.ts';

/** What the state of a record remembers of one step: when it took effect and who did it. */
export interface Step {
  readonly event: EventId;
  readonly effectiveOn: CivilDate;
  readonly dated?: Dated;
  /** Null where an imported paper names nobody. */
  readonly by: string | null;
  readonly byPerson: string | null;
  readonly enteredBy: string;
  readonly enteredByPerson: string | null;
  readonly authority: Authority | null;
}

/** The step that an event is. */
export function stepOf(event: {
  readonly id: EventId;
  readonly effectiveOn: CivilDate;
  readonly dated?: Dated;
  readonly actor: Actor;
}): Step {
  const { by, enteredBy, authority } = event.actor;
  return {
    event: event.id,
    effectiveOn: event.effectiveOn,
    ...(event.dated === undefined ? {} : { dated: event.dated }),
    by: by?.post ?? null,
    byPerson: by?.person ?? null,
    enteredBy: enteredBy.post,
    enteredByPerson: enteredBy.person ?? null,
    authority: authority === undefined || authority === 'notStated' ? null : authority,
  };
}
