import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SignInEnded, type Door } from '../../access/door.ts';
import type { Identity } from '../../access/identity.ts';
import { DOOR, LEDGER, SIGN_IN } from '../../injected.ts';
import type { Ledger, OfferedMutation } from '../../ledger.ts';
import type { EventId, Notice } from '../../../../libs/ledger/index.ts';
import type { Reader } from '../../../../libs/access/index.ts';
import { kindSpelt } from '../../../../libs/declarations/index.ts';
import {
  BadBasis,
  hasIllustrative,
  isIllustrative,
  openEnds,
  type AsOf,
  type ComparedEnds,
  type LedgerView,
} from '../../../../libs/read-models/index.ts';
import { findPost } from '../../../../projections/index.ts';
import type { Assets } from '../assets/assets.ts';
import { presentDateBar, titleOfDates } from './date-bar.ts';
import {
  addressOf,
  asOfDates,
  datesAtMeeting,
  meetingParameters,
  meetingProblem,
  readDates,
  wholeDayRecorded,
  DATE_PARAMETERS,
  type DateProblem,
  type Dates,
  type DatesAsked,
  type TypedDates,
} from './dates.ts';
import { formTokenFor, holderOf } from './form-tokens.ts';
import { presentFrame, type SignInOffered } from './frame.ts';
import { ASSETS, RENDER } from './injected.ts';
import { BadDates, badAddress, noSuchPage, SeeOther, type FieldProblem } from './outcomes.ts';
import type { Render } from './templates.ts';
import { postInWords } from '../../../../libs/wording/index.ts';

/** Whoever looks at a page reads in another thread, and takes turns with those who read much. */
const APART = { apart: true } as const;

/** Somebody looks at a page: who, at what address, and the ledger as it is to be shown to them. */
export interface Visit {
  readonly identity: Identity;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly dates: Dates;
  readonly typed: TypedDates;
  /** All that the page shows is read from here. */
  readonly view: LedgerView;
  /** The same ledger for the same reader at other dates. */
  viewAt(dates: Dates): Promise<LedgerView>;
  /**
   * The same at two other dates, and between them; up to the place in the ledger that the address pins.
   * @throws BadBasis at `before` or `after`
   */
  compare(before: DatesAsked, after: DatesAsked): Promise<ComparedEnds>;
  /** An address of this server that carries the dates on. */
  link(path: string, parameters?: Iterable<readonly [name: string, value: string]>): string;
  /**
   * What the visitor may give now: commands on a record, or with null those that open one. None for the public, for a record that is not
   * for them, and while they look back: what is recorded is recorded today. Asked once.
   */
  offers(ref: string | null): Promise<readonly OfferedMutation[]>;
  /** What may be a slip in a fact that they recorded just now. None while they look back, or where that cannot be told now. */
  notices(ref: string, event: EventId): Promise<readonly Notice[]>;
}

/** True while somebody looks at another date than today, or at less than is known. */
export function isLookingBack({ dates: { on, recorded, proven } }: Pick<Visit, 'dates'>): boolean {
  return on !== undefined || recorded !== undefined || proven !== undefined;
}

/** What a page shows, beside its layout. */
export interface Shown {
  /** Unique in the service; the dates are added. */
  readonly title: string;
  /** Boxes of a form on the page that will not do. */
  readonly errors?: readonly FieldProblem[];
  /** Of a page that is about two dates, and has no date bar: from which bases it was answered, if it was, and its address with all that these say. */
  readonly compared?: { readonly answered: string | null; readonly pinned: string | null };
}

/** Opens the ledger for a page and sends what the page makes of it: the same door as the API's. */
@Injectable()
export class Visits {
  readonly #ledger: Ledger;
  readonly #door: Door;
  readonly #signIn: SignInOffered;
  readonly #assets: Assets;
  readonly #render: Render;

  constructor(
    @Inject(LEDGER) ledger: Ledger,
    @Inject(DOOR) door: Door,
    @Inject(SIGN_IN) signIn: SignInOffered,
    @Inject(ASSETS) assets: Assets,
    @Inject(RENDER) render: Render,
  ) {
    this.#ledger = ledger;
    this.#door = door;
    this.#signIn = signIn;
    this.#assets = assets;
    this.#render = render;
  }

