import { Controller, Get, Inject, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { incompleteIn, type LedgerView } from '../../../../libs/read-models/index.ts';
import { findAction, listQuestions, type QuestionOfRecord } from '../../../../projections/index.ts';
import { drawingFor } from '../frame/drawing.ts';
import { PageAnswers } from '../frame/page-answers.ts';
import { Visits } from '../frame/visits.ts';
import { presentQuestioned, type ListedQuestion } from './present-questioned.ts';

const PAGE_SIZE = 25;

/** `/questioned`: what stands on something that turned out otherwise, for whoever audits. */
@Controller()
@UseFilters(PageAnswers)
export class QuestionedController {
  readonly #visits: Visits;

  constructor(@Inject(Visits) visits: Visits) {
    this.#visits = visits;
  }

  @Get('questioned')
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.#visits.open(request);
    const { view, query } = visit;
    const trail = query.getAll('after');
    const after = trail.at(-1);
    const [page, incomplete] = await Promise.all([
      listQuestions(view, { first: PAGE_SIZE, ...(after === undefined ? {} : { after }) }),
      incompleteIn(view, 'actions', 'meetings', 'directory'),
    ]);
    const edges = await Promise.all(
      page.edges.map(async ({ cursor, node }) => ({ cursor, node: await listed(view, node) })),
    );
    const drawing = drawingFor(visit, null);
    const named = edges.flatMap(({ node: { question } }) =>
      question.of.register === 'directory' ? [question.of.ref] : [],
    );
    const posts = new Map(
      await Promise.all(named.map(async (post) => [post, (await drawing.named(post)).text] as const)),
    );
    const context = { page: { ...page, edges }, posts, incomplete, trail };
    await this.#visits.send(reply, visit, 'questioned/questioned.njk', presentQuestioned(context, visit));
  }
}

async function listed(view: LedgerView, question: QuestionOfRecord): Promise<ListedQuestion> {
  const { register, ref } = question.record;
  const action = register === 'actions' ? await findAction(view, ref) : null;
  return { question, title: await view.text(action?.state.title) };
}
