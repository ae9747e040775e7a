import { isPostCapacity } from '../../../../libs/access/index.ts';
import type { TextRef } from '../../../../libs/ledger/index.ts';
import type { LedgerView } from '../../../../libs/read-models/index.ts';
import type { Dispute } from '../../../../libs/timeline/index.ts';
import {
  findBody,
  findPerson,
  findPost,
  listBodies,
  listGrants,
  listPosts,
  peopleHolding,
  type Grant,
} from '../../../../projections/index.ts';
import { PAYLOAD, type Written } from '../commands/mutations.ts';
import { recordNamed, recordWritten } from '../ledger/one-record.ts';
import { disputesOf, history } from '../ledger/record.fields.ts';
import { connection, pageWanted, type Fields, type ListArguments, type Root, type Seen } from '../ledger/value.ts';
import { bodyNamed, bodyValue, personValue, postNamed, postValue } from './directory.values.ts';

/** What every entry has: one word, still to be opened, and what other sources say of it. */
type Entry = Seen<{
  readonly ref: string;
  readonly nameRef: TextRef | undefined;
  readonly disputes: readonly Dispute[];
}>;

/** A grant of authority, or a change of one. */
export function grantValue(view: LedgerView, { event, record, recordedAt }: Grant) {
  const { id, type, effectiveOn, facts, actor } = event;
  const said = (field: string) => (typeof facts[field] === 'string' ? facts[field] : null);
  const capacity = said('capacity') ?? (facts['path'] === 'capacity' ? said('is') : null);
  return {
    ...{ record: record.ref, event: id, type, effectiveOn, recordedAt, view },
    capacity: capacity !== null && isPostCapacity(capacity) ? capacity : null,
    person: said('person') ?? (facts['path'] === 'person' ? said('is') : null),
    path: said('path'),
    target: said('target'),
    byRef: actor.by?.post,
    enteredByRef: actor.enteredBy.post,
    reasonRef: event.texts['reason'],
  };
}

const ENTRY: Fields<Entry> = {
  name: ({ view, nameRef }) => view.text(nameRef),
  disputed: ({ view, disputes }) => disputesOf(view, disputes),
  history: ({ view, ref }, args: ListArguments) => history(view, ref, args),
};

export const DIRECTORY_FIELDS: { readonly [type: string]: Fields<never> } = {
  Ledger: {
    body: recordNamed('directory', findBody, bodyValue),
    async bodies({ view }) {
      return (await listBodies(view)).map((entry) => bodyValue(view, entry));
    },
    post: recordNamed('directory', findPost, postValue),
    async posts({ view }) {
      return (await listPosts(view)).map((entry) => postValue(view, entry));
    },
    person: recordNamed('directory', findPerson, personValue),
    async grants({ view }, page: ListArguments) {
      return connection(await listGrants(view, pageWanted(page)), (grant) => grantValue(view, grant));
    },
  } satisfies Fields<Root>,
  Body: {
    ...ENTRY,
    reads: ({ view, readsRefs }) => Promise.all(readsRefs.map((ref) => bodyNamed(view, ref))),
  } satisfies Fields<Entry & ReturnType<typeof bodyValue>>,
  Post: {
    ...ENTRY,
    async heldBy({ view, holders }) {
      return (await peopleHolding(view, { holders })).map((person) => personValue(view, person));
    },
  } satisfies Fields<Entry & ReturnType<typeof postValue>>,
  Person: ENTRY,
  Grant: {
    by: ({ view, byRef }) => postNamed(view, byRef),
    enteredBy: ({ view, enteredByRef }) => postNamed(view, enteredByRef),
    reason: ({ view, reasonRef }) => view.text(reasonRef),
  } satisfies Fields<ReturnType<typeof grantValue>>,
  BodyPayload: {
    ...PAYLOAD,
    body: recordWritten(findBody, bodyValue),
  } satisfies Fields<Written>,
  PostPayload: {
    ...PAYLOAD,
    post: recordWritten(findPost, postValue),
  } satisfies Fields<Written>,
  PersonPayload: {
    ...PAYLOAD,
    person: recordWritten(findPerson, personValue),
  } satisfies Fields<Written>,
};
