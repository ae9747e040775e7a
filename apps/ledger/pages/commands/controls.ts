import {
  ANCHORS,
  byKind,
  DUE_MEMBERS,
  kindOfRecord,
  labelOf,
  columnsWritten,
  exampleRow,
  MOST_COUNTED,
  rowsWritten,
  readReferences,
  type RecordKind,
  type Shape,
  type ShapeKind,
  type ShapeOf,
} from '../../../../libs/declarations/index.ts';
import { capitalised } from '../../../../libs/wording/index.ts';
import type { TypedDay } from '../frame/dates.ts';
import type { FormField } from './fields.ts';
import { tickOf } from './fill-in.ts';
import { tickedIn, type ValueNamed } from './read-typed.ts';
import { dayTyped, isUntouched, type Problem, type Typed } from './typed.ts';
import { hintOf, type Labels } from './words-of-fields.ts';

/** Something to choose, and what people call it. */
export interface Choice {
  readonly value: string;
  readonly text: string;
  readonly hint?: string;
}

/** Records that may be named in a field. */
export interface RecordsToChoose {
  /** These are all that there are for this reader. */
  readonly all: boolean;
  /** What was looked for; null when nothing was. */
  readonly soughtFor: string | null;
  readonly choices: readonly Choice[];
  /** Of several, what those are called that are chosen already. */
  readonly named?: readonly Choice[];
}

/** What there is to choose from in a form, as far as its reader may see it. */
export interface Choices {
  /** By the name of the field. */
  readonly records: ReadonlyMap<string, RecordsToChoose>;
  readonly events: readonly Choice[];
  /** Entries of other records that boxes name already. */
  readonly named?: readonly Choice[];
  readonly paths: readonly Choice[];
}

/** What a form is drawn from. */
export interface Drawing {
  readonly typed: Typed;
  readonly problems: readonly Problem[];
  readonly choices: Choices;
  readonly labels: Labels;
  /** What stands under the path that a correction or a dispute names. */
  readonly value: ValueNamed | null;
}

interface OneControl<Is extends string> {
  readonly is: Is;
  readonly id: string;
  readonly name: string;
  readonly label: string;
  readonly hint: string | null;
  readonly error: string | null;
}
interface Item extends Choice {
  readonly chosen: boolean;
}
export interface InputControl extends OneControl<'input'> {
  readonly value: string;
  readonly width: string;
}
export interface TextareaControl extends OneControl<'textarea'> {
  readonly value: string;
}
export interface DateControl extends OneControl<'date'> {
  readonly boxes: readonly { readonly part: keyof TypedDay; readonly value: string; readonly wrong: boolean }[];
}
export interface RadiosControl extends OneControl<'radios'> {
  readonly items: readonly Item[];
  /** What stands for saying nothing, where nothing need be said. */
  readonly unsaid: Item | null;
}
export interface SelectControl extends OneControl<'select'> {
  readonly items: readonly Item[];
}
export interface CheckboxControl extends OneControl<'checkbox'> {
  readonly checked: boolean;
}
/** Words to look a record up by, or its reference; and what was found by them. */
export interface PickControl extends OneControl<'pick'> {
  readonly value: string;
  /** Where a script looks further. */
  readonly choicesAt: string;
  readonly soughtFor: string | null;
  readonly found: readonly Item[];
}
/** Several records of one kind: all that there are, or those chosen so far and a box to look further ones up, or to type their references. */
export interface CheckboxesControl extends OneControl<'checkboxes'> {
  readonly items: readonly (Item & { readonly name: string; readonly id: string })[];
  readonly more: { readonly value: string; readonly soughtFor: string | null; readonly found: boolean } | null;
}
/** Several controls that say one thing together; some of them folded away. */
export interface GroupControl extends OneControl<'group'> {
  readonly parts: readonly Control[];
  readonly folded: { readonly summary: string; readonly open: boolean; readonly parts: readonly Control[] } | null;
}
/** What a template can draw. */
export type Control =
  | InputControl
  | TextareaControl
  | DateControl
  | RadiosControl
  | SelectControl
  | CheckboxControl
  | PickControl
  | CheckboxesControl
  | GroupControl;

