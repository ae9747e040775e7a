import { kindOfRecord, pathOfKind, KINDS_OF_RECORD } from '../../../../libs/declarations/index.ts';
import type { Identity, SignedIn } from '../../access/identity.ts';
import type { Assets } from '../assets/assets.ts';
import type { DateBar } from './date-bar.ts';
import { addressOf, type Dates } from './dates.ts';
import type { FieldProblem } from './outcomes.ts';
import { capitalised, postInWords } from '../../../../libs/wording/index.ts';

/** What stands around a page, as the layout takes it. */
export interface Frame {
  readonly assets: { readonly stylesheet: string; readonly icon: string; readonly picker: string };
  readonly home: string;
  readonly help: { readonly topics: string; readonly dates: string; readonly accessibility: string };
  readonly navigation: readonly {
    readonly text: string;
    readonly href: string;
    readonly current: boolean;
    readonly active: boolean;
  }[];
  /** The post in which the reader acts; null for the public. */
  readonly acting: { readonly name: string; readonly change: string | null } | null;
  /** Where a post is chosen, and said why there is none to choose. */
  readonly choosing: string | null;
  /** What is said of whoever signed in and acts in no post; null of others. */
  readonly without: string | null;
  /** Where to sign in, when this server has a sign-in of its own and nobody has. */
  readonly signIn: { readonly text: string; readonly href: string } | null;
  /** Where to sign out; null for whoever did not sign in with a browser. */
  readonly signOut: string | null;
  readonly demo: boolean;
  readonly errors: readonly { readonly text: string; readonly href: string }[];
  /** What a form on the page must bring: `{% include "frame/form-token.njk" %}` puts it there. Made when it is read. */
  readonly formToken: string;
  /** Null on pages that show nothing of the ledger. */
  readonly dateBar: DateBar | null;
}

export interface FrameContext {
  readonly identity: Identity;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly dates: Dates;
  readonly signIn: SignInOffered;
  readonly assets: Assets;
  readonly dateBar: DateBar | null;
  readonly actingName?: string | null;
  readonly errors?: readonly FieldProblem[];
  readonly formToken: () => string;
}

/** `demo`: picking a post; `office`: by the identity provider of the office. Null: none from a browser. */
export type SignInOffered = 'demo' | 'office' | null;

/** The parts of the ledger that have pages. */
const PARTS = [
  { text: 'Home', path: '/' },
  ...KINDS_OF_RECORD.map((kind) => ({
    text: capitalised(kindOfRecord(kind).many),
    path: pathOfKind(kind),
  })),
  { text: 'Slippage', path: '/slippage' },
  { text: 'In question', path: '/questioned' },
  { text: 'Late entries', path: '/late-entries' },
];

export function presentFrame(context: FrameContext): Frame {
  const {
    identity,
    path,
    query,
    dates,
    signIn: offered,
    assets,
    dateBar,
    actingName,
    errors = [],
    formToken,
  } = context;
  const { caller, signedIn } = identity;
  const returning = ABOUT_SIGN_IN.test(path) ? [] : [['return', here(path, query)] as const];
  const change = offered === null ? null : addressOf('/sign-in', {}, returning);
  return {
    assets: { stylesheet: assets.stylesheet.path, icon: assets.icon.path, picker: assets.picker.path },
    home: addressOf('/', dates),
    help: {
      topics: addressOf('/help', dates),
      dates: addressOf('/help/dates', dates),
      accessibility: addressOf('/help/accessibility', dates),
    },
    navigation: PARTS.map(({ text, path: part }) => ({
      text,
      href: addressOf(part, dates),
      current: path === part,
      active: part !== '/' && path.startsWith(`${part}/`),
    })),
    acting: caller === null ? null : { name: actingName ?? postInWords(caller.post, null), change },
    choosing: change,
    without: signedIn === undefined || caller !== null ? null : whyWithout(signedIn),
    signIn: signedIn === undefined ? waysIn(offered, returning) : null,
    signOut: signedIn === undefined ? null : addressOf('/sign-out', {}, returning),
    demo: offered === 'demo',
    errors: errors.map(({ id, sentence }) => ({ text: sentence, href: `#${id}` })),
    get formToken() {
      return formToken();
    },
    dateBar,
  };
}

/** Nobody comes back to these. */
const ABOUT_SIGN_IN = /^\/(?:sign-in|sign-out|signed-out)(?:\/|$)/;

function waysIn(offered: SignInOffered, returning: readonly (readonly [string, string])[]): Frame['signIn'] {
  if (offered === null) return null;
  return offered === 'demo'
    ? { text: 'Act as a post', href: addressOf('/sign-in', {}, returning) }
    : { text: 'Sign in', href: addressOf('/sign-in/start', {}, returning) };
}

function whyWithout({ unknownAs, posts, chosen }: SignedIn): string {
  if (unknownAs !== null) return 'You are signed in, but the directory does not know you.';
  if (posts.length === 0) return 'You are signed in, but hold no post today.';
  return chosen === null ? 'You are signed in. Choose the post that you act in.' : 'You do not hold that post today.';
}

function here(path: string, query: URLSearchParams): string {
  return query.size === 0 ? path : `${path}?${query}`;
}
