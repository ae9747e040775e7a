import { oneOf, present, type Condition, type ListOfRecords, type MemberOf } from '../../declarations/index.ts';
import {
  commentsDueOn,
  type CivilDate,
  type EventId,
  type Refusal,
  type TextRef,
  type TitledAt,
  unmoved,
} from '../../ledger/index.ts';
import type { DocumentEvent, DocumentRecorded } from './events.ts';
import type { DocumentKind } from './fields.ts';
import { refuse } from './refusals.ts';

export const documentStatus = oneOf('DocumentStatus', 'Where a document stands.', {
  CURRENT: 'It stands, whatever its versions.',
  WITHDRAWN: 'Withdrawn.',
  REPLACED: 'Replaced by another document.',
});
export type DocumentStatus = MemberOf<typeof documentStatus>;
export const DOCUMENT_STATES = Object.keys(documentStatus.members) as readonly DocumentStatus[];

export interface DocumentVersion {
  readonly event: EventId;
  readonly effectiveOn: CivilDate;
  readonly version: string;
  readonly date?: CivilDate;
  readonly publishedAt?: TextRef;
  readonly sha256?: TextRef;
  /** None of the first: nothing was changed. */
  readonly changed?: TextRef;
  readonly why?: TextRef;
}

export interface RedactedVariant {
  readonly event: EventId;
  readonly effectiveOn: CivilDate;
  readonly version: string;
  readonly withholds?: TextRef;
  readonly exemption?: TextRef;
  readonly publishedAt?: TextRef;
  readonly sha256?: TextRef;
}

/** A number that the document prints of a list. */
export interface ReportedTotal {
  readonly event: EventId;
  /** The day from which it is reported. */
  readonly effectiveOn: CivilDate;
  readonly list: ListOfRecords;
  /** By what they are narrowed; none: all of them. */
  readonly filter: readonly Condition[];
  readonly asAt: CivilDate;
  readonly number: number;
  readonly of?: number;
  /** The version that prints it, where a particular one is meant. */
  readonly version?: string;
  readonly counts?: TextRef;
  readonly paragraph?: TextRef;
  readonly quote?: TextRef;
}

export interface RecordedDocument {
  readonly status: DocumentStatus;
  readonly ref: string;
  readonly body: string;
  readonly kind: DocumentKind;
  readonly date?: CivilDate;
  readonly publishingBody?: string;
  readonly title?: TextRef;
  readonly publisher?: TextRef;
  readonly publishedAt?: TextRef;
  readonly versions: readonly DocumentVersion[];
  readonly redacted: readonly RedactedVariant[];
  readonly totals: readonly ReportedTotal[];
  readonly supersededBy?: string;
  readonly retained?: { readonly until: CivilDate; readonly rule?: TextRef };
}

/**
 * By when comments on a report of an inspection are to be published: of another kind, or without a day, null. By the day that it bears. Whether
 * the law that says so applies to that inspection is for the reader to know ({@link commentsDueOn}).
 */
export function commentsDue({ kind, date }: Pick<RecordedDocument, 'kind' | 'date'>): CivilDate | null {
  return kind === 'INSPECTION_REPORT' && date !== undefined ? commentsDueOn(date) : null;
}

export type DocumentState = { readonly status: 'NOT_RECORDED' } | RecordedDocument;

export const NOT_RECORDED: DocumentState = { status: 'NOT_RECORDED' };

/**
 * Is this event legal in that state?
 *
 * A document that was withdrawn may still be replaced, redacted and kept: the publisher puts another in its place later, and what was
 * withdrawn is asked for all the same. It gets no more versions.
 */
export function mayFollow(state: DocumentState, event: DocumentEvent): Refusal | null {
  if (event.type === 'DocumentRecorded') return state.status === 'NOT_RECORDED' ? null : refuse('ALREADY_RECORDED');
  switch (event.type) {
    case 'DocumentVersionAdded':
    case 'DocumentWithdrawn':
      return whyNotCurrent(state) ?? (event.type === 'DocumentWithdrawn' ? null : whyNotVersion(state, event));
    case 'DocumentReplaced':
      return (state.status === 'WITHDRAWN' ? null : whyNotCurrent(state)) ?? whyNotBy(state, event);
    case 'DocumentRedacted':
      return whyNotThere(state) ?? whyNotVersion(state, event);
    case 'DocumentRetained':
      return whyNotThere(state) ?? whyNotUntil(event);
    case 'TotalReported':
      return whyNotThere(state) ?? whyNotVersion(state, event) ?? whyNotTotal(event);
    default:
      return null;
  }
}

function whyNotThere(state: DocumentState): Refusal | null {
  return state.status === 'NOT_RECORDED' ? refuse('NOT_RECORDED', { field: 'ref' }) : null;
}

function whyNotCurrent(state: DocumentState): Refusal | null {
  if (state.status === 'NOT_RECORDED') return whyNotThere(state);
  if (state.status === 'CURRENT') return null;
  return refuse(`DOCUMENT_${state.status}`, { field: 'ref', values: { ref: state.ref } });
}

type EventOfType<Type> = Extract<DocumentEvent, { type: Type }>;
/** An event that would be written may lack what the command has yet to say. */
type Asked<Type> = Partial<EventOfType<Type>['facts']>;