type Draw<Kind extends ShapeKind> = (shape: ShapeOf<Kind>, of: FieldDrawn) => Control;

interface FieldDrawn extends Drawing {
  readonly name: string;
  readonly label: string;
  readonly hint: string | null;
  readonly optional: boolean;
}

/** More of them are easier found in a list that opens. */
const MOST_RADIOS = 8;

/** How each shape is asked for. A new shape does not compile until it stands here. */
const CONTROLS: { readonly [Kind in ShapeKind]: Draw<Kind> } = {
  line: (shape, of) =>
    shape.neverBlank && shape.optional ? orNone(of, input(of, '20'), 'There is none') : input(of, '20'),
  words: (_, of) => ({ is: 'textarea', ...base(of), value: boxOf(of) }),
  digest: (_, of) => input(of, '30'),
  itemNumber: (_, of) => input(of, '10'),
  day: (_, of) => day(of),
  time: (_, of) => ({ ...input(of, '5'), hint: joined(of.hint, 'Such as 13:00.') }),
  span: (_, of) => span(of),
  yesNo: (_, of) =>
    radios(of, [
      { value: 'yes', text: 'Yes' },
      { value: 'no', text: 'No' },
    ]),
  oneOf: ({ members, otherwise }, of) =>
    chosen(
      of.typed.has(of.name) || otherwise === undefined || otherwise === null ? of : filled(of, otherwise),
      Object.entries(members).map(([value, { label, says }]) => choice(value, label, says)),
    ),
  link: ({ record }, of) => pick(record, of),
  links: (shape, of) => pickSeveral(shape, of),
  anyRecord: ({ records }, of) => ({ ...input(of, '20'), hint: anySpelt(records, of.hint) }),
  anyRecords: (_, of) => ({
    ...{ ...input(of, '30'), ...whole(of) },
    hint: joined(of.hint, 'References with commas between, such as CGB-2023-04-A1, CGB-2023-04-E1.'),
  }),
  instant: (_, of) => ({ ...input(of, '30'), hint: joined(of.hint, 'With its offset, such as 2023-10-09T17:00:00Z.') }),
  count: (shape, of) => ({ ...input(of, '10'), hint: joined(of.hint, bounds(shape)) }),
  share: (_, of) => ({ ...input(of, '10'), ...whole(of), hint: joined(of.hint, 'Such as 45 %, or 9/20.') }),
  rows: (shape, of) => ({
    ...{ is: 'textarea', ...whole(of), value: boxOf(of) },
    hint: joined(of.hint, rowsHint(shape)),
  }),
  conditions: (_, of) => ({
    ...{ ...input(of, '30'), ...whole(of) },
    hint: joined(of.hint, 'Such as status: signed-off, agreed; body: CGB; overdue.'),
  }),
  newReference: ({ record }, of) => ({ ...input(of, '20'), hint: spelt(record, of.hint) }),
  due: (_, of) => due(of, ['phrase', ...ANCHORS]),
  commandId: (_, of) => input(of, '20'),
  reference: (_, of) => input(of, '20'),
  // Which of another record is meant nobody can choose before that is named: whoever comes from its page brings it.
  eventOfRecord: (shape, of) =>
    isOfAnother(shape)
      ? entryOfAnother(
          of,
          (of.choices.named ?? []).filter(({ value }) => value === boxOf(of)),
        )
      : chosen(of, of.choices.events),
  path: (_, of) => chosen(of, of.choices.paths),
  anyValue: ({ otherwise }, of) =>
    otherwise === null && of.value?.mayBeNone !== false
      ? orNone(of, valueOf(of), 'It should say nothing')
      : valueOf(of),
  marking: (_, of) =>
    radios(of, [
      { value: 'OFFICIAL', text: 'Official' },
      { value: 'OFFICIAL-SENSITIVE', text: 'Official – sensitive' },
    ]),
};

