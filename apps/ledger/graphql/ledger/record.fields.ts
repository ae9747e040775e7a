import { kindSpelt, KINDS_OF_RECORD } from '../../../../libs/declarations/index.ts';
import type { Authority, EventId, JsonValue, TextRef } from '../../../../libs/ledger/index.ts';
import { openedAt, type LedgerView } from '../../../../libs/read-models/index.ts';
import { capital } from '../../../../libs/registers/index.ts';
import type { Dispute } from '../../../../libs/timeline/index.ts';
import {
  type AnyRecord,
  type Contradiction,
  type HistoryEvent,
  historyOf,
  type LinkOf,
  linksOf,
  listNaming,
  namesOf,
  type NamingOf,
  type NamingRecordNamed,
  type QuestionOfRecord,
  questionsOfRecord,
  sourceOfEvent,
  stepsOf,
  type StatedValue,
  wordsOf,
} from '../../../../projections/index.ts';
import { namesIn, postNamed } from '../directory/directory.values.ts';
import { valueAtInWords, type Place } from '../../../../libs/wording/index.ts';
import { type ByRef, connection, pageWanted, seen, type Fields, type ListArguments, type Seen } from './value.ts';

type SourceRefs = NonNullable<HistoryEvent['source']>;
type Amendment = HistoryEvent['amended'][number];

/** The history of a record, as a connection. */
export async function history(view: LedgerView, ref: string, page: ListArguments) {
  return connection(await historyOf(view, ref, pageWanted(page)), (event) => eventValue(view, event));
}

/** A record of any register, whether it stands or not. */
export function recordValue(view: LedgerView, { ref, register, mistake }: AnyRecord) {
  return {
    view,
    ref,
    register,
    standing: mistake === null ? 'STANDS' : 'RECORDED_BY_MISTAKE',
    mistake: mistake === null ? null : eventValue(view, mistake),
  };
}

/** An event as the API answers it. The words that it points to are opened when they are asked for. */
export function eventValue(view: LedgerView, event: HistoryEvent) {
  const { by, enteredBy, reason, source, amended, ...plain } = event;
  return {
    ...plain,
    view,
    byPost: by?.post ?? null,
    enteredByPost: enteredBy?.post ?? null,
    authority: authorityInWords(event.authority),
    reasonRef: reason,
    source: sourceValue(view, source),
    amended: amended.map((one) => seen(view, one)),
  };
}

/** What is in question of a record, as the API answers it. */
export async function questionsAbout(view: LedgerView, ref: string) {
  return (await questionsOfRecord(view, ref)).map((question) => questionValue(view, question));
}

export function questionValue(view: LedgerView, { record, event, why, fact, of }: QuestionOfRecord) {
  const { id, type, effectiveOn, recordedAt } = fact;
  return {
    view,
    record: record.ref,
    register: record.register,
    event,
    why,
    fact: { view, record: of.ref, register: of.register, id, type, effectiveOn, recordedAt },
  };
}

function linkValue(view: LedgerView, { direction, as, other }: LinkOf) {
  return { direction, as, record: linkedRecordValue(view, other) };
}

export function linkedRecordValue(view: LedgerView, { ref, register, heading }: NamingRecordNamed) {
  return { view, ref, register, kind: kindSpelt(ref) ?? register, headingRef: heading };
}

function namingValue(view: LedgerView, { ref, register, fields, heading }: NamingOf) {
  return { view, record: ref, register, kind: kindSpelt(ref) ?? register, fields, headingRef: heading };
}

export function disputesOf(view: LedgerView, disputes: readonly Dispute[]) {
  return disputes.map(({ event, path, says }) => ({ view, event, path, value: says }));
}

export function contradictionValue(view: LedgerView, { record, register, path, holds, says }: Contradiction) {
  const place = { register, path };
  const stated = ({ value, source }: StatedValue) => ({ view, place, held: value, source: sourceValue(view, source) });
  return { view, record, path, holds: stated(holds), says: stated(says) };
}

