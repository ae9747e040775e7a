import type { CivilDate, Dated, EventId, Instant, JsonObject, JsonValue, Marking } from '../ledger/index.ts';
import { nameInWords } from './labels.ts';
import type { RecordKind } from './record-kinds.ts';

/*
 * The closed set of what a field can be. A shape says what a field means, once; its TypeScript types, its checks and what each edge does
 * with it follow from it. A new shape does not compile until every table over shapes knows it.
 */

declare const GIVEN: unique symbol;
declare const HELD: unique symbol;

/** `Given`: as a command gives it. `Held`: as an event holds it. They differ where a command gives words, which an event holds as a text. */
interface OneShape<Kind extends string, Given, Held = Given> {
  readonly kind: Kind;
  /** What the field means, in a sentence. */
  readonly says: string;
  /** What people call the field, where that is not its own name in words. */
  readonly label?: string;
  readonly optional?: true;
  /** Of an event: no correction changes it. */
  readonly fixed?: true;
  /** Of an event: a correction may put another in its place, and takes none away. */
  readonly kept?: true;
  /** What the edges call it, where that is not its own name. */
  readonly called?: Called;
  /** It is a field of the envelope that the command needs to know too: an input has it anyhow. */
  readonly ofEnvelope?: true;
  /** What the API says where an input says nothing. */
  readonly otherwise?: string | null;
  readonly [GIVEN]?: Given;
  readonly [HELD]?: Held;
}

/** A field as the edges call it. */
export interface Called {
  readonly api?: string;
  readonly column?: string;
}

/** One line of words. No fact: sealed. Line breaks are kept, not refused: what was accepted once is accepted again. */
export interface Line extends OneShape<'line', string> {
  /** Characters, where that is fewer than any text may have. */
  readonly most?: number;
  /** To leave it out means something else than to say nothing, so a blank one is refused even where it is optional. */
  readonly neverBlank?: true;
}
/** Words of many lines. Sealed. */
export interface Words extends OneShape<'words', string> {
  /** A column of words of the rows of that field: each line is of one row. */
  readonly rowsOf?: { readonly field: string; readonly column: string; readonly needed: boolean };
}
/** SHA-256 of a document. Sealed: it is computed from content, and must go with its key. */
export type Digest = OneShape<'digest', string>;
/** The number of an agenda or minute item, such as 7(c). It stands in clear, so it is never words. */
export type ItemNumber = OneShape<'itemNumber', string>;
export type Day = OneShape<'day', CivilDate>;
/** A time of day by the clocks of London, `hh:mm`. */
export type Time = OneShape<'time', string>;
export type Span = OneShape<'span', Dated, Dated & JsonObject>;
export type YesNo = OneShape<'yesNo', boolean>;
/** One of a few values, each with its meaning and what people call it. `name`: its type in the API. */
export interface OneOf<Member extends string = string> extends OneShape<'oneOf', Member> {
  readonly name: string;
  readonly members: { readonly [member in Member]: { readonly says: string; readonly label: string } };
  /** Its members are no names that GraphQL takes, so its type is a scalar, and they are written in small letters. */
  readonly scalar?: true;
}
/** The reference of another record, of one kind. */
export interface Link extends OneShape<'link', string> {
  readonly record: RecordKind;
}
/**
 * References of several records of one kind, each once, in the order in which they are given: the first leads where the field says so. There
 * is at least one, so that nothing is said in one way only: by leaving it out.
 */
export interface Links extends OneShape<'links', readonly string[]> {
  readonly record: RecordKind;
  /** Their order means something, so a form asks for them in one box and not by ticks. */
  readonly inOrder?: true;
}
/** The reference of another record, of any of some kinds; null: of any. */
export interface AnyRecord extends OneShape<'anyRecord', string> {
  readonly records: readonly RecordKind[] | null;
}
/**
 * References of several records of any kind, each once, in the order in which they are given. At least one, as of {@link Links}.
 */
