import type { MayIssue } from '../../ledger/index.ts';
import type { DirectoryCommand } from './commands.ts';

/** The office keeps the directory. Source: design §10 ("all else: opcc-officer"). */
export const MAY_ISSUE: { readonly [type in DirectoryCommand['type']]: MayIssue } = {
  AddBody: ['opcc-officer'],
  AddPost: ['opcc-officer'],
  AddPerson: ['opcc-officer'],
  AppointHolder: ['opcc-officer'],
};
