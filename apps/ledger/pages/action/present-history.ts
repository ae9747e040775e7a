import { londonDayOf, type JsonValue } from '../../../../libs/ledger/index.ts';
import { datedInWords, dayInWords, instantInWords } from '../../words/days.ts';
import { counted } from '../../words/phrases.ts';
import { authorityInWords, postInWords } from '../../words/values.ts';
import type { EventRead, SourceRead } from './read-action.ts';
import { fieldInWords, valueAtInWords, type Place } from '../../words/fields.ts';

/** One event in the timeline. */
export interface TimelineItem {
  readonly label: string;
  /** Who did it; null where a source names nobody. */
  readonly by: string | null;
  readonly day: string;
  /** Set where no day is known: how the day is to be read. */
  readonly how: 'by' | 'about' | null;
  /** Its words, as somebody wrote them. */
  readonly words: string | null;
  readonly facts: readonly { readonly key: string; readonly text: string }[];
  readonly quote: string | null;
  /** Another event took it back: it does not count. */
  readonly voided: boolean;
  readonly late: boolean;
}

const EVENTS: { readonly [type: string]: string } = {
  ActionRaised: 'Raised',
  ActionAgreed: 'Agreed',
  UpdateGiven: 'Update given',
  EvidenceAdded: 'Evidence added',
  ActionReportedComplete: 'Reported complete',
  ActionReturned: 'Returned for more work',
  ActionSignedOff: 'Signed off',
  ActionReassigned: 'Given to another owner',
  DueDateExtended: 'Due date extended',
  ActionDeferred: 'Deferred',
  ActionConverted: 'Completed by other means',
  ActionMerged: 'Merged into another action',
  ActionSuperseded: 'Superseded by another action',
  ActionWithdrawn: 'Withdrawn',
  ActionReopened: 'Reopened',
  Corrected: 'Corrected',
  Voided: 'Taken back',
  Restored: 'Counted again',
  OtherwiseStated: 'Another source says otherwise',
  Published: 'Published',
  Marked: 'Marked anew',
};

/** What happened, as people say it: `ActionSignedOff` → `Signed off`. */
export function eventInWords(type: string): string {
  return (
    EVENTS[type] ??
    type.replace(/([a-z])([A-Z])/g, (_, before: string, after: string) => `${before} ${after.toLowerCase()}`)
  );
}

/** The events of an action in the order in which they took effect; of one day, as they were recorded. Pure. */
export function presentHistory(
  history: readonly EventRead[],
  posts: ReadonlyMap<string, string>,
): readonly TimelineItem[] {
  const byId = new Map(history.map((read) => [read.event.id, read]));
  return history
    .toSorted((a, b) =>
      a.event.effectiveOn < b.event.effectiveOn ? -1 : a.event.effectiveOn > b.event.effectiveOn ? 1 : 0,
    )
    .map((read) => itemOf(read, byId, posts));
}

type ById = ReadonlyMap<string, EventRead>;
type Posts = ReadonlyMap<string, string>;
type Fact = { readonly key: string; readonly text: string };

function itemOf({ event, text, reason, source, amended }: EventRead, byId: ById, posts: Posts): TimelineItem {
  const { type, effectiveOn, dated, by, late, voided } = event;
  const isAmendment = type === 'Corrected' || type === 'OtherwiseStated';
  const facts: (Fact | null)[] = [
    ...ownFacts({ event, text }, byId, posts),
    ...amended.map(({ path, was, is }) => {
      const place = placeIn(type, path);
      const [before, now] = [was, is].map((value) => valueAtInWords(place, value, posts));
      return { key: 'Corrected since', text: `${fieldInWords(place)} was “${before}”, is “${now}”` };
    }),
    dated?.from === undefined ? null : { key: 'When', text: `${datedInWords(dated)}: the source gives no day` },
    ...recordedFacts(event),
    enteredFact(event, posts),
    authorityFact(event),
    reason === null ? null : { key: 'Reason', text: reason },
    sourceInWords(source) === null ? null : { key: 'Source', text: sourceInWords(source) ?? '' },
  ];
  return {
    label: eventInWords(type),
    by: by === null ? null : postInWords(by.post, posts.get(by.post)),
    day: effectiveOn,
    how: dated === null ? null : dated.how === 'about' ? 'about' : 'by',
    // The words of a correction stand in the sentence that says what it changed.
    words: isAmendment ? null : text,
    facts: facts.filter((fact) => fact !== null),
    quote: source?.quote ?? null,
    voided,
    late,
  };
}

