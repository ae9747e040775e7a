import {
  byRecord,
  delaysOfPlain,
  entriesApart,
  eventsAsOf,
  firstOf,
  inGroups,
  inTurns,
  isWanted,
  latePlain,
  monthOf,
  registerNamed,
  seesLink,
  workedOutOnce,
  type DelayCount,
  type EntriesWanted,
  type EntryFound,
  type EntryGrouping,
  type Grouping,
  type LedgerView,
  type Page,
  type PageWanted,
  type RecordName,
} from '../../libs/read-models/index.ts';
import { delaysOf, entriesTaken, type Delays, type EntryTaken } from './entry-delays.ts';
import { entriesById, lateAfterIn, pageInLog, placeOfCursor, type HistoryEvent } from './queries.ts';

/** An entry that was recorded later than was allowed on the day on which it was. */
export interface LateEntry {
  readonly record: string;
  readonly register: string;
  readonly event: HistoryEvent;
}

/** How long entries took that count under one key; null for those without one, or whose key is not for the reader. */
export interface DelayGroup extends Delays {
  readonly key: string | null;
  readonly label: string;
}

/**
 * How long after they took effect facts were recorded, of all records: those that stand at the basis and took effect by its day, as far as the reader may see
 * them (docs/time.md). All of them together, and those under each key.
 */
export async function entryDelays(
  view: LedgerView,
  wanted: EntriesWanted,
  by: EntryGrouping | null = null,
): Promise<Delays & { readonly groups: readonly DelayGroup[] }> {
  const [plain, apart] = await Promise.all([delaysOfPlain(view, wanted, by), readEntries(view, wanted)]);
  const all = [...plain, ...countsOf(apart, by)];
  const groups = by === null ? [] : await inGroups(view, groupingBy(by), all);
  return { ...delaysOf(all), groups: groups.map(({ key, label, of }) => ({ key, label, ...delaysOf(of) })) };
}

/** The entries that are late, the one first that was last in the ledger. */
export async function listLateEntries(
  view: LedgerView,
  wanted: EntriesWanted,
  page: PageWanted,
): Promise<Page<LateEntry>> {
  const first = firstOf(page);
  const before = page.after === undefined ? Number.MAX_SAFE_INTEGER : await placeOfCursor(view, page.after);
  const [plain, read] = await Promise.all([
    latePlain(view, wanted, { before, first: first + 1 }),
    readEntries(view, wanted),
  ]);
  const apart = read.filter(({ late }) => late);
  const following = [...plain.entries, ...apart.filter(({ sequence }) => sequence < before)]
    .sort((a, b) => b.sequence - a.sequence)
    .slice(0, first + 1);
  return pageInLog(following, first, plain.count + apart.length, (entry) => entryOf(view, entry));
}

type EntryRead = EntryTaken & EntryFound;

const KEY_OF: { readonly [by in EntryGrouping]: (entry: EntryRead) => string | null } = {
  POST: ({ post }) => post,
  REGISTER: ({ register }) => register,
  MONTH: ({ recordedOn }) => monthOf(recordedOn),
};

function groupingBy(by: EntryGrouping): Grouping {
  if (by === 'POST') return byRecord('by nobody whom you may see', ['directory', 'name']);
  if (by === 'MONTH') return { without: 'in no month' };
  return { without: 'of no register', label: (_, key) => Promise.resolve(key.replaceAll('-', ' ')) };
}

/** How many of them there are with each delay, under each key. */
function countsOf(entries: readonly EntryRead[], by: EntryGrouping | null): readonly DelayCount[] {
  const counts = new Map<string, DelayCount>();
  for (const entry of entries) {
    const of = { key: by === null ? null : KEY_OF[by](entry), delayDays: entry.delayDays, late: entry.late };
    const name = JSON.stringify(of);
    counts.set(name, { ...of, count: (counts.get(name)?.count ?? 0) + 1 });
  }
  return [...counts.values()];
}

/** The entries of the records that have to be read. */
async function readEntries(view: LedgerView, wanted: EntriesWanted): Promise<readonly EntryRead[]> {
  const { post, register } = wanted;
  if (post !== undefined && !(await seesLink(view, post))) return [];
  const all = await workedOutOnce(view, `entries of ${register ?? 'all'}`, async () => {
    const records = await entriesApart(view, register);
    return (await inTurns(records, (record) => entriesOf(view, record))).flat();
  });
  return all.filter((entry) => isWanted(wanted, entry));
}

async function entriesOf(view: LedgerView, { register: name, ref }: RecordName): Promise<readonly EntryRead[]> {
  const register = registerNamed(view, name);
  if (register === null) return [];
  const known = await eventsAsOf(view, { register: name, ref });
  const taken = entriesTaken(register, known, view.basis.effective, await lateAfterIn(view, register, known));
  return taken.map((entry) => ({ ...entry, register: name, ref }));
}

async function entryOf(view: LedgerView, { register, ref, event }: EntryFound): Promise<LateEntry> {
  return { record: ref, register, event: (await entriesById(view, ref)).get(event)! };
}