/** The control of a field. */
export function controlOf({ name, shape, label }: FormField, drawing: Drawing): Control {
  const optional = shape.optional === true;
  return drawn(shape, { ...drawing, name, label, hint: beside(hintOf(shape, drawing.labels), label), optional });
}

function drawn(shape: Shape, of: FieldDrawn): Control {
  return byKind<Control, [FieldDrawn]>(CONTROLS, shape, of);
}

/** The id of the box of that name. The date bar on the same page has boxes of the plain names. */
export function idOf(name: string): string {
  return `field-${name}`;
}

/** Where the error summary leads for a field: the first box of it, or of it all that is asked there. */
export function idToGoTo(controls: readonly Control[], path: string): string | null {
  const every = controls.flatMap(withParts);
  for (let at = path; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('.')))) {
    const found = every.find(({ name }) => name === at);
    if (found !== undefined) return firstBox(found);
  }
  return null;
}

function firstBox(control: Control): string {
  if (control.is === 'date')
    return `${control.id}-${(control.boxes.find(({ wrong }) => wrong) ?? control.boxes[0]!).part}`;
  if (control.is === 'group') return firstBox((control.parts[0] ?? control.folded?.parts[0])!);
  // In a list of boxes each has an id of its own, and the box for more of them that of the field.
  if (control.is === 'checkboxes' && control.more === null) return control.items[0]?.id ?? control.id;
  return control.id;
}

function withParts(control: Control): readonly Control[] {
  if (control.is !== 'group') return [control];
  return [control, ...[...control.parts, ...(control.folded?.parts ?? [])].flatMap(withParts)];
}

function base({ name, label, hint, optional, problems }: FieldDrawn) {
  return {
    id: idOf(name),
    name,
    label: optional ? `${label} (optional)` : label,
    hint,
    error: problems.find(({ path }) => path === name)?.sentence ?? null,
  };
}

/** The same where one box says all that the value consists of: what is wrong within stands beside it. */
function whole(of: FieldDrawn) {
  const within = of.problems.find(({ path }) => path === of.name || path.startsWith(`${of.name}.`));
  return { ...base(of), error: within?.sentence ?? null };
}

function boxOf({ typed, name }: FieldDrawn): string {
  return typed.get(name) ?? '';
}

function filled(of: FieldDrawn, value: string): FieldDrawn {
  return { ...of, typed: new Map([...of.typed, [of.name, value]]) };
}

function input(of: FieldDrawn, width: string): InputControl {
  return { is: 'input', ...base(of), value: boxOf(of), width };
}

function day(of: FieldDrawn): DateControl {
  const typed = dayTyped(of.typed, of.name);
  const problem = of.problems.find(({ path }) => path === of.name);
  const boxes = (['day', 'month', 'year'] as const).map((part) => ({
    part,
    value: typed[part],
    wrong: problem !== undefined && (problem.parts?.includes(part) ?? true),
  }));
  return { is: 'date', ...base(of), boxes };
}

function items(of: FieldDrawn, choices: readonly Choice[]): readonly Item[] {
  return choices.map((choice) => ({ ...choice, chosen: choice.value === boxOf(of) }));
}

function radios(of: FieldDrawn, choices: readonly Choice[]): RadiosControl {
  const unsaid = of.optional ? { value: '', text: 'Not said', chosen: boxOf(of) === '' } : null;
  return { is: 'radios', ...base(of), items: items(of, choices), unsaid };
}

/** Is it an entry of a record that the form itself names, and of which nothing is listed? */
export function isOfAnother({ of, listed = false }: Pick<ShapeOf<'eventOfRecord'>, 'of' | 'listed'>): boolean {
  return of !== undefined && !listed;
}

