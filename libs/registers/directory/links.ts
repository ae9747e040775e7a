import type { Links, LinkWanted } from '../../ledger/index.ts';
import type { DirectoryCommand } from './commands.ts';
import type { DirectoryState, PersonState } from './state.ts';

/** The records that a command names: the body of a post, the person who is to hold it. Both are of this register. */
export function linksOf(command: DirectoryCommand): readonly LinkWanted[] {
  switch (command.type) {
    case 'AddPost':
      return command.body === undefined ? [] : [{ register: 'directory', ref: command.body, field: 'body' }];
    case 'AppointHolder':
    case 'AppointMonitoringOfficer':
      return [{ register: 'directory', ref: command.person, field: 'person' }];
    case 'AddBody':
    case 'AddPerson':
    case 'SetPersonSubject':
      return [];
  }
}

export function isKnownBody(links: Links, ref: string): boolean {
  return found(links, ref) === 'BODY';
}

export function isKnownPerson(links: Links, ref: string): boolean {
  return found(links, ref) === 'PERSON';
}

/** The person as the ledger knows them, or null. */
export function personIn(links: Links, ref: string): PersonState | null {
  const state = links.find('directory', ref) as DirectoryState | null;
  return state?.record === 'PERSON' ? state : null;
}

function found(links: Links, ref: string): DirectoryState['record'] | undefined {
  return (links.find('directory', ref) as DirectoryState | null)?.record;
}