/** What this kind of event says beside its words. */
function ownFacts({ event, text }: Pick<EventRead, 'event' | 'text'>, byId: ById, posts: Posts): readonly Fact[] {
  const { type, facts, id } = event;
  const { target, owner, into, by, path, says, due, until, meeting } = facts;
  const about = typeof target === 'string' ? byId.get(target) : undefined;
  const named =
    about === undefined ? [] : [{ key: 'About', text: `${eventInWords(about.event.type)}, ${whenOf(about.event)}` }];
  switch (type) {
    case 'ActionRaised':
      return [
        ...(typeof owner === 'string' ? [{ key: 'Owner', text: postInWords(owner, posts.get(owner)) }] : []),
        ...(due === undefined ? [] : [{ key: 'Due', text: valueAtInWords(placeIn(type, 'due'), due, posts) }]),
      ];
    case 'ActionReassigned':
      return typeof owner === 'string' ? [{ key: 'New owner', text: postInWords(owner, posts.get(owner)) }] : [];
    case 'DueDateExtended':
      return due === undefined ? [] : [{ key: 'New due date', text: valueAtInWords(placeIn(type, 'due'), due, posts) }];
    case 'ActionDeferred':
      return [until, meeting].flatMap((to) =>
        typeof to === 'string' ? [{ key: 'Deferred to', text: valueAtInWords(placeIn(type, 'until'), to, posts) }] : [],
      );
    case 'ActionMerged':
    case 'ActionSuperseded': {
      const other = type === 'ActionMerged' ? into : by;
      return typeof other === 'string' ? [{ key: 'Goes on as', text: other }] : [];
    }
    case 'Corrected': {
      const change = about?.amended.find((one) => one.by === id);
      const place = placeIn(about?.event.type, path);
      const field = fieldInWords(place);
      const what =
        change === undefined
          ? field
          : `${field}: was “${valueAtInWords(place, change.was, posts)}”, is “${valueAtInWords(place, change.is, posts)}”`;
      return [...named, { key: 'What', text: what }];
    }
    case 'OtherwiseStated': {
      const place = placeIn(about?.event.type, path);
      const other = says ?? text;
      return [
        ...named,
        { key: fieldInWords(place), text: other === null ? 'not shown' : `“${valueAtInWords(place, other, posts)}”` },
      ];
    }
    default:
      return named;
  }
}

/** A field of an action, or of one of its events. */
function placeIn(event: string | undefined, path: JsonValue | undefined): Place {
  return { register: 'actions', ...(event === undefined ? {} : { event }), path: typeof path === 'string' ? path : '' };
}

function whenOf({ effectiveOn, dated }: EventRead['event']): string {
  return dated === null ? dayInWords(effectiveOn) : datedInWords(dated);
}

/** Both dates: when it took effect stands above; here, when it was recorded, and how much later that was. */
function recordedFacts({ stated, recordedAt, delayDays }: EventRead['event']): readonly Fact[] {
  const after = delayDays > 0 ? `, ${counted(delayDays, 'day')} after it took effect` : '';
  if (stated === null) return [{ key: 'Recorded', text: `${instantInWords(recordedAt)}${after}` }];
  const loaded = londonDayOf(recordedAt) === stated ? '' : `; loaded here ${instantInWords(recordedAt)}`;
  return [{ key: 'Recorded', text: `by its source on ${dayInWords(stated)}${after}${loaded}` }];
}

/** Who typed it, unless that is who did it. */
function enteredFact({ by, enteredBy }: EventRead['event'], posts: Posts): Fact | null {
  if (enteredBy === null || by?.post === enteredBy.post) return null;
  const typed = postInWords(enteredBy.post, posts.get(enteredBy.post));
  return { key: 'Entered by', text: by === null ? `${typed}; the source does not say who did it` : typed };
}

function authorityFact({ authority }: EventRead['event']): Fact | null {
  if (authority === null) return null;
  return { key: 'Authority', text: authority === 'notStated' ? 'The source names none' : authorityInWords(authority) };
}

/** `Minutes of the board, paragraph 7(a), published 9 October 2023`; null when no source is named or none may be read. */
export function sourceInWords(source: SourceRead | null): string | null {
  if (source === null) return null;
  const { document, paragraph, publishedOn } = source;
  const parts = [document, paragraph, publishedOn === null ? null : `published ${dayInWords(publishedOn)}`].filter(
    (part) => part !== null,
  );
  return parts.length === 0 ? null : parts.join(', ');
}
