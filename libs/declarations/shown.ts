import type { Authority, CivilDate, Dated, EventId, Instant, TextRef } from '../ledger/index.ts';
import { labelOf } from './labels.ts';
import type { Due, OneOf, Shape } from './shapes.ts';
import { kindSpelt, type RecordKind } from './record-kinds.ts';

/*
 * What a register shows of its records, said beside what they mean: which fields a page and a list have, in what order and words. The
 * frame of the pages draws it. Everything here is pure: a function from a record as it stands to values, and no words but the register's own.
 */

/** The closed set of what can be shown. A new kind does not compile until the one table that draws them knows it. */
export type ShownValue =
  /** Words of the register itself; never what somebody wrote, and never a code. */
  | { readonly kind: 'words'; readonly words: string }
  /**
   * What somebody wrote, where the reader may read it. `most`: in a list, no more characters than that. `row`: of a column of words, the line
   * of that row, from 0.
   */
  | {
      readonly kind: 'text';
      readonly text: TextRef;
      readonly quoted: boolean;
      readonly most?: number;
      readonly row?: number;
    }
  | { readonly kind: 'day'; readonly day: CivilDate }
  /** Days between which, or by which: no day is named that nobody stated. */
  | { readonly kind: 'span'; readonly span: Dated }
  | { readonly kind: 'instant'; readonly at: Instant }
  /** Another record, by what it is called or by its reference alone, and the way to its page. */
  /** `did`: what it did on a day is told, so that whoever holds it on another is not told beside it. */
  | { readonly kind: 'link'; readonly ref: string; readonly by: 'name' | 'reference'; readonly did?: true }
  | { readonly kind: 'oneOf'; readonly shape: OneOf; readonly member: string }
  /** One of the states that the kind of record declares. */
  | { readonly kind: 'status'; readonly status: string }
  | { readonly kind: 'yesNo'; readonly is: boolean }
  | { readonly kind: 'due'; readonly due: Due }
  | { readonly kind: 'authority'; readonly authority: Authority }
  /** The way to the form of a command that opens a record, with these boxes filled in; words alone for whoever may not give it now. */
  | {
      readonly kind: 'form';
      readonly command: string;
      readonly boxes: { readonly [field: string]: string };
      readonly words: string;
    }
  /** Some of these in one line. */
  | { readonly kind: 'sentence'; readonly parts: readonly ShownValue[] }
  /** Some of these, each in a line of its own. */
  | { readonly kind: 'list'; readonly of: readonly ShownValue[] };

export type ShownKind = ShownValue['kind'];
export type ShownOf<Kind extends ShownKind> = Extract<ShownValue, { readonly kind: Kind }>;

/** What there may be none of: it is left out. */
type Perhaps = ShownValue | string | null | undefined;

export const said = (words: string): ShownValue => ({ kind: 'words', words });
export const day = (of: CivilDate): ShownValue => ({ kind: 'day', day: of });
export const span = (of: Dated): ShownValue => ({ kind: 'span', span: of });
export const instant = (at: Instant): ShownValue => ({ kind: 'instant', at });
export const status = (of: string): ShownValue => ({ kind: 'status', status: of });
export const yesNo = (is: boolean): ShownValue => ({ kind: 'yesNo', is });
export const authority = (of: Authority): ShownValue => ({ kind: 'authority', authority: of });
export const due = (of: Due): ShownValue => ({ kind: 'due', due: of });

/** What somebody wrote, as it stands. */
export function text(of: TextRef | undefined, most?: number): ShownValue | null {
  return of === undefined ? null : { kind: 'text', text: of, quoted: false, ...(most === undefined ? {} : { most }) };
}

/** The words that a row has in a column, as they were written; of a row without any: nothing. */
export function textOfRow(column: TextRef | undefined, row: number): ShownValue | null {
  return column === undefined ? null : { kind: 'text', text: column, quoted: false, row };
}

/** What somebody wrote, in quotation marks. */
export function quote(of: TextRef | undefined): ShownValue | null {
  return of === undefined ? null : { kind: 'text', text: of, quoted: true };
}

/**
 * Another record, by what it is called, and a post with whoever holds it on the day asked about. A link that is not for the reader is gone
 * from the state: nothing is shown.
 */
export function named(ref: string | null | undefined): ShownValue | null {
  return ref === null || ref === undefined ? null : { kind: 'link', ref, by: 'name' };
}