  /**
   * Who visits, and the ledger at the dates of the address.
   * @throws SeeOther when the dates come from the boxes (the address is written anew) or a sign-in has ended;
   *   BadDates, PageProblem, BadToken, NotYet, StoreUnavailable
   */
  async open(request: FastifyRequest): Promise<Visit> {
    const { path, query } = addressAsked(request);
    const read = readDates(query);
    if ('problems' in read) throw new BadDates(read.problems, read.typed);
    const { typed, meeting } = read;
    // What a form sent is written anew, so that the address says no more than what was asked.
    if (read.fromBoxes || [...query.values()].includes('')) {
      const others = [...query].filter(([name, value]) => value !== '' && !DATE_PARAMETERS.includes(name));
      const named = meeting === undefined ? [] : meetingParameters(meeting);
      throw new SeeOther(addressOf(path, read.dates, [...others, ...named]));
    }
    const identity = await this.whoAsks(request);
    const view = await this.#viewAt({ ...asOfDates(read.dates), ...meeting }, read, query.get('at'), identity);
    const dates = meeting === undefined ? read.dates : datesAtMeeting(meeting, view.basis);
    return {
      ...{ identity, path, query, dates, typed, view },
      viewAt: (others) => this.#ledger.openView(asOfDates(others), identity.reader),
      compare: (before, after) => this.#compared(before, after, view, query.get('at')),
      link: (to, parameters) => addressOf(to, dates, parameters),
      offers: this.#offersTo(identity, dates),
      notices: async (ref, event) =>
        identity.caller === null || isLookingBack({ dates })
          ? []
          : ((await this.#ledger.noticesOf({ ref, events: [event] }, identity.caller)) ?? []),
    };
  }

  #offersTo({ caller }: Identity, dates: Dates): Visit['offers'] {
    const asked = new Map<string | null, Promise<readonly OfferedMutation[]>>();
    if (caller === null || isLookingBack({ dates })) return () => Promise.resolve([]);
    return (ref) => {
      const offers = asked.get(ref) ?? this.#ledger.offers(caller, ref).then((found) => found ?? []);
      asked.set(ref, offers);
      return offers;
    };
  }

  /** Sends a page. `errors`: of a form on it other than the date bar; the page is then answered with 400, or what `status` says. */
  async send(reply: FastifyReply, visit: Visit, template: string, shown: Shown, status?: number): Promise<void> {
    const { identity, path, query, dates, typed, view } = visit;
    const { errors = [], compared } = shown;
    const dateBar =
      compared === undefined
        ? presentDateBar({ path, query, dates, typed, basis: view.basis, reader: view.reader })
        : null;
    const frame = presentFrame({
      ...this.#around(reply, identity, path, query),
      dates,
      dateBar,
      errors,
      actingName: await this.#actingName(identity, view),
    });
    const title = `${shown.title}${titleOfDates(dates)}`;
    const html = this.#render(template, { ...shown, title, frame });
    const notice = (await showsIllustrative(view, visit, html))
      ? this.#render('frame/illustrative-notice.njk', {})
      : '';
    sendPage(reply, status ?? (errors.length > 0 ? 400 : 200), withNotice(html, notice));
  }

  /** Sends the page for a record that is absent at this basis or not for this reader: the same page for both. */
  sendNoSuchRecord(reply: FastifyReply, visit: Visit): Promise<void> {
    const { heading, paragraphs } = noSuchPage();
    return this.send(reply, visit, 'frame/problem.njk', { title: heading, ...{ heading, paragraphs } }, 404);
  }

  /** Sends a page that shows nothing of the ledger: the sign-in, an error. */
  sendBare(
    request: FastifyRequest,
    reply: FastifyReply,
    identity: Identity,
    status: number,
    template: string,
    shown: Shown & BareShown,
  ): void {
    const { path, query } = addressAsked(request);
    const {
      problems = [],
      typed,
      errors = problems.map(({ boxes, sentence }) => ({ id: `bar-${boxes[0]}`, sentence })),
    } = shown;
    const dateBar =
      typed === undefined
        ? null
        : presentDateBar({ path, query, dates: {}, typed, problems, basis: null, reader: identity.reader });
    // Nobody can be led back to where a form was sent.
    const from = request.method === 'POST' ? (['/kept', new URLSearchParams()] as const) : ([path, query] as const);
    const frame = presentFrame({ ...this.#around(reply, identity, ...from), dates: {}, dateBar, errors });
    sendPage(reply, status, withNotice(this.#render(template, { ...shown, frame }), ''));
  }

  /** Who sends a request. @throws SeeOther when they were signed in, and whatever else {@link Door} does */
  async whoAsks({ headers, url }: Pick<FastifyRequest, 'headers' | 'url'>): Promise<Identity> {
    try {
      return await this.#door.whoSends(headers);
    } catch (cause) {
      if (!(cause instanceof SignInEnded)) throw cause;
      const where = [['ended', 'yes'] as const, ['return', url] as const];
      throw new SeeOther(addressOf('/sign-in', {}, where), [cause.cookie]);
    }
  }

  #open(asOf: AsOf, reader: Reader): Promise<LedgerView> {
    return this.#ledger.openView(asOf, reader, APART);
  }

  async #viewAt(
    asked: AsOf,
    { dates, typed }: { readonly dates: Dates; readonly typed: TypedDates },
    at: string | null,
    { reader }: Identity,
  ): Promise<LedgerView> {
    const asOf = { ...asked, ...(at === null ? {} : { position: at }) };
    try {
      return await this.#open(asOf, reader);
    } catch (cause) {
      if (!(cause instanceof BadBasis)) throw cause;
      if (cause.field === 'asOf.meeting') throw new BadDates([meetingProblem(cause.message)], typed);
      if (cause.field === 'asOf.recorded' && wholeDayRecorded(dates) !== null) {
        // Today is not over: the end of today is now.
        const now = await this.#open({}, reader);
        const { recorded: _, ...upToNow } = asOf;
        if (now.basis.effective === wholeDayRecorded(dates)) return this.#open(upToNow, reader);
      }
      const problem = AHEAD[cause.field];
      if (problem === undefined) throw badAddress('It asks for a place in the ledger that there is not.');
      throw new BadDates([problem], typed);
    }
  }

  async #compared(
    before: DatesAsked,
    after: DatesAsked,
    { basis: { effective: today }, reader }: LedgerView,
    at: string | null,
  ): Promise<ComparedEnds> {
    const end = ({ dates, meeting }: DatesAsked) => {
      const { recorded, ...others } = asOfDates(dates);
      // Today is not over: the end of today is now.
      const isOver = recorded !== undefined && wholeDayRecorded(dates) !== today;
      return { ...others, ...(isOver ? { recorded } : {}), ...meeting, ...(at === null ? {} : { position: at }) };
    };
    return openEnds((asOf) => this.#open(asOf, reader), end(before), end(after));
  }

  #around(reply: FastifyReply, identity: Identity, path: string, query: URLSearchParams) {
    const formToken = () => formTokenFor(reply, holderOf(identity));
    return { identity, path, query, formToken, signIn: this.#signIn, assets: this.#assets };
  }

  async #actingName({ caller }: Identity, view: LedgerView): Promise<string | null> {
    return caller === null
      ? null
      : postInWords(caller.post, await view.text((await findPost(view, caller.post))?.state.name));
  }
}

/** Where a page says that it shows something illustrative, if it does (`layout.njk`). Nobody can type it: what is typed is escaped. */
const PLACE_OF_NOTICE = /^ *<!-- illustrative -->\n/m;

function withNotice(html: string, notice: string): string {
  return html.replace(PLACE_OF_NOTICE, () => notice);
}

/** The reference of a record in a way to its page: the last part of a path of two. */
const WAY_TO_RECORD = /href="\/[a-z-]+\/([A-Za-z0-9-]+)[?#"]/g;

/**
 * Does a page lead to a record that belongs to an illustrative body, or is it of one? Read off the page itself, so that a page which is added says
 * so from its first day. Nothing is looked for while the reader may know of no such body.
 */
async function showsIllustrative(view: LedgerView, { path, query }: Pick<Visit, 'path' | 'query'>, html: string) {
  if (!hasIllustrative(view)) return false;
  const led = [...html.matchAll(WAY_TO_RECORD)].map(([, ref]) => ref!);
  const asked = [path.slice(path.lastIndexOf('/') + 1), ...query.values()];
  const refs = [...new Set([...led, ...asked])].filter((ref) => kindSpelt(ref) !== null);
  return (await Promise.all(refs.map((ref) => isIllustrative(view, ref)))).some(Boolean);
}

/** What a page without the ledger may say of the date bar. */
export interface BareShown {
  readonly problems?: readonly DateProblem[];
  readonly typed?: TypedDates;
}

const day = (field: 'on' | 'recorded') => ['day', 'month', 'year'].map((part) => `${field}-${part}`);
const AHEAD: { readonly [field: string]: DateProblem } = {
  'asOf.effective': { field: 'on', boxes: day('on'), sentence: 'The date must be today or in the past' },
  'asOf.recorded': {
    field: 'recorded',
    boxes: day('recorded'),
    sentence: 'The date recorded by must be now or in the past',
  },
};

/**
 * Path and query as they were asked for, whatever a client wrote: never an error. The path begins with one slash, for one that
 * begins with two would, in a link or a form of the page, lead to another site.
 */
export function addressAsked(request: Pick<FastifyRequest, 'url'>): {
  readonly path: string;
  readonly query: URLSearchParams;
} {
  // A proxy is asked for a whole address, and so may we be.
  const target = request.url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '');
  const { pathname, searchParams } = new URL(`http://ledger.invalid/${target.replace(/^[/\\]+/, '')}`);
  return { path: pathname.replace(/^\/+/, '/'), query: searchParams };
}

function sendPage(reply: FastifyReply, status: number, html: string): void {
  void reply
    .code(status)
    .type('text/html; charset=utf-8')
    // What one reader may see must not be kept for another.
    .header('cache-control', 'no-store')
    // Forms name the page that they come from; nobody else learns of it.
    .header('referrer-policy', 'same-origin')
    .send(html);
}
