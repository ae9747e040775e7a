import { sql, type RawBuilder } from 'kysely';
import type { LogPosition } from '../event-store/index.ts';
import { soleLinkOf, type EventId, type Instant, type RecordEvent } from '../ledger/index.ts';
import { voidedAmong } from './amendments.ts';
import type { KnownEvent } from '../timeline/index.ts';
import type { LedgerView } from './ledger-view.ts';
import { withSeenLinks } from './links.ts';
import type { LogEventRow, RecordEventRow } from './tables.ts';
import { isEventKnownAt, loaderOf, maySee, numberLookedAt, opened } from './view.ts';

/** An event of a record, as a reader may know it at a basis. */
export interface EventAsOf {
  readonly event: KnownEvent;
  /** When it was recorded on the basis's clock. */
  readonly recordedAt: Instant;
  readonly position: LogPosition;
}

/** A record by its register and reference. */
export interface RecordName {
  readonly register: string;
  readonly ref: string;
}

/** An event, and the record that it is of. */
export interface EventOfRecord extends EventAsOf {
  readonly record: RecordName;
}

/**
 * The events of records that were known at the view's basis and that its reader may see, in the order in which they were
 * recorded on its clock, without links to what the reader may not see. Not filtered by effective date: a correction has none of
 * its own. Empty for a record that is absent or hidden. One question for all records asked for at once, and one for their links.
 */
export async function eventsAsOf(view: LedgerView, record: RecordName): Promise<readonly EventAsOf[]> {
  return loaderOf(view, eventsAsOf, (records: readonly RecordName[]) => eventsOfRecords(view, records), nameOf).load(
    record,
  );
}

/** An event by its id, as far as the view's reader may see it and its basis counts it. One question for all asked for at once. */
export async function eventAsOf(view: LedgerView, id: EventId): Promise<EventOfRecord | null> {
  return loaderOf(view, eventAsOf, async (ids: readonly EventId[]) => {
    const rows = await knownEvents(view).where('log_events.event', 'in', ids).execute();
    const found = await asOf(view, rows);
    const byId = new Map(found.map((one, index) => [one.event.id, { ...one, record: recordIn(rows[index]!) }]));
    return ids.map((one) => byId.get(one) ?? null);
  }).load(id);
}

function recordIn({ register, ref }: { readonly register: string; readonly ref: string | null }): RecordName {
  return { register, ref: ref ?? '' };
}

async function eventsOfRecords(
  view: LedgerView,
  records: readonly RecordName[],
): Promise<readonly (readonly EventAsOf[])[]> {
  const wanted = sql.join(records.map(({ register, ref }) => sql`(${register}, ${ref})`));
  // By the records, which are named: found by audience first, all events of the ledger would be read.
  const rows = await knownEvents(view, numberLookedAt('record_events.audiences'))
    .where(sql<boolean>`(records.register, records.ref) in (values ${wanted})`)
    .orderBy(opened(view).point.clock === 'PROVEN' ? 'record_events.sequence' : 'record_events.known_at')
    .orderBy('record_events.sequence')
    .execute();
  const byName = new Map<string, EventAsOf[]>(records.map((record) => [nameOf(record), []]));
  for (const [index, found] of (await asOf(view, rows)).entries()) byName.get(nameOf(rows[index]!))?.push(found);
  return records.map((record) => withoutLinksToNothing(byName.get(nameOf(record)) ?? []));
}

/**
 * The events of one record without those that make or end a link to what the reader may not see, as corrected by what they may, and without
 * what was said of these: for them there is no such link and never was.
 */
function withoutLinksToNothing(found: readonly EventAsOf[]): readonly EventAsOf[] {
  const gone = new Set(
    found.flatMap(({ event }) => {
      const field = soleLinkOf(event);
      return field !== undefined && leadsNowhere(event, field, found) ? [event.id] : [];
    }),
  );
  if (gone.size === 0) return found;
  // What is said of an event comes after it in the record.
  for (const { event } of found.toSorted((a, b) => a.event.version - b.event.version)) {
    const { target } = event.facts;
    if (typeof target === 'string' && gone.has(target)) gone.add(event.id);
  }
  return found.filter(({ event }) => !gone.has(event.id));
}

