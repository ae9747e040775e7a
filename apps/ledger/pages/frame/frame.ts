import { RECORD_KINDS } from '../../../../libs/declarations/index.ts';
import type { Identity } from '../../access/identity.ts';
import type { Assets } from '../assets/assets.ts';
import type { DateBar } from './date-bar.ts';
import { addressOf, type Dates } from './dates.ts';
import type { FieldProblem } from './outcomes.ts';
import { capitalised } from '../../words/phrases.ts';
import { postInWords } from '../../words/values.ts';

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
  /** Where to sign in, when this server has a sign-in of its own. */
  readonly signIn: string | null;
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
  readonly isDemo: boolean;
  readonly assets: Assets;
  readonly dateBar: DateBar | null;
  readonly actingName?: string | null;
  readonly errors?: readonly FieldProblem[];
  readonly formToken: () => string;
}

/** The parts of the ledger that have pages. */
const PARTS = [
  { text: 'Home', path: '/' },
  ...Object.values(RECORD_KINDS).map(({ many }) => ({ text: capitalised(many), path: `/${many}` })),
  { text: 'In question', path: '/questioned' },
];

export function presentFrame(context: FrameContext): Frame {
  const { identity, path, query, dates, isDemo, assets, dateBar, actingName, errors = [], formToken } = context;
  const { caller } = identity;
  const signIn = isDemo ? addressOf('/sign-in', {}, path === '/sign-in' ? [] : [['return', here(path, query)]]) : null;
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
    acting: caller === null ? null : { name: actingName ?? postInWords(caller.post, null), change: signIn },
    signIn,
    demo: isDemo,
    errors: errors.map(({ id, sentence }) => ({ text: sentence, href: `#${id}` })),
    get formToken() {
      return formToken();
    },
    dateBar,
  };
}

function here(path: string, query: URLSearchParams): string {
  return query.size === 0 ? path : `${path}?${query}`;
}