/** A post that did something on a day, by what it is called: whoever holds it on the day asked about may be another, and is not told. */
export function doer(ref: string | null | undefined): ShownValue | null {
  return ref === null || ref === undefined ? null : { kind: 'link', ref, by: 'name', did: true };
}

/** Another record, by its reference. */
export function referred(ref: string | undefined): ShownValue | null {
  return ref === undefined ? null : { kind: 'link', ref, by: 'reference' };
}

export function member<Member extends string>(shape: OneOf<Member>, of: Member | undefined): ShownValue | null {
  return of === undefined ? null : { kind: 'oneOf', shape, member: of };
}

/** A day, or the span where the source gives none. */
export function when(at: { readonly effectiveOn: CivilDate; readonly dated?: Dated }): ShownValue {
  return at.dated === undefined ? day(at.effectiveOn) : span(at.dated);
}

/** One line. What there is none of is left out, and with nothing there is no line. */
export function sentence(...parts: readonly Perhaps[]): ShownValue | null {
  const there = present(parts);
  return there.length === 0 ? null : { kind: 'sentence', parts: there };
}

/** A line for each. */
export function lines(...of: readonly Perhaps[]): ShownValue | null {
  const there = present(of);
  return there.length === 0 ? null : { kind: 'list', of: there };
}

function present(values: readonly Perhaps[]): readonly ShownValue[] {
  return values.flatMap((value) =>
    value === null || value === undefined ? [] : typeof value === 'string' ? said(value) : value,
  );
}

/** `once`, `3 times`. */
export function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}

/** Never the only signal: a tag says what it means in words. */
export type Colour = 'grey' | 'green' | 'turquoise' | 'blue' | 'purple' | 'pink' | 'red' | 'orange' | 'yellow';

export interface Tag {
  readonly words: string;
  readonly colour: Colour;
}

/** Tags of the members of a list, each in its colour. */
export function tags<Member extends string>(
  { members }: OneOf<Member>,
  colours: { readonly [member in Member]: Colour },
): { readonly [member in Member]: Tag } {
  const tagged = (Object.keys(colours) as Member[]).map((of) => [
    of,
    { words: members[of].label, colour: colours[of] },
  ]);
  return Object.fromEntries(tagged) as { [member in Member]: Tag };
}

/** The members of a list as the choices of a filter. */
export function choices<Member extends string>({ members }: OneOf<Member>): OneOfFilter<Member>['choices'] {
  return (Object.keys(members) as Member[]).map((value) => ({ value, words: members[value].label }));
}

/** A field of a record's page, a column of a list or of a table: what it is called, and what it shows. `null`: there is nothing to show. */
export interface FieldShown<Of> {
  readonly label: string;
  readonly shows: (of: Of) => ShownValue | null;
}

/** A field that is called as what it is declared to be: by its label, else by its name. */
export function field<Of>(name: string, shape: Shape, shows: FieldShown<Of>['shows']): FieldShown<Of> {
  return { label: labelOf(name, shape), shows };
}

/**
 * When a step was taken, and by whom.
 * @param unnamed what is said where its source names nobody; nothing: then the day stands alone
 */
export function doneBy(
  step: { readonly effectiveOn: CivilDate; readonly dated?: Dated; readonly by: string | null },
  unnamed: string | null = null,
): ShownValue | null {
  const who = doer(step.by) ?? unnamed;
  return who === null ? when(step) : sentence(when(step), ': ', who);
}

/** What came of an entry that opens a record: what it opened, and whether a policy has still to, with what stands in its way. */
export interface OpenedShown {
  readonly records: readonly string[];
  readonly owed: {
    /** The command that opens it. */
    readonly opensBy: string;
    readonly refusal: { readonly sentence: string | null } | null;
  } | null;
}

/** The records that an entry opened, or what stands in the way. Of what was left to people nothing is said. */
export function opened(entry: EventId, what: OpenedShown | undefined): ShownValue | null {
  if (what === undefined) return null;
  const { records, owed } = what;
  return lines(...records.map(referred), owed === null ? null : notOpened(entry, owed));
}

