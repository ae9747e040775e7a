import { CommandInput, Ref, Words } from '../commands/command-input.ts';
import { recordMutations } from '../commands/record-mutations.ts';
import type { MutationTable } from '../commands/submission.ts';

/** Fields of the inputs about bodies, posts and people. Each input has some of them: the schema says which. */
export class DirectoryInput extends CommandInput {
  @Ref() readonly ref?: string;
  @Ref() readonly post?: string;
  @Ref() readonly person?: string;
  @Ref() readonly body?: string;
  @Words() readonly name?: string;
  @Words() readonly contact?: string;
  @Words() readonly subject?: string;
}

export const DIRECTORY_MUTATIONS: MutationTable = {
  addBody: { command: 'AddBody', input: DirectoryInput, renamed: { ref: 'as' } },
  addPost: { command: 'AddPost', input: DirectoryInput, renamed: { ref: 'as' } },
  addPerson: { command: 'AddPerson', input: DirectoryInput },
  setPersonSubject: { command: 'SetPersonSubject', input: DirectoryInput, renamed: { person: 'ref' } },
  appointHolder: { command: 'AppointHolder', input: DirectoryInput, renamed: { post: 'ref' } },
  ...recordMutations('Body'),
  ...recordMutations('Post'),
  ...recordMutations('Person'),
};