/** An authority as one reads it: “meeting CGB-2023-06-21”. */
export function authorityInWords(authority: Authority | 'notStated' | null): string | null {
  if (authority === null || authority === 'notStated') return null;
  const [kind, reference] = Object.entries(authority)[0] ?? [];
  return kind === undefined ? null : `${kind} ${reference}`;
}

function sourceValue(view: LedgerView, source: SourceRefs | null) {
  if (source === null) return null;
  const { document, paragraph, quote, publishedOn = null, record = null, version = null } = source;
  return { view, documentRef: document, paragraphRef: paragraph, quoteRef: quote, publishedOn, record, version };
}

type SourceValue = NonNullable<ReturnType<typeof sourceValue>>;
type EventValue = ReturnType<typeof eventValue>;

/** What is asked of every record, whatever its kind. */
const OF_EVERY_RECORD = {
  names: ({ view, ref }) => namesOf(view, ref),
  links: async ({ view, ref }) => (await linksOf(view, ref)).map((link) => linkValue(view, link)),
} satisfies Fields<Seen<ByRef>>;

export const RECORD_FIELDS: { readonly [type: string]: Fields<never> } = {
  ...Object.fromEntries(KINDS_OF_RECORD.map((kind) => [capital(kind), OF_EVERY_RECORD])),
  Record: {
    ...OF_EVERY_RECORD,
    history: ({ view, ref }, args: ListArguments) => history(view, ref, args),
    questioned: ({ view, ref }) => questionsAbout(view, ref),
    steps: ({ view, ref }) => stepsOf(view, ref),
    async namedBy({ view, ref }, { register, ...page }: ListArguments & { readonly register?: string | null }) {
      const wanted = { ...pageWanted(page), ...(typeof register === 'string' ? { groups: [{ register }] } : {}) };
      return connection(await listNaming(view, ref, wanted), (naming) => namingValue(view, naming));
    },
  } satisfies Fields<ReturnType<typeof recordValue>>,
  Naming: {
    heading: ({ view, headingRef }) => view.text(headingRef),
  } satisfies Fields<ReturnType<typeof namingValue>>,
  LinkedRecord: {
    heading: ({ view, headingRef }) => view.text(headingRef),
  } satisfies Fields<ReturnType<typeof linkedRecordValue>>,
  HistoryEvent: {
    by: ({ view, byPost }) => postNamed(view, byPost),
    enteredBy: ({ view, enteredByPost }) => postNamed(view, enteredByPost),
    reason: ({ view, reasonRef }) => view.text(reasonRef),
    text: ({ view, text, facts }) => wordsOf(view, { ...(text === undefined ? {} : { text }), facts }),
  } satisfies Fields<EventValue>,
  Amendment: {
    was: ({ view, path, was }) => openedAt(view, path, was),
    is: ({ view, path, is }) => openedAt(view, path, is),
  } satisfies Fields<Seen<Amendment>>,
  Source: {
    document: ({ view, documentRef }) => view.text(documentRef),
    paragraph: ({ view, paragraphRef }) => view.text(paragraphRef),
    quote: ({ view, quoteRef }) => view.text(quoteRef),
  } satisfies Fields<SourceValue>,
  Dispute: {
    says: ({ view, path, value }) => openedAt(view, path, value),
    source: async ({ view, event }) => sourceValue(view, await sourceOfEvent(view, event)),
  } satisfies Fields<Seen<{ readonly event: EventId; readonly path: string; readonly value: JsonValue | TextRef }>>,
  StatedValue: {
    value: ({ view, place, held }) => openedAt(view, place.path, held),
    async words({ view, place, held }) {
      const value = await openedAt(view, place.path, held);
      return value === null ? null : valueAtInWords(place, value, await namesIn(view, place, value));
    },
  } satisfies Fields<Seen<{ readonly place: Place; readonly held: JsonValue | TextRef }>>,
};
