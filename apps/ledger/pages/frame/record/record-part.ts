import type { HistoryEvent } from '../../../../../projections/index.ts';
import type { AnyRecordAsOf, KindOnPages } from '../kind-on-pages.ts';
import type { Drawing } from '../../../../../libs/wording/index.ts';
import type { Visit } from '../visits.ts';

/** The record whose page is looked at. */
export interface RecordVisit {
  readonly visit: Visit;
  readonly kind: KindOnPages;
  readonly ref: string;
  /** As it stands at the basis; null where it was recorded by mistake, and nothing of it holds. */
  readonly record: AnyRecordAsOf | null;
  /** The event that made it void. */
  readonly mistake: HistoryEvent | null;
  /** Words, names and ways to other records, as far as the reader may read them. */
  readonly drawing: Drawing;
}

/**
 * A part of the page of every record, beside what its register shows. It reads for itself from `visit.view`, and what it answers stands
 * in its template as `part.shown`; null: it is not on this page.
 */
export interface RecordPart {
  readonly template: string;
  show(at: RecordVisit): Promise<PartShown | null>;
}

export interface PartShown {
  /** A tag under the heading, where the part is something to be seen at once. */
  readonly tag?: { readonly text: string; readonly classes: string };
  /** What its template shows. */
  readonly [shown: string]: unknown;
}

/** A part that has something to show. */
export interface ShownPart {
  readonly template: string;
  readonly shown: PartShown;
}

/** What these parts show, in their order. They read at once. */
export async function showParts(parts: readonly RecordPart[], at: RecordVisit): Promise<readonly ShownPart[]> {
  const shown = await Promise.all(parts.map(async (part) => ({ template: part.template, shown: await part.show(at) })));
  return shown.filter((part): part is ShownPart => part.shown !== null);
}
