import type { CivilDate, Dated, EventId, Links, LinkWanted } from '../../ledger/index.ts';
import type { ActionCommand } from './commands.ts';
import type { ActionState, RaisedAction } from './state.ts';

/*
 * Registers never import each other: these are the shapes that actions rely on in the states of other registers.
 * `test/architecture` and the end-to-end tests hold both sides together.
 */

/** What actions read of a meeting. */
export interface MeetingLink {
  readonly ref: string;
  readonly body: string;
  readonly status: string;
  /** Absent while no day is known. */
  readonly date?: CivilDate;
  readonly dated?: Dated;
  readonly session: 'OPEN' | 'CLOSED';
  readonly items: readonly MinuteLink[];
}

/** What they read of an item of its minutes. */
export interface MinuteLink {
  readonly event: EventId;
  readonly promise: boolean;
  readonly session: 'OPEN' | 'CLOSED';
}

/** What they read of a decision. */
export interface DecisionLink {
  readonly ref: string;
  readonly body: string;
  readonly actions: readonly { readonly event: EventId }[];
  readonly conditions: readonly { readonly event: EventId; readonly owner?: string }[];
}

/** The meeting at which the action is due now, so that an extension can be told from a shortening. */
export function linksBeside({ type }: ActionCommand, state: ActionState): readonly LinkWanted[] {
  const meeting = state.status === 'NOT_RAISED' ? undefined : state.due.current?.meeting;
  return type !== 'ExtendActionDueDate' || meeting === undefined
    ? []
    : [{ register: 'meetings', ref: meeting, field: 'ref' }];
}

export function meetingIn(links: Links, ref: string): MeetingLink | null {
  return links.find('meetings', ref) as MeetingLink | null;
}

/** A decision that a command names, and that is therefore there. */
export function decisionIn(links: Links, ref: string): DecisionLink {
  return links.find('decisions', ref) as DecisionLink;
}

/** Does that entry of a decision open an action? An action that it names, or a condition that somebody sees to. */
export function isOpenedBy({ actions, conditions }: DecisionLink, entry: EventId): boolean {
  return [...actions, ...conditions.filter(({ owner }) => owner !== undefined)].some(({ event }) => event === entry);
}

/** An action that a command names, and that is therefore there. */
export function actionIn(links: Links, ref: string): RaisedAction {
  return links.find('actions', ref) as RaisedAction;
}

/** The item that an event minuted, as far as whoever asks may see it. */
export function minuteIn({ items }: MeetingLink, minuted: EventId): MinuteLink | undefined {
  return items.find(({ event }) => event === minuted);
}
