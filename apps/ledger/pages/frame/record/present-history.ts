import { labelOf, type Shape } from '../../../../../libs/declarations/index.ts';
import { isCommonFact, londonDayOf, type JsonObject, type JsonValue } from '../../../../../libs/ledger/index.ts';
import {
  datedInWords,
  dayInWords,
  instantInWords,
  fieldInWords,
  valueAtInWords,
  type Place,
  counted,
  opening,
  valueInWords,
  type Names,
  type Line,
  type Piece,
  authorityLine,
  authorityRecord,
  byReference,
  eventInWords,
} from '../../../../../libs/wording/index.ts';
import { eventDeclared, type EventRead, type HistoryRead, type SourceRead } from './read-history.ts';

/** One event in the timeline. */
export interface TimelineItem {
  /** Of the event: the way to it within the page. */
  readonly id: string;
  /** What may be done about it now: the ways to the forms. */
  readonly ways: readonly Piece[];
  readonly label: string;
  /** Who did it; null where a source names nobody. */
  readonly by: Piece | null;
  readonly day: string;
  /** Set where no day is known: how the day is to be read. */
  readonly how: 'by' | 'about' | null;
  /** Its words, as somebody wrote them: of long ones how they begin, and the whole is folded away. */
  readonly words: string | null;
  /** They are only how they begin: on paper, where nothing is folded, the whole stands below and they are left out. */
  readonly isCut: boolean;
  /** What it says in few words stands beside it. */
  readonly facts: readonly Fact[];
  /** `Recorded 22 June 2023 at 10am, 1 day after it took effect` */
  readonly recorded: string;
  /** What whoever checks it asks for: who typed it, from which paper, and all that takes many words. */
  readonly folded: readonly Fact[];
  /** Another event took it back: it does not count. */
  readonly voided: boolean;
  readonly late: boolean;
}

/** A timeline is looked through from entry to entry: what takes more characters than a line or two is folded away. */
const BESIDE = 160;
const WORDS_SHOWN = 240;

interface Fact {
  readonly key: string;
  readonly line: Line;
}

interface Telling {
  readonly register: string;
  readonly names: ReadonlyMap<string, Piece>;
  readonly byId: ReadonlyMap<string, EventRead>;
  readonly waysFrom: WaysFrom;
}

/** The ways from an event to the forms that are about it. */
export type WaysFrom = (event: EventRead['event']) => readonly Piece[];

/** The events of a record in the order in which they took effect; of one day, as they were recorded. Pure. */
export function presentHistory(
  register: string,
  { history, names }: Pick<HistoryRead, 'history' | 'names'>,
  waysFrom: WaysFrom = () => [],
): readonly TimelineItem[] {
  const telling = { register, names, waysFrom, byId: new Map(history.map((read) => [read.event.id, read])) };
  return history
    .toSorted((a, b) =>
      a.event.effectiveOn < b.event.effectiveOn ? -1 : a.event.effectiveOn > b.event.effectiveOn ? 1 : 0,
    )
    .map((read) => itemOf(read, telling));
}

function itemOf(read: EventRead, telling: Telling): TimelineItem {
  const { event, text, reason, source, amended } = read;
  const { type, effectiveOn, dated, by, late, voided } = event;
  const isAmendment = type === 'Corrected' || type === 'OtherwiseStated';
  // The words of a correction stand in the sentence that says what it changed.
  const words = isAmendment ? null : text;
  const isCut = words !== null && words.length > WORDS_SHOWN;
  const says: (Fact | null)[] = [
    ...(isCommonFact(event) ? amendmentFacts({ event, text }, telling) : ownFacts(read, telling)),
    ...amended.map(({ path, was, is }) => {
      const place = placeIn(telling, type, path);
      return said('Corrected since', `${fieldInWords(place)} ${changed(place, { was, is }, telling)}`);
    }),
    dated?.from === undefined ? null : said('When', `${datedInWords(dated)}: the source gives no day`),
    authorityFact(event, telling),
    reason === null ? null : written('Reason', reason),
  ];
  const facts = says.filter((fact) => fact !== null);
  const folded: (Fact | null)[] = [
    isCut ? written('In full', `“${words}”`) : null,
    ...facts.filter((fact) => !isShort(fact)),
    loadedFact(event),
    enteredFact(event, telling),
    event.authority === 'notStated' ? said('Authority', 'The source names none') : null,
    sourceInWords(source) === null ? null : written('Source', sourceInWords(source) ?? ''),
    citedFact(event, telling),
    source?.quote == null ? null : written('In its words', `“${source.quote}”`),
  ];
  return {
    id: event.id,
    ways: telling.waysFrom(event),
    label: eventInWords(type),
    by: by === null ? null : nameOf(by.post, telling),
    day: effectiveOn,
    how: dated === null ? null : dated.how === 'about' ? 'about' : 'by',
    words: words === null ? null : opening(words, WORDS_SHOWN),
    isCut,
    facts: facts.filter(isShort),
    recorded: recordedInWords(event),
    folded: folded.filter((fact) => fact !== null),
    voided,
    late,
  };
}

