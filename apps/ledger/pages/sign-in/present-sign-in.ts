import { CAPACITIES, readerFor, type Audience, type Capacity } from '../../../../libs/access/index.ts';
import { postInWords } from '../../../../libs/wording/index.ts';

/** A post that may be chosen. */
export interface PostToChoose {
  readonly ref: string;
  readonly name: string | null;
  readonly capacity: Capacity;
}

export interface SignInContext {
  /** Posts of the directory, as the public may see them, that act in a capacity. */
  readonly posts: readonly PostToChoose[];
  readonly chosen: string | null;
  readonly returnTo: string;
  readonly ended: boolean;
  /** Set after a form without a choice. */
  readonly problem?: string;
}

const SEES: { readonly [audience in Audience]: string } = {
  public: 'sees what has been published',
  official: 'sees OFFICIAL matters of open sessions',
  full: 'sees everything',
};
const MAY: { readonly [capacity in Capacity]: string } = {
  commissioner: 'Agrees, signs off, returns and reopens actions',
  'opcc-officer': 'Keeps the records, and may type what others reported and decided',
  'monitoring-officer': 'Publishes, marks and takes back',
  'force-lead': 'Reports on what the post owns',
  'internal-auditor': 'Reads only',
  'jarap-member': 'Reads only',
  'panel-member': 'Reads only',
};

export function presentSignIn({ posts, chosen, returnTo, ended, problem }: SignInContext) {
  const known: PostToChoose[] = CAPACITIES.map((capacity) => ({
    ref: capacity,
    name: posts.find(({ ref }) => ref === capacity)?.name ?? null,
    capacity,
  }));
  const others = posts.filter(({ ref }) => !known.some((post) => post.ref === ref));
  return {
    title: 'Act as a post',
    returnTo,
    ended,
    problem: problem ?? null,
    errors: problem === undefined ? [] : [{ id: 'post', sentence: problem }],
    posts: [...known, ...others].map(({ ref, name, capacity }) => {
      const { audience, ownsAs } = readerFor(ref, capacity);
      const own = ownsAs === undefined ? '' : ', and everything about what it owns';
      return {
        value: ref,
        text: postInWords(ref, name),
        hint: { text: `${MAY[capacity]}; ${SEES[audience]}${own}.` },
        checked: ref === chosen,
      };
    }),
  };
}
