import { ACTION_MUTATIONS } from './actions/action-mutations.ts';
import { ACTION_FIELDS } from './actions/action.fields.ts';
import { registerDoor, type RegisterDoor } from './commands/register-door.ts';
import { DIRECTORY_MUTATIONS } from './directory/directory-mutations.ts';
import { DIRECTORY_FIELDS } from './directory/directory.fields.ts';
import type { Fields } from './ledger/value.ts';
import { MEETING_MUTATIONS } from './meetings/meeting-mutations.ts';
import { MEETING_FIELDS } from './meetings/meeting.fields.ts';

/** What the API has of one register. */
export interface RegisterApi extends RegisterDoor {
  /** Fields of its types that must ask something. */
  readonly fields: { readonly [type: string]: Fields<never> };
}

/** The registers of the API, by name. A new register is added here, and nowhere else in the set-up of the server. */
export const REGISTER_APIS: Readonly<Record<string, RegisterApi>> = {
  actions: { fields: ACTION_FIELDS, ...registerDoor('actions', ACTION_MUTATIONS) },
  meetings: { fields: MEETING_FIELDS, ...registerDoor('meetings', MEETING_MUTATIONS) },
  directory: { fields: DIRECTORY_FIELDS, ...registerDoor('directory', DIRECTORY_MUTATIONS) },
};
