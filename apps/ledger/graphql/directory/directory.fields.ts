import { isCapacity } from '../../../../libs/access/index.ts';
import type { JsonValue, TextRef } from '../../../../libs/ledger/index.ts';
import type { LedgerView } from '../../../../libs/read-models/index.ts';
import type { BodyState, PersonState, PostState } from '../../../../libs/registers/directory/index.ts';
import { findBody, findPerson, findPost, type Grant } from '../../../../projections/index.ts';
import type { Written } from '../commands/mutations.ts';
import { seen, type Fields, type Seen } from '../ledger/value.ts';

/** The one word of an entry, still to be opened. */
type Named = Seen<{ readonly nameRef: TextRef | undefined }>;

export function bodyValue(view: LedgerView, { ref, name, organisation }: BodyState) {
  return seen(view, { ref, nameRef: name, organisation: organisation ?? null });
}

export function postValue(view: LedgerView, { ref, name, body, capacity, holders }: PostState) {
  return seen(view, { ref, nameRef: name, body: body ?? null, capacity: capacity ?? null, holders });
}

function personValue(view: LedgerView, { ref, name }: PersonState) {
  return seen(view, { ref, nameRef: name });
}

/** A post that something names: links to what the reader may not see are gone by here. Posts that every ledger knows need no record. */
export async function postNamed(view: LedgerView, ref: string | null | undefined) {
  if (ref === null || ref === undefined) return null;
  const found = await findPost(view, ref);
  if (found !== null) return postValue(view, found.state);
  return postValue(view, { record: 'POST', ref, holders: [], ...(isCapacity(ref) ? { capacity: ref } : {}) });
}

/** A body that something names; null when the reader may not see it. See {@link postNamed}. */
export async function bodyNamed(view: LedgerView, ref: string | undefined) {
  if (ref === undefined) return null;
  return bodyValue(view, (await findBody(view, ref))?.state ?? { record: 'BODY', ref });
}

/** What the directory calls the post or the body that stands under that path, as far as the reader may see it. */
export async function namesIn(view: LedgerView, path: string, value: JsonValue): Promise<ReadonlyMap<string, string>> {
  if (typeof value !== 'string') return new Map();
  const found = path === 'owner' ? await findPost(view, value) : path === 'body' ? await findBody(view, value) : null;
  const name = await view.text(found?.state.name);
  return name === null ? new Map() : new Map([[value, name]]);
}

/** A grant of authority, or a change of one. */
export function grantValue(view: LedgerView, { event, record, recordedAt }: Grant) {
  const { id, type, effectiveOn, facts, actor } = event;
  const said = (field: string) => (typeof facts[field] === 'string' ? facts[field] : null);
  const capacity = said('capacity') ?? (facts['path'] === 'capacity' ? said('is') : null);
  return {
    ...{ record: record.ref, event: id, type, effectiveOn, recordedAt, view },
    capacity: capacity !== null && isCapacity(capacity) ? capacity : null,
    person: said('person') ?? (facts['path'] === 'person' ? said('is') : null),
    path: said('path'),
    target: said('target'),
    byRef: actor.by?.post,
    enteredByRef: actor.enteredBy.post,
    reasonRef: event.texts['reason'],
  };
}

const name = ({ view, nameRef }: Named) => view.text(nameRef);

export const DIRECTORY_FIELDS: { readonly [type: string]: Fields<never> } = {
  Body: { name } satisfies Fields<Named>,
  Post: { name } satisfies Fields<Named>,
  Person: { name } satisfies Fields<Named>,
  Grant: {
    by: ({ view, byRef }) => postNamed(view, byRef),
    enteredBy: ({ view, enteredByRef }) => postNamed(view, enteredByRef),
    reason: ({ view, reasonRef }) => view.text(reasonRef),
  } satisfies Fields<ReturnType<typeof grantValue>>,
  BodyPayload: {
    async body({ viewAfter, accepted }) {
      const view = await viewAfter();
      const found = await findBody(view, accepted.ref);
      return found === null ? null : bodyValue(view, found.state);
    },
  } satisfies Fields<Written>,
  PostPayload: {
    async post({ viewAfter, accepted }) {
      const view = await viewAfter();
      const found = await findPost(view, accepted.ref);
      return found === null ? null : postValue(view, found.state);
    },
  } satisfies Fields<Written>,
  PersonPayload: {
    async person({ viewAfter, accepted }) {
      const view = await viewAfter();
      const found = await findPerson(view, accepted.ref);
      return found === null ? null : personValue(view, found.state);
    },
  } satisfies Fields<Written>,
};