export type AnyRecords = OneShape<'anyRecords', readonly string[]>;
/** A moment of RFC 3339, to the millisecond. What is finer is cut off where it is held. */
export type InstantShape = OneShape<'instant', string, Instant>;
/** A whole number within bounds. */
export interface Count extends OneShape<'count', number> {
  readonly least: number;
  readonly most: number;
}
/** By what a list of records is narrowed; each filter once. What a command gives by words of the list, an event holds resolved. */
export type ConditionsShape = OneShape<'conditions', readonly ConditionInput[], readonly Condition[]>;
/** How much of something: a percentage is so many of a hundred. */
export type ShareShape = OneShape<'share', Share>;
/** What a column of rows may be: one cell holds it. */
export type ColumnShape = Line | ItemNumber | Count | ShareShape | Day | YesNo | OneOf | Link;
export interface Columns {
  readonly [column: string]: ColumnShape;
}
/** The columns of words, which are sealed; and those that stand in clear. */
export type SealedIn<C extends Columns> = {
  [Column in keyof C]: C[Column] extends Sealed ? Column : never;
}[keyof C] &
  string;
export type ClearIn<C extends Columns> = Pick<C, Exclude<keyof C, SealedIn<C>>>;
export type GivenRow<C extends Columns> = Given<C>;
export type HeldRow<C extends Columns> = Held<ClearIn<C>>;
/**
 * A list of rows, each with the same columns, in the order in which they are given. There is at least one. What an event holds of them in
 * clear is without the columns of words: those stand in texts (`rowTexts`).
 */
export interface Rows<C extends Columns = Columns> extends OneShape<
  'rows',
  readonly GivenRow<C>[],
  readonly HeldRow<C>[]
> {
  /** Its type in the API: that of a row is `<name>Input`. */
  readonly name: string;
  readonly columns: C;
  readonly most: number;
}
/** The reference that a new record is to have, or has. */
export interface NewReference extends OneShape<'newReference', string> {
  readonly record: RecordKind;
}
/** When something is due: words, and at most one of day, span and meeting. */
export type DueShape = OneShape<'due', DueInput, Due>;
/** The id under which a sender knows a command. */
export type CommandId = OneShape<'commandId', string>;
/** A reference of something that is no record here. It stands in clear, so it is never words. */
export type Reference = OneShape<'reference', string>;
/** One of the events of a record: of the one that the command is about, or of the one that another of its fields names. */
export interface EventOfRecord extends OneShape<'eventOfRecord', EventId> {
  readonly of?: string;
  /** The register's code for an event that is no such entry of it. Default: that of every record. */
  readonly unknown?: string;
  /** A form lists those that may be named, of whichever record they are: promises that nothing keeps yet. */
  readonly listed?: boolean;
}
/** The name of a field, as corrections give it. */
export type Path = OneShape<'path', string>;
export type AnyValue = OneShape<'anyValue', JsonValue>;
/** Without a session the one that holds now stays. */
export type MarkingShape = OneShape<'marking', Omit<Marking, 'session'> & Partial<Pick<Marking, 'session'>>, never>;

export type Shape =
  | Line
  | Words
  | Digest
  | ItemNumber
  | Day
  | Time
  | Span
  | YesNo
  | OneOf
  | Link
  | Links
  | AnyRecord
  | AnyRecords
  | InstantShape
  | Count
  | ShareShape
  | Rows
  | ConditionsShape
  | NewReference
  | DueShape
  | CommandId
  | Reference
  | EventOfRecord
  | Path
  | AnyValue
  | MarkingShape;
export type ShapeKind = Shape['kind'];
export type ShapeOf<Kind extends ShapeKind> = Extract<Shape, { readonly kind: Kind }>;

/** What is always encrypted. */
export type Sealed = Line | Words | Digest;
/** What stands in clear in an event, so holds references, days and numbers, and never free words. */
export type InClear =
  | ItemNumber
  | Day
  | Time
  | Span
  | YesNo
  | OneOf
  | Link
  | Links
  | AnyRecord
  | AnyRecords
  | InstantShape
  | Count
  | ShareShape
  | Rows
  | ConditionsShape
  | NewReference
  | DueShape
  | EventOfRecord;

/** When it is due, as a command says it: the words, and at most one of day, span and meeting. */
export interface DueInput {
  readonly phrase?: string;
  readonly on?: CivilDate;
  readonly dated?: Dated;
  readonly meeting?: string;
}

/** When it is due, as an event holds it. The words stand in a text `phrase`; at most one of these resolves them. */
export interface Due extends JsonObject {
  readonly on?: CivilDate;
  /** A span ("March to September 2018"): due on its last day. */
  readonly dated?: Dated & JsonObject;
  /** Reference of the meeting at which it is due: its date is read from that meeting, wherever it moves. */
  readonly meeting?: string;
}

