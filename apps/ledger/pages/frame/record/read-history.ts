import type { EventId, JsonObject, JsonValue } from '../../../../../libs/ledger/index.ts';
import type { EventDeclaration } from '../../../../../libs/declarations/index.ts';
import { REGISTERS } from '../../../../../libs/registers/index.ts';
import { openedAt, type LedgerView } from '../../../../../libs/read-models/index.ts';
import { historyOf, wordsOf, type HistoryEvent } from '../../../../../projections/index.ts';
import { recordsAt, type Place, authorityRecord, type Drawing, type Piece } from '../../../../../libs/wording/index.ts';

/** Where a fact comes from, in words that the reader may read. */
export interface SourceRead {
  readonly document: string | null;
  readonly paragraph: string | null;
  readonly quote: string | null;
  readonly publishedOn: string | null;
}

/** An event of the history with its words. */
export interface EventRead {
  readonly event: HistoryEvent;
  readonly text: string | null;
  /** Its other words, by field: what its register declares beside those that lead. */
  readonly words: ReadonlyMap<string, string>;
  readonly reason: string | null;
  readonly source: SourceRead | null;
  /** What corrections changed of it: words in place of references. */
  readonly amended: readonly {
    readonly by: EventId;
    readonly path: string;
    readonly was: JsonValue;
    readonly is: JsonValue;
  }[];
}

export interface HistoryRead {
  readonly history: readonly EventRead[];
  /** What records are called that the history names, and where their pages are, as far as the reader may see them. */
  readonly names: ReadonlyMap<string, Piece>;
  /** Set when the history goes on: it has more events than a page shows. */
  readonly further: string | null;
}

/** Events of a history on one page: as many as are looked through at once, below whatever else the page of the record shows. */
const HISTORY_SHOWN = 20;

/** Of how many events it is told on which page of their history they stand: as many as one answer has. */
const LOOKED_THROUGH = 500;

/** The place in a history at which the page begins that an event stands on; null: the first page, or there is no such event for the reader. */
export async function placeOfEvent(view: LedgerView, ref: string, event: string): Promise<string | null> {
  const { edges } = await historyOf(view, ref, { first: LOOKED_THROUGH });
  const at = edges.findIndex(({ node }) => node.id === event);
  return edges[at - (at % HISTORY_SHOWN) - 1]?.cursor ?? null;
}

/** `after`: a place in the history, from an earlier page. */
export async function readHistory(
  view: LedgerView,
  { register, ref }: { readonly register: string; readonly ref: string },
  after: string | null,
  drawing: Drawing,
): Promise<HistoryRead> {
  const page = await historyOf(view, ref, { first: HISTORY_SHOWN, ...(after === null ? {} : { after }) });
  const events = page.edges.map(({ node }) => node);
  const read = await readEntries(view, register, events, drawing);
  return { ...read, further: page.hasNextPage ? page.endCursor : null };
}

/** Entries of a record of that register, with their words and what is called what in them. */
export async function readEntries(
  view: LedgerView,
  register: string,
  events: readonly HistoryEvent[],
  drawing: Drawing,
): Promise<Pick<HistoryRead, 'history' | 'names'>> {
  const history = await Promise.all(events.map((event) => readEvent(view, register, event)));
  const named = [...new Set(history.flatMap((read) => namedIn(register, read)))];
  const names = await Promise.all(named.map(async (one) => [one, await drawing.named(one)] as const));
  return { history, names: new Map(names) };
}

async function readEvent(view: LedgerView, register: string, event: HistoryEvent): Promise<EventRead> {
  const [text, words, reason, source, amended] = await Promise.all([
    wordsOf(view, event),
    readWords(view, register, event),
    view.text(event.reason),
    readSource(view, event.source),
    Promise.all(
      event.amended.map(async ({ by, path, was, is }) => ({
        by,
        path,
        was: await openedAt(view, path, was),
        is: await openedAt(view, path, is),
      })),
    ),
  ]);
  return { event, text, words, reason, source, amended };
}

async function readWords(view: LedgerView, register: string, { type, texts }: HistoryEvent) {
  const declared = eventDeclared(register, type);
  // What lies under the key of a person is shown where the record of that person stands, and nowhere else.
  const fields = Object.keys(declared?.texts ?? {}).filter((field) => field !== declared?.leads);
  const opened = await Promise.all(fields.map(async (field) => [field, await view.text(texts[field])] as const));
  return new Map(opened.filter((one): one is readonly [string, string] => one[1] !== null));
}

/** What its register declares of an event; undefined for what every record has. */
export function eventDeclared(register: string, type: string): EventDeclaration | undefined {
  return REGISTERS.find(({ name }) => name === register)?.events.find((one) => one.type === type);
}

export async function readSource(view: LedgerView, source: HistoryEvent['source']): Promise<SourceRead | null> {
  if (source === null) return null;
  const [document, paragraph, quote] = await Promise.all([
    view.text(source.document),
    view.text(source.paragraph),
    view.text(source.quote),
  ]);
  return { document, paragraph, quote, publishedOn: source.publishedOn ?? null };
}

/** The records that an event names: what is hidden from the reader is gone from it. */
function namedIn(
  register: string,
  { event: { type: event, by, enteredBy, authority, source, facts }, amended, text }: EventRead,
) {
  const at = (place: Omit<Place, 'register'>, value: JsonValue | undefined) =>
    recordsAt({ register, ...place }, value).map(({ ref }) => ref);
  const named = [
    by?.post ?? null,
    enteredBy?.post ?? null,
    source?.record ?? null,
    authority === null || authority === 'notStated' ? null : authorityRecord(authority),
    ...Object.entries(facts).flatMap(([path, value]) => [...at({ event, path }, value), meetingIn(value)]),
    ...(typeof facts['path'] === 'string' ? at({ path: facts['path'] }, text) : []),
    ...amended.flatMap(({ path, was, is }) => [...at({ event, path }, was), ...at({ event, path }, is)]),
  ];
  return named.filter((one) => one !== null);
}

/** The meeting in a due date. */
function meetingIn(value: JsonValue | undefined): string | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const { meeting } = value as JsonObject;
  return typeof meeting === 'string' ? meeting : null;
}
