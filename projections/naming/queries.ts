import type { LinkedAndNamed } from '../../libs/declarations/index.ts';
import type { EventId, TextRef } from '../../libs/ledger/index.ts';
import {
  bodiesNamedBy,
  countNaming,
  linksTo,
  loaderOf,
  pageNaming,
  recordAsOf,
  recordsCalled,
  registerOf,
  seesLink,
  toldBeside,
  withinBodies,
  type LedgerView,
  type NamingGroup,
  type NamingRecord,
  type Page,
  type PageWanted,
} from '../../libs/read-models/index.ts';

/** A record that names another. */
export interface NamingOf extends NamingRecord {
  /** The words under which it is known; absent where it has none that this reader may know of. */
  readonly heading?: TextRef;
}

const NOTHING: Page<NamingOf> = { totalCount: 0, edges: [], hasNextPage: false, endCursor: null };

/**
 * The records whose state at the basis names that one, as far as the reader may see both: by register, then by the fields that
 * name it, then by reference.
 * @param wanted `groups`: those of these alone
 */
export async function listNaming(
  view: LedgerView,
  ref: string,
  wanted: PageWanted & { readonly groups?: readonly NamingGroup[] },
): Promise<Page<NamingOf>> {
  const page = await pageNaming(view, ref, { ...wanted, bodies: await bodiesNamedBy(view, [ref]) });
  if (!(await seesLink(view, ref))) return NOTHING;
  const edges = await Promise.all(
    page.edges.map(async ({ cursor, node }) => ({ cursor, node: { ...node, ...(await headingOf(view, node)) } })),
  );
  return { ...page, edges };
}

/** How many there are of each register and the fields by which they name it. */
export async function countRecordsNaming(view: LedgerView, ref: string): ReturnType<typeof countNaming> {
  return (await seesLink(view, ref)) ? countNaming(view, ref, await bodiesNamedBy(view, [ref])) : [];
}

/** A link between two records, as it is seen from one of them. */
export interface LinkOf {
  /** `TO`: from this record to the other. `FROM`: from the other to this one. */
  readonly direction: 'TO' | 'FROM';
  /** What the one that links is to the one to which it does. */
  readonly as: string;
  readonly other: NamingRecordNamed;
}

/** A record by its name, and the words under which it is known. */
export type NamingRecordNamed = Pick<NamingOf, 'register' | 'ref' | 'heading'>;

/**
 * The links that a record has at the basis, in the order in which they took effect, then those that others have to it, by register, as what
 * and reference; as far as the reader may see both. Those of all records asked for at once are the same few questions.
 */
export async function linksOf(view: LedgerView, ref: string): Promise<readonly LinkOf[]> {
  const [{ linked = [] }, all] = await Promise.all([linkedAndNamed(view, ref), linksFrom(view, ref)]);
  const from = await toldBeside(view, ref, all, (one) => one.ref);
  const ends = [
    ...linked.map(({ to, as }) => ({
      direction: 'TO' as const,
      as,
      ref: to,
      register: registerOf(view, to)?.name ?? '',
    })),
    ...from.map(({ as, ref: other, register }) => ({ direction: 'FROM' as const, as, ref: other, register })),
  ];
  return Promise.all(
    ends.map(async ({ direction, as, ref: other, register }) => ({
      ...{ direction, as },
      other: { register, ref: other, ...(await headingOf(view, { register, ref: other })) },
    })),
  );
}

async function linksFrom(view: LedgerView, ref: string) {
  const load = async (refs: readonly string[]) => {
    const found = await linksTo(view, refs);
    return refs.map((one) => found.filter(({ to }) => to === one));
  };
  return (await seesLink(view, ref)) ? loaderOf(view, linksFrom, load).load(ref) : [];
}

/** The names of a record at the basis beside its title, as far as the reader may read them, in the order in which they took effect. */
export async function namesOf(view: LedgerView, ref: string): Promise<readonly string[]> {
  return (await namesGiven(view, ref)).map(({ name }) => name);
}

/** The same, each with the event that gave it: by that it is withdrawn. */
export async function namesGiven(
  view: LedgerView,
  ref: string,
): Promise<readonly { readonly name: string; readonly event: EventId }[]> {
  const { names = [] } = await linkedAndNamed(view, ref);
  const words = await Promise.all(names.map(({ name }) => view.text(name)));
  return names.flatMap(({ event }, index) => (words[index] === null ? [] : [{ name: words[index]!, event }]));
}

async function linkedAndNamed(view: LedgerView, ref: string): Promise<LinkedAndNamed> {
  const register = registerOf(view, ref);
  const record = register === null ? null : await recordAsOf<LinkedAndNamed>(view, register.name, ref);
  return record?.state ?? {};
}

/** The records of any register that are known under that very name at the basis, whatever its capitals and spaces, as far as the reader may see. */
export async function listCalled(view: LedgerView, name: string): Promise<readonly NamingRecordNamed[]> {
  const found = await recordsCalled(view, name);
  const standing = await Promise.all(found.map(({ ref }) => seesLink(view, ref)));
  return Promise.all(
    (
      await withinBodies(
        view,
        found.filter((_, index) => standing[index]),
        (one) => one,
      )
    ).map(async (one) => ({
      ...one,
      ...(await headingOf(view, one)),
    })),
  );
}

/** Every record is known under its title or its name. All that are asked for at once are one question for each register. */
async function headingOf(
  view: LedgerView,
  { register, ref }: Pick<NamingRecord, 'register' | 'ref'>,
): Promise<{ heading?: TextRef }> {
  if (register === '') return {};
  const record = await recordAsOf<{ readonly title?: TextRef; readonly name?: TextRef }>(view, register, ref);
  const heading = record?.state.title ?? record?.state.name;
  return heading === undefined ? {} : { heading };
}