/** A part of a whole, both whole numbers: `{ part: 9, of: 20 }`. The whole is more than nothing, and the part is no more than the whole. */
export interface Share extends JsonObject {
  readonly of: number;
  readonly part: number;
}

/** What narrows a list, as a command says it: a filter that the list declares, and its choices, which are alternatives, or the record that it names. */
export interface ConditionInput {
  readonly filter: string;
  /** Nothing for a filter that is or is not. */
  readonly is?: readonly string[];
}

/** What narrows a list, as an event holds it: members of a few, or another record, or neither. */
export interface Condition extends JsonObject {
  readonly filter: string;
  readonly members?: readonly string[];
  readonly ofRecord?: string;
}

export const line = (says: string, more: { readonly most?: number; readonly neverBlank?: true } = {}): Line => ({
  kind: 'line',
  says,
  ...more,
});
export const words = (says: string): Words => ({ kind: 'words', says });
export const digest = (says: string): Digest => ({ kind: 'digest', says });
export const itemNumber = (says: string): ItemNumber => ({ kind: 'itemNumber', says });
export const day = (says: string): Day => ({ kind: 'day', says });
export const time = (says: string): Time => ({ kind: 'time', says });
export const span = (says: string): Span => ({ kind: 'span', says });
export const yesNo = (says: string): YesNo => ({ kind: 'yesNo', says });
export const due = (says: string): DueShape => ({ kind: 'due', says });
export const commandId = (says: string): CommandId => ({ kind: 'commandId', says });
export const reference = (says: string): Reference => ({ kind: 'reference', says });
/** `of`: the field that names the record of which it is an event, where the command is not about that record. */
export const eventOfRecord = (says: string, more: Omit<EventOfRecord, 'kind' | 'says'> = {}): EventOfRecord => ({
  kind: 'eventOfRecord',
  says,
  ...more,
});
export const path = (says: string): Path => ({ kind: 'path', says });
export const anyValue = (says: string): AnyValue => ({ kind: 'anyValue', says });
export const marking = (says: string): MarkingShape => ({ kind: 'marking', says });
export const link = (record: RecordKind, says: string): Link => ({ kind: 'link', record, says });
export const links = (record: RecordKind, says: string, more: Pick<Links, 'inOrder'> = {}): Links => ({
  kind: 'links',
  record,
  says,
  ...more,
});
/** @param records the kinds of record that it may be of, where it is not any */
export const anyRecord = (says: string, records: readonly RecordKind[] | null = null): AnyRecord => ({
  kind: 'anyRecord',
  records,
  says,
});
export const anyRecords = (says: string): AnyRecords => ({ kind: 'anyRecords', says });
export const instant = (says: string): InstantShape => ({ kind: 'instant', says });
/** The most that a count may be where its field does not say less: the API has no greater number. */
export const MOST_COUNTED = 2_147_483_647;
export const count = (
  says: string,
  { least = 0, most = MOST_COUNTED }: Partial<Pick<Count, 'least' | 'most'>> = {},
): Count => ({
  kind: 'count',
  says,
  least,
  most,
});
export const conditions = (says: string): ConditionsShape => ({ kind: 'conditions', says });
export const share = (says: string): ShareShape => ({ kind: 'share', says });
/** @param name its type in the API, in the singular: `PriorityLevel`. @param most so many rows at most */
export function rows<const C extends Columns>(name: string, says: string, columns: C, most = 50): Rows<C> {
  return { kind: 'rows', name, says, columns, most };
}
export const newReference = (record: RecordKind, says = 'Its reference.'): NewReference => ({
  kind: 'newReference',
  record,
  says,
});

/**
 * `says` is what the type means, in the API; where it is used, {@link saying} tells what the field means. A member that people do not call
 * by its name in words has a label.
 */
export function oneOf<
  const Members extends { readonly [member: string]: string | { readonly says: string; readonly label: string } },
>(name: string, says: string, members: Members): OneOf<keyof Members & string> {
  const labelled = Object.entries(members).map(([member, meaning]) => [
    member,
    typeof meaning === 'string' ? { says: meaning, label: nameInWords(member) } : meaning,
  ]);
  return {
    kind: 'oneOf',
    name,
    says,
    members: Object.fromEntries(labelled) as OneOf<keyof Members & string>['members'],
  };
}

export type MemberOf<One> = One extends OneOf<infer Member> ? Member : never;