function notOpened(entry: EventId, { opensBy, refusal }: NonNullable<OpenedShown['owed']>): ShownValue | string | null {
  if (refusal === null) return 'Being opened.';
  const why = refusal.sentence === null ? '. ' : `: ${refusal.sentence} `;
  const byHand = { kind: 'form', command: opensBy, boxes: { causedBy: entry }, words: 'Open it by hand' } as const;
  return sentence(`Not opened by itself${why}`, byHand, `, and name entry ${entry} as what opens it.`);
}

/** Of a record that was opened because of an entry: which record has it, and whether it was a mistake, as far as is known. */
export interface CauseShown {
  readonly record: string;
  readonly voided: boolean;
}

/** A tag for what was opened because of an entry that was recorded by mistake. */
export function causeTags(cause: CauseShown | null | undefined): readonly Tag[] {
  return cause?.voided === true ? [{ words: 'Its cause was a mistake', colour: 'red' }] : [];
}

/** Rows of a table, of which those are made that are shown. A list of rows is one. */
export interface SomeRows {
  readonly length: number;
  slice(from: number, to: number): readonly (readonly (ShownValue | null)[])[];
}

/** A row for each of these. There may be many, so each is made when it is shown. */
export function rows<Of>(of: readonly Of[], row: (one: Of) => readonly (ShownValue | null)[]): SomeRows {
  return { length: of.length, slice: (from, to) => of.slice(from, to).map(row) };
}

/** What a record holds several of, as a table on its page: the items of a meeting, the holders of a post. */
export interface SectionShown<Rec> {
  readonly heading: string;
  readonly caption?: string;
  /** Each row as the values of its columns. */
  readonly columns: readonly string[];
  readonly rows: (record: Rec) => SomeRows;
  /**
   * What is said where there is none, in a sentence that can be understood by itself: the table and its heading are left out, and these
   * sentences stand in one paragraph.
   */
  readonly empty: string;
}

/** Records of another kind that name this one, found by a filter of their list. */
export interface RelatedShown {
  readonly heading: string;
  readonly record: RecordKind;
  /** The filter of their list that takes the reference of this record. */
  readonly filter: string;
  /** As that of a table. */
  readonly empty: string;
}

/** What narrows a list. `label`: in the form; `called`: where it is in force. */
export type FilterShown =
  | { readonly kind: 'words'; readonly label: string; readonly called: string; readonly most: number }
  | OneOfFilter
  | {
      readonly kind: 'link';
      readonly label: string;
      readonly called: string;
      readonly any: string;
      readonly record: RecordKind;
    }
  | { readonly kind: 'flag'; readonly label: string; readonly called: string }
  /** A whole number, such as a step of a scale. */
  | {
      readonly kind: 'number';
      readonly label: string;
      readonly called: string;
      readonly least: number;
      readonly most: number;
    };

export interface OneOfFilter<Member extends string = string> {
  readonly kind: 'oneOf';
  readonly label: string;
  readonly called: string;
  readonly any: string;
  readonly choices: readonly {
    readonly value: Member;
    readonly words: string;
    /** The states that it stands for, where it is another word for some of them. */
    readonly of?: readonly string[];
  }[];
}

export interface FiltersShown {
  readonly [filter: string]: FilterShown;
}

/** What a list is asked for. Absent: not narrowed by it. Members of one filter are alternatives; different filters all apply. */
export type Asked<F extends FiltersShown> = {
  readonly [Name in keyof F]?: F[Name] extends { readonly kind: 'flag' }
    ? true
    : F[Name] extends OneOfFilter<infer Member>
      ? readonly Member[]
      : string;
};

/**
 * The records of a list, counted by the two numbers of a score. A count leads to the list of what it counts, so it is told by filters of that list:
 * by which scale, which of several scores, and its two numbers.
 */
export interface MatrixShown<F extends FiltersShown> {
  readonly heading: string;
  readonly by: {
    readonly scale: keyof F & string;
    readonly of: keyof F & string;
    readonly down: keyof F & string;
    readonly across: keyof F & string;
  };
  /** Of several scores the one that is counted where nobody asks for another. */
  readonly usual: string;
}

/** The least that is known of a record of any kind at a basis. */
export interface ShownRecord {
  readonly ref: string;
}

/** The fact in force that brought a record to the status that it has, as far as the reader may see. */
export interface MadeSo {
  readonly type: string;
  readonly effectiveOn: CivilDate;
  readonly dated?: Dated;
  readonly by: string | null;
  readonly authority: Authority | null;
}

