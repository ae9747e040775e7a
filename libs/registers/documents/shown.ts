import { show } from '../../declarations/index.ts';
import type { DocumentEvent } from './events.ts';
import type { CommonFact } from '../../ledger/index.ts';
import { documentKind } from './fields.ts';
import {
  commentsDue,
  documentStatus,
  type DocumentVersion,
  type RecordedDocument,
  type RedactedVariant,
} from './state.ts';

/** A document as its page and its list are given it. */
interface ShownDocument {
  readonly ref: string;
  readonly state: RecordedDocument;
}

const STATES = show.tags(documentStatus, { CURRENT: 'green', WITHDRAWN: 'grey', REPLACED: 'orange' });

/** What happened to a document, as people say it. */
export const DOCUMENT_HAPPENED: { readonly [type in Exclude<DocumentEvent, CommonFact>['type']]: string } = {
  DocumentRecorded: 'Recorded',
  DocumentVersionAdded: 'Version added',
  DocumentRedacted: 'Redacted',
  DocumentWithdrawn: 'Withdrawn',
  DocumentReplaced: 'Replaced',
  DocumentRetained: 'To be kept',
  TotalReported: 'Total reported',
};

const dayOf = ({ date }: RecordedDocument) => (date === undefined ? null : show.day(date));
const publisherOf = ({ publisher, publishingBody }: RecordedDocument) =>
  show.lines(show.text(publisher), show.named(publishingBody));

export const DOCUMENT_SHOWN = show.records<ShownDocument>()({
  one: 'document',
  opened: 'recorded',
  says: 'The papers that bodies hold, their versions, and what became of them.',
  heading: ({ state }) => show.text(state.title),
  headingCalled: 'Title',
  unheaded: 'Title not shown: erased, or not for you to see',
  named: ({ ref, state }) => show.sentence(show.text(state.title), ` (${ref})`),
  status: {
    of: ({ state }) => state.status,
    are: STATES,
    why: ({ state }, made) =>
      show.because(
        (DOCUMENT_HAPPENED as { readonly [type: string]: string })[made.type] ?? 'So',
        made,
        ...(state.status === 'CURRENT' ? [' Nothing has replaced or withdrawn it since.'] : []),
        ...(state.supersededBy === undefined ? [] : [' In its place stands ', show.referred(state.supersededBy), '.']),
      ),
  },
  fields: [
    { label: 'State', shows: ({ state }) => show.status(state.status) },
    { label: 'Replaced by', shows: ({ state }) => show.named(state.supersededBy) },
    { label: 'Kind', shows: ({ state }) => show.member(documentKind, state.kind) },
    { label: 'Held by', shows: ({ state }) => show.named(state.body) },
    { label: 'Date', shows: ({ state }) => dayOf(state) ?? show.said('It bears none') },
    {
      label: 'Comments due',
      shows: ({ state }) => {
        const due = commentsDue(state);
        return due === null
          ? null
          : show.sentence('By ', show.day(due), ', where section 55 of the Police Act 1996 applies');
      },
    },
    { label: 'Publisher', shows: ({ state }) => publisherOf(state) },
    { label: 'Published at', shows: ({ state }) => show.text(state.publishedAt) },
    {
      label: 'Kept until',
      shows: ({ state: { retained } }) =>
        retained === undefined ? null : show.lines(show.day(retained.until), show.quote(retained.rule)),
    },
  ],
  sections: [
    {
      heading: 'Versions',
      columns: ['Version', 'From', 'What was changed', 'Published at', 'Digest of its content'],
      rows: ({ state }) => state.versions.map(version),
      empty: 'No version that you may see was recorded.',
    },
    {
      heading: 'Redacted variants',
      columns: ['Of version', 'From', 'What it withholds', 'Exemption', 'Published at', 'Digest of its content'],
      rows: ({ state }) => state.redacted.map(variant),
      empty: 'No redacted variant that you may see was recorded.',
    },
  ],
  names: {
    body: 'Of this body',
    publishingBody: 'Published by this body',
    supersededBy: 'Replaced by this one',
    'totals.filter.ofRecord': 'Reports a total counted by it',
  },
  columns: [
    { label: 'Kind', shows: ({ state }) => show.member(documentKind, state.kind) },
    { label: 'Held by', shows: ({ state }) => show.named(state.body) },
    { label: 'Date', shows: ({ state }) => dayOf(state) },
    { label: 'Publisher', shows: ({ state }) => publisherOf(state) },
  ],
  filters: {
    text: { kind: 'words', label: 'Words in the title or the publisher', called: 'Words', most: 200 },
    status: {
      kind: 'oneOf',
      label: 'State',
      called: 'State',
      any: 'Any state',
      choices: show.choices(documentStatus),
    },
    kind: { kind: 'oneOf', label: 'Kind', called: 'Kind', any: 'Any kind', choices: show.choices(documentKind) },
    body: { kind: 'link', label: 'Body whose papers hold it', called: 'Held by', any: 'Any body', record: 'body' },
  },
  tabs: { by: 'status' },
});

function version({ version: number, date, effectiveOn, changed, why, publishedAt, sha256 }: DocumentVersion) {
  return [
    show.said(number),
    show.day(date ?? effectiveOn),
    show.lines(show.text(changed), show.quote(why)),
    show.text(publishedAt),
    show.text(sha256),
  ];
}

function variant({ version: number, effectiveOn, withholds, exemption, publishedAt, sha256 }: RedactedVariant) {
  return [
    show.said(number),
    show.day(effectiveOn),
    show.text(withholds),
    show.text(exemption),
    show.text(publishedAt),
    show.text(sha256),
  ];
}
