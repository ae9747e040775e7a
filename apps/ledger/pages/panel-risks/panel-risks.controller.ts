import { Controller, Get, Inject, Param, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { kindSpelt, show } from '../../../../libs/declarations/index.ts';
import { BadBasis, incompleteIn, pageOfAll, type Page, type PageWanted } from '../../../../libs/read-models/index.ts';
import {
  countMoved,
  daysOfAll,
  listMoved,
  matrixMovement,
  meetingsHeld,
  risksOfPanel,
  type MovedRisk,
  type PanelRisks,
} from '../../../../projections/index.ts';
import { drawingFor } from '../frame/drawing.ts';
import { noSuchPage, PageProblem, type FieldProblem } from '../frame/outcomes.ts';
import { PageAnswers } from '../frame/page-answers.ts';
import { linesOf, type Drawing } from '../../../../libs/wording/index.ts';
import { Visits, type Visit } from '../frame/visits.ts';
import { panelRisksPath } from './path.ts';
import {
  forecastRow,
  listIn,
  presentBadMeetings,
  presentPanelRisks,
  rowOf,
  type PanelRisksAsked,
  type RowDrawn,
} from './present-panel-risks.ts';

/** Rows of each list where all are shown, and of one that is shown by itself. */
const OF_EACH = 20;
const OF_ONE = 100;

/** `/panels/<ref>/risks`: what became of the risks that a panel reads, since it last met. */
@Controller()
@UseFilters(PageAnswers)
export class PanelRisksController {
  readonly #visits: Visits;

  constructor(@Inject(Visits) visits: Visits) {
    this.#visits = visits;
  }

  @Get(panelRisksPath(':ref').slice(1))
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Param('ref') panel: string): Promise<void> {
    const visit = await this.#visits.open(request);
    const asked = askedIn(visit.query, panel);
    const found = await risksOfPanel(visit.view, asked).catch((thrown: unknown) => wrongMeeting(thrown, asked));
    if ('wrong' in found) {
      const [{ text: called }, held] = await Promise.all([
        drawingFor(visit, null).named(panel),
        refsHeld(visit, panel),
      ]);
      const form = presentBadMeetings(asked, { called, held, wrong: found.wrong }, visit);
      await this.#visits.send(reply, visit, 'panel-risks/bad-meetings.njk', form);
      return;
    }
    const trail = visit.query.getAll('after');
    const shown = presentPanelRisks({ ...(await readPage(visit, found, asked, trail)), trail }, visit);
    await this.#visits.send(reply, visit, 'panel-risks/panel-risks.njk', shown);
  }
}

/** @throws PageProblem for what no link of these pages asks */
function askedIn(query: URLSearchParams, panel: string): PanelRisksAsked {
  const given = (name: string) => query.get(name) ?? undefined;
  const [since, until, scale, list] = [given('since'), given('until'), given('scale'), listIn(query)];
  if (list === null || (scale !== undefined && kindSpelt(scale) !== 'rule')) throw noSuchPage();
  return {
    panel,
    ...(since === undefined ? {} : { since }),
    ...(until === undefined ? {} : { until }),
    ...(scale === undefined ? {} : { scale }),
    ...(list === undefined ? {} : { list }),
  };
}

/**
 * What will not do of the meetings that an address names.
 * @throws whatever else was thrown; a body that is not there is as any page that is not
 */
function wrongMeeting(thrown: unknown, { since }: PanelRisksAsked): { readonly wrong: FieldProblem } {
  if (!(thrown instanceof BadBasis)) throw thrown;
  const { field, message } = thrown;
  if (field === 'panel') throw noSuchPage();
  if (field === 'since' && since === undefined)
    throw new PageProblem(404, 'There is nothing to compare with yet', message);
  if (field !== 'since' && field !== 'until') throw thrown;
  return { wrong: { id: field, sentence: message.replace(/\.$/, '') } };
}

async function refsHeld(visit: Visit, panel: string): Promise<readonly string[]> {
  return (await meetingsHeld(visit.view, panel)).map(({ ref }) => ref);
}

