import { sql, type RawBuilder } from 'kysely';
import type { Reader } from '../access/index.ts';
import { soleLinkOf, type EventId } from '../ledger/index.ts';
import type { KnownEvent } from '../timeline/index.ts';
import type { FactApartRow } from './tables.ts';
import { isEventKnownAt, maySee, numberLookedAt, type Answering, type Point } from './view.ts';

/*
 * Events that say of a record nothing but that a link was made or ended, and what was said of those: whoever may not see the record at the other end is told
 * of none of them (`record-events.ts`), and so must not be told where one stands in the log either.
 */

/** What an event has to do with a link, by the numbers of events in the ledger. */
export type OfLink = Pick<FactApartRow, 'link' | 'said_of' | 'leads_to'>;

export const OF_NO_LINK: OfLink = { link: null, said_of: null, leads_to: null };

/** The events of one record that have to do with a link, in the order of the log. Pure. */
export class LinkFacts {
  readonly #known = new Map<EventId, { readonly link: number; readonly sequence: number; readonly field: string }>();

  /** Takes in the next event of the record. */
  add(event: KnownEvent): OfLink {
    const { id, sequence, type, facts } = event;
    const field = soleLinkOf(event);
    if (field !== undefined) {
      this.#known.set(id, { link: sequence, sequence, field });
      return { link: sequence, said_of: null, leads_to: asRef(facts[field]) };
    }
    const { target } = facts;
    const said = typeof target === 'string' ? this.#known.get(target) : undefined;
    if (said === undefined) return OF_NO_LINK;
    this.#known.set(id, { ...said, sequence });
    const saysWhere = type === 'Corrected' && said.sequence === said.link && facts['path'] === said.field;
    return { link: said.link, said_of: said.sequence, leads_to: saysWhere ? asRef(facts['is']) : null };
  }
}

function asRef(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/**
 * SQL: has the event in `record_events` to do with nothing but a link which, by the last correction of where it leads that the reader may know of, leads to what
 * they may not see?
 * @param point what is known there counts; null: all
 */
export function isOfLinkToNothing(
  whose: { readonly reader: Reader; readonly answering: Pick<Answering, 'withheld'> },
  point: Point | null,
): RawBuilder<boolean> {
  const known = (table: string) => (point === null ? sql`1 = 1` : isEventKnownAt(point, table));
  // The order in which they were recorded on the clock.
  const order = point === null || point.clock === 'PROVEN' ? 'sequence' : 'known_at';
  const isSeen = (table: string) => maySee(whose, numberLookedAt(`${table}.audiences`), sql.ref(`${table}.record`));
  const factsOf = (
    fact: string,
    event: string,
  ) => sql`facts_apart as ${sql.ref(fact)} join record_events as ${sql.ref(event)}
    on ${sql.ref(`${event}.record`)} = ${sql.ref(`${fact}.record`)} and ${sql.ref(`${event}.sequence`)} = ${sql.ref(`${fact}.sequence`)}
      and ${known(event)} and ${isSeen(event)}`;
  const isTakenBack = sql`(select count(*) from ${factsOf('void', 'voiding')}
    where void.record = says.record and void.said_of = says.sequence and void.does = 'VOIDS') % 2 = 1`;
  const leadsSomewhere = sql`says.register is null or exists (
    select 1 from records as named join record_events as opening on opening.record = named.record and opening.sequence = named.record
    where named.register = says.register and named.ref = says.leads_to and ${isSeen('opening')})`;
  return sql<boolean>`exists (
    select 1 from facts_apart as fact
    where fact.record = record_events.record and fact.sequence = record_events.sequence and fact.link is not null
      and not (select ${leadsSomewhere} from ${factsOf('says', 'saying')}
        where says.record = fact.record and says.link = fact.link and says.leads_to is not null
          and (says.sequence = says.link or not ${isTakenBack})
        order by ${sql.ref(`saying.${order}`)} desc, saying.sequence desc limit 1))`;
}
