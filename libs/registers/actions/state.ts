import type { Actor, Authority, CivilDate, Dated, EventId, TextRef } from '../../ledger/index.ts';
import type { Due, Organisation, Priority } from './events.ts';

export const ACTION_STATUSES = [
  'PROPOSED',
  'AGREED',
  'IN_PROGRESS',
  'REPORTED_COMPLETE',
  'SIGNED_OFF',
  'DEFERRED',
  'CONVERTED',
  'MERGED',
  'SUPERSEDED',
  'WITHDRAWN',
] as const;
export type ActionStatus = (typeof ACTION_STATUSES)[number];

/** What is remembered of one step: when it took effect and who did it. */
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

export interface DueState {
  readonly phrase?: TextRef;
  /** The due date first agreed; absent when it named no day or meeting. */
  readonly original?: Due;
  readonly current?: Due;
  readonly extensions: number;
}

/** An action that has been raised. Words are references to the events that hold them. */
export interface RaisedAction {
  readonly status: ActionStatus;
  readonly ref: string;
  readonly body: string;
  readonly meeting?: string;
  readonly item?: string;
  readonly title?: TextRef;
  readonly owner?: string;
  readonly organisation?: Organisation;
  readonly priority?: Priority;
  readonly raised: Step;
  readonly due: DueState;
  readonly latestUpdate?: Step & { readonly text?: TextRef };
  /** The report that stands: gone when the action is returned or reopened. */
  readonly reportedComplete?: Step & { readonly text?: TextRef; readonly evidence?: TextRef };
  /** Set for SIGNED_OFF and CONVERTED. */
  readonly closed?: Step & { readonly outcome: 'SIGNED_OFF' | 'CONVERTED'; readonly item?: TextRef };
  readonly deferred?: { readonly meeting?: string; readonly until?: CivilDate; readonly phrase?: TextRef };
  /** Where a merged or superseded action went on. */
  readonly continuedAs?: string;
  readonly evidence: number;
  readonly reopened: number;
}

/** Before it is raised, or when the raising was voided, an action does not exist. */
export type ActionState = { readonly status: 'NOT_RAISED' } | RaisedAction;

export const NOT_RAISED: ActionState = { status: 'NOT_RAISED' };

/** The step that an event is, as the state remembers it. */
export function stepOf(event: { id: EventId; effectiveOn: CivilDate; dated?: Dated; actor: Actor }): Step {
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
