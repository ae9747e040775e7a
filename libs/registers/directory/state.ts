import type { CivilDate, TextRef } from '../../ledger/index.ts';

export interface Tenure {
  readonly person: string;
  readonly from: CivilDate;
  /** The last day, if it is known. */
  readonly until?: CivilDate;
  readonly interim: boolean;
  readonly shared: boolean;
}

export interface BodyState {
  readonly record: 'BODY';
  readonly ref: string;
  readonly name?: TextRef;
  readonly organisation?: 'OPCC' | 'FORCE' | 'JOINT' | 'PANEL';
}
export interface PostState {
  readonly record: 'POST';
  readonly ref: string;
  readonly name?: TextRef;
  readonly body?: string;
  readonly capacity?: string;
  /** In the order in which they took effect. */
  readonly holders: readonly Tenure[];
}
export interface PersonState {
  readonly record: 'PERSON';
  readonly ref: string;
  readonly name?: TextRef;
  readonly contact?: TextRef;
}

export type DirectoryState = { readonly record: 'NONE' } | BodyState | PostState | PersonState;

export const NOT_IN_DIRECTORY: DirectoryState = { record: 'NONE' };

/** The persons who hold a post on a day. A later tenure ends those before it unless it is shared. */
export function holdersOn(post: PostState, day: CivilDate): readonly string[] {
  let holding: readonly Tenure[] = [];
  for (const tenure of post.holders) {
    if (tenure.from > day) break;
    holding = tenure.shared ? [...holding, tenure] : [tenure];
  }
  return holding.filter((tenure) => tenure.until === undefined || day <= tenure.until).map((tenure) => tenure.person);
}
