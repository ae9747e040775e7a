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
import type { ActionEvent, Due } from './events.ts';
import { isAmbiguous, seriesOf } from './state.ts';

/** Facts stand in clear, so they hold references and numbers and never free words: these patterns keep it so. */
const DIGEST = /^[0-9a-f]{64}$/;
const POST = /^[a-z][a-z0-9-]{0,63}$/;
const MEETING = /^[A-Z][A-Z0-9]*-\d{4}-\d{2}(-\d+)*(-[a-z][a-z2-9]{4})?$/;

/** A SHA-256 in lower-case hexadecimal. */
export function isDigest(text: string): boolean {
  return DIGEST.test(text);
}

type Check = (value: JsonValue) => string | null;

const item: Check = (value) => (typeof value === 'string' && isItemNumber(value) ? null : ITEM_NUMBER_SENTENCE);
const post = matching(POST, 'It is the reference of a post, such as force-lead.');
const meeting = matching(MEETING, 'It is the reference of a meeting, such as CGB-2023-04-19.');
const action: Check = (value) =>
  typeof value === 'string' && seriesOf(value) !== null
    ? null
    : 'It is the reference of an action, such as CGB-2023-04-A1.';
const day: Check = (value) =>
  typeof value === 'string' && isCivilDate(value) ? null : 'It is a real day, written yyyy-mm-dd.';
const named =
  (register: string): NonNullable<Correctable['names']> =>
  (ref) =>
    typeof ref === 'string' ? { register, ref } : null;
/** The posts that every ledger knows from its first day need not be in the directory. */
const namesPost: Correctable['names'] = (ref) =>
  typeof ref === 'string' && !isCapacity(ref) ? { register: 'directory', ref } : null;
const namesMeeting = named('meetings');
const namesAction = named('actions');

const span: Check = (value) =>
  isDated(value) ? null : 'It is a span: "to" its last day, "how" by, about or between, and "from" its first day.';

/** A due date of one form is corrected in place; `due` as a whole turns it into another form, or, when empty, into none. */
const DUE: readonly Correctable[] = [
  { path: 'due', is: due, names: (value) => namesMeeting((value as JsonObject)['meeting'] ?? null) },
  { path: 'due.on', is: day },
  { path: 'due.dated', is: span },
  { path: 'due.meeting', is: meeting, names: namesMeeting },
  { path: 'phrase', is: 'text' },
];

/**
 * What a correction may change, by event type. Never the reference, nor the meeting or body at which the action was raised:
 * the reference was made of them. An action raised at the wrong one is withdrawn and raised anew.
 */
export const correctable: { readonly [type in ActionEvent['type']]?: readonly Correctable[] } = {
  ActionRaised: [
    { path: 'title', is: 'text' },
    { path: 'item', is: orNone(item) },
    { path: 'owner', is: orNone(post), names: namesPost },
    { path: 'organisation', is: orNone(oneOf('OPCC', 'FORCE', 'JOINT')) },
    { path: 'priority', is: orNone(oneOf('HIGH', 'MEDIUM', 'LOW')) },
    ...DUE,
  ],
  UpdateGiven: [{ path: 'update', is: 'text' }],
  EvidenceAdded: [
    { path: 'title', is: 'text' },
    { path: 'fileName', is: 'text' },
    { path: 'sha256', is: 'text' },
  ],
  ActionReportedComplete: [
    { path: 'report', is: 'text' },
    { path: 'evidence', is: 'text' },
  ],
  ActionReassigned: [{ path: 'owner', is: post, names: namesPost }],
  DueDateExtended: DUE,
  ActionDeferred: [
    { path: 'meeting', is: orNone(meeting), names: namesMeeting },
    { path: 'until', is: orNone(day) },
    { path: 'phrase', is: 'text' },
  ],
  ActionConverted: [{ path: 'item', is: 'text' }],
  ActionMerged: [{ path: 'into', is: action, names: namesAction }],
  ActionSuperseded: [{ path: 'by', is: action, names: namesAction }],
};

/** Fields of an action that another source may state otherwise, without naming the event that holds them. */
export const disputable: readonly string[] = [
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

function due(value: JsonValue): string | null {
  const sentence =
    'It is an object with one of "on" (a day), "dated" (a span) and "meeting" (a reference), or an empty one.';
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return sentence;
  const { on, dated, meeting: at, ...rest } = value as JsonObject;
  const problems = [
    on === undefined ? null : day(on),
    dated === undefined ? null : span(dated),
    at === undefined ? null : meeting(at),
  ];
  return Object.keys(rest).length > 0 || isAmbiguous(value as Due) || problems.some((problem) => problem !== null)
    ? sentence
    : null;
}

function matching(pattern: RegExp, sentence: string): Check {
  return (value) => (typeof value === 'string' && pattern.test(value) ? null : sentence);
}

function oneOf(...values: readonly string[]): Check {
  return (value) => (typeof value === 'string' && values.includes(value) ? null : `It is one of ${values.join(', ')}.`);
}

/** The source named none after all: `null` takes the value away. */
function orNone(check: Check): Check {
  return (value) => (value === null ? null : check(value));
}