function entryOfAnother(of: FieldDrawn, named: readonly Choice[]): Control {
  return named.length === 0 ? input(of, '20') : chosen(of, named);
}

function chosen(of: FieldDrawn, choices: readonly Choice[]): RadiosControl | SelectControl {
  return choices.length <= MOST_RADIOS ? radios(of, choices) : { is: 'select', ...base(of), items: items(of, choices) };
}

function part(
  of: FieldDrawn,
  name: string,
  more: { readonly label: string; readonly hint?: string | null },
): FieldDrawn {
  return { ...of, name: `${of.name}.${name}`, hint: null, optional: false, ...more };
}

function span(of: FieldDrawn): GroupControl {
  return {
    is: 'group',
    ...base(of),
    parts: [
      radios(part(of, 'how', { label: 'What is known' }), [
        { value: 'by', text: 'It was so by a day' },
        { value: 'between', text: 'It was between two days' },
        { value: 'about', text: 'It was about a day' },
      ]),
      day(part(of, 'from', { label: 'First day', hint: 'Needed between two days.' })),
      day(part(of, 'to', { label: 'Last day' })),
    ],
    folded: null,
  };
}

function due(of: FieldDrawn, members: readonly (keyof typeof DUE_MEMBERS)[]): GroupControl {
  const parts = members.map((member) => {
    const shape = DUE_MEMBERS[member];
    const label = labelOf(member, shape);
    return {
      member,
      control: drawn(shape, part(of, member, { label, hint: beside(hintOf(shape, of.labels), label) })),
    };
  });
  const isFolded = ({ member }: (typeof parts)[number]) => member === 'dated' || member === 'meeting';
  const folded = parts.filter(isFolded);
  return {
    is: 'group',
    ...base(of),
    parts: parts.filter((one) => !isFolded(one)).map(({ control }) => control),
    folded: {
      summary: 'Due over a span, or at a meeting',
      open: folded.some(({ control }) => isTouched(of, control.name)),
      parts: folded.map(({ control }) => control),
    },
  };
}

/** Something was typed there, or is wrong there. */
export function isTouched({ typed, problems }: Pick<Drawing, 'typed' | 'problems'>, name: string): boolean {
  return !isUntouched(typed, name) || problems.some(({ path }) => path === name || path.startsWith(`${name}.`));
}

/** What may be taken away has a box to say so. */
function orNone(of: FieldDrawn, control: Control, none: string): GroupControl {
  const without: CheckboxControl = {
    is: 'checkbox',
    id: idOf(`${of.name}.none`),
    name: `${of.name}.none`,
    label: none,
    hint: null,
    error: null,
    checked: of.typed.get(`${of.name}.none`) === 'yes',
  };
  // The field has one legend, that of the group, and one error, which stands at its box. No two elements have one id.
  return {
    is: 'group',
    ...base({ ...of, optional: false }),
    id: idOf(`${of.name}.group`),
    error: null,
    parts: [{ ...control, hint: null }, without],
    folded: null,
  };
}

function valueOf(of: FieldDrawn): Control {
  const shape = of.value?.shape;
  if (shape === undefined) return input(of, '20');
  return shape.kind === 'due' ? due(of, ANCHORS) : drawn(shape, of);
}

function pick(record: RecordKind, of: FieldDrawn): SelectControl | PickControl {
  const known = of.choices.records.get(of.name) ?? { all: false, soughtFor: null, choices: [] };
  if (known.all) return { is: 'select', ...base(of), items: items(of, known.choices) };
  const { written, example } = kindOfRecord(record);
  const how = `Type words of what it is called to look it up, or its reference, ${written}, such as ${example}.`;
  return {
    is: 'pick',
    ...base(of),
    hint: of.hint === null ? how : `${of.hint} ${how}`,
    value: boxOf(of),
    choicesAt: `/commands/choices/${record}`,
    soughtFor: known.soughtFor,
    found: known.choices.map((choice) => ({ ...choice, chosen: of.typed.get(`${of.name}.found`) === choice.value })),
  };
}

