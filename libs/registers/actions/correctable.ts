import { COMMON_TEXTS, isCivilDate, type Correctable, type JsonValue } from '../../ledger/index.ts';
import type { ActionEvent } from './events.ts';
import { isAmbiguous } from './state.ts';

/** Facts stand in clear, so they hold references and numbers and never free words: these patterns keep it so. */
const ITEM = /^[A-Za-z0-9.()]{1,16}$/;
const DIGEST = /^[0-9a-f]{64}$/;
const POST = /^[a-z][a-z0-9-]{0,63}$/;
const MEETING = /^[A-Z][A-Z0-9]*-\d{4}-\d{2}(-\d+)*$/;
const ACTION = /^([A-Z][A-Z0-9]*-\d{4}-(?:0[1-9]|1[0-2]))-A(?:[1-9]\d*|[a-z2-9]{5})$/;

/** The number of an agenda or minute item, e.g. `7(c)`. */
export function isItem(text: string): boolean {
  return ITEM.test(text);
}

/** A SHA-256 in lower-case hexadecimal. */
export function isDigest(text: string): boolean {
  return DIGEST.test(text);
}

/** `CGB-2023-04` for `CGB-2023-04-A1` and for `CGB-2023-04-Ab3k9x`; null for what is no reference of an action. */
export function seriesOf(ref: string): string | null {
  return ACTION.exec(ref)?.[1] ?? null;
}

/** A span of real days that does not end before it begins. */
export function isSpan(value: JsonValue | undefined): boolean {
  if (!isObject(value)) return false;
  const { from, to, how, ...rest } = value;
  if (typeof to !== 'string' || !isCivilDate(to) || Object.keys(rest).length > 0) return false;
  if (from === undefined) return how === 'by' || how === 'about';
  return (
    typeof from === 'string' &&
    isCivilDate(from) &&
    from <= to &&
    (how === 'by' || how === 'about' || how === 'between')
  );
}

const text = (path: string): Correctable => ({ path, is: 'text' });
const date = (path: string): Correctable => ({ path, is: 'date' });
const dated = (path: string): Correctable => ({ path, is: 'dated' });
const matching = (path: string, pattern: RegExp, sentence: string): Correctable => ({
  path,
  is: (value) => (typeof value === 'string' && pattern.test(value) ? null : sentence),
});
const oneOf = (path: string, ...values: readonly string[]): Correctable => ({
  path,
  is: (value) => (typeof value === 'string' && values.includes(value) ? null : `It is one of ${values.join(', ')}.`),
});

const meeting = (path: string) => matching(path, MEETING, 'It is the reference of a meeting, such as CGB-2023-04-19.');
const post = (path: string) => matching(path, POST, 'It is the reference of a post, such as force-lead.');
const action = (path: string) => matching(path, ACTION, 'It is the reference of an action, such as CGB-2023-04-A1.');

/** A due date of one form is corrected in place; `due` as a whole turns it into another form, or, when empty, into none. */
const DUE: readonly Correctable[] = [
  { path: 'due', is: whyNoDue },
  date('due.on'),
  dated('due.dated'),
  meeting('due.meeting'),
  text('phrase'),
];

/** Why it was done and from which document: free words that every event may carry. */
const COMMON = COMMON_TEXTS.map(text);

/**
 * What a correction may change, by event type. Never the reference, nor the meeting or body at which the action was raised:
 * the reference was made of them. A wrong one is voided and raised anew.
 */
export const CORRECTABLE: { readonly [type in ActionEvent['type']]?: readonly Correctable[] } = {
  ActionRaised: [
    text('title'),
    matching('item', ITEM, 'It is the number of an item, such as 7(c).'),
    post('owner'),
    oneOf('organisation', 'OPCC', 'FORCE', 'JOINT'),
    oneOf('priority', 'HIGH', 'MEDIUM', 'LOW'),
    ...DUE,
    ...COMMON,
  ],
  ActionAgreed: COMMON,
  UpdateGiven: [text('update'), ...COMMON],
  EvidenceAdded: [
    text('title'),
    text('fileName'),
    matching('sha256', DIGEST, 'It is a SHA-256: 64 hexadecimal digits in small letters.'),
    ...COMMON,
  ],
  ActionReportedComplete: [text('report'), text('evidence'), ...COMMON],
  ActionReturned: COMMON,
  ActionSignedOff: COMMON,
  ActionReassigned: [post('owner'), ...COMMON],
  DueDateExtended: [...DUE, ...COMMON],
  ActionDeferred: [meeting('meeting'), date('until'), text('phrase'), ...COMMON],
  ActionConverted: [text('item'), ...COMMON],
  ActionMerged: [action('into'), ...COMMON],
  ActionSuperseded: [action('by'), ...COMMON],
  ActionWithdrawn: COMMON,
  ActionReopened: COMMON,
};

/** Fields of an action that another source may state otherwise, without naming the event that holds them. */
export const DISPUTABLE: readonly string[] = [
  'title',
  'body',
  'meeting',
  'item',
  'owner',
  'organisation',
  'priority',
  'status',
  'due',
  'due.phrase',
  'due.on',
  'due.dated',
  'due.meeting',
  'due.original',
  'due.current',
  'latestUpdate',
  'reportedComplete',
  'closed',
  'deferred',
  'continuedAs',
];

function whyNoDue(value: JsonValue): string | null {
  const sentence =
    'It is an object with one of "on" (a day), "dated" (a span) and "meeting" (a reference), or an empty one.';
  if (!isObject(value)) return sentence;
  const { on, dated: span, meeting: at, ...rest } = value;
  if (Object.keys(rest).length > 0 || isAmbiguous(value)) return sentence;
  if (on !== undefined && !(typeof on === 'string' && isCivilDate(on))) return sentence;
  if (span !== undefined && !isSpan(span)) return sentence;
  return at === undefined || (typeof at === 'string' && MEETING.test(at)) ? null : sentence;
}

function isObject(value: JsonValue | undefined): value is { readonly [key: string]: JsonValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
