import type { RecordKind } from '../../../../libs/declarations/index.ts';
import { isCapacity } from '../../../../libs/access/index.ts';
import type { JsonValue } from '../../../../libs/ledger/index.ts';
import type { LedgerView } from '../../../../libs/read-models/index.ts';
import type { BodyState, PersonState, PostState } from '../../../../libs/registers/directory/index.ts';
import { findBody, findPost, type DirectoryEntry } from '../../../../projections/index.ts';
import { recordsAt, type Place, type Names } from '../../../../libs/wording/index.ts';
import { seen } from '../ledger/value.ts';

type Entry<State> = Pick<DirectoryEntry<State>, 'state' | 'disputed'>;

export function bodyValue(view: LedgerView, { state, disputed }: Entry<BodyState>) {
  const { ref, name, organisation = null, reads = [] } = state;
  return seen(view, { ref, nameRef: name, organisation, readsRefs: reads, disputes: disputed });
}

export function postValue(view: LedgerView, { state, disputed }: Entry<PostState>) {
  const { ref, name, body = null, capacity = null, holders } = state;
  return seen(view, { ref, nameRef: name, body, capacity, holders, disputes: disputed });
}

export function personValue(view: LedgerView, { state, disputed }: Entry<PersonState>) {
  return seen(view, { ref: state.ref, nameRef: state.name, disputes: disputed });
}

/** A post that something names: links to what the reader may not see are gone by here. Posts that every ledger knows need no record. */
export async function postNamed(view: LedgerView, ref: string | null | undefined) {
  if (ref === null || ref === undefined) return null;
  const standing: PostState = { record: 'POST', ref, holders: [], ...(isCapacity(ref) ? { capacity: ref } : {}) };
  return postValue(view, (await findPost(view, ref)) ?? { state: standing, disputed: [] });
}

/** A body that something names; null when the reader may not see it. See {@link postNamed}. */
export async function bodyNamed(view: LedgerView, ref: string | undefined) {
  if (ref === undefined) return null;
  return bodyValue(view, (await findBody(view, ref)) ?? { state: { record: 'BODY', ref }, disputed: [] });
}

/** What the directory calls the posts and bodies that a value names, as far as the reader may see them. */
export async function namesIn(view: LedgerView, place: Place, value: JsonValue): Promise<Names> {
  const named = await Promise.all(
    recordsAt(place, value).map(async ({ kind, ref }) => {
      const found = await postOrBody(view, kind, ref);
      const name = await view.text(found?.state.name);
      return name === null ? [] : [[ref, name] as const];
    }),
  );
  return new Map(named.flat());
}

/** The post or body of that reference, as far as the reader may see it; null for a record of any other kind. */
export function postOrBody(
  view: LedgerView,
  kind: RecordKind | null,
  ref: string,
): Promise<DirectoryEntry<PostState | BodyState> | null> {
  if (kind === 'post') return findPost(view, ref);
  return kind === 'body' ? findBody(view, ref) : Promise.resolve(null);
}
