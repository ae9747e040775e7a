import type { CivilDate, EventId, Links, LinkWanted } from '../../ledger/index.ts';
import type { MeetingCommand } from './commands.ts';

/*
 * What meetings rely on in other records. Registers never import each other; that a meeting reads other meetings is its own register, yet it
 * finds them as it would find any record: as they stood on the effective day, as far as whoever asks may see them.
 */

/** What a meeting reads of another. */
export interface OtherMeeting {
  readonly ref: string;
  readonly body: string;
  readonly status: string;
  readonly date?: CivilDate;
  readonly agenda: readonly { readonly event: EventId }[];
}

/** A meeting that a command names, and that is therefore there. */
export function meetingIn(links: Links, ref: string): OtherMeeting {
  return links.find('meetings', ref) as OtherMeeting;
}

/** The meeting itself, where one of its entries is named: what is said of that entry is as restricted as it is today. */
export function linksBeside(command: MeetingCommand): readonly LinkWanted[] {
  const { ref, ...said } = command as MeetingCommand & { readonly ref?: string };
  const namesAnEntry = ['agendaItem', 'question', 'minute'].some((field) => Object.hasOwn(said, field));
  return namesAnEntry && ref !== undefined ? [{ register: 'meetings', ref, field: 'ref' }] : [];
}