async function readPage(visit: Visit, found: PanelRisks, asked: PanelRisksAsked, trail: readonly string[]) {
  const { views, risks } = found;
  const drawing = drawingFor({ view: views.closing, link: (to, parameters) => visit.link(to, parameters) }, null);
  const [scales, held, called, reads, incomplete] = await Promise.all([
    scalesOf(risks, drawing),
    refsHeld(visit, found.panel),
    drawing.named(found.panel),
    Promise.all(found.reads.map((ref) => drawing.named(ref))),
    incompleteIn(visit.view, 'risks', 'rules', 'meetings'),
  ]);
  const { list } = asked;
  const after = trail.at(-1);
  const wanted = list === undefined ? { first: OF_EACH } : { first: OF_ONE, ...(after === undefined ? {} : { after }) };
  const counts = countMoved(risks).filter(
    ({ step, kind }) => list === undefined || (step === list.step && kind === list.kind),
  );
  const scale = asked.scale ?? scales[0]?.ref;
  const [lists, forecasts, matrix] = await Promise.all([
    Promise.all(counts.map(async (one) => ({ ...one, page: await rowsOf(risks, one, wanted, drawing) }))),
    list === undefined ? forecastsOf(risks, drawing) : [],
    scale === undefined || list !== undefined ? null : matrixMovement(views, risks, scale, 'CURRENT'),
  ]);
  return {
    ...{ asked, reads, scales, lists, forecasts, matrix, incomplete },
    called: called.text,
    since: found.since,
    until: found.until,
    held,
    bases: { told: views.told.basis, knownNow: views.knownNow.basis, closing: views.closing.basis },
    total: risks.length,
    unchanged: risks.filter(({ moved }) => moved.length === 0).length,
    days: list === undefined ? daysOfAll(risks) : [],
  };
}

type List = ReturnType<typeof countMoved>[number];

async function rowsOf(
  risks: readonly MovedRisk[],
  { step, kind }: List,
  wanted: PageWanted,
  drawing: Drawing,
): Promise<Page<RowDrawn>> {
  const all = risks.flatMap((risk) =>
    risk.moved.flatMap((one, index) => (one.step === step && one.kind === kind ? [{ risk, one, index }] : [])),
  );
  const page = pageOfAll(all, wanted, ({ risk, index }) => [risk.ref, String(index)]);
  const edges = await Promise.all(
    page.edges.map(async ({ cursor, node: { risk, one } }) => ({
      cursor,
      node: await drawn(rowOf(risk.ref, titleOf(risk), one), drawing, one.cause === 'EVENT' ? one.event : null),
    })),
  );
  return { ...page, edges };
}

/** The cells, drawn; the first leads to the entry on the page of the risk, where there is one. */
async function drawn(
  cells: readonly Parameters<typeof linesOf>[0][],
  drawing: Drawing,
  event: string | null = null,
): Promise<RowDrawn> {
  const [first, ...others] = await Promise.all(cells.map((cell) => linesOf(cell, drawing)));
  const leads = (first ?? []).map((line) =>
    line.map((piece) =>
      event === null || piece.href === undefined ? piece : { ...piece, href: `${piece.href}#event-${event}` },
    ),
  );
  return [leads, ...others];
}

function titleOf({ closing, knownNow, told }: MovedRisk) {
  return show.text((closing ?? knownNow ?? told)?.state.title);
}

/** What was told of a target whose day had come, or that was reached: a target that lies ahead is no news. */
function forecastsOf(risks: readonly MovedRisk[], drawing: Drawing): Promise<readonly RowDrawn[]> {
  const { edges } = listMoved(risks, { forecast: ['REACHED', 'MISSED', 'NOT_COMPARABLE'] }, { first: 500 });
  const due = edges.map(({ node }) => node);
  return Promise.all(due.map((risk) => drawn(forecastRow(risk.ref, titleOf(risk), risk.forecast!), drawing)));
}

/** The scales by which the risks are scored: that by which most are first. */
async function scalesOf(risks: readonly MovedRisk[], drawing: Drawing) {
  const counts = new Map<string, number>();
  for (const { closing } of risks) {
    const rule = closing?.standing.scores.CURRENT?.score.rule;
    if (rule !== undefined) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  }
  const refs = [...counts].toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).map(([ref]) => ref);
  return Promise.all(refs.map(async (ref) => ({ ref, called: (await drawing.named(ref)).text })));
}
