import type { MadeSo } from '../../libs/declarations/index.ts';
import type { Actor, EventId, JsonValue, Party, Register } from '../../libs/ledger/index.ts';
import {
  BadBasis,
  bodiesOf,
  correctedBy,
  cursorOf,
  eventAsOf,
  eventsAsOf,
  factsApart,
  firstOf,
  keysOfCursor,
  lateAfterOf,
  onceFor,
  mistakesAt,
  openedAt,
  pageOfAll,
  plainFacts,
  pointOfMeeting,
  positionToken,
  recordAsOf,
  recordsNaming,
  refuseDamaged,
  registerNamed,
  registerOf,
  sortKeyOf,
  sourceOf,
  valueAt,
  viewOver,
  withinBodies,
  type EventAsOf,
  type FactFound,
  type FactsWanted,
  type LedgerView,
  type Page,
  type PageWanted,
  type SourceRefs,
} from '../../libs/read-models/index.ts';
import { amend, asItStood, fold, isAbsent, mistakeIn, snapshotAt, type LateAfter } from '../../libs/timeline/index.ts';
import { factsTaken, isInList, type MeetingList } from './meeting-facts.ts';
import { correctionsAmong, entriesOf, historyRows, madeSo, type HistoryRow } from './projection.ts';

/** An event of a record with its place in the ledger, as the reader may hold it. */
export interface HistoryEvent extends HistoryRow {
  readonly position: string;
}

/** A record of any register, whether it stands or not. */
export interface AnyRecord {
  readonly ref: string;
  readonly register: string;
  /** The event that made the record void: it was recorded by mistake, and nothing of it holds. Null for one that stands. */
  readonly mistake: HistoryEvent | null;
}

/**
 * A record that stands at the basis, or that would if it were not recorded by mistake. Null when there is none, or not for this
 * reader: the two cannot be told apart.
 * @throws RecordDamaged
 */
export async function findRecord(view: LedgerView, ref: string): Promise<AnyRecord | null> {
  const register = registerOf(view, ref);
  if (register === null) return null;
  const found = { ref, register: register.name, mistake: null };
  if ((await recordAsOf(view, register.name, ref)) !== null) return found;
  const events = (await eventsAsOf(view, { register: register.name, ref })).map(({ event }) => event);
  const mistake = mistakeIn(events);
  const row =
    mistake === null || isAbsent(register, snapshotAt(register, asItStood(events), view.basis.effective))
      ? undefined
      : (await historyEvents(view, ref)).find(({ id }) => id === mistake.id);
  if (row !== undefined) return { ...found, mistake: row };
  await refuseDamaged(view, register.name, ref);
  return null;
}

/** A field of a record that names another, which was recorded by mistake: it reads as though it named nothing. */
export interface LinkToNothing {
  readonly record: string;
  readonly register: string;
  /** The field, as the record's state has it. */
  readonly field: string;
  /** Reference of the record that was recorded by mistake. */
  readonly names: string;
}

/**
 * The links that lead nowhere because what they name was recorded by mistake, by record: of the records that stand at the basis, as far as
 * the reader may see both. What each record named stands in its history, unchanged.
 */
export async function listLinksToNothing(view: LedgerView, page: PageWanted): Promise<Page<LinkToNothing>> {
  const all = await onceFor(view, listLinksToNothing, () => allLinksToNothing(view));
  const links = await withinBodies(view, all, ({ record: ref }) => ({ ref }));
  return pageOfAll(links, page, ({ record, field, names }) => [record, field, names]);
}

