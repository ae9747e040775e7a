import type { RecordKind } from '../../../../../libs/declarations/index.ts';
import type { DeclaredMutation } from '../../../../../libs/registers/index.ts';
import type { FieldProblem } from '../../frame/outcomes.ts';
import { commandInWords, recordAt } from '../addresses.ts';
import { controlOf, idToGoTo, isTouched, type Control, type Drawing } from '../controls.ts';
import type { Hidden } from '../present-form.ts';
import { inWords } from '../words-of-fields.ts';
import { inRow, MOST_ROWS, severalAt, type LinkField, type SeveralFields } from './rows.ts';

/** A record that was opened, with the way to it. */
export interface Recorded {
  readonly ref: string;
  readonly href: string;
  readonly called: string | null;
}

/** A row as its template takes it. */
export interface RowShown {
  readonly row: string;
  readonly legend: string;
  /** Why it was refused; null while it was not. */
  readonly refused: string | null;
  readonly controls: readonly Control[];
}

export interface SeveralPage {
  readonly title: string;
  readonly caption: string;
  readonly heading: string;
  readonly says: string;
  readonly back: { readonly text: string; readonly href: string };
  readonly action: string;
  readonly hidden: readonly Hidden[];
  readonly rows: readonly RowShown[];
  readonly controls: readonly Control[];
  readonly sections: readonly {
    readonly summary: string;
    readonly open: boolean;
    readonly controls: readonly Control[];
  }[];
  readonly recorded: readonly Recorded[];
  readonly button: string;
  readonly mayAdd: boolean;
  readonly errors: readonly FieldProblem[];
  readonly hasPicker: boolean;
}

/** What stands around the form, also when all is done. */
export function aroundSeveral(mutation: DeclaredMutation, { kind }: LinkField, ref: string) {
  return {
    title: `${commandInWords(mutation)}: several, ${ref}`,
    caption: ref,
    heading: `${commandInWords(mutation)}: several at once`,
    back: { text: `Back to ${ref}`, href: recordAt(kind, ref) },
  };
}

/** A form with a row for each command. Pure. */
export function presentSeveral(
  mutation: DeclaredMutation,
  about: { readonly link: LinkField; readonly ref: string },
  { ofEach, ofAll }: SeveralFields,
  rows: readonly string[],
  drawing: Drawing,
  more: {
    readonly hidden: readonly Hidden[];
    readonly refused: ReadonlyMap<string, string>;
    readonly recorded: readonly Recorded[];
  },
): SeveralPage {
  const shown = rows.map((row, index): RowShown => {
    return {
      row,
      legend: `Row ${index + 1}`,
      refused: more.refused.get(row) ?? null,
      controls: ofEach.map((field) => controlOf({ ...field, name: inRow(row, field.name) }, drawing)),
    };
  });
  const controls = ofAll.main.map((field) => controlOf(field, drawing));
  const sections = ofAll.sections.map(({ summary, fields }) => ({
    summary,
    open: fields.some(({ name }) => isTouched(drawing, name)),
    controls: fields.map((field) => controlOf(field, drawing)),
  }));
  const every = [...shown.flatMap((one) => one.controls), ...controls, ...sections.flatMap((one) => one.controls)];
  return {
    ...aroundSeveral(mutation, about.link, about.ref),
    says: inWords(mutation.command.says, drawing.labels),
    action: severalAt(mutation, about.link, about.ref),
    hidden: more.hidden,
    ...{ rows: shown, controls, sections, recorded: more.recorded },
    button: 'Record all rows',
    mayAdd: rows.length < MOST_ROWS,
    errors: drawing.problems.map(({ path, sentence }) => ({ id: idToGoTo(every, path) ?? rowIdOf(path), sentence })),
    hasPicker: JSON.stringify(every).includes('"is":"pick"'),
  };
}

/** Where a row stands on the page: what is said of a row as a whole leads there. */
function rowIdOf(path: string): string {
  const row = /^(\d+)\./.exec(path)?.[1];
  return row === undefined ? 'main-content' : `row-${row}`;
}

/** The records that were opened, in the order in which they were. */
export function presentRecorded(
  kind: RecordKind,
  found: readonly { readonly ref: string; readonly called: string | null }[],
): readonly Recorded[] {
  return found.map(({ ref, called }) => ({ ref, called, href: recordAt(kind, ref) }));
}
