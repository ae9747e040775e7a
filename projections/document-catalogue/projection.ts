import {
  isCommonFact,
  type CivilDate,
  type Corrected,
  type EventId,
  type Instant,
  type RecordEvent,
  type Register,
  type TextRef,
} from '../../libs/ledger/index.ts';
import {
  correctedBy,
  voidedAmong,
  type EventAsOf,
  type RecordName,
  type RecordProjection,
} from '../../libs/read-models/index.ts';
import type { DocumentState } from '../../libs/registers/documents/index.ts';

const COLUMNS = {
  status: 'text',
  body: 'text',
  kind: 'text',
  publishing_body: 'text',
  kept_until: 'text',
  title_event: 'text',
  title_part: 'text',
  publisher_event: 'text',
  publisher_part: 'text',
} as const;

/** Which papers a body holds, and where they stand. One row for each state of a document. */
export const documentCatalogue: RecordProjection<DocumentState, typeof COLUMNS> = {
  name: 'document_catalogue',
  version: 1,
  register: 'documents',
  everyRecord: true,
  columns: COLUMNS,
  indexed: [['body'], ['publishing_body'], ['kind'], ['status']],
  totals: [['status', 'body']],
  row({ state }) {
    if (state.status === 'NOT_RECORDED') return null;
    return {
      status: state.status,
      body: state.body,
      kind: state.kind,
      publishing_body: state.publishingBody ?? null,
      kept_until: state.retained?.until ?? null,
      title_event: state.title?.event ?? null,
      title_part: state.title?.part ?? null,
      publisher_event: state.publisher?.event ?? null,
      publisher_part: state.publisher?.part ?? null,
    };
  },
};

/** How an event cites a document: its source is it, or it is evidence that was added. */
export type CitedAs = 'SOURCE' | 'EVIDENCE';

/** An event that cites a document. */
export interface Citation {
  readonly record: RecordName;
  readonly event: EventId;
  readonly type: string;
  readonly effectiveOn: CivilDate;
  readonly recordedAt: Instant;
  readonly as: CitedAs;
  readonly version?: string;
  /** The place in it. */
  readonly paragraph?: TextRef;
}

/**
 * What of one record cites a document, by the events that a reader may know: those that stand, as corrected, and had taken effect by that day.
 * Nothing of a record that was recorded by mistake. Pure.
 */
export function citationsIn(
  register: Register,
  record: RecordName,
  known: readonly Pick<EventAsOf, 'event'>[],
  { document, effective }: { readonly document: string; readonly effective: CivilDate },
): readonly Citation[] {
  const events: readonly RecordEvent[] = known.map(({ event }) => event);
  const voided = voidedAmong(events);
  if (events.some(({ id, version }) => version === 1 && voided.has(id))) return [];
  const standing = known.filter(({ event: { id } }) => !voided.has(id));
  const corrections = events.filter(
    (event): event is RecordEvent & Corrected => event.type === 'Corrected' && !voided.has(event.id),
  );
  return standing.flatMap(({ event }) => {
    const own = corrections.filter(({ facts }) => facts.target === event.id);
    const { is } = correctedBy(register, event, own);
    if (!isCommonFact(event) && is.effectiveOn > effective) return [];
    const { id, type, recordedAt } = event;
    const cited = { record, event: id, type, effectiveOn: is.effectiveOn, recordedAt };
    const cites = (as: CitedAs, ref: unknown, version: unknown, paragraph?: TextRef): readonly Citation[] =>
      ref !== document
        ? []
        : [
            {
              ...cited,
              as,
              ...(typeof version === 'string' ? { version } : {}),
              ...(paragraph === undefined ? {} : { paragraph }),
            },
          ];
    return [
      ...cites('SOURCE', is.cites, is.citesVersion, is.texts.paragraph),
      ...cites('EVIDENCE', is.facts['cites'], is.facts['citesVersion']),
    ];
  });
}
