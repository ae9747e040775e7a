import { event, fixed, kept, link, newReference, optional, type EventOf } from '../../declarations/index.ts';
import type { CommonFact } from '../../ledger/index.ts';
import * as field from './fields.ts';

/** Citations name a version, so none is renumbered: one with a wrong number is voided. */
const version = fixed(field.version);

/** Its reference was made of the body, so that is not corrected: a document in the wrong papers is voided and recorded anew. */
export const DocumentRecorded = event('DocumentRecorded', {
  facts: {
    ref: newReference('document'),
    body: fixed(link('body', 'The body whose papers hold it.')),
    kind: field.documentKind,
    date: optional(field.date),
    publishingBody: optional(field.publishingBody),
    version,
  },
  texts: {
    title: field.title,
    publisher: optional(field.publisher),
    publishedAt: optional(field.publishedAt),
    sha256: optional(field.sha256),
  },
  leads: 'title',
});
export type DocumentRecorded = EventOf<typeof DocumentRecorded>;

/** Why it was changed is the reason of the event. */
export const DocumentVersionAdded = event('DocumentVersionAdded', {
  facts: { version, date: optional(field.date) },
  texts: { changed: field.changed, publishedAt: optional(field.publishedAt), sha256: optional(field.sha256) },
  leads: 'changed',
});
export type DocumentVersionAdded = EventOf<typeof DocumentVersionAdded>;

/** Published with something left out. Which redactions a version has is no state: a version has as many as were made. */
export const DocumentRedacted = event('DocumentRedacted', {
  facts: { version },
  texts: {
    withholds: field.withholds,
    exemption: field.exemption,
    publishedAt: optional(field.variantAt),
    sha256: optional(field.sha256),
  },
  leads: 'withholds',
});
export type DocumentRedacted = EventOf<typeof DocumentRedacted>;

export const DocumentWithdrawn = event('DocumentWithdrawn');

export const DocumentReplaced = event('DocumentReplaced', {
  facts: { supersededBy: field.supersededBy },
});
export type DocumentReplaced = EventOf<typeof DocumentReplaced>;

/** Said again when the rule or the day changes. */
export const DocumentRetained = event('DocumentRetained', {
  facts: { until: kept(field.until) },
  texts: { rule: field.rule },
  leads: 'rule',
});
export type DocumentRetained = EventOf<typeof DocumentRetained>;

/** A number that it prints of a list. What is counted is not corrected, as another list is another total: one that is wrong is voided. */
export const TotalReported = event('TotalReported', {
  facts: {
    list: fixed(field.list),
    filter: optional(fixed(field.filter)),
    asAt: field.asAt,
    number: field.number,
    of: optional(field.of),
    version: optional(version),
  },
  texts: { counts: field.counts },
  leads: 'counts',
});
export type TotalReported = EventOf<typeof TotalReported>;

export const DOCUMENT_EVENTS = [
  DocumentRecorded,
  DocumentVersionAdded,
  DocumentRedacted,
  DocumentWithdrawn,
  DocumentReplaced,
  DocumentRetained,
  TotalReported,
] as const;
export type DocumentEvent = EventOf<(typeof DOCUMENT_EVENTS)[number]> | CommonFact;
