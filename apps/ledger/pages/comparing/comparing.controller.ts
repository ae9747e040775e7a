import { Controller, Get, Inject, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  BadBasis,
  byRulesOfClosing,
  changesAmong,
  changesSo,
  compareRecord,
  countsOfChanged,
  refuseDamaged,
  type ChangedHow,
  type ChangesOf,
  type ComparedEnds,
  type Page,
} from '../../../../libs/read-models/index.ts';
import { kindSpelt, PAGES_OF_LISTS } from '../../../../libs/declarations/index.ts';
import { BASES, type CellKey, type RecordComparison } from '../../../../libs/timeline/index.ts';
import { listCompared, type ListCompared, type NarrowedComparison } from '../../../../projections/index.ts';
import { addressOf, DATE_PARAMETERS, type Dates } from '../frame/dates.ts';
import { drawingFor } from '../frame/drawing.ts';
import { amongAlternatives, listPath, recordPath, type AnyAsked, type KindOnPages } from '../frame/kind-on-pages.ts';
import { readRows, type ListedRecord } from '../frame/list/read-list.ts';
import { readAskedOf, readNarrowed } from '../frame/list/read-narrowed.ts';
import { noSuchPage, SeeOther } from '../frame/outcomes.ts';
import { PageAnswers } from '../frame/page-answers.ts';
import type { Drawing } from '../../../../libs/wording/index.ts';
import { Visits, type Visit } from '../frame/visits.ts';
import { KINDS } from '../kinds.ts';
import { groupingByColours, ruleOfGrouping, type BasisName } from './cells.ts';
import { bridgeAsked, changeAsked } from './asked.ts';
import {
  atFault,
  BY_CLOSING,
  endParameters,
  endsAnswered,
  endsAskedFor,
  isOf,
  isOfEnds,
  readEnds,
  type Ends,
  type ReadEnds,
} from './ends.ts';
import { presentBridge, isAskedFor, type BridgeRead } from './present-bridge.ts';
import { presentChanges, presentOnly, type ChangeAsked, type PagesOver } from './present-changes.ts';
import { clockOf, presentForm } from './present-ends.ts';
import { readEntry, type EntryRead } from './read-changes.ts';

/** Each with a table of its own: more are no longer looked through. */
const PAGE_SIZE = 15;
const IN_A_LIST = { fields: 6, characters: 200 };
const COMPARED = Object.values(KINDS).flatMap((kind) => {
  const list = listCompared(kind.kind);
  return list === null ? [] : [{ kind, list, paths: pathsOver(kind) }];
});
const WITH_BRIDGE = COMPARED.filter(({ list }) => list.groupings.length > 0);

/** The list at the three bases, narrowed by what an address asks of it. */
function narrowedIn({ kind, list, over }: Pick<Comparing, 'kind' | 'list' | 'over'>, asked: AnyAsked) {
  return list.narrowed(over, amongAlternatives(kind.shown.filters, asked));
}

function pathsOver(kind: KindOnPages): PagesOver {
  const below = (page: string) => `${listPath(kind)}/${page}`;
  return { changes: below(PAGES_OF_LISTS.changes), bridge: below(PAGES_OF_LISTS.bridge) };
}

/** A visit to a page about two dates. */
interface Comparing {
  readonly visit: Visit;
  readonly kind: KindOnPages;
  readonly list: ListCompared;
  readonly paths: PagesOver;
  readonly readEnds: ReadEnds;
  readonly ends: Ends;
  readonly over: ComparedEnds;
  /** Draws what is named as known at the later date, and leads there. */
  readonly drawing: Drawing;
}

/** `/actions/compare`, `/actions/bridge`, …: what changed of the records of each kind between two dates, and how their count did. */
@Controller()
@UseFilters(PageAnswers)
export class ComparingController {
  readonly #visits: Visits;

  constructor(@Inject(Visits) visits: Visits) {
    this.#visits = visits;
  }

  @Get(COMPARED.map(({ paths }) => paths.changes))
  async changes(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const comparing = await this.#open(request, reply, 'comparing/changes.njk');
    if (comparing === null) return;
    const { visit, kind, list, paths, readEnds: read, ends, over } = comparing;
    const { query } = visit;
    const only = query.get('only');
    if (only !== null) {
      await this.#sendOnly(reply, comparing, only);
      return;
    }
    const { asked, problems } = readAskedOf(kind, visit);
    const change = changeAsked(query);
    const narrowedTo = await narrowedIn(comparing, asked);
    const changes = problems.length > 0 ? NOTHING : narrowedTo.changes();
    // By which kinds they are counted the tabs say, so each is told of.
    const counts = countsOfChanged(await changes.all());
    const trail = query.getAll('entry');
    const [narrowed, page] = await Promise.all([
      readNarrowed(kind, { asked, problems }, visit, drawingFor(visit, kind)),
      this.#page(comparing, narrowedTo.ends, changesSo(changes, howAsked(change)), trail),
    ]);
    const shown = {
      ...{ narrowed, ends, readEnds: read, bases: basesOf(over), change, page, trail },
      ...{ kinds: counts.byKind, became: counts.byChange, hasBridge: list.groupings.length > 0 },
    };
    await this.#visits.send(reply, visit, 'comparing/changes.njk', presentChanges(shown, visit, paths));
  }

