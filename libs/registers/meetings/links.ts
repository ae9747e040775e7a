import { isCapacity } from '../../access/index.ts';
import type { Links, LinkWanted } from '../../ledger/index.ts';
import type { MeetingCommand } from './commands.ts';

/** The records that a command names: a body, a post, a meeting at which something is due. */
export function linksOf(command: MeetingCommand): readonly LinkWanted[] {
  switch (command.type) {
    case 'ScheduleMeeting':
      return [{ register: 'directory', ref: command.body, field: 'body' }];
    case 'MinuteItem':
      return [
        ...(command.owner === undefined ? [] : [{ register: 'directory', ref: command.owner, field: 'owner' }]),
        ...(command.due?.meeting === undefined
          ? []
          : [{ register: 'meetings', ref: command.due.meeting, field: 'due.meeting' }]),
      ];
    case 'HoldMeeting':
    case 'CancelMeeting':
    case 'PostponeMeeting':
      return [];
  }
}

export function isKnownBody(links: Links, ref: string): boolean {
  return directoryRecord(links, ref) === 'BODY';
}

/** True for the posts that every ledger knows from its first day, and for those that the directory holds. */
export function isKnownPost(links: Links, ref: string): boolean {
  return isCapacity(ref) || directoryRecord(links, ref) === 'POST';
}

export function isKnownMeeting(links: Links, ref: string): boolean {
  return links.find('meetings', ref) !== null;
}

/** What a meeting needs to know of a directory record: of which sort it is. */
function directoryRecord(links: Links, ref: string): string | undefined {
  return (links.find('directory', ref) as { readonly record: string } | null)?.record;
}
