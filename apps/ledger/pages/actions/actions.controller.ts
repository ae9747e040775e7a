import { Controller, Get, Inject, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { incompleteIn, type LedgerView, type Page } from '../../../../libs/read-models/index.ts';
import { countActions, findMeeting, findPost, listActions, type TrackedAction } from '../../../../projections/index.ts';
import { PageAnswers } from '../frame/page-answers.ts';
import { Visits } from '../frame/visits.ts';
import { dayInWords } from '../../words/days.ts';
import { postInWords } from '../../words/values.ts';
import { presentActions, type Choice, type ListedAction } from './present-actions.ts';
import { filterOf, parametersOf, readAsked } from './read-filter.ts';
import { whyEmpty } from './why-empty.ts';

const PAGE_SIZE = 25;
const NOTHING: Page<TrackedAction> = { totalCount: 0, edges: [], hasNextPage: false, endCursor: null };

/** `/actions`: who has to do what by when, and how far it is. */
@Controller()
@UseFilters(PageAnswers)
export class ActionsController {
  readonly #visits: Visits;

  constructor(@Inject(Visits) visits: Visits) {
    this.#visits = visits;
  }

  @Get('actions')
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.#visits.open(request);
    const { view, query } = visit;
    const { asked, problems } = readAsked(query);
    // What is too long to be looked for is not printed back whole, in the form or in any link.
    if (problems.length > 0 && asked.text !== undefined) query.set('text', asked.text);
    const trail = query.getAll('after');
    const after = trail.at(-1);
    const { published: _published, status: _status, ...others } = asked;
    const isAnswerable = problems.length === 0;
    const [page, counts, owners, bodies, meetings, incomplete] = await Promise.all([
      isAnswerable
        ? listActions(view, filterOf(asked), { first: PAGE_SIZE, ...(after === undefined ? {} : { after }) })
        : NOTHING,
      isAnswerable ? countActions(view, 'STATUS', filterOf(others)) : [],
      choicesOf(view, 'OWNER'),
      choicesOf(view, 'BODY'),
      meetingsToChoose(view),
      incompleteIn(view, 'actions', 'meetings'),
    ]);
    const edges = await Promise.all(
      page.edges.map(async ({ cursor, node }) => ({ cursor, node: await listed(view, node) })),
    );
    const isEmpty = isAnswerable && edges.length === 0;
    const context = {
      ...{ asked, problems, page: { ...page, edges }, counts, owners, bodies, meetings, incomplete, trail },
      whyEmpty: isEmpty ? await whyEmpty(visit, page.totalCount, parametersOf(asked).length > 0) : null,
    };
    await this.#visits.send(reply, visit, 'actions/actions.njk', presentActions(context, visit));
  }
}

async function listed(view: LedgerView, action: TrackedAction): Promise<ListedAction> {
  const { owner, title, latestUpdate } = action.state;
  const [titleWords, ownerName, duePhrase, update] = await Promise.all([
    view.text(title),
    owner === undefined ? null : nameOfPost(view, owner),
    view.text(action.due.phrase),
    view.text(latestUpdate?.text),
  ]);
  return { action, title: titleWords, owner: ownerName, duePhrase, update };
}

async function nameOfPost(view: LedgerView, post: string): Promise<string> {
  return postInWords(post, await view.text((await findPost(view, post))?.state.name));
}

/** Whatever actions have at this basis: filters offer nothing that would find nothing. */
async function choicesOf(view: LedgerView, by: 'OWNER' | 'BODY'): Promise<readonly Choice[]> {
  const groups = await countActions(view, by, {});
  return groups.flatMap(({ key, label }) =>
    key === null ? [] : [{ value: key, text: by === 'OWNER' && label === key ? postInWords(key, null) : label }],
  );
}

async function meetingsToChoose(view: LedgerView): Promise<readonly Choice[]> {
  const groups = await countActions(view, 'MEETING', {});
  const refs = groups.flatMap(({ key }) => (key === null ? [] : [key]));
  return Promise.all(
    refs.map(async (ref) => {
      const date = (await findMeeting(view, ref))?.state.date;
      return { value: ref, text: date === undefined ? ref : `${dayInWords(date)} (${ref})` };
    }),
  );
}
