import { Controller, Get, Inject, Param, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { findRecord } from '../../../../../projections/index.ts';
import { KINDS } from '../../kinds.ts';
import { RECORD_PARTS } from '../../record-parts.ts';
import { drawingFor } from '../drawing.ts';
import { recordPath, type KindOnPages } from '../kind-on-pages.ts';
import { noSuchPage } from '../outcomes.ts';
import { PageAnswers } from '../page-answers.ts';
import { Visits, type Visit } from '../visits.ts';
import { presentMistake, presentRecord } from './present-record.ts';
import { readRecord } from './read-record.ts';
import { showParts, type RecordVisit } from './record-part.ts';
import { whyNotYet } from './why-not-yet.ts';

const RECORDS = Object.values(KINDS).map((kind) => recordPath(kind, ':ref'));

/** `/actions/<ref>`, `/meetings/<ref>`, …: one record on the day asked about, and how it came there. */
@Controller()
@UseFilters(PageAnswers)
export class RecordController {
  readonly #visits: Visits;

  constructor(@Inject(Visits) visits: Visits) {
    this.#visits = visits;
  }

  @Get(RECORDS)
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Param('ref') ref: string): Promise<void> {
    const visit = await this.#visits.open(request);
    const kind = Object.values(KINDS).find((one) => visit.path.startsWith(recordPath(one, '')));
    if (kind === undefined) throw noSuchPage();
    const record = await kind.reads.find(visit.view, ref);
    if (record === null) return this.#showMistake(reply, visit, kind, ref);
    const at: RecordVisit = { visit, kind, ref, record, mistake: null, drawing: drawingFor(visit, kind) };
    const [read, parts] = await Promise.all([readRecord(at, record), partsOf(at)]);
    await this.#send(reply, visit, { ...presentRecord(read, at), parts });
  }

  /** A record of which nothing holds has a page still, for whoever might see it. */
  async #showMistake(reply: FastifyReply, visit: Visit, kind: KindOnPages, ref: string): Promise<void> {
    const found = await findRecord(visit.view, ref);
    if (found?.register !== kind.register || found.mistake === null) return this.#showNone(reply, visit, kind, ref);
    const { mistake } = found;
    const at: RecordVisit = { visit, kind, ref, record: null, mistake, drawing: drawingFor(visit, kind) };
    const [shown, parts] = await Promise.all([presentMistake(at, mistake), partsOf(at)]);
    await this.#send(reply, visit, { ...shown, parts });
  }

  #send(reply: FastifyReply, visit: Visit, shown: RecordPage): Promise<void> {
    return this.#visits.send(reply, visit, 'frame/record/record.njk', shown);
  }

  /** One that this reader sees on other dates was not there yet; of any other nothing is said. */
  async #showNone(reply: FastifyReply, visit: Visit, kind: KindOnPages, ref: string): Promise<void> {
    const notYet = await whyNotYet(kind, visit, ref);
    if (notYet === null) return this.#visits.sendNoSuchRecord(reply, visit);
    await this.#visits.send(reply, visit, 'frame/problem.njk', { title: notYet.heading, ...notYet }, 404);
  }
}

type RecordPage = (ReturnType<typeof presentRecord> | Awaited<ReturnType<typeof presentMistake>>) & {
  readonly parts: Awaited<ReturnType<typeof partsOf>>;
};

async function partsOf(at: RecordVisit) {
  const [above, beside, below] = await Promise.all([
    showParts(RECORD_PARTS.above, at),
    showParts(RECORD_PARTS.beside, at),
    showParts(RECORD_PARTS.below, at),
  ]);
  return { above, beside, below };
}
