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

/**
 * Was the meeting that is its authority held before that step? Where the source of the step gives no day, nobody can say that it had not been taken
 * before.
 */
export function isHeldBefore({ dated, effectiveOn }: Pick<Step, 'dated' | 'effectiveOn'>, { heldOn }: Actor): boolean {
  if (heldOn === undefined) return false;
  return dated === undefined ? heldOn < effectiveOn : dated.from !== undefined && heldOn < dated.from;
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
