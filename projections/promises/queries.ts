import { sql } from 'kysely';
import type { EventId } from '../../libs/ledger/index.ts';
import {
  loaderOf,
  pageOfAll,
  recordAsOf,
  recordsNaming,
  recordsOf,
  rowsAsOf,
  seesLink,
  type LedgerView,
  type Page,
  type PageWanted,
} from '../../libs/read-models/index.ts';
import type { RaisedAction } from '../../libs/registers/actions/index.ts';
import type { MinutedItem, ScheduledMeeting } from '../../libs/registers/meetings/index.ts';
import { minutedPromises } from './projection.ts';

/** Which promises. What is not given does not narrow. */
export interface PromiseFilter {
  /** The body that met. */
  readonly body?: string;
  /** The meeting whose minutes hold it. */
  readonly meeting?: string;
  /** Whether an action keeps it. */
  readonly kept?: boolean;
}

/** An item of the minutes of a meeting. */
export interface MinuteOf {
  readonly meeting: string;
  readonly minute: MinutedItem;
}

/** A promise of the minutes, and the actions that keep it, by reference: none where it never became one. */
export interface MinutedPromise extends MinuteOf {
  readonly actions: readonly string[];
}

/** The promises in the minutes at the basis, by meeting and as they were minuted. */
export async function listPromises(
  view: LedgerView,
  { kept, ...of }: PromiseFilter,
  page: PageWanted,
): Promise<Page<MinutedPromise>> {
  const promises = await promisesOf(view, of);
  const wanted = promises.filter(({ actions }) => kept === undefined || kept === actions.length > 0);
  return pageOfAll(wanted, page, ({ meeting, place }) => [meeting, String(place)]);
}

/** How many of the promises in the minutes at the basis some action keeps, and how many none does. */
export async function countPromises(
  view: LedgerView,
  of: Omit<PromiseFilter, 'kept'>,
): Promise<{ readonly kept: number; readonly others: number }> {
  const promises = await promisesOf(view, of);
  const kept = promises.filter(({ actions }) => actions.length > 0).length;
  return { kept, others: promises.length - kept };
}

/** All of them, each with its place in the minutes. */
async function promisesOf(
  view: LedgerView,
  { body, meeting }: Omit<PromiseFilter, 'kept'>,
): Promise<readonly (MinutedPromise & { readonly place: number })[]> {
  const links = [body, meeting].filter((ref) => ref !== undefined);
  // What is not for this reader has the promises that a reference of nothing has.
  const areSeen = (await Promise.all(links.map((ref) => seesLink(view, ref)))).every(Boolean);
  let rows = rowsAsOf(view, minutedPromises, true).where(sql<boolean>`${areSeen ? 1 : 0}`);
  if (body !== undefined) rows = rows.where('row.body', '=', body);
  if (meeting !== undefined) rows = rows.where('row.ref', '=', meeting);
  const meetings = await recordsOf<ScheduledMeeting, typeof minutedPromises.columns>(
    view,
    rows.orderBy(sql`row.sort_key`),
    true,
  );
  return Promise.all(
    meetings.flatMap(({ record: { ref, state } }) =>
      state.items.flatMap((minute, place) =>
        minute.promise
          ? [actionsKeeping(view, minute.event).then((actions) => ({ meeting: ref, minute, place, actions }))]
          : [],
      ),
    ),
  );
}

/** The actions at the basis that were raised to keep what that event minuted, by reference. Many at once are one question. */
export function actionsKeeping(view: LedgerView, minuted: EventId): Promise<readonly string[]> {
  return loaderOf(view, actionsKeeping, async (events: readonly EventId[]) => {
    const found = await recordsNaming(view, events);
    return events.map((event) =>
      found.flatMap(({ register, ref, named }) => (register === 'actions' && named === event ? [ref] : [])).sort(),
    );
  }).load(minuted);
}

/** The promise that an action keeps; null where it keeps none that this reader may see at the basis. */
export async function promiseKeptBy(
  view: LedgerView,
  { keepsPromise, meeting }: Pick<RaisedAction, 'keepsPromise' | 'meeting'>,
): Promise<MinuteOf | null> {
  if (keepsPromise === undefined || meeting === undefined) return null;
  const found = await recordAsOf<ScheduledMeeting>(view, 'meetings', meeting);
  const minute = found?.state.items.find(({ event }) => event === keepsPromise);
  return minute === undefined ? null : { meeting, minute };
}
