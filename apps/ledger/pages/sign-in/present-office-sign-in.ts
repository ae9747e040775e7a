import type { SignedIn } from '../../access/identity.ts';
import { postInWords } from '../../../../libs/wording/index.ts';

/** A post of theirs, and what the directory calls it for everybody. */
export interface PostHeld {
  readonly ref: string;
  readonly name: string | null;
}

/** Why somebody is here again. */
export const WHY_NOT = {
  ended: 'You were signed out: nothing was asked for too long, the day was over, or the server was started anew.',
  cancelled: 'You were not signed in: the sign-in was cancelled at your office’s account page.',
  refused:
    'You were not signed in: your office’s account page did not vouch for you, or what it answered cannot be trusted. Try again, and tell whoever runs this ledger if it happens again.',
  late: 'You were not signed in: this sign-in was begun too long ago, in another browser, or was used already. Start again.',
} as const;

export interface OfficeSignInContext {
  readonly signedIn: SignedIn | null;
  readonly posts: readonly PostHeld[];
  /** The post in which they act; null when they act in none. */
  readonly acting: string | null;
  readonly returnTo: string;
  readonly why: keyof typeof WHY_NOT | null;
  /** Set after a form without a choice. */
  readonly problem?: string;
}

export function presentOfficeSignIn({ signedIn, posts, acting, returnTo, why, problem }: OfficeSignInContext) {
  const lost = signedIn !== null && signedIn.chosen !== null && acting === null ? signedIn.chosen : null;
  return {
    title: signedIn === null ? 'Sign in' : 'The post that you act in',
    returnTo,
    start: `/sign-in/start?${new URLSearchParams({ return: returnTo })}`,
    why: why === null || signedIn !== null ? null : WHY_NOT[why],
    lost: lost === null ? null : `You do not hold the post ${postInWords(lost, null)} today.`,
    isSignedIn: signedIn !== null,
    unknownAs: signedIn?.unknownAs ?? null,
    posts: posts.map(({ ref, name }) => ({ value: ref, text: postInWords(ref, name), checked: ref === acting })),
    problem: problem ?? null,
    errors: problem === undefined ? [] : [{ id: 'post', sentence: problem }],
  };
}