function whyNotVersion(
  state: DocumentState,
  { type, facts }: EventOfType<'DocumentVersionAdded' | 'DocumentRedacted' | 'TotalReported'>,
): Refusal | null {
  const { version } = facts as Asked<'DocumentRedacted'>;
  if (version === undefined || state.status === 'NOT_RECORDED') return null;
  const isThere = versionsOf(state).includes(version);
  if (isThere === (type !== 'DocumentVersionAdded')) return null;
  return refuse(isThere ? 'VERSION_EXISTS' : 'UNKNOWN_VERSION', {
    field: 'version',
    values: { ref: state.ref, version },
  });
}

function whyNotBy(state: DocumentState, { facts }: EventOfType<'DocumentReplaced'>): Refusal | null {
  const { supersededBy } = facts as Asked<'DocumentReplaced'>;
  if (state.status === 'NOT_RECORDED' || supersededBy !== state.ref) return null;
  return refuse('SAME_DOCUMENT', { field: 'supersededBy', values: { ref: state.ref } });
}

function whyNotUntil({ facts, effectiveOn }: EventOfType<'DocumentRetained'>): Refusal | null {
  const { until } = facts as Asked<'DocumentRetained'>;
  if (until === undefined || until >= effectiveOn) return null;
  return refuse('RETAINED_TO_THE_PAST', { field: 'until', values: { until, from: effectiveOn } });
}

function whyNotTotal({ facts, effectiveOn }: EventOfType<'TotalReported'>): Refusal | null {
  const { asAt, number, of } = facts as Asked<'TotalReported'>;
  if (asAt !== undefined && asAt > effectiveOn)
    return refuse('TOTAL_AHEAD', { field: 'asAt', values: { asAt, from: effectiveOn } });
  if (number === undefined || of === undefined || number <= of) return null;
  return refuse('TOTAL_OF_FEWER', { field: 'of', values: { number: String(number), of: String(of) } });
}

/** What one more event makes of a document. Total, as for every register: it does not ask whether the event was legal. */
export function evolve(state: DocumentState, event: DocumentEvent): DocumentState {
  if (event.type === 'DocumentRecorded') return state.status === 'NOT_RECORDED' ? recorded(event) : state;
  if (state.status === 'NOT_RECORDED') return state;
  const { id, effectiveOn } = event;
  switch (event.type) {
    case 'DocumentVersionAdded': {
      const { reason: why, changed, publishedAt, sha256 } = event.texts;
      const texts = present({ why, changed, publishedAt, sha256 });
      return { ...state, versions: [...state.versions, { event: id, effectiveOn, ...event.facts, ...texts }] };
    }
    case 'DocumentRedacted': {
      const { withholds, exemption, publishedAt, sha256 } = event.texts;
      const texts = present({ withholds, exemption, publishedAt, sha256 });
      return { ...state, redacted: [...state.redacted, { event: id, effectiveOn, ...event.facts, ...texts }] };
    }
    case 'DocumentWithdrawn':
      return { ...state, status: 'WITHDRAWN' };
    case 'DocumentReplaced':
      return { ...state, status: 'REPLACED', ...event.facts };
    case 'TotalReported': {
      const { filter = [], ...facts } = event.facts;
      const { counts, paragraph, quote } = event.texts;
      const texts = present({ counts, paragraph, quote });
      return { ...state, totals: [...state.totals, { event: id, effectiveOn, ...facts, filter, ...texts }] };
    }
    case 'DocumentRetained':
      return { ...state, retained: { ...event.facts, ...present({ rule: event.texts.rule }) } };
    default:
      return unmoved(state, event);
  }
}

function recorded({ id, effectiveOn, facts, texts }: DocumentRecorded): RecordedDocument {
  const { version, ...rest } = facts;
  const { title, publisher, publishedAt, sha256 } = texts;
  const first = { event: id, effectiveOn, version, ...present({ date: facts.date, publishedAt, sha256 }) };
  return {
    status: 'CURRENT',
    ...rest,
    ...present({ title, publisher, publishedAt }),
    versions: [first],
    redacted: [],
    totals: [],
  };
}

/** The versions that whoever cites it may name. */
export function versionsOf(state: DocumentState): readonly string[] {
  return state.status === 'NOT_RECORDED' ? [] : state.versions.map(({ version }) => version);
}

/** The reference of a document; null while it is not recorded. */
export function refOf(state: DocumentState): string | null {
  return state.status === 'NOT_RECORDED' ? null : state.ref;
}

/** The body whose document it is; null while there is none. */
export function bodyOf(state: DocumentState): string | null {
  return state.status === 'NOT_RECORDED' ? null : state.body;
}

/** Two papers of one body and day that are called alike may be one that was recorded twice. */
export function titledAt(state: DocumentState): TitledAt | null {
  if (state.status === 'NOT_RECORDED' || state.title === undefined) return null;
  return { place: `${state.body} ${state.date ?? ''}`, title: state.title };
}

/** The day by which whoever wrote a total knew what it counts: that of its version, else that of the document, else of the fact itself. */
export function dayOfTotal({ date, versions }: RecordedDocument, { version, effectiveOn }: ReportedTotal): CivilDate {
  return versions.find((one) => one.version === version)?.date ?? date ?? effectiveOn;
}
