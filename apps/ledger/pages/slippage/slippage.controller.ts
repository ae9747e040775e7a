import { Controller, Get, Inject, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { show } from '../../../../libs/declarations/index.ts';
import { incompleteIn, viewOver } from '../../../../libs/read-models/index.ts';
import { countSlippage, listSlippage, type MoveOfDate, type SlippedDate } from '../../../../projections/index.ts';
import { authorityInWords, linesOf, type Drawing } from '../../../../libs/wording/index.ts';
import { drawingFor } from '../frame/drawing.ts';
import { PageAnswers } from '../frame/page-answers.ts';
import { Visits, type Visit } from '../frame/visits.ts';
import { askedIn, filterOf } from './asked.ts';
import { presentSlippage, type DateRead, type MoveRead } from './present-slippage.ts';

const PAGE_SIZE = 25;

/** `/slippage`: every due date that was moved, or how many and by how much in groups. */
@Controller()
@UseFilters(PageAnswers)
export class SlippageController {
  readonly #visits: Visits;

  constructor(@Inject(Visits) visits: Visits) {
    this.#visits = visits;
  }

  @Get('slippage')
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.#visits.open(request);
    const { view, query } = visit;
    const asked = askedIn(query);
    const { by, body } = asked;
    const refs = [asked.owner, asked.publication].filter((ref) => ref !== undefined);
    const over = await viewOver(view, body === undefined ? {} : { bodies: [body] }, refs);
    const trail = query.getAll('after');
    const after = trail.at(-1);
    const filter = filterOf(asked);
    const drawing = drawingFor(visit, null);
    const [incomplete, counts, page] = await Promise.all([
      incompleteIn(view, 'actions', 'recommendations', 'risks', 'forward-plan', 'decisions', 'meetings'),
      by === undefined ? null : countSlippage(over, by, filter),
      by === undefined
        ? listSlippage(over, filter, { first: PAGE_SIZE, ...(after === undefined ? {} : { after }) })
        : null,
    ]);
    const edges = await Promise.all(
      (page?.edges ?? []).map(async ({ cursor, node }) => ({ cursor, node: await read(visit, node, drawing) })),
    );
    const context = { asked, counts, page: page === null ? null : { ...page, edges }, incomplete, trail };
    await this.#visits.send(reply, visit, 'slippage/slippage.njk', presentSlippage(context, visit));
  }
}

async function read(visit: Visit, date: SlippedDate, drawing: Drawing): Promise<DateRead> {
  const [record, owner, heading, moves] = await Promise.all([
    linesOf(show.referred(date.record), drawing),
    linesOf(show.named(date.owner), drawing),
    visit.view.text(date.heading),
    Promise.all(date.moves.map((move) => readMove(visit, move, drawing))),
  ]);
  return { date, record, owner, heading, moves };
}

async function readMove({ view }: Visit, move: MoveOfDate, drawing: Drawing): Promise<MoveRead> {
  const { by, authority, reason } = move;
  const isSaid = authority !== null && authority !== 'notStated';
  const [who, why] = await Promise.all([by === null ? null : drawing.named(by.post), view.text(reason)]);
  return { move, by: who?.text ?? null, authority: isSaid ? authorityInWords(authority) : null, reason: why };
}
