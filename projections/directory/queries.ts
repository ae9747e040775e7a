import { sql } from 'kysely';
import { isCapacity, type Capacity } from '../../libs/access/index.ts';
import {
  eventsOfTypes,
  groupsOf,
  lookedAt,
  onceFor,
  pageOf,
  pageOfAll,
  recordAsOf,
  recordsOf,
  rowsAsOf,
  rowsOfAll,
  seesLink,
  viewOfAll,
  withinBodies,
  type EventOfRecord,
  type LedgerView,
  type Page,
  type PageWanted,
  type RecordAsOf,
} from '../../libs/read-models/index.ts';
import {
  directory,
  grantsAmong,
  holdersOn,
  type BodyState,
  type DirectoryState,
  type PersonState,
  type PostState,
} from '../../libs/registers/directory/index.ts';
import { directoryEntries } from './projection.ts';

const DIRECTORY_TYPES = directory.kinds.map(({ type }) => type);

/** A body, post or person at a basis. Names are words of the ledger: `view.text(entry.state.name)`. */
export type DirectoryEntry<State> = RecordAsOf<State>;
export interface PostEntry extends DirectoryEntry<PostState> {
  /** References of the persons who hold it on the effective day. */
  readonly holders: readonly string[];
}
type StateOf = { readonly BODY: BodyState; readonly POST: PostState; readonly PERSON: PersonState };

/** A post, or null when it is absent at the basis or hidden. Whatever of the directory is asked for at once is one question. */
export async function findPost(view: LedgerView, ref: string | undefined): Promise<PostEntry | null> {
  const entry = await find(view, 'POST', ref);
  return entry === null ? null : withHolders(view, entry);
}

/** The capacity in which a post acts; null for one that is absent at the basis, hidden, or acts in none. */
export async function capacityOfPost(view: LedgerView, ref: string): Promise<Capacity | null> {
  const capacity = (await find(view, 'POST', ref))?.state.capacity;
  return capacity !== undefined && isCapacity(capacity) ? capacity : null;
}

/** The capacity in which a post acts: one that every ledger knows, else what the directory says at that view; null if none. */
export async function capacityActedIn(post: string, today: () => Promise<LedgerView>): Promise<Capacity | null> {
  return isCapacity(post) ? post : capacityOfPost(await today(), post);
}

/** A body, or null. See {@link findPost}. */
export function findBody(view: LedgerView, ref: string | undefined): Promise<DirectoryEntry<BodyState> | null> {
  return find(view, 'BODY', ref);
}

/** A person, or null. See {@link findPost}. */
export function findPerson(view: LedgerView, ref: string): Promise<DirectoryEntry<PersonState> | null> {
  return find(view, 'PERSON', ref);
}

/** A person who is named. */
export type PersonNamed = Pick<DirectoryEntry<PersonState>, 'state' | 'disputed'>;

/**
 * The people who hold a post on the effective day of the basis, as far as the reader may know of them: by their reference alone where they were
 * added to the ledger on a later day.
 */
export function peopleHolding(view: LedgerView, post: Pick<PostState, 'holders'>): Promise<readonly PersonNamed[]> {
  return Promise.all(
    holdersSeen(view, post).map(
      async (ref): Promise<PersonNamed> =>
        (await findPerson(view, ref)) ?? { state: { record: 'PERSON', ref }, disputed: [] },
    ),
  );
}

/** All posts at the basis, by reference. */
export async function listPosts(view: LedgerView): Promise<readonly PostEntry[]> {
  return (await list(view, 'POST')).map((entry) => withHolders(view, entry));
}

/** All bodies at the basis, by reference. */
export function listBodies(view: LedgerView): Promise<readonly DirectoryEntry<BodyState>[]> {
  return list(view, 'BODY');
}

/** A page of posts, by reference: all of them, or those of one body. */
export async function pageOfPosts(
  view: LedgerView,
  { body }: { readonly body?: string },
  page: PageWanted,
): Promise<Page<PostEntry>> {
  let rows = entriesOf(view, 'POST');
  if (body !== undefined) {
    rows = rows.where(lookedAt('body'), '=', body);
    // A body that is not for this reader has the posts that no body has.
    if (!(await seesLink(view, body))) rows = rows.where(sql<boolean>`1 = 0`);
  }
  return pageOf(view, rows, page, (entry: DirectoryEntry<PostState>) => withHolders(view, entry));
}

/** The bodies to which posts belong, as far as the reader may know of them. */
export async function bodiesOfPosts(view: LedgerView): Promise<readonly string[]> {
  const groups = await groupsOf(view, entriesOf(view, 'POST'), 'body');
  const seen = groups.map(async ({ key }) => (key !== null && (await seesLink(view, key)) ? [key] : []));
  return (await Promise.all(seen)).flat();
}