function isShort({ line }: Fact): boolean {
  return line.reduce((length, { text }) => length + text.length, 0) <= BESIDE;
}

/** Entries of which it is said once, above them, that an import brought them late. Of fewer each says it for itself. */
const LATE_TOGETHER = 4;

/**
 * `All 20 entries here are late entries: an import loaded them on 23 November 2026.` Null where no one import brought most of them late. Each
 * entry says of itself as well that it is late, and by how much. Pure.
 */
export function latenessInWords(history: readonly EventRead[]): string | null {
  const days = history.flatMap(({ event: { late, stated, recordedAt } }) =>
    late && stated !== null ? [londonDayOf(recordedAt)] : [],
  );
  const [loaded] = days;
  if (loaded === undefined || days.some((day) => day !== loaded)) return null;
  if (days.length < LATE_TOGETHER || days.length * 2 <= history.length) return null;
  const which =
    days.length === history.length
      ? `All ${days.length} entries here are late entries`
      : `${days.length} of the ${history.length} entries here are late entries`;
  return `${which}: an import loaded them on ${dayInWords(loaded)}.`;
}

/** What its register declares of an event, beside its first words: each fact and text by its name, and each record that it names as the way there. */
function ownFacts({ event: { type, facts }, words }: EventRead, telling: Telling): readonly (Fact | null)[] {
  const declared = eventDeclared(telling.register, type);
  const inClear = Object.entries(declared?.facts ?? {}).map(([name, shape]) => {
    const value = facts[name];
    // Its reference heads the page, and what is not so needs no line.
    if (value === undefined || value === false || shape.kind === 'newReference') return null;
    return { key: labelOf(name, shape), line: valueLine(shape, value, telling) };
  });
  const sealed = Object.entries(declared?.texts ?? {}).map(([name, shape]) => {
    const text = words.get(name);
    return text === undefined ? null : written(labelOf(name, shape), `“${text}”`);
  });
  return [...inClear, ...sealed];
}

function valueLine(shape: Shape, value: JsonValue, telling: Telling): Line {
  if (shape.kind === 'link' && typeof value === 'string') return [nameOf(value, telling)];
  if (shape.kind === 'eventOfRecord' && typeof value === 'string' && telling.byId.has(value))
    return [entryOf(telling.byId.get(value)!)];
  if (shape.kind === 'anyRecord' && typeof value === 'string') return [nameOf(value, telling)];
  if ((shape.kind === 'links' || shape.kind === 'anyRecords') && Array.isArray(value))
    return (value as readonly string[]).flatMap((ref, index) => [
      ...(index === 0 ? [] : [{ text: ', ' }]),
      nameOf(ref, telling),
    ]);
  const meeting = shape.kind === 'due' ? (value as JsonObject)['meeting'] : undefined;
  if (typeof meeting === 'string') return [{ text: 'at the meeting ' }, referenceOf(meeting, telling)];
  return [{ text: valueInWords(shape, value, namesOf(telling)) }];
}

const ENTRY_SHOWN = 60;

/** Another entry of the same timeline, and the way to it. */
function entryOf({ event: { id, type }, text }: EventRead): Piece {
  const words = text === null ? '' : ` “${opening(text, ENTRY_SHOWN)}”`;
  return { text: `${eventInWords(type)}${words}`, href: `#event-${id}`, written: true };
}

