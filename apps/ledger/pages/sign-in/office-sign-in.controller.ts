import { Body, Controller, Get, Inject, Post, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { readerFor } from '../../../../libs/access/index.ts';
import { findPost } from '../../../../projections/index.ts';
import { THE_PUBLIC, type ActingPost, type Identity, type SignedIn } from '../../access/identity.ts';
import { NotSignedIn } from '../../access/identity-provider.ts';
import { SignInUnavailable } from '../../access/oidc-tokens.ts';
import type { OfficeSignIn } from '../../access/office-sign-in.ts';
import { LEDGER, NOTE_SIGN_IN, OFFICE_SIGN_IN } from '../../injected.ts';
import type { Ledger } from '../../ledger.ts';
import type { NoteSignIn } from '../../log.ts';
import { Takes } from '../frame/forms.guard.ts';
import { SeeOther } from '../frame/outcomes.ts';
import { PageAnswers } from '../frame/page-answers.ts';
import { localPath } from '../frame/sent-from-here.ts';
import { addressAsked, Visits } from '../frame/visits.ts';
import { presentOfficeSignIn, WHY_NOT, type PostHeld } from './present-office-sign-in.ts';

/** Where the identity provider sends people back to; registered there. */
export const CALLBACK = '/sign-in/callback';
const SIGNED_OUT = '/signed-out';

/** Signing in by the identity provider of the office, and choosing among the posts that one holds. */
@Controller()
@Takes('of no worth')
@UseFilters(PageAnswers)
export class OfficeSignInController {
  readonly #visits: Visits;
  readonly #ledger: Ledger;
  readonly #signIn: OfficeSignIn;
  readonly #note: NoteSignIn;

  constructor(
    @Inject(Visits) visits: Visits,
    @Inject(LEDGER) ledger: Ledger,
    @Inject(OFFICE_SIGN_IN) signIn: OfficeSignIn,
    @Inject(NOTE_SIGN_IN) note: NoteSignIn,
  ) {
    this.#visits = visits;
    this.#ledger = ledger;
    this.#signIn = signIn;
    this.#note = note;
  }

  /** What somebody is here: nobody yet, unknown, or the holder of posts among which they choose. */
  @Get('sign-in')
  async ask(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { query } = addressAsked(request);
    const why = query.get('not') ?? (query.has('ended') ? 'ended' : null);
    await this.#send(request, reply, 200, { returnTo: localPath(query.get('return')), why });
  }

  @Get('sign-in/start')
  async start(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const returnTo = localPath(addressAsked(request).query.get('return'));
    const { address, cookies } = await this.#noting(() => this.#signIn.begin(request.headers.cookie, returnTo));
    void reply.header('set-cookie', cookies).redirect(address, 303);
  }

  @Get('sign-in/callback')
  async comeBack(@Req() request: FastifyRequest): Promise<never> {
    const { search } = new URL(request.url.replace(/^[^?]*/, ''), 'http://ledger.invalid');
    const { address, cookies } = await this.#noting(() => this.#signIn.complete(request.headers.cookie, search)).catch(
      (cause: unknown): never => {
        if (!(cause instanceof NotSignedIn)) throw cause;
        const { why, returnTo } = cause;
        throw new SeeOther(`/sign-in?${new URLSearchParams({ not: why, return: returnTo })}`);
      },
    );
    throw new SeeOther(address, cookies);
  }

  @Post('sign-in')
  async choose(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Body() body: unknown): Promise<void> {
    const { post, return: wanted } = body as { readonly [field: string]: unknown };
    const returnTo = localPath(wanted);
    const cookies = typeof post === 'string' ? await this.#signIn.choose(request.headers.cookie, post) : null;
    if (cookies !== null) throw new SeeOther(returnTo, cookies);
    await this.#send(request, reply, 400, { returnTo, why: null, problem: 'Select the post that you act in' });
  }

  @Get('sign-out')
  async askOut(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const identity = await this.#identity(request);
    const returnTo = localPath(addressAsked(request).query.get('return'));
    const shown = { title: 'Sign out', returnTo };
    this.#visits.sendBare(request, reply, identity, 200, 'sign-in/sign-out.njk', shown);
  }

  /** The provider is told by the browser, which a page leads there: a form may lead to no other site. */
  @Post('sign-out')
  async signOut(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { address, cookies } = await this.#signIn.end(request.headers.cookie, SIGNED_OUT);
    if (address === null) throw new SeeOther(SIGNED_OUT, cookies);
    void reply.header('set-cookie', cookies);
    const shown = { title: 'Signing out', onTo: address };
    this.#visits.sendBare(request, reply, THE_PUBLIC, 200, 'sign-in/signing-out.njk', shown);
  }

  @Get('signed-out')
  async signedOut(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const identity = await this.#identity(request);
    this.#visits.sendBare(request, reply, identity, 200, 'sign-in/signed-out.njk', { title: 'Signed out' });
  }

  async #send(
    request: FastifyRequest,
    reply: FastifyReply,
    status: number,
    asked: { readonly returnTo: string; readonly why: string | null; readonly problem?: string },
  ): Promise<void> {
    const identity = await this.#identity(request);
    const { signedIn = null } = identity;
    const shown = presentOfficeSignIn({
      ...asked,
      why: asked.why === null || !Object.hasOwn(WHY_NOT, asked.why) ? null : (asked.why as keyof typeof WHY_NOT),
      signedIn,
      posts: await this.#posts(signedIn),
      acting: identity.caller?.post ?? null,
    });
    this.#visits.sendBare(request, reply, identity, status, 'sign-in/office-sign-in.njk', shown);
  }

  /** Their own posts, each by the name that its holder knows it by. */
  #posts(signedIn: SignedIn | null): Promise<readonly PostHeld[]> {
    const named = async ({ ref, capacity }: ActingPost): Promise<PostHeld> => {
      const view = await this.#ledger.openView({}, readerFor(ref, capacity));
      return { ref, name: await view.text((await findPost(view, ref))?.state.name) };
    };
    return Promise.all((signedIn?.posts ?? []).map(named));
  }

  /** A session that has ended is told of once, by the page that led here. */
  #identity(request: FastifyRequest): Promise<Identity> {
    return this.#visits.whoAsks(request).catch((cause: unknown): Identity => {
      if (cause instanceof SeeOther) return THE_PUBLIC;
      throw cause;
    });
  }

  /** What kept somebody from signing in is in the log in the words of the protocol, without a word of theirs. */
  async #noting<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (cause) {
      if (cause instanceof NotSignedIn || cause instanceof SignInUnavailable) this.#note(cause);
      throw cause;
    }
  }
}