/** It need not be given, or held. */
export function optional<One extends Shape>(shape: One): One & { readonly optional: true } {
  return { ...shape, optional: true };
}
/** No correction changes it. */
export function fixed<One extends Shape>(shape: One): One & { readonly fixed: true } {
  return { ...shape, fixed: true };
}
/** A correction takes none away, though an event need not have one. */
export function kept<One extends Shape>(shape: One): One & { readonly kept: true } {
  return { ...shape, kept: true };
}
/** The edges call it otherwise. Its own name is part of the stored format: the digest of a command's body covers it. */
export function called<One extends Shape>(name: Called, shape: One): One & { readonly called: Called } {
  return { ...shape, called: name };
}
/** It is the envelope's field of that name. */
export function ofEnvelope<One extends Shape>(shape: One): One & { readonly ofEnvelope: true } {
  return { ...shape, ofEnvelope: true };
}
/** What the API takes where an input says nothing. */
export function otherwise<One extends OneOf | AnyValue>(
  value: One extends OneOf ? MemberOf<One> : null,
  shape: One,
): One & { readonly otherwise: string | null } {
  return { ...shape, otherwise: value };
}
/** The same shape where it means something of its own. */
export function saying<One extends Shape>(says: string, shape: One): One {
  return { ...shape, says };
}

/** What people call it, where that is not its name in words. */
export function labelled<One extends Shape>(label: string, shape: One): One {
  return { ...shape, label };
}

/** At most so many records in one field. */
export const MOST_LINKS = 50;

/** At most so many conditions in one field, and choices in one condition. */
export const MOST_CONDITIONS = 10;
export const MOST_ALTERNATIVES = 20;

/** What a share consists of. */
export const SHARE_MEMBERS = {
  part: count('So many are so.'),
  of: count('Of so many.', { least: 1 }),
} as const;

/** What a due date consists of. At most one of its {@link ANCHORS} is given. */
export const DUE_MEMBERS = {
  phrase: labelled('When it is due, in words', optional(line('The words, such as “next CGB”.'))),
  on: labelled('Due date', optional(day('A day; it may lie ahead.'))),
  dated: labelled(
    'Span in which it is due',
    optional(span('A span, such as March to September 2018: due on its last day.')),
  ),
  meeting: labelled(
    'Meeting at which it is due',
    optional(
      link(
        'meeting',
        'Reference of the meeting at which it is due: its date is read from that meeting, wherever it moves.',
      ),
    ),
  ),
} as const;
export const ANCHORS = ['on', 'dated', 'meeting'] as const;

/** Does what a table has for the kind of a shape. TypeScript does not see that the two agree, which is said here and nowhere else. */
export function byKind<Result, More extends readonly unknown[]>(
  table: { readonly [Kind in ShapeKind]: (shape: ShapeOf<Kind>, ...more: More) => Result },
  shape: Shape,
  ...more: More
): Result {
  return (table[shape.kind] as (shape: Shape, ...more: More) => Result)(shape, ...more);
}

/* The types of fields. All are mapped over `Pick`, so that an editor finds the declaration from every use. */

type GivenOf<One> = One extends { readonly [GIVEN]?: infer Given } ? Exclude<Given, undefined> : never;
type HeldOf<One> = One extends { readonly [HELD]?: infer Held } ? Exclude<Held, undefined> : never;
type OptionalKeys<Fields> = {
  [Name in keyof Fields]: Fields[Name] extends { readonly optional: true } ? Name : never;
}[keyof Fields];
type RequiredIn<Fields> = Pick<Fields, Exclude<keyof Fields, OptionalKeys<Fields>>>;
type OptionalIn<Fields> = Pick<Fields, OptionalKeys<Fields>>;
type AsGiven<Fields> = { readonly [Name in keyof Fields]: GivenOf<Fields[Name]> };
type AsHeld<Fields> = { readonly [Name in keyof Fields]: HeldOf<Fields[Name]> };
export type Plain<Type> = { [Name in keyof Type]: Type[Name] } & {};

/** What a command gives of these fields. */
export type Given<Fields> = Plain<AsGiven<RequiredIn<Fields>> & Partial<AsGiven<OptionalIn<Fields>>>>;
/** What an event holds of these fields. Of none: no name at all, so that a misspelt one is an error where it is read. */
export type Held<Fields> = [keyof Fields] extends [never]
  ? Record<string, never>
  : Plain<AsHeld<RequiredIn<Fields>> & Partial<AsHeld<OptionalIn<Fields>>>>;
