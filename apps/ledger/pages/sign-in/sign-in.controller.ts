import { Body, Controller, Get, Inject, Post, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isCapacity, PUBLIC } from '../../../../libs/access/index.ts';
import { listPosts } from '../../../../projections/index.ts';
import { viewOfAll } from '../../../../libs/read-models/index.ts';
import { forgottenCookie, keptCookie } from '../../access/demo-cookie.ts';
import type { DemoTokens } from '../../access/demo-tokens.ts';
import { POST_REF, THE_PUBLIC, type Identity } from '../../access/identity.ts';
import { DEMO_TOKENS, LEDGER } from '../../injected.ts';
import type { Ledger } from '../../ledger.ts';
import { Takes } from '../frame/forms.guard.ts';
import { SeeOther } from '../frame/outcomes.ts';
import { PageAnswers } from '../frame/page-answers.ts';
import { addressAsked, Visits } from '../frame/visits.ts';
import { localPath } from '../frame/sent-from-here.ts';
import { presentSignIn, type PostToChoose } from './present-sign-in.ts';

/** Choosing the post to act as. Mounted by the demo sign-in alone: it checks nothing. */
@Controller()
@Takes('of no worth')
@UseFilters(PageAnswers)
export class SignInController {
  readonly #visits: Visits;
  readonly #ledger: Ledger;
  readonly #tokens: DemoTokens;

  constructor(@Inject(Visits) visits: Visits, @Inject(LEDGER) ledger: Ledger, @Inject(DEMO_TOKENS) tokens: DemoTokens) {
    this.#visits = visits;
    this.#ledger = ledger;
    this.#tokens = tokens;
  }

  @Get('sign-in')
  async ask(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { query } = addressAsked(request);
    await this.#send(request, reply, 200, { returnTo: localPath(query.get('return')), ended: query.has('ended') });
  }

  @Post('sign-in')
  async signIn(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Body() body: unknown): Promise<void> {
    const { post, return: wanted } = fieldsOf(body);
    const returnTo = localPath(wanted);
    if (
      typeof post !== 'string' ||
      post.length > 64 ||
      !POST_REF.test(post) ||
      (await this.#ledger.capacityOf(post)) === null
    )
      return this.#send(request, reply, 400, { returnTo, ended: false, problem: 'Select the post that you act as' });
    throw new SeeOther(returnTo, [keptCookie(await this.#tokens.issue(post))]);
  }

  @Post('sign-out')
  signOut(@Body() body: unknown): void {
    throw new SeeOther(localPath(fieldsOf(body).return), [forgottenCookie()]);
  }

  async #send(
    request: FastifyRequest,
    reply: FastifyReply,
    status: number,
    asked: { readonly returnTo: string; readonly ended: boolean; readonly problem?: string },
  ): Promise<void> {
    const identity = asked.ended ? THE_PUBLIC : await this.#visits.whoAsks(request).catch((): Identity => THE_PUBLIC);
    const shown = presentSignIn({ ...asked, posts: await this.#posts(), chosen: identity.caller?.post ?? null });
    this.#visits.sendBare(request, reply, identity, status, 'sign-in/sign-in.njk', shown);
  }

  /** The posts of the directory that the public may know of. While the ledger is still being read in, those that every ledger has. */
  async #posts(): Promise<readonly PostToChoose[]> {
    const view = await this.#ledger.openView({}, PUBLIC).catch(() => null);
    if (view === null) return [];
    const posts = (await listPosts(viewOfAll(view))).flatMap(({ ref, state }) => {
      const { capacity, name } = state;
      return capacity !== undefined && isCapacity(capacity) ? [{ ref, capacity, name }] : [];
    });
    return Promise.all(posts.map(async ({ ref, capacity, name }) => ({ ref, capacity, name: await view.text(name) })));
  }
}

function fieldsOf(body: unknown): { readonly [field: string]: unknown } {
  return typeof body === 'object' && body !== null ? (body as { [field: string]: unknown }) : {};
}