/** The last correction of where it leads decides; one that was taken back counts no more. */
function leadsNowhere(link: RecordEvent, field: string, found: readonly EventAsOf[]): boolean {
  const events = found.map(({ event }) => event);
  const voided = voidedAmong(events);
  const correction = events.findLast(
    ({ id, type, facts }) =>
      type === 'Corrected' && facts['target'] === link.id && facts['path'] === field && !voided.has(id),
  );
  return (correction === undefined ? link.facts[field] : correction.facts['is']) === undefined;
}

function nameOf({ register, ref }: { readonly register: string; readonly ref: string | null }): string {
  return `${register}/${ref}`;
}

function knownEvents(view: LedgerView, audiences: RawBuilder<unknown> = sql.ref('record_events.audiences')) {
  const { answering, point, reader } = opened(view);
  return answering
    .tables()
    .query.selectFrom('records')
    .innerJoin('record_events', 'record_events.record', 'records.record')
    .innerJoin('log_events', 'log_events.sequence', 'record_events.sequence')
    .select(['records.register', 'records.ref', 'record_events.known_at'])
    .select([
      'log_events.event',
      'log_events.sequence',
      'log_events.position',
      'log_events.recorded_at',
      'log_events.body',
    ])
    .where(isEventKnownAt(point, 'record_events'))
    .where(maySee({ reader, answering }, audiences, sql.ref('records.record')))
    .where('log_events.body', 'is not', null);
}

/**
 * Events of any records that the reader may see at the basis, narrowed and ordered by `narrow`, each with the record that it is of. They are
 * found by what narrows them, so it must name records.
 */
export async function eventsOf(
  view: LedgerView,
  narrow: (known: ReturnType<typeof knownEvents>) => ReturnType<typeof knownEvents>,
): Promise<readonly EventOfRecord[]> {
  const rows = await narrow(knownEvents(view, numberLookedAt('record_events.audiences'))).execute();
  const found = await asOf(view, rows);
  return found.map((one, index) => ({ ...one, record: recordIn(rows[index]!) }));
}

async function asOf(
  view: LedgerView,
  rows: readonly (LogEventRow & Pick<RecordEventRow, 'known_at'>)[],
): Promise<readonly EventAsOf[]> {
  const events = rows.map(({ body }) => JSON.parse(body as string) as RecordEvent);
  const shown = await shownTo(view, events);
  const isProven = view.basis.clock === 'PROVEN';
  return rows.map(({ sequence, recorded_at: recordedAt, known_at: knownAt, position }, index) => ({
    event: Object.assign(shown[index]!, { sequence, recordedAt }),
    recordedAt: isProven ? recordedAt : knownAt,
    position,
  }));
}

/** Events that were just read, with what the view's reader is shown of them. */
async function shownTo(view: LedgerView, events: readonly RecordEvent[]): Promise<readonly RecordEvent[]> {
  // Whoever may see everything is shown what was read: but where nothing is cited there is no version of it.
  if (opened(view).reader.audience === 'full') {
    return events.map((event) =>
      event.cites === undefined && event.citesVersion !== undefined ? shownOf(event, event) : event,
    );
  }
  const shown = await withSeenLinks(
    view,
    events.map(({ facts, actor, cites }) => ({
      ...{ facts, actor: withoutHolders(actor) },
      ...(cites === undefined ? {} : { cites }),
    })),
  );
  return events.map((event, index) => shownOf(event, shown[index]!));
}

/**
 * Who held a post was written for decisions, and is shown to nobody. Holders may be hidden, and to ask whether each is would cost a question
 * that a ledger without them does not cost.
 */
function withoutHolders({ holders: _, ownerHeldBy: __, ...actor }: RecordEvent['actor']): RecordEvent['actor'] {
  return actor;
}

/** An event with what the reader is shown of it. A version is told with its document alone. */
function shownOf(event: RecordEvent, shown: Pick<RecordEvent, 'facts' | 'actor' | 'cites'>): RecordEvent {
  const { cites: _, citesVersion, ...rest } = event;
  return { ...rest, ...shown, ...(shown.cites === undefined || citesVersion === undefined ? {} : { citesVersion }) };
}

/** A place in the log as the view's reader may hold it. */
export function positionToken(view: LedgerView, position: LogPosition): string {
  const { answering, reader } = opened(view);
  return answering.tokens.encode(reader.audience, position);
}