  @Get(WITH_BRIDGE.map(({ paths }) => paths.bridge))
  async bridge(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const comparing = await this.#open(request, reply, 'comparing/bridge.njk');
    if (comparing === null) return;
    const { visit, kind, list, paths, readEnds: read, ends, over } = comparing;
    const { asked, problems } = readAskedOf(kind, visit);
    const groupings = [...list.groupings, ...(await list.colouredBy(over)).map(groupingByColours)];
    const { by, cell, line, basis } = bridgeAsked(visit.query, groupings);
    const rag = ruleOfGrouping(by);
    const narrowedTo = await narrowedIn(comparing, asked);
    const bridge =
      problems.length > 0
        ? { cells: [], lines: [], total: { told: 0, knownNow: 0, closing: 0 } }
        : await (rag === null ? narrowedTo.bridge(by) : narrowedTo.bridgeOfColours(rag));
    const lines = bridge.lines.map(({ from = null, to = null, ...one }) => ({ ...one, from, to }));
    const trail = visit.query.getAll('entry');
    const found = line === null ? undefined : lines.find((one) => isAskedFor(one, line));
    const [narrowed, inCell, page] = await Promise.all([
      readNarrowed(kind, { asked, problems }, visit, drawingFor(visit, kind)),
      basis === null || cell === undefined ? null : this.#inCell(comparing, narrowedTo, { basis, by, cell }, trail),
      line === null ? null : this.#page(comparing, narrowedTo.ends, found?.records ?? NOTHING, trail),
    ]);
    const shown: BridgeRead = {
      ...{ narrowed, ends, readEnds: read, bases: basesOf(over), groupings, by, cell },
      bridge: { ...bridge, lines },
      line: line === null || page === null ? null : { asked: line, page, trail },
      inCell: inCell === null || basis === null ? null : { basis, page: inCell, trail },
    };
    await this.#visits.send(reply, visit, 'comparing/bridge.njk', presentBridge(shown, visit, paths));
  }

