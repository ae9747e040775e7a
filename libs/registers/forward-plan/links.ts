import type { DueMeeting } from '../../declarations/index.ts';
import type { CivilDate, EventId, Links } from '../../ledger/index.ts';

/*
 * Registers never import each other: this is the shape that forward plans rely on in the states of meetings. `test/architecture` and the end-to-end
 * tests hold both sides together.
 */

/** What a forward plan reads of a meeting. */
export interface MeetingLink extends DueMeeting {
  readonly ref: string;
  readonly body: string;
  readonly date?: CivilDate;
  readonly agenda: readonly { readonly event: EventId }[];
}

/** A meeting that a command names, and that is therefore there. */
export function meetingIn(links: Links, ref: string): MeetingLink {
  return links.find('meetings', ref) as MeetingLink;
}
