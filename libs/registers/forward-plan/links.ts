import type { DueMeeting } from '../../declarations/index.ts';
import type { CivilDate, EventId, Links } from '../../ledger/index.ts';

/*
 * Registers never import each other: these are the shapes that forward plans rely on in the states of meetings and actions. `test/architecture` and the end-to-end
 * tests hold both sides together.
 */

/** What a forward plan reads of a meeting. */
export interface MeetingLink extends DueMeeting {
  readonly ref: string;
  readonly body: string;
  readonly date?: CivilDate;
  readonly agenda: readonly { readonly event: EventId }[];
}

/** What it reads of an action. */
export interface ActionLink {
  readonly ref: string;
  readonly body: string;
  readonly closed?: { readonly event: EventId; readonly outcome: string };
}

/** An action that a command names, and that is therefore there. */
export function actionIn(links: Links, ref: string): ActionLink {
  return links.find('actions', ref) as ActionLink;
}

/** A meeting that a command names, and that is therefore there. */
export function meetingIn(links: Links, ref: string): MeetingLink {
  return links.find('meetings', ref) as MeetingLink;
}