/** `Reported complete on 3 May 2023 by the force lead, on the authority of the meeting CGB-2023-05-03.`, and what is said after it. */
export function because(happened: string, made: MadeSo, ...since: readonly Perhaps[]): ShownValue | null {
  const { dated, by, authority: given } = made;
  const [kind = '', reference = ''] = Object.entries(given ?? {})[0] ?? [];
  return sentence(
    `${happened} ${dated === undefined ? 'on ' : ''}`,
    when(made),
    ...(by === null ? [] : [dated === undefined ? ' by ' : ', by ', doer(by)]),
    ...(given === null
      ? []
      : [
          `, on the authority of the ${kind} `,
          kind === 'meeting' || kind === 'document' || kindSpelt(reference) === 'decision'
            ? referred(reference)
            : reference,
        ]),
    '.',
    ...since,
  );
}

/** What is shown of one kind of record. `Rec`: a record at a basis, as its register knows it and its projection answers it. */
export interface RecordShown<Rec extends ShownRecord, F extends FiltersShown = FiltersShown> {
  /** What one is called: `action`. What several are called stands in `RECORD_KINDS`. */
  readonly one: string;
  /** What has happened to one that is there: `raised`. */
  readonly opened: string;
  /** What a reader finds in the list, in a sentence. */
  readonly says: string;
  /** What it is about: the heading of its page, and what its row begins with. */
  readonly heading: (record: Rec) => ShownValue | null;
  /** The heading as a field, and what is said where nobody may read it. */
  readonly headingCalled: string;
  readonly unheaded: string;
  /** People know it by its name, so a list leads to it by that, with the reference beside it. */
  readonly byName?: true;
  /** What it is called where another record names it. */
  readonly named: (record: Rec) => ShownValue | null;
  /** The people who hold it, beside its name wherever another record names it for what it is on the day asked about. */
  readonly heldBy?: (record: Rec) => ShownValue | null;
  readonly status?: {
    readonly of: (record: Rec) => string;
    readonly are: { readonly [status: string]: Tag };
    /** Why it is that: the fact that made it so, and what has not followed. */
    readonly why: (record: Rec, made: MadeSo) => ShownValue | null;
  };
  /** What else is to be seen at once: `Overdue`. */
  readonly tags?: (record: Rec) => readonly Tag[];
  /** The fields of its page, in order. */
  readonly fields: readonly FieldShown<Rec>[];
  readonly sections?: readonly SectionShown<Rec>[];
  readonly related?: readonly RelatedShown[];
  /** What it is to a record that it names, by the field of its state that does: `Raised at it`. */
  readonly names?: { readonly [field: string]: string };
  /** What stands beside its reference in a list. */
  readonly beside?: (record: Rec) => ShownValue | null;
  /** The columns of a list after the first, which names the record, and its status. */
  readonly columns: readonly FieldShown<Rec>[];
  /** In the order of the form. */
  readonly filters: F;
  /** Above the rows, as a table of counts. */
  readonly matrix?: MatrixShown<F>;
  /** The filter by which tabs count, and another of which each choice stands for some of its members. */
  readonly tabs?: {
    readonly by: keyof F & string;
    readonly beside?: { readonly filter: keyof F & string; readonly heading: string };
  };
}

/**
 * By what every list is narrowed, beside what its register declares: the bodies of which it is. They are said once, here, and answered once, for all
 * lists (`projections/lists.ts`), so no register is asked for them.
 */
export const OF_BODIES = {
  bodies: { kind: 'link', label: 'Of the body', called: 'Of the body', any: 'Any body', record: 'body' },
  readBy: {
    kind: 'link',
    label: 'Of the bodies that this one reads',
    called: 'Read by',
    any: 'Any body',
    record: 'body',
  },
  illustrative: { kind: 'flag', label: 'Of illustrative bodies only', called: 'Of illustrative bodies only' },
} as const satisfies FiltersShown;

/** Declares what is shown of a kind of record. Its list is narrowed by bodies too, which its own queries know nothing of. */
export function records<Rec extends ShownRecord>() {
  return <const F extends FiltersShown>(of: RecordShown<Rec, F>): RecordShown<Rec, F> => ({
    ...of,
    filters: { ...of.filters, ...OF_BODIES },
  });
}