  /** The visit with both ends open; null where the form was sent instead, because there is nothing to compare yet or an end will not do. */
  async #open(request: FastifyRequest, reply: FastifyReply, template: string): Promise<Comparing | null> {
    const visit = await this.#visits.open(request);
    const { path, query, dates } = visit;
    const found = COMPARED.find(({ paths }) => paths.changes === path || paths.bridge === path);
    if (found === undefined) throw noSuchPage();
    const others = [...query].filter(([name]) => !isOfEnds(name) && !DATE_PARAMETERS.includes(name));
    // Whoever comes from a page at a date compares with that.
    if (dates.on !== undefined || dates.recorded !== undefined) {
      const before = [...query].filter(([name]) => isOf('before', name));
      const after = endParameters({ before: {}, after: dates });
      throw new SeeOther(addressOf(path, clockOf(dates), [...others, ...before, ...after]));
    }
    const read = readEnds(query);
    const { ends, fromBoxes, problems } = read;
    if (ends !== null && fromBoxes && problems.length === 0)
      throw new SeeOther(addressOf(path, clockOf(dates), [...others, ...endsAskedFor(ends)]));
    if (ends === null || !read.isNamed || problems.length > 0) {
      await this.#sendForm(reply, visit, found, read, template);
      return null;
    }
    try {
      const opened = await visit.compare(ends.before, ends.after);
      const isByClosing = query.get('rule') === BY_CLOSING;
      const over = isByClosing ? byRulesOfClosing(opened) : opened;
      const answered: Ends = { ...endsAnswered(ends, basesOf(over)), ...(isByClosing ? { rule: BY_CLOSING } : {}) };
      const link: Visit['link'] = (to, parameters) => addressOf(to, answered.after, parameters);
      const drawing = drawingFor({ view: over.closing, link }, found.kind);
      return { visit, ...found, readEnds: read, ends: answered, over, drawing };
    } catch (thrown) {
      if (!(thrown instanceof BadBasis)) throw thrown;
      const problem = atFault(thrown.field, thrown.message, ends, visit.view.basis);
      if (problem === null) throw thrown;
      await this.#sendForm(reply, visit, found, { ...read, problems: [problem] }, template);
      return null;
    }
  }

  async #sendForm(
    reply: FastifyReply,
    visit: Visit,
    { kind, paths }: (typeof COMPARED)[number],
    read: ReadEnds,
    template: string,
  ): Promise<void> {
    const heading = visit.path === paths.bridge ? 'Bridge' : 'What changed';
    const others = [...visit.query].filter(
      ([name]) => !isOfEnds(name) && !DATE_PARAMETERS.includes(name) && name !== 'at' && name !== 'entry',
    );
    await this.#visits.send(reply, visit, template, presentForm(kind, heading, visit.path, read, others));
  }

  /** What changed of one record, whether it is in the list or not: all of it. */
  async #sendOnly(reply: FastifyReply, comparing: Comparing, ref: string): Promise<void> {
    const { visit, kind, paths, readEnds: read, ends, over } = comparing;
    if (kindSpelt(ref) !== kind.kind) throw noSuchPage();
    const found = await compareRecord(over, kind.register, ref);
    if (found === null) await refuseDamaged(over.closing, kind.register, ref);
    const isChanged = found !== null && (found.restated !== null || found.moved !== null);
    const entry = isChanged ? await this.#entry(comparing, over, found) : null;
    const shown = { kind, ends, readEnds: read, bases: basesOf(over), ref, entry };
    await this.#visits.send(reply, visit, 'comparing/changes.njk', presentOnly(shown, visit, paths));
  }

  /** A page of what changed, drawn. */
  async #page(comparing: Comparing, compared: ComparedEnds, changes: ChangesOf, trail: readonly string[]) {
    const after = trail.at(-1);
    const page = await changes.page({ first: PAGE_SIZE, ...(after === undefined ? {} : { after }) });
    const edges = await Promise.all(
      page.edges.map(async ({ cursor, node }) => ({
        cursor,
        node: await this.#entry(comparing, compared, node, IN_A_LIST),
      })),
    );
    return { ...page, edges };
  }

  /** A page of the records that stand in a group at one of the bases, drawn as they stood there. */
  async #inCell(
    { kind, ends, over }: Comparing,
    narrowed: NarrowedComparison,
    { basis, by, cell }: { readonly basis: BasisName; readonly by: string; readonly cell: CellKey },
    trail: readonly string[],
  ): Promise<Page<ListedRecord>> {
    const after = trail.at(-1);
    const rag = ruleOfGrouping(by);
    const page = await narrowed.inCell(basis, rag === null ? { by } : { rag }, cell, {
      first: PAGE_SIZE,
      ...(after === undefined ? {} : { after }),
    });
    const view = over[basis];
    const edges = await Promise.all(
      page.edges.map(async ({ cursor, node: ref }) => ({ cursor, node: await kind.reads.find(view, ref) })),
    );
    const found = edges.flatMap(({ cursor, node }) => (node === null ? [] : [{ cursor, node }]));
    const link: Visit['link'] = (to, parameters) => addressOf(to, ends.after, parameters);
    return readRows(kind, { ...page, edges: found }, drawingFor({ view, link }, kind));
  }

  /** What changed of a record, drawn. */
  async #entry(
    { kind, ends, over, drawing }: Comparing,
    compared: ComparedEnds,
    comparison: RecordComparison,
    most?: typeof IN_A_LIST,
  ): Promise<EntryRead> {
    const [told, knownNow, closing] = await Promise.all(
      BASES.map((basis) => kind.reads.find(over[basis], comparison.ref)),
    );
    const records = { told: told ?? null, knownNow: knownNow ?? null, closing: closing ?? null };
    // What does not stand at the later date is told by all that is known today.
    const dates = comparison.closing === null ? clockOf(ends.after) : ends.after;
    const at = { kind, drawing, ends: compared, way: (ref: string, event: string) => wayToEvent(ref, event, dates) };
    return readEntry({ comparison, records }, most === undefined ? at : { ...at, most });
  }
}

const NOTHING = changesAmong([]);

function howAsked(change: ChangeAsked | null): ChangedHow {
  if (change === null) return {};
  const { step, kind, change: became } = change;
  return {
    step,
    ...(kind === undefined ? {} : { kinds: [kind] }),
    ...(became === undefined ? {} : { changes: [became] }),
  };
}

function basesOf({ told, knownNow, closing }: ComparedEnds) {
  return { told: told.basis, knownNow: knownNow.basis, closing: closing.basis };
}

/** The page of a record, opened where one of its events stands. */
function wayToEvent(ref: string, event: string, dates: Dates): string {
  const kind = kindSpelt(ref);
  return kind === null ? '' : `${addressOf(recordPath(KINDS[kind], ref), dates, [['event', event]])}#event-${event}`;
}
