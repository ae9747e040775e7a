import { incompleteIn, registerOf } from '../../../../libs/read-models/index.ts';
import { fieldInWords, linesOfTold, type Drawing, type Line } from '../../../../libs/wording/index.ts';
import { replayOfRecord, type ReplayStep } from '../../../../projections/index.ts';
import { drawingFor } from '../frame/drawing.ts';
import type { KindOnPages } from '../frame/kind-on-pages.ts';
import { presentHistory, type TimelineItem } from '../frame/record/present-history.ts';
import { readEntries } from '../frame/record/read-history.ts';
import type { Visit } from '../frame/visits.ts';
import type { OrderOnPage } from './asked.ts';
import { readCited, type CitedRead } from './read-cited.ts';

/** Steps of one page. */
const PAGE_SIZE = 20;

/** A field of a record before and after a step. */
export interface FieldReplayed {
  readonly label: string;
  readonly before: readonly Line[];
  readonly after: readonly Line[];
}

export interface StepRead {
  readonly step: ReplayStep;
  /** The event as the timeline of its record has it; null for the day itself. */
  readonly item: TimelineItem | null;
  readonly fields: readonly FieldReplayed[];
}

export interface ReplayRead {
  readonly kind: KindOnPages;
  readonly ref: string;
  readonly order: OrderOnPage;
  readonly steps: readonly StepRead[];
  readonly page: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  /** Of a decision: what it cites and what came of it, above the first of its steps. */
  readonly cited: CitedRead | null;
  readonly incomplete: number;
  readonly trail: readonly string[];
}

/** A page of the steps of a record; null where there is no such record for whoever visits. */
export async function readReplay(
  visit: Visit,
  { kind, ref, order }: { readonly kind: KindOnPages; readonly ref: string; readonly order: OrderOnPage },
): Promise<ReplayRead | null> {
  const { view, query } = visit;
  const trail = query.getAll('after');
  const after = trail.at(-1);
  const drawing = drawingFor(visit, kind);
  const [found, incomplete] = await Promise.all([
    replayOfRecord(view, ref, { order: order.order, first: PAGE_SIZE, ...(after === undefined ? {} : { after }) }),
    incompleteIn(view, kind.register),
  ]);
  if (found === null) return null;
  const nodes = found.edges.map(({ node }) => node);
  const items = await itemsOf(visit, nodes, drawing);
  const cited = trail.length === 0 ? await readCited(visit, kind, ref) : null;
  const steps = await Promise.all(
    nodes.map(async (step) => ({
      step,
      item: step.event === null ? null : (items.get(step.event.id) ?? null),
      fields: await fieldsOf(visit, kind, step, drawing),
    })),
  );
  const page = { hasNextPage: found.hasNextPage, endCursor: found.edges.at(-1)?.cursor ?? null };
  return { kind, ref, order, steps, page, cited, incomplete, trail };
}

/** The events of these steps as the timelines of their records have them: those of one record are told together, as one may be about another. */
async function itemsOf(
  { view }: Visit,
  steps: readonly ReplayStep[],
  drawing: Drawing,
): Promise<ReadonlyMap<string, TimelineItem>> {
  const refs = [...new Set(steps.flatMap(({ record }) => record ?? []))];
  const each = await Promise.all(
    refs.map(async (ref) => {
      const register = registerOf(view, ref)?.name ?? '';
      const events = steps.flatMap(({ record, event }) => (record === ref && event !== null ? [event] : []));
      return presentHistory(register, await readEntries(view, register, events, drawing));
    }),
  );
  return new Map(each.flat().map((item) => [item.id, item]));
}

async function fieldsOf(
  { view }: Visit,
  { register }: KindOnPages,
  { before, after, changed }: ReplayStep,
  drawing: Drawing,
): Promise<readonly FieldReplayed[]> {
  const fields = await Promise.all(
    changed.map(async (path) => {
      const place = { register, path };
      const [was, is] = await Promise.all(
        [before, after].map((one) => linesOfTold(place, one?.told[path], view, drawing)),
      );
      return { label: fieldInWords(place), before: was ?? [], after: is ?? [] };
    }),
  );
  return fields.filter((field) => field.before.length > 0 || field.after.length > 0);
}
