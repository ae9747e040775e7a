import { isCapacity } from '../../access/index.ts';
import {
  isCivilDate,
  isDated,
  isItemNumber,
  ITEM_NUMBER_SENTENCE,
  type Correctable,
  type JsonObject,
  type JsonValue,
} from '../../ledger/index.ts';
import type { MeetingEvent } from './events.ts';
import { seriesOf } from './state.ts';

/**
 * What a correction may change. A reference never changes, not even when the day or the body in it turns out wrong. A
 * correction of the session says what it was; who may see the meeting is changed by marking it anew.
 */
export const correctable: { readonly [type in MeetingEvent['type']]?: readonly Correctable[] } = {
  MeetingScheduled: [
    {
      path: 'body',
      is: matching(/^[A-Z][A-Z0-9]{0,15}$/, 'A body is named by its reference: capitals and digits, like CGB.'),
      names: named('directory'),
    },
    { path: 'on', is: 'date' },
    { path: 'session', is: session },
    { path: 'title', is: 'text' },
  ],
  MeetingHeld: [{ path: 'on', is: 'date' }],
  MeetingPostponed: [{ path: 'to', is: orNone(date) }],
  ItemMinuted: [
    {
      path: 'item',
      is: orNone((value) => (typeof value === 'string' && isItemNumber(value) ? null : ITEM_NUMBER_SENTENCE)),
    },
    { path: 'session', is: session },
    { path: 'promise', is: (value) => (typeof value === 'boolean' ? null : 'A promise is true or false.') },
    {
      path: 'owner',
      is: orNone(matching(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'A post is named by its reference, like force-lead.')),
      // The posts that every ledger knows from its first day need not be in the directory.
      names: (value) => (typeof value === 'string' && isCapacity(value) ? null : named('directory')(value)),
    },
    {
      path: 'due',
      is: orNone(due),
      names: (value) => named('meetings')((value as JsonObject | null)?.['meeting'] ?? null),
    },
    { path: 'title', is: 'text' },
    { path: 'text', is: 'text' },
    { path: 'phrase', is: 'text' },
  ],
};

/** What another source may say otherwise of the meeting itself, without naming one of its events. */
export const disputable: readonly string[] = ['date', 'session', 'status', 'body'];

function named(register: string): NonNullable<Correctable['names']> {
  return (ref) => (typeof ref === 'string' ? { register, ref } : null);
}

function session(value: JsonValue): string | null {
  return value === 'OPEN' || value === 'CLOSED' ? null : 'A session is OPEN or CLOSED.';
}

function due(value: JsonValue): string | null {
  const sentence = 'Something is due on one day ("on"), over one span ("dated") or at one meeting ("meeting").';
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return sentence;
  const [entry, ...more] = Object.entries(value);
  if (entry === undefined || more.length > 0) return sentence;
  const [field, when] = entry;
  if (field === 'on') return typeof when === 'string' && isCivilDate(when) ? null : sentence;
  if (field === 'dated') return isDated(when) ? null : sentence;
  return field === 'meeting' && typeof when === 'string' && seriesOf(when) !== null ? null : sentence;
}

function matching(pattern: RegExp, sentence: string): (value: JsonValue) => string | null {
  return (value) => (typeof value === 'string' && pattern.test(value) ? null : sentence);
}

function date(value: JsonValue): string | null {
  return typeof value === 'string' && isCivilDate(value) ? null : 'A date is a real day, written yyyy-mm-dd.';
}

/** The source named none after all: `null` takes the value away. */
function orNone(check: (value: JsonValue) => string | null): (value: JsonValue) => string | null {
  return (value) => (value === null ? null : check(value));
}