async function allLinksToNothing(view: LedgerView): Promise<readonly LinkToNothing[]> {
  const naming = await recordsNaming(view, [...(await mistakesAt(view)).keys()]);
  const links = naming.flatMap(({ ref, register, fields, named }) =>
    fields.map((field) => ({ record: ref, register, field, names: named })),
  );
  return links.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

function keyOf({ record, field, names }: LinkToNothing): string {
  return [sortKeyOf(record), field, names].join(' ');
}

/**
 * The events of a record, of any register, in the order in which they were recorded on the basis's clock: those that the reader
 * may see, that were known at the basis and that had taken effect by its day. Empty for a record that is absent or hidden.
 */
export async function historyOf(view: LedgerView, ref: string, page: PageWanted): Promise<Page<HistoryEvent>> {
  return pageOfAll(await historyEvents(view, ref), page, ({ id }) => [id]);
}

async function historyEvents(view: LedgerView, ref: string): Promise<readonly HistoryEvent[]> {
  const register = registerOf(view, ref);
  if (register === null) return [];
  const known = await eventsAsOf(view, { register: register.name, ref });
  return placed(view, known, historyRows(register, known, view.basis, await lateAfterIn(view, register, known)));
}

/** The same, whatever the day on which they took effect. */
async function everyEntry(view: LedgerView, ref: string): Promise<readonly HistoryEvent[]> {
  const register = registerOf(view, ref);
  if (register === null) return [];
  const known = await eventsAsOf(view, { register: register.name, ref });
  const entries = entriesOf(register, known, view.basis.clock, await lateAfterIn(view, register, known));
  return placed(
    view,
    known,
    entries.map(({ row }) => row),
  );
}

function placed(view: LedgerView, known: readonly EventAsOf[], rows: readonly HistoryRow[]): readonly HistoryEvent[] {
  const positions = new Map(known.map(({ event, position }) => [event.id, position]));
  return rows.map((row) => ({ ...row, position: positionToken(view, positions.get(row.id) ?? '') }));
}

/** After how many days an entry of that record is late. A record that was recorded by mistake was of a body all the same. */
export async function lateAfterIn(
  view: LedgerView,
  register: Register,
  known: readonly EventAsOf[],
): Promise<LateAfter> {
  const events = known.map(({ event }) => event);
  const state = fold(register, amend(register, asItStood(events)));
  return lateAfterOf(view, register, register.bodyOf?.(state) ?? null);
}

/**
 * The fact that brought a record of any register to the status that it has at the basis, as far as the reader may see; null where there is
 * no record for them.
 */
export async function whatMadeIt(
  view: LedgerView,
  ref: string,
  statusOf: (state: unknown) => string,
): Promise<MadeSo | null> {
  const register = registerOf(view, ref);
  if (register === null) return null;
  const events = (await eventsAsOf(view, { register: register.name, ref })).map(({ event }) => event);
  const made = madeSo(register, events, view.basis.effective, statusOf);
  if (made === null) return null;
  const { type, effectiveOn, dated, actor } = made;
  const { by, authority } = actor as { readonly by?: Partial<Party>; readonly authority?: Actor['authority'] };
  const isSaid = authority !== undefined && authority !== 'notStated' && Object.keys(authority).length > 0;
  return {
    ...{ type, effectiveOn, by: by?.post ?? null, authority: isSaid ? authority : null },
    ...(dated === undefined ? {} : { dated }),
  };
}

/** The words of an event. What it says of a field is told as that field is: see {@link openedAt}. */
export async function wordsOf(
  view: LedgerView,
  { text, facts: { path } }: Pick<HistoryEvent, 'text' | 'facts'>,
): Promise<string | null> {
  if (text === undefined || typeof path !== 'string') return view.text(text);
  return (await openedAt(view, path, text)) as string | null;
}

/**
 * What stands under a path of an event, as corrections known at the basis leave it; null where there is nothing, or nothing for this reader.
 */
export async function valueOfEvent(
  view: LedgerView,
  { ref, event: id, path }: { readonly ref: string; readonly event: EventId; readonly path: string },
): Promise<JsonValue> {
  const register = registerOf(view, ref);
  if (register === null) return null;
  const known = (await eventsAsOf(view, { register: register.name, ref })).map(({ event }) => event);
  const event = known.find((one) => one.id === id);
  if (event === undefined) return null;
  const corrections = correctionsAmong(known).filter(({ facts }) => facts.target === id);
  return openedAt(view, path, valueAt(correctedBy(register, event, corrections).is, path));
}

/** The source that an event names, or null when it names none or is not for this reader. Many at once are one question. */
export async function sourceOfEvent(view: LedgerView, id: EventId): Promise<SourceRefs | null> {
  const known = await eventAsOf(view, id);
  return known === null ? null : sourceOf(known.event);
}

/** A fact in a list of a meeting. */
export interface MeetingFact {
  readonly record: string;
  readonly register: string;
  readonly event: HistoryEvent;
  /** Of a fact that was told and was amended since: what amended it, in the order of recording. Of others nothing. */
  readonly amendedSince: readonly HistoryEvent[];
}

export interface MeetingFactsAsked {
  readonly list: MeetingList;
  /** Of records of this register alone. */
  readonly register?: string;
}

/**
 * The facts that a meeting was told, or was not, as known at the view's basis and in the order of the ledger (docs/time.md). Null while the meeting is no point
 * in time: cancelled, without a day, ahead of the view's day, or not there for its reader.
 */
export async function meetingFacts(
  view: LedgerView,
  meeting: string,
  { list, register }: MeetingFactsAsked,
  page: PageWanted,
): Promise<Page<MeetingFact> | null> {
  const point = await pointOfMeeting(view, meeting);
  if (typeof point === 'string') return null;
  // Of illustrative bodies it tells of the one that meets, and of those that it reads.
  const bodies = (await bodiesOf(view, meeting)).filter((body) => body !== null);
  const of = await viewOver(view, {}, [meeting, ...bodies]);
  const wanted: FactsWanted = { meeting, point, ...(register === undefined ? {} : { register }) };
  const first = firstOf(page);
  const after = page.after === undefined ? 0 : await placeOfCursor(of, page.after);
  const apart = await readApart(of, wanted, list);
  const plain =
    list === 'RESTATED_SINCE'
      ? { count: 0, facts: [] }
      : await plainFacts(of, wanted, list, { after, first: first + 1 });
  const following = [...plain.facts, ...apart.filter(({ sequence }) => sequence > after)]
    .sort((a, b) => a.sequence - b.sequence)
    .slice(0, first + 1);
  return pageInLog(following, first, plain.count + apart.length, (fact) => factOf(of, fact));
}

/** A page of entries of many records: so many of those that follow, of which there is one more where there is a next page. */
export async function pageInLog<Found, Node extends { readonly event: HistoryEvent }>(
  following: readonly Found[],
  first: number,
  totalCount: number,
  nodeOf: (found: Found) => Promise<Node>,
): Promise<Page<Node>> {
  const nodes = await Promise.all(following.slice(0, first).map(nodeOf));
  const edges = nodes.map((node) => ({ cursor: cursorOf(node.event.id), node }));
  return { totalCount, edges, hasNextPage: following.length > first, endCursor: edges.at(-1)?.cursor ?? null };
}

/**
 * The place in the ledger of the entry of a cursor.
 * @throws BadBasis for what is no cursor, or that of an entry which the reader may not see
 */
export async function placeOfCursor(view: LedgerView, cursor: string): Promise<number> {
  const [event] = keysOfCursor(cursor, 1) as [EventId];
  const seen = await eventAsOf(view, event);
  if (seen === null) throw new BadBasis('after', 'This is not a cursor of this list.');
  return seen.event.sequence;
}

type FactListed = FactFound & { readonly amendedSince?: readonly EventId[] };

async function readApart(view: LedgerView, wanted: FactsWanted, list: MeetingList): Promise<readonly FactListed[]> {
  const records = await factsApart(view, wanted, list);
  const at = { meeting: wanted.meeting, ...wanted.point };
  const each = records.map(async ({ register: name, ref }) => {
    const register = registerNamed(view, name);
    if (register === null) return [];
    const taken = factsTaken(register, await eventsAsOf(view, { register: name, ref }), at);
    const listed = taken.filter((one) => isInList(one, list, wanted.point.cutOff));
    return listed.map(({ event, sequence, amendedSince }) => ({
      ...{ register: name, ref, event, sequence },
      amendedSince: list === 'RESTATED_SINCE' ? amendedSince : [],
    }));
  });
  return (await Promise.all(each)).flat().sort((a, b) => a.sequence - b.sequence);
}

async function factOf(view: LedgerView, { register, ref, event, amendedSince = [] }: FactListed): Promise<MeetingFact> {
  const byId = await entriesById(view, ref);
  return { record: ref, register, event: byId.get(event)!, amendedSince: amendedSince.map((id) => byId.get(id)!) };
}

/** The entries of a record, whatever the day on which they took effect: read once for a view. */
export function entriesById(view: LedgerView, ref: string): Promise<ReadonlyMap<EventId, HistoryEvent>> {
  const known = onceFor(view, entriesById, () => new Map<string, Promise<ReadonlyMap<EventId, HistoryEvent>>>());
  const entries = known.get(ref) ?? everyEntry(view, ref).then((all) => new Map(all.map((entry) => [entry.id, entry])));
  known.set(ref, entries);
  return entries;
}
