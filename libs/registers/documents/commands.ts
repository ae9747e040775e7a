import { command, link, optional, saying, type CommandOf } from '../../declarations/index.ts';
import type { MayIssue } from '../../ledger/index.ts';
import * as Event from './events.ts';
import * as field from './fields.ts';

/** The office keeps the papers; whoever does the work hands in evidence of it. What is redacted is for the monitoring officer to say. */
const OFFICE: MayIssue = ['opcc-officer'];
const MONITORING: MayIssue = ['monitoring-officer'];

export const RecordDocument = command('RecordDocument', {
  says: 'Records a document among the papers of a body. It gets its reference from the ledger; its content is kept elsewhere.',
  opens: 'document',
  leadsTo: Event.DocumentRecorded,
  mayIssue: 'ANY_WRITER',
  fields: {
    body: link('body', 'Reference of the body whose papers hold it.'),
    title: field.title,
    kind: field.documentKind,
    date: optional(
      saying('The day that it bears; the month of its reference, else that of `effectiveOn`.', field.date),
    ),
    publisher: optional(field.publisher),
    publishingBody: optional(field.publishingBody),
    publishedAt: optional(field.publishedAt),
    version: optional(saying('The version, as it is numbered. Default: 1.', field.version)),
    sha256: optional(field.sha256),
  },
});
export type RecordDocument = CommandOf<typeof RecordDocument>;

export const AddDocumentVersion = command('AddDocumentVersion', {
  says: 'Records another version of a document: what was changed, and in `reason` why.',
  about: 'document',
  leadsTo: Event.DocumentVersionAdded,
  mayIssue: OFFICE,
  requires: { reason: 'VERSION_NEEDS_REASON' },
  fields: {
    version: saying('The version, as it is numbered.', field.version),
    changed: field.changed,
    date: optional(field.date),
    publishedAt: optional(field.publishedAt),
    sha256: optional(field.sha256),
  },
});
export type AddDocumentVersion = CommandOf<typeof AddDocumentVersion>;

export const RedactDocument = command('RedactDocument', {
  says: 'Records a redacted variant of a version: what it withholds, and under which exemption.',
  about: 'document',
  leadsTo: Event.DocumentRedacted,
  mayIssue: MONITORING,
  fields: {
    version: saying('The version of which it is a variant.', field.version),
    withholds: field.withholds,
    exemption: field.exemption,
    publishedAt: optional(field.variantAt),
    sha256: optional(saying('SHA-256 of the redacted variant in hexadecimal.', field.sha256)),
  },
});
export type RedactDocument = CommandOf<typeof RedactDocument>;

export const WithdrawDocument = command('WithdrawDocument', {
  says: 'Records that a document was withdrawn. What cites it still does.',
  about: 'document',
  leadsTo: Event.DocumentWithdrawn,
  mayIssue: OFFICE,
  requires: { reason: 'WITHDRAWAL_NEEDS_REASON' },
});
export type WithdrawDocument = CommandOf<typeof WithdrawDocument>;

export const ReplaceDocument = command('ReplaceDocument', {
  says: 'Records that another document replaced this one. What cites it still does.',
  about: 'document',
  leadsTo: Event.DocumentReplaced,
  mayIssue: OFFICE,
  requires: { reason: 'REPLACEMENT_NEEDS_REASON' },
  fields: { supersededBy: field.supersededBy },
});
export type ReplaceDocument = CommandOf<typeof ReplaceDocument>;

export const RetainDocument = command('RetainDocument', {
  says: 'Records until when a document is kept, and under which rule. Said again, it puts another day in the place of the first.',
  about: 'document',
  leadsTo: Event.DocumentRetained,
  mayIssue: OFFICE,
  fields: { until: field.until, rule: field.rule },
});
export type RetainDocument = CommandOf<typeof RetainDocument>;

export const ReportTotal = command('ReportTotal', {
  says: 'Records a number that a document prints of a list. The ledger shows beside it how many it holds, as known then and now.',
  label: 'Record a total that it reports',
  about: 'document',
  leadsTo: Event.TotalReported,
  mayIssue: OFFICE,
  fields: {
    list: field.list,
    filter: optional(field.filter),
    asAt: field.asAt,
    number: field.number,
    of: optional(field.of),
    counts: field.counts,
    version: optional(saying('The version that prints it, where a particular one is meant.', field.version)),
  },
});
export type ReportTotal = CommandOf<typeof ReportTotal>;

export const DOCUMENT_COMMANDS = [
  RecordDocument,
  AddDocumentVersion,
  RedactDocument,
  WithdrawDocument,
  ReplaceDocument,
  RetainDocument,
  ReportTotal,
] as const;
export type DocumentCommand = CommandOf<(typeof DOCUMENT_COMMANDS)[number]>;
