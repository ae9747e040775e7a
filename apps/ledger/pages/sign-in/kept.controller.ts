import { Body, Controller, Get, Inject, Post, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { THE_PUBLIC, type Identity } from '../../access/identity.ts';
import { holderOf, wasShownTo } from '../frame/form-tokens.ts';
import { Takes } from '../frame/forms.guard.ts';
import { KEPT_FORMS } from '../frame/injected.ts';
import type { KeptForm, KeptForms } from '../frame/kept-forms.ts';
import { FormKept, PageProblem, SeeOther } from '../frame/outcomes.ts';
import { PageAnswers } from '../frame/page-answers.ts';
import { Visits } from '../frame/visits.ts';
import { postInWords } from '../../../../libs/wording/index.ts';

/** What was typed into a form that was not taken, brought back by whoever typed it: shown to be sent again, to nobody else. */
@Controller('kept')
@UseFilters(PageAnswers)
export class KeptController {
  readonly #visits: Visits;
  readonly #kept: KeptForms;

  constructor(@Inject(Visits) visits: Visits, @Inject(KEPT_FORMS) kept: KeptForms) {
    this.#visits = visits;
    this.#kept = kept;
  }

  /** Where a sign-in in another tab ends. */
  @Get()
  async signedIn(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const identity = await this.#visits.whoAsks(request);
    const shown = { title: 'What you typed was kept', isActing: identity.caller !== null };
    this.#visits.sendBare(request, reply, identity, 200, 'sign-in/kept-elsewhere.njk', shown);
  }

  @Post()
  @Takes('anybody')
  async bringBack(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Body() body: unknown): Promise<void> {
    const { kept: sealed } = body as { readonly kept?: unknown };
    const form = typeof sealed === 'string' ? await this.#kept.open(sealed) : null;
    if (typeof sealed !== 'string' || form === null)
      throw new PageProblem(400, 'What you typed can no longer be opened', 'It is kept for some hours only.');
    const identity = await this.#visits.whoAsks(request).catch((cause: unknown) => {
      if (cause instanceof SeeOther) return THE_PUBLIC;
      throw cause;
    });
    if (identity.caller === null) throw new FormKept(sealed);
    const typedAs = await this.#postOf(request, form, identity);
    if (typedAs === null)
      throw new PageProblem(403, 'This was typed by somebody else', 'Only they can send it: sign in as they did.');
    const { post } = identity.caller;
    this.#visits.sendBare(request, reply, identity, 200, 'sign-in/kept-again.njk', {
      title: 'What you typed is here',
      ...{
        path: form.path,
        fields: form.fields,
        acting: postInWords(post, null),
        typedAs: typedAs === post ? null : postInWords(typedAs, null),
      },
    });
  }

  /** The post in which whoever acts now was shown that form; null when it was shown to somebody else. */
  async #postOf(request: FastifyRequest, { token }: KeptForm, { caller, signedIn }: Identity): Promise<string | null> {
    if (caller === null) return null;
    const posts = [caller, ...(signedIn?.posts ?? []).map(({ ref, capacity }) => ({ ...caller, post: ref, capacity }))];
    for (const held of posts) if (await wasShownTo(request, token, holderOf({ caller: held }))) return held.post;
    return null;
  }
}