/** The bodies that read others, as far as the reader may see both, by reference. */
export async function bodiesThatRead(view: LedgerView): Promise<readonly string[]> {
  const rows = entriesOf(viewOfAll(view), 'BODY').where('row.reads', '=', 1).orderBy('row.sort_key');
  const found = await recordsOf<BodyState, typeof directoryEntries.columns>(view, rows);
  return found.flatMap(({ record: { ref, state } }) => (state.reads === undefined ? [] : [ref]));
}

/** A page of bodies, by reference. */
export function pageOfBodies(view: LedgerView, page: PageWanted): Promise<Page<DirectoryEntry<BodyState>>> {
  return pageOf(view, entriesOf(view, 'BODY'), page, (entry: DirectoryEntry<BodyState>) => entry);
}

/**
 * A page of the people whom the reader may know of, by name; those whose name they may not read come last. Names are sealed, so all are
 * opened to be put in order: an office has some hundred.
 */
export async function pageOfPeople(view: LedgerView, page: PageWanted): Promise<Page<DirectoryEntry<PersonState>>> {
  const all = await onceFor(view, pageOfPeople, () => peopleByName(view));
  const people = await withinBodies(view, all, (one) => one);
  return pageOfAll(people, page, ({ ref }) => [ref]);
}

async function peopleByName(view: LedgerView): Promise<readonly DirectoryEntry<PersonState>[]> {
  const people = await list(view, 'PERSON');
  const named = await Promise.all(people.map(async (entry) => ({ entry, name: await view.text(entry.state.name) })));
  const inOrder = named.toSorted(
    (one, other) =>
      Number(one.name === null) - Number(other.name === null) || BY_NAME.compare(one.name ?? '', other.name ?? ''),
  );
  return inOrder.map(({ entry }) => entry);
}

/** `Ångström` stands with A. */
const BY_NAME = new Intl.Collator('en-GB');

/** A grant of authority or a change of one, and the post or person of whom it is. */
export type Grant = EventOfRecord;

/**
 * Who was given authority, by whom, and every later change of a capacity, a tenure or a subject, in the order in which they were
 * recorded: also what was voided since. For readers who may see everything; for others there is none.
 */
export async function listGrants(view: LedgerView, wanted: PageWanted): Promise<Page<Grant>> {
  const all = await onceFor(view, listGrants, () => allGrants(view));
  const grants = await withinBodies(view, all, ({ record }) => record);
  return pageOfAll(grants, wanted, ({ event }) => [event.id]);
}

async function allGrants(view: LedgerView): Promise<readonly Grant[]> {
  const known = view.reader.audience === 'full' ? await eventsOfTypes(view, directory.name, DIRECTORY_TYPES) : [];
  const byRecord = new Map<string, Grant[]>();
  for (const one of known) byRecord.set(one.record.ref, [...(byRecord.get(one.record.ref) ?? []), one]);
  const granting = new Set(
    [...byRecord.values()].flatMap((of) => grantsAmong(of.map(({ event }) => event)).map(({ id }) => id)),
  );
  return known.filter(({ event }) => granting.has(event.id));
}

async function find<Kind extends keyof StateOf>(
  view: LedgerView,
  kind: Kind,
  ref: string | undefined,
): Promise<DirectoryEntry<StateOf[Kind]> | null> {
  const entry = await recordAsOf<DirectoryState>(view, 'directory', ref);
  return entry?.state.record === kind ? (entry as DirectoryEntry<StateOf[Kind]>) : null;
}

async function list<Kind extends keyof StateOf>(
  view: LedgerView,
  kind: Kind,
): Promise<readonly DirectoryEntry<StateOf[Kind]>[]> {
  const rows = entriesOf(view, kind).orderBy('row.sort_key');
  return (await recordsOf<StateOf[Kind], typeof directoryEntries.columns>(view, rows)).map(({ record }) => record);
}

export function entriesOf(view: LedgerView, kind: keyof StateOf) {
  // A person is of the bodies of their posts, which no row says: see `pageOfPeople`.
  const rowsOf = kind === 'PERSON' ? rowsOfAll : rowsAsOf;
  return rowsOf(view, directoryEntries, true).where('row.kind', '=', kind);
}

function withHolders(view: LedgerView, entry: DirectoryEntry<PostState>): PostEntry {
  return { ...entry, holders: holdersSeen(view, entry.state) };
}

/** A tenure of somebody who is not for this reader names nobody. */
function holdersSeen(view: LedgerView, post: Pick<PostState, 'holders'>): readonly string[] {
  const holders: readonly (string | undefined)[] = holdersOn(post, view.basis.effective);
  return holders.filter((person) => person !== undefined);
}
