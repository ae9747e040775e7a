import type { SomeRows } from '../../../../../libs/declarations/index.ts';
import { KINDS } from '../../kinds.ts';
import { drawingFor } from '../drawing.ts';
import { readRows } from '../list/read-list.ts';
import { listPath, type AnyRecordAsOf } from '../kind-on-pages.ts';
import { linesOf, wordsOf, type Line, counted } from '../../../../../libs/wording/index.ts';
import { parametersOf } from '../list/read-filter.ts';
import { rowsOf, type ShownRows } from '../list/present-list.ts';
import { placeInList } from './place-in-list.ts';
import type { RecordVisit } from './record-part.ts';

/** A field of the page: what it is called, and the lines that it shows. */
export interface FieldDrawn {
  readonly label: string;
  readonly lines: readonly Line[];
}

/** A table of what the record holds several of. */
export interface SectionDrawn {
  readonly heading: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (readonly Line[])[])[];
  /** The part of the page that it is. */
  readonly id: string;
  /** Of several pages: which of how many are shown, and the ways to the others. */
  readonly pages: {
    readonly shown: string;
    readonly first: string | null;
    readonly next: string | null;
  } | null;
  readonly empty: string;
}

/** Records of another kind that name this one: the first of them, and the way to all. */
export interface RelatedDrawn {
  readonly heading: string;
  readonly empty: string;
  readonly list: ShownRows | null;
  readonly all: { readonly text: string; readonly href: string } | null;
}

/** What a register shows of a record, drawn. */
export interface RecordRead {
  readonly heading: string | null;
  readonly fields: readonly FieldDrawn[];
  readonly sections: readonly SectionDrawn[];
  readonly related: readonly RelatedDrawn[];
}

/** Rows of a table on one page of a record. However many there are, the page is as large and costs as much. */
const SECTION_SHOWN = 25;
const PARAMETER = 'section';

/** Records of another kind on the page of one. The list has the others. */
const RELATED_SHOWN = 5;

export async function readRecord(at: RecordVisit, record: AnyRecordAsOf): Promise<RecordRead> {
  const [drawn, related] = await Promise.all([
    drawRecord(at, record),
    Promise.all((at.kind.shown.related ?? []).map((one) => readRelated(one, at))),
  ]);
  return { ...drawn, related };
}

/** What the record says of itself. */
export async function drawRecord(
  at: Pick<RecordVisit, 'drawing' | 'kind' | 'visit' | 'ref'>,
  record: AnyRecordAsOf,
): Promise<Omit<RecordRead, 'related'>> {
  const { drawing, kind } = at;
  const { heading, fields, sections = [] } = kind.shown;
  const [headingWords, fieldsDrawn, sectionsDrawn] = await Promise.all([
    wordsOf(heading(record), drawing),
    Promise.all(fields.map(async ({ label, shows }) => ({ label, lines: await linesOf(shows(record), drawing) }))),
    Promise.all(sections.map((section) => drawSection(at, section, section.rows(record)))),
  ]);
  return {
    heading: headingWords,
    fields: fieldsDrawn.filter(({ lines }) => lines.length > 0),
    sections: sectionsDrawn,
  };
}

async function drawSection(
  at: Pick<RecordVisit, 'drawing' | 'kind' | 'visit' | 'ref'>,
  { heading, columns, empty }: Pick<SectionDrawn, 'heading' | 'columns' | 'empty'>,
  all: SomeRows,
): Promise<SectionDrawn> {
  const id = heading.toLowerCase().replaceAll(/[^a-z]+/g, '-');
  const from = placeIn(at.visit.query.get(PARAMETER), id, all.length);
  const to = Math.min(from + SECTION_SHOWN, all.length);
  const rows = await Promise.all(
    all.slice(from, to).map((row) => Promise.all(row.map((value) => linesOf(value, at.drawing)))),
  );
  const placed = (place: number | null) =>
    placeInList(at, { parameter: PARAMETER, id }, place === null ? null : `${id}-${place}`);
  const pages =
    all.length <= SECTION_SHOWN
      ? null
      : {
          shown: `${from + 1} to ${to} of ${all.length.toLocaleString('en-GB')}`,
          first: from === 0 ? null : placed(null),
          next: to < all.length ? placed(to) : null,
        };
  return withoutEmptyColumns({ heading, empty, id, columns, rows, pages });
}

/** The first row that an address asks for of a table; the beginning where it asks for none, for one of another table, or for more than there are. */
function placeIn(asked: string | null, id: string, length: number): number {
  const digits = asked?.startsWith(`${id}-`) === true ? asked.slice(id.length + 1) : '';
  const from = /^[0-9]{1,9}$/.test(digits) ? Number(digits) : 0;
  return from < length ? from : 0;
}

/** A column in which no row has anything says nothing. */
function withoutEmptyColumns({ columns, rows, ...section }: SectionDrawn): SectionDrawn {
  const isKept = (_: unknown, column: number) => rows.some((row) => (row[column]?.length ?? 0) > 0);
  return { ...section, columns: columns.filter(isKept), rows: rows.map((row) => row.filter(isKept)) };
}

async function readRelated(
  { heading, record, filter, empty }: NonNullable<RecordVisit['kind']['shown']['related']>[number],
  { visit, ref }: RecordVisit,
): Promise<RelatedDrawn> {
  const kind = KINDS[record];
  const asked = { [filter]: ref };
  const page = await kind.reads.list(visit.view, asked, { first: RELATED_SHOWN });
  const rows = await readRows(kind, page, drawingFor(visit, kind));
  const total = counted(page.totalCount, kind.shown.one, kind.many);
  return {
    empty,
    heading: page.totalCount === 0 ? heading : `${heading} (${page.totalCount.toLocaleString('en-GB')})`,
    list: page.totalCount === 0 ? null : rowsOf(kind, rows, total, visit),
    all: page.hasNextPage
      ? { text: `See all ${total}`, href: visit.link(listPath(kind), parametersOf(kind.shown.filters, asked)) }
      : null,
  };
}
