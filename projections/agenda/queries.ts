import { sql } from 'kysely';
import type { EventId } from '../../libs/ledger/index.ts';
import {
  isIllustrative,
  onceFor,
  pageOfAll,
  recordsOf,
  rowsAsOf,
  seesLink,
  viewOfAll,
  type LedgerView,
  type Page,
  type PageWanted,
} from '../../libs/read-models/index.ts';
import {
  isNeverReached,
  type AgendaItem,
  type AgendaItemStatus,
  type Deferral,
  type ScheduledMeeting,
} from '../../libs/registers/meetings/index.ts';
import { agendas } from './projection.ts';

/** Which agenda items. What is not given does not narrow; states are alternatives. */
export interface AgendaFilter {
  /** The body that met. */
  readonly body?: string;
  readonly meeting?: string;
  readonly status?: readonly AgendaItemStatus[];
  /** Listed and never reached; or all others. */
  readonly neverReached?: boolean;
  /** Put off so often at least, in all the meetings that had it. */
  readonly deferredTimes?: number;
}

/** An item was put off, at that meeting. */
export interface DeferralAt extends Deferral {
  readonly meeting: string;
}

/** An agenda item of a meeting, and every time it was put off since it was first listed. */
export interface ListedItem {
  readonly meeting: string;
  readonly state: ScheduledMeeting;
  readonly item: AgendaItem;
  readonly neverReached: boolean;
  readonly deferrals: readonly DeferralAt[];
  /** Where it was taken up again. */
  readonly continuedAt: readonly string[];
}

/** The agenda items at the basis that pass the filter, by the day of their meeting and as they were listed. */
export async function listAgendaItems(
  view: LedgerView,
  filter: AgendaFilter,
  page: PageWanted,
): Promise<Page<ListedItem>> {
  return pageOfAll(await itemsThat(view, filter), page, ({ meeting, item }) => [meeting, item.event]);
}

/** How many agenda items pass the filter, by the body that met. Only bodies that have one. */
export async function countAgendaItems(
  view: LedgerView,
  filter: AgendaFilter,
): Promise<readonly { readonly key: string; readonly count: number }[]> {
  const counts = new Map<string, number>();
  for (const { state } of await itemsThat(view, filter)) counts.set(state.body, (counts.get(state.body) ?? 0) + 1);
  const keys = [...counts.keys()].sort();
  // A body that is not for this reader counts under no key.
  const areSeen = await Promise.all(keys.map((key) => seesLink(view, key)));
  return keys.flatMap((key, index) => (areSeen[index]! ? [{ key, count: counts.get(key)! }] : []));
}

/** The items of one meeting as the agenda of all meetings tells them; lists leave illustrative meetings out, and this is one that is named. */
export async function agendaOf(view: LedgerView, meeting: string): Promise<readonly ListedItem[]> {
  const items = await allItems((await isIllustrative(view, meeting)) ? viewOfAll(view) : view);
  return items.filter((one) => one.meeting === meeting);
}

async function itemsThat(
  view: LedgerView,
  { body, meeting, status, neverReached, deferredTimes = 0 }: AgendaFilter,
): Promise<readonly ListedItem[]> {
  const links = [body, meeting].filter((ref) => ref !== undefined);
  // What is not for this reader has the items that a reference of nothing has.
  if (!(await Promise.all(links.map((ref) => seesLink(view, ref)))).every(Boolean)) return [];
  return (await allItems(view)).filter(
    (one) =>
      (body === undefined || one.state.body === body) &&
      (meeting === undefined || one.meeting === meeting) &&
      (status === undefined || status.includes(one.item.status)) &&
      (neverReached === undefined || one.neverReached === neverReached) &&
      one.deferrals.length >= deferredTimes,
  );
}

/** All of them, worked out once for a view: what was put off is told by all the meetings that had it. */
function allItems(view: LedgerView): Promise<readonly ListedItem[]> {
  return onceFor(view, allItems, async () => {
    const rows = rowsAsOf(view, agendas, true).orderBy(sql`row.sort_key`);
    const meetings = await recordsOf<ScheduledMeeting, typeof agendas.columns>(view, rows, true);
    return inChains(meetings.map(({ record: { ref, state } }) => ({ ref, state })));
  });
}

/** Pure: the items of these meetings, each with the chain that ends in it. */
export function inChains(
  meetings: readonly { readonly ref: string; readonly state: ScheduledMeeting }[],
): readonly ListedItem[] {
  const listed = meetings.flatMap(({ ref, state }) => state.agenda.map((item) => ({ meeting: ref, state, item })));
  const byEvent = new Map(listed.map((one) => [one.item.event, one]));
  const continuedAt = new Map<EventId, string[]>();
  for (const { meeting, item } of listed)
    if (item.continues !== undefined)
      continuedAt.set(item.continues, [...(continuedAt.get(item.continues) ?? []), meeting]);
  return listed.map((one) => {
    const chain = [one];
    // Each entry names one that was there before it, so no chain comes back to itself; a correction cannot make one.
    for (let at = one.item.continues; at !== undefined && byEvent.has(at); at = chain[0]!.item.continues) {
      const before = byEvent.get(at)!;
      if (chain.includes(before)) break;
      chain.unshift(before);
    }
    const takenUp = continuedAt.get(one.item.event) ?? [];
    return {
      ...one,
      neverReached: isNeverReached(one.state, one.item, takenUp),
      deferrals: chain.flatMap(({ meeting, item }) => item.deferrals.map((deferral) => ({ ...deferral, meeting }))),
      continuedAt: takenUp,
    };
  });
}
