import type { TextRef } from '../../libs/ledger/index.ts';
import {
  countNaming,
  pageNaming,
  recordAsOf,
  seesLink,
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
  const page = await pageNaming(view, ref, wanted);
  if (!(await seesLink(view, ref))) return NOTHING;
  const edges = await Promise.all(
    page.edges.map(async ({ cursor, node }) => ({ cursor, node: { ...node, ...(await headingOf(view, node)) } })),
  );
  return { ...page, edges };
}

/** How many there are of each register and the fields by which they name it. */
export async function countRecordsNaming(view: LedgerView, ref: string): ReturnType<typeof countNaming> {
  return (await seesLink(view, ref)) ? countNaming(view, ref) : [];
}

/** Every record is known under its title or its name. All that are asked for at once are one question for each register. */
async function headingOf(view: LedgerView, { register, ref }: NamingRecord): Promise<{ heading?: TextRef }> {
  const record = await recordAsOf<{ readonly title?: TextRef; readonly name?: TextRef }>(view, register, ref);
  const heading = record?.state.title ?? record?.state.name;
  return heading === undefined ? {} : { heading };
}
