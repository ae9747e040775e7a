import { sql, type RawBuilder } from 'kysely';
import { kindSpelt } from '../declarations/index.ts';
import type { RecordEvent, Register } from '../ledger/index.ts';
import type { LedgerView } from './ledger-view.ts';
import { eventsOf, type EventOfRecord, type RecordName } from './record-events.ts';
import { isAmong } from './view.ts';

/**
 * The names by which a fact may later be put in question (`docs/writing.md`): of the meeting or the decision that is its authority; and of what ends
 * a record as done, of the persons who signed and typed it and of the post that signed. Pure.
 */
export function questionableBy({ type, actor }: RecordEvent, register: Register | undefined): readonly string[] {
  const { authority, by, enteredBy } = actor;
  const names = new Set<string>();
  if (authority !== undefined && authority !== 'notStated') {
    if ('meeting' in authority) names.add(authority.meeting);
    if ('decision' in authority && kindSpelt(authority.decision) === 'decision') names.add(authority.decision);
  }
  if (Object.values(register?.separation?.ends ?? {}).includes(type))
    for (const name of [by?.post, by?.person, enteredBy.person]) if (name !== undefined) names.add(name);
  return [...names];
}

/** The documents that an event cites: as its source, as evidence, or in the place of either by a correction. Pure. */
function citedIn({ facts, cites }: RecordEvent): readonly string[] {
  const corrected = facts['path'] === 'source.record' ? facts['is'] : undefined;
  return [...new Set([cites, facts['cites'], corrected].flat().filter((ref) => typeof ref === 'string'))];
}

/** Under this name every event is found that may move a due date: no record is called so. */
export const MOVES_A_DATE = 'moves a date';

/** The names by which an event is found: what may put it in question, what it cites, and that it may move a due date. */
export function foundBy(event: RecordEvent, register: Register | undefined): readonly string[] {
  const moves = register?.dues?.moving.includes(event.type) === true ? [MOVES_A_DATE] : [];
  return [...questionableBy(event, register), ...citedIn(event), ...moves];
}

/**
 * The records of which some event names that document, as far as the reader may see that event at the basis: where to look for what cites
 * it. Whether it still does is for the whole record to say.
 */
export function recordsCiting(view: LedgerView, document: string): Promise<readonly RecordName[]> {
  return recordsQuestionableBy(view, [document]);
}

/** The events of these types in one register that the reader may see at the basis, in the order of the log. */
export async function eventsOfTypes(
  view: LedgerView,
  register: string,
  types: readonly string[],
): Promise<readonly EventOfRecord[]> {
  const wanted = sql.join(types);
  return eventsOf(view, (known) =>
    known
      .where('records.register', '=', register)
      .where(sql<boolean>`json_extract(log_events.body, '$.type') in (${wanted})`)
      .orderBy('record_events.sequence'),
  );
}

/** The records with a fact that one of these names may put in question, as far as the reader may see that fact at the basis. */
export async function recordsQuestionableBy(
  view: LedgerView,
  names: readonly string[],
): Promise<readonly RecordName[]> {
  if (names.length === 0) return [];
  return recordsOfEvents(view, sql`select record, sequence from questionable where ${isAmong(sql.ref('name'), names)}`);
}

/**
 * The records with an imported fact that took effect, as it was printed or as it reads now, before a day that is said of what it names in
 * that register: a meeting that is its authority. As far as the reader may see that fact at the basis.
 */
export function recordsImportedAhead(view: LedgerView, register: string): Promise<readonly RecordName[]> {
  const said = sql`coalesce(json_extract(other.body, '$.facts.on'), json_extract(other.body, '$.facts.dated.from'))`;
  const isMoved = sql`exists (
    select 1 from record_events of_own join log_events own on own.sequence = of_own.sequence
    where of_own.record = questionable.record and json_extract(own.body, '$.type') = 'Corrected'
      and json_extract(own.body, '$.facts.path') in ('effectiveOn', 'dated'))`;
  return recordsOfEvents(
    view,
    sql`select questionable.record, questionable.sequence from records named
        join questionable on questionable.name = named.ref
        join record_events of_cited on of_cited.record = questionable.record and of_cited.sequence = questionable.sequence
        join log_events cited on cited.sequence = questionable.sequence
        join record_events of_other on of_other.record = named.record
        join log_events other on other.sequence = of_other.sequence
      where named.register = ${register} and of_cited.imported = 1
        and (${said} > json_extract(cited.body, '$.effectiveOn') or ${isMoved})`,
  );
}

/** @param wanted events by their record and number */
async function recordsOfEvents(view: LedgerView, wanted: RawBuilder<unknown>): Promise<readonly RecordName[]> {
  const found = await eventsOf(view, (known) =>
    known.where(sql<boolean>`(record_events.record, record_events.sequence) in (${wanted})`),
  );
  return found.map(({ record }) => record);
}
