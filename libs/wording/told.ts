import { kindSpelt, nameInWords } from '../declarations/index.ts';
import { isDated, isUuid, type JsonObject, type JsonValue } from '../ledger/index.ts';
import { isTextRef, openedAt, type LedgerView } from '../read-models/index.ts';
import { datedInWords, instantInWords } from './days.ts';
import { recordsAt, shapeAt, valueAtInWords, type Place } from './fields.ts';
import type { Drawing, Line } from './lines.ts';
import { capitalised } from './phrases.ts';

/** How what is told of a record is opened: for whom, and what a record is called that it names; `href` where they may look at it. */
export interface Opening {
  readonly view: LedgerView;
  readonly named: (ref: string) => Promise<{ readonly text: string; readonly href?: string }>;
}

/** A value as people say it, with the way to the one record that it names. None: nothing is told, or it is not for this reader. */
export async function linesOfTold(
  place: Place,
  value: unknown,
  view: LedgerView,
  drawing: Drawing,
): Promise<readonly Line[]> {
  if (value === undefined || value === null) return [];
  if (isTextRef(value)) {
    const text = await view.text(value);
    return text === null || text === '' ? [] : [[{ text, written: true }]];
  }
  const opened = await openedTold(place, value as JsonValue, { view, named: (ref) => drawing.named(ref) });
  if (opened === null || opened === '') return [];
  const named = recordsAt(place, opened).map(({ ref }) => ref);
  const pieces = await Promise.all(named.map(async (ref) => [ref, await drawing.named(ref)] as const));
  const kind = shapeAt(place).kind;
  if ((kind === 'link' || kind === 'anyRecord') && pieces[0] !== undefined) return [[pieces[0][1]]];
  const words = valueAtInWords(place, opened, new Map(pieces.map(([ref, { text }]) => [ref, text])));
  return words === '' || words === 'nothing' ? [] : [[{ text: capitalised(words), written: true }]];
}

/** What a register keeps of a record beside what people wrote of it: which of its events say so, and where these stand in the log. */
const NOT_SAID = ['event', 'events', 'sequence', 'byPerson', 'enteredBy', 'enteredByPerson'];
const INSTANT = /^\d{4}-\d{2}-\d{2}T/;
const CODE = /^[A-Z]+(?:_[A-Z]+)*$/;

/** The same with words in place of references to words, however deep they stand, and of codes below what a register declares. */
export async function openedTold(
  place: Place,
  value: JsonValue,
  at: Opening,
  isDeclared = shapeAt(place).kind !== 'anyValue',
): Promise<JsonValue> {
  if (isTextRef(value)) return at.view.text(value);
  // The id of an entry says nothing to people.
  if (typeof value === 'string' && isUuid(value)) return null;
  if (typeof value === 'string') return isDeclared ? openedAt(at.view, place.path, value) : said(value, at);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const all = await Promise.all(
      (value as readonly JsonValue[]).map((one) => openedTold(place, one, at, isDeclared && typeof one === 'string')),
    );
    return all.filter((one) => one !== null);
  }
  if (isDated(value)) return datedInWords(value);
  const isDue = shapeAt(place).kind === 'due';
  // Where a source gives no day, none is named that nobody stated.
  const unsaid = (value as JsonObject)['dated'] === undefined || isDue ? NOT_SAID : [...NOT_SAID, 'effectiveOn'];
  const members = Object.entries(value).filter(([name]) => !unsaid.includes(name));
  const all = await Promise.all(
    members.map(async ([name, one]) => [name, await openedTold(place, one ?? null, at, isDue)] as const),
  );
  return Object.fromEntries(all.filter(([, one]) => one !== null && one !== ''));
}

/** A word of a register, an instant or a reference, as people say it. */
async function said(text: string, { named }: Opening): Promise<string> {
  if (INSTANT.test(text)) return instantInWords(text);
  if (kindSpelt(text) !== null) {
    const { text: name, href } = await named(text);
    if (href !== undefined || !CODE.test(text)) return name;
  }
  return CODE.test(text) ? nameInWords(text) : text;
}