function pickSeveral({ record, inOrder }: ShapeOf<'links'>, of: FieldDrawn): CheckboxesControl {
  const known = of.choices.records.get(of.name) ?? { all: false, soughtFor: null, choices: [] };
  const typed = of.typed.get(of.name) ?? '';
  // What was chosen stands first, in its order, so that it is read back as it was given.
  const isTicked = known.all && !inOrder;
  const chosen = [...new Set([...tickedIn(of.typed, of.name), ...(isTicked ? readReferences(typed) : [])])];
  const called = new Map([...(known.named ?? []), ...known.choices].map((one) => [one.value, one]));
  const others = known.choices.filter(({ value }) => !chosen.includes(value));
  const choices = [...chosen.map((ref) => called.get(ref) ?? { value: ref, text: ref }), ...others];
  const { written, example } = kindOfRecord(record);
  const how = `Type words of what one is called to look it up, or references with commas between, each ${written}, such as ${example}.`;
  return {
    is: 'checkboxes',
    ...whole(of),
    hint: joined(of.hint, isTicked ? 'Tick all that are meant.' : inOrder ? `${how} ${IN_ORDER}` : how),
    items: choices.map((one) => ({
      ...one,
      name: tickOf(of.name, one.value),
      id: idOf(tickOf(of.name, one.value)),
      chosen: chosen.includes(one.value),
    })),
    more: isTicked ? null : { value: typed, soughtFor: known.soughtFor, found: known.choices.length > 0 },
  };
}

const IN_ORDER = 'They stand in the order in which they are typed, with those that are only ticked after them.';

/** How rows are typed: their columns, and what one looks like. */
function rowsHint({ columns }: ShapeOf<'rows'>): string {
  const called = columnsWritten(columns, (column, shape) => labelOf(column, shape));
  const members = Object.entries(columns).flatMap(([column, shape]) =>
    shape.kind === 'oneOf'
      ? [
          `${labelOf(column, shape)} is one of ${Object.values(shape.members)
            .map(({ label }) => label)
            .join(', ')}.`,
        ]
      : [],
  );
  const example = rowsWritten({ columns }, [exampleRow({ columns })]);
  return [`A row on each line, with | between its columns: ${called}. Such as: ${example}.`, ...members].join(' ');
}

function bounds({ least, most }: ShapeOf<'count'>): string {
  return most === MOST_COUNTED ? (least === 0 ? '' : `At least ${least}.`) : `From ${least} to ${most}.`;
}

function anySpelt(records: readonly RecordKind[] | null, hint: string | null): string {
  const examples = (records ?? (['action', 'meeting'] as const)).map((record) => kindOfRecord(record).example);
  return joined(hint, `Its reference, such as ${examples.join(' or ')}.`);
}

function joined(hint: string | null, more: string): string {
  return `${hint ?? ''} ${more}`.trim();
}

function spelt(record: RecordKind, hint: string | null): string {
  const { written, example } = kindOfRecord(record);
  return `${hint ?? ''} It is ${written.replace(/^of /, 'made of ')}, such as ${example}.`.trim();
}

/** What is said beside a name, unless it says no more than that. */
function beside(says: string, name: string): string | null {
  const more = says.startsWith(`${name}: `) ? capitalised(says.slice(name.length + 2)) : says;
  const bare = (words: string) =>
    words
      .toLowerCase()
      .replace(/\.$/, '')
      .replace(/^(the|an?|its|their) /, '');
  return bare(more) === bare(name) ? null : more;
}

/** What a choice means is said where that is more than what it is called. */
function choice(value: string, text: string, says: string): Choice {
  const meaning = beside(says, text);
  return { value, text, ...(meaning === null ? {} : { hint: meaning }) };
}
