import type { Shape } from '../../../../libs/declarations/index.ts';
import type { DeclaredMutation } from '../../../../libs/registers/index.ts';
import { capitalised } from '../../../../libs/wording/index.ts';
import type { FieldProblem } from '../frame/outcomes.ts';
import { commandInWords, formAt, recordAt } from './addresses.ts';
import { controlOf, idToGoTo, isTouched, type Control, type Drawing } from './controls.ts';
import { labelsOf, type FormFields } from './fields.ts';
import type { Naming } from './naming.ts';
import type { RecordAbout } from './read-record.ts';
import { missing } from './read-typed.ts';
import type { Problem } from './typed.ts';
import { inWords } from './words-of-fields.ts';

/** A form as its template takes it. */
export interface FormPage {
  readonly title: string;
  readonly caption: string | null;
  readonly heading: string;
  readonly says: string;
  readonly back: { readonly text: string; readonly href: string };
  readonly action: string;
  readonly hidden: readonly Hidden[];
  readonly controls: readonly Control[];
  readonly sections: readonly {
    readonly summary: string;
    readonly open: boolean;
    readonly controls: readonly Control[];
  }[];
  readonly button: string;
  readonly errors: readonly FieldProblem[];
  /** There is a field in it that a script helps to fill in. */
  readonly hasPicker: boolean;
}

export interface Hidden {
  readonly name: string;
  readonly value: string;
}

/** What stands around the form of a command, whatever page of it is shown. */
export function aroundForm(mutation: DeclaredMutation, record: RecordAbout | null) {
  const heading = commandInWords(mutation);
  const kind = record?.kind ?? mutation.kind;
  return {
    title: record === null ? heading : `${heading} ${record.ref}`,
    caption: record === null ? null : recordInWords(record),
    heading,
    back:
      kind === null
        ? { text: 'Home', href: '/' }
        : record === null
          ? { text: 'Back', href: recordAt(kind) }
          : { text: `Back to ${record.ref}`, href: recordAt(kind, record.ref) },
    action: formAt(mutation, record?.ref),
  };
}

function recordInWords({ kind, ref, name }: RecordAbout): string {
  return `${capitalised(kind)} ${ref}${name === null ? '' : `: ${name}`}`;
}

export function presentForm(
  mutation: DeclaredMutation,
  record: RecordAbout | null,
  fields: FormFields,
  drawing: Drawing,
  hidden: readonly Hidden[],
): FormPage {
  const controls = fields.main.map((field) => controlOf(field, drawing));
  const sections = fields.sections.map(({ summary, fields: folded }) => ({
    summary,
    open: folded.some(({ name }) => isTouched(drawing, name)),
    controls: folded.map((field) => controlOf(field, drawing)),
  }));
  const every = [...controls, ...sections.flatMap((section) => section.controls)];
  return {
    ...aroundForm(mutation, record),
    says: inWords(mutation.command.says, drawing.labels),
    ...{ hidden, controls, sections },
    button: mutation.command.consequential === true ? 'Continue' : commandInWords(mutation),
    errors: drawing.problems.map((problem) => errorOf(problem, every)),
    hasPicker: every.some(hasPicker),
  };
}

function errorOf({ path, sentence }: Problem, controls: readonly Control[]): FieldProblem {
  return { id: idToGoTo(controls, path) ?? 'main-content', sentence };
}

function hasPicker(control: Control): boolean {
  if (control.is === 'group') return [...control.parts, ...(control.folded?.parts ?? [])].some(hasPicker);
  return control.is === 'pick';
}

const ASKED = 'asked';

/** A form that asks for what the next one depends on. Sent by GET: the address then says what was chosen. */
export interface WhichPage {
  readonly title: string;
  readonly caption: string | null;
  readonly heading: string;
  readonly says: string;
  readonly back: { readonly text: string; readonly href: string };
  readonly action: string;
  readonly hidden: readonly Hidden[];
  readonly control: Control;
  readonly errors: readonly FieldProblem[];
}

export function presentWhich(
  mutation: DeclaredMutation,
  record: RecordAbout | null,
  { event }: Naming,
  { typed, choices }: Pick<Drawing, 'typed' | 'choices'>,
): WhichPage {
  const name = event === null ? 'event' : 'path';
  const shape = { ...mutation.command.fields[name]!, optional: false } as unknown as Shape;
  const label = event === null ? 'Which entry is meant?' : 'Which field is meant?';
  // Sent without a choice.
  const problems =
    typed.get(ASKED) === name ? [{ path: name, sentence: missing(shape, event === null ? 'Entry' : 'Field') }] : [];
  const labels = labelsOf(mutation);
  const control = controlOf({ name, shape, label }, { typed, problems, choices, value: null, labels });
  return {
    ...aroundForm(mutation, record),
    says: inWords(mutation.command.says, labels),
    hidden: [
      ...(event === null ? [] : [{ name: 'event', value: event.value }]),
      // A browser sends nothing of radio buttons of which none is chosen.
      { name: ASKED, value: name },
    ],
    control,
    errors: problems.map((problem) => errorOf(problem, [control])),
  };
}

/** What was chosen before, and where to choose otherwise. */
export function namedRows(mutation: DeclaredMutation, { ref }: RecordAbout, { event, path }: Naming) {
  if (event === null || path === null) return [];
  const form = formAt(mutation, ref);
  return [
    { key: 'Entry', text: event.text, change: form, what: 'the entry' },
    { key: 'Field', text: path.text, change: `${form}?event=${event.value}`, what: 'the field' },
  ];
}