const MARKING: Shape = { kind: 'marking', says: 'Who may see it.' };

/** What a correction, a void or another source's version is about, and what it says. */
function amendmentFacts({ event, text }: Pick<EventRead, 'event' | 'text'>, telling: Telling): readonly Fact[] {
  const { type, facts, id } = event;
  const { target, path, says, to } = facts;
  const about = typeof target === 'string' ? telling.byId.get(target) : undefined;
  const named = about === undefined ? [] : [said('About', `${eventInWords(about.event.type)}, ${whenOf(about.event)}`)];
  const place = placeIn(telling, about?.event.type, path);
  switch (type) {
    case 'Corrected': {
      const change = about?.amended.find((one) => one.by === id);
      const field = fieldInWords(place);
      return [...named, said('What', change === undefined ? field : `${field}: ${changed(place, change, telling)}`)];
    }
    case 'OtherwiseStated': {
      const other = says ?? text;
      return [
        ...named,
        said(fieldInWords(place), other === null ? 'not shown' : `“${valueAtInWords(place, other, namesOf(telling))}”`),
      ];
    }
    case 'Marked':
      return to === undefined ? named : [...named, said('Marking', valueInWords(MARKING, to))];
    default:
      return named;
  }
}

function changed(place: Place, { was, is }: { was: JsonValue; is: JsonValue }, telling: Telling): string {
  const [before, now] = [was, is].map((value) => valueAtInWords(place, value, namesOf(telling)));
  return `was “${before}”, is “${now}”`;
}

function placeIn({ register }: Telling, event: string | undefined, path: JsonValue | undefined): Place {
  return { register, ...(event === undefined ? {} : { event }), path: typeof path === 'string' ? path : '' };
}

function namesOf({ names }: Telling): Names {
  return new Map([...names].map(([ref, { text }]) => [ref, text]));
}

function nameOf(ref: string, { names }: Telling): Piece {
  return names.get(ref) ?? { text: ref };
}

function referenceOf(ref: string, { names }: Telling): Piece {
  return byReference(ref, names.get(ref));
}

function said(key: string, text: string): Fact {
  return { key, line: [{ text }] };
}

function written(key: string, text: string): Fact {
  return { key, line: [{ text, written: true }] };
}

function whenOf({ effectiveOn, dated }: EventRead['event']): string {
  return dated === null ? dayInWords(effectiveOn) : datedInWords(dated);
}

/** Both dates: when it took effect stands above; here, when it was recorded, and how much later that was. */
function recordedInWords({ stated, recordedAt, delayDays }: EventRead['event']): string {
  const after = delayDays > 0 ? `, ${counted(delayDays, 'day')} after it took effect` : '';
  return stated === null
    ? `Recorded ${instantInWords(recordedAt)}${after}`
    : `Recorded by its source on ${dayInWords(stated)}${after}`;
}

/** When an import brought what its source had recorded on another day. */
function loadedFact({ stated, recordedAt }: EventRead['event']): Fact | null {
  return stated === null || londonDayOf(recordedAt) === stated ? null : said('Loaded here', instantInWords(recordedAt));
}

/** Who typed it, unless that is who did it. */
function enteredFact({ by, enteredBy }: EventRead['event'], telling: Telling): Fact | null {
  if (enteredBy === null || by?.post === enteredBy.post) return null;
  const typed = nameOf(enteredBy.post, telling);
  return { key: 'Entered by', line: by === null ? [typed, { text: '; the source does not say who did it' }] : [typed] };
}

function authorityFact({ authority }: EventRead['event'], telling: Telling): Fact | null {
  if (authority === null || authority === 'notStated') return null;
  const record = authorityRecord(authority);
  return { key: 'Authority', line: authorityLine(authority, record === null ? null : referenceOf(record, telling)) };
}

/** The document of the ledger that the source is, and the way there. */
function citedFact({ source }: EventRead['event'], telling: Telling): Fact | null {
  if (source?.record === undefined) return null;
  const version = source.version === undefined ? [] : [{ text: `, version ${source.version}` }];
  return { key: 'Cites', line: [nameOf(source.record, telling), ...version] };
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
