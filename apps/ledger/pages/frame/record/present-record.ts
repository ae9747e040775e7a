import type { HistoryEvent } from '../../../../../projections/index.ts';
import { tagOf } from '../list/present-list.ts';
import { listPath, type AnyRecordAsOf } from '../kind-on-pages.ts';
import { type Line, instantInWords, capitalised, opening } from '../../../../../libs/wording/index.ts';
import type { FieldDrawn, RecordRead } from './read-record.ts';
import type { RecordVisit } from './record-part.ts';

const HEADING_SHOWN = 300;

/** What the page of a record says. Pure. */
export function presentRecord(read: RecordRead, at: RecordVisit & { readonly record: AnyRecordAsOf | null }) {
  const { kind, visit, record } = at;
  const { shown } = kind;
  const { heading, fields, sections, related } = read;
  const { dates } = visit;
  const tag = record === null ? undefined : shown.status?.are[shown.status.of(record)];
  const tags = record === null ? [] : (shown.tags?.(record) ?? []);
  const disputed = record !== null && record.disputed.length > 0;
  const isCut = heading !== null && heading.length > HEADING_SHOWN;
  return {
    ...around(at),
    heading: heading === null ? shown.unheaded : opening(heading, HEADING_SHOWN),
    lead: null,
    tags: [
      ...[...(tag === undefined ? [] : [tag]), ...tags].map(tagOf),
      ...(disputed ? [{ text: 'Sources disagree', classes: 'govuk-tag--pink' }] : []),
    ],
    howItStands: dates.on === undefined && dates.recorded === undefined ? 'How it stands' : 'How it stood',
    fields: [
      ...(isCut && !fields.some(({ label }) => label === shown.headingCalled)
        ? [{ label: shown.headingCalled, lines: [[{ text: heading, written: true as const }]] }]
        : []),
      ...fields,
    ],
    sections: sections.filter(({ rows }) => rows.length > 0),
    related: related.filter(({ list }) => list !== null),
    // Of what is hidden from the reader it says the same as of what there is none of: it sees no more than they do.
    nothing: [...sections.filter(({ rows }) => rows.length === 0), ...related.filter(({ list }) => list === null)].map(
      ({ empty }) => empty,
    ),
  };
}

/** What the page of a record says that was recorded by mistake: that, by whom, when and why. */
export async function presentMistake(at: RecordVisit, mistake: HistoryEvent) {
  const { drawing, kind, visit } = at;
  const { by, enteredBy, recordedAt } = mistake;
  const post = (by ?? enteredBy)?.post;
  const [name, reason] = await Promise.all([
    post === undefined ? null : drawing.named(post),
    visit.view.text(mistake.reason),
  ]);
  const line = (label: string, one: Line): FieldDrawn => ({ label, lines: [one] });
  return {
    ...around(at),
    title: `${capitalised(kind.shown.one)} ${at.ref}, recorded by mistake`,
    heading: 'Recorded by mistake',
    lead: `Nothing that was recorded of this ${kind.shown.one} holds. It is in no list and no count, and what names it names nothing. What was recorded of it stands below, unchanged.`,
    tags: [{ text: 'Void', classes: 'govuk-tag--grey' }],
    howItStands: null,
    fields: [
      ...(name === null ? [] : [line('Voided by', [name])]),
      line('When', [{ text: instantInWords(recordedAt) }]),
      line('Why', [
        reason === null ? { text: 'Not shown: erased, or not for you to see' } : { text: reason, written: true },
      ]),
    ],
    sections: [],
    related: [],
    nothing: [],
  };
}

function around({ kind, ref, visit }: RecordVisit) {
  const name = `${capitalised(kind.shown.one)} ${ref}`;
  return { title: name, caption: name, back: visit.link(listPath(kind)), backTo: `All ${kind.many}` };
}
