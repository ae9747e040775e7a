import { kindOfRecord, type RecordKind } from '../../../../../libs/declarations/index.ts';
import type { DeclaredMutation } from '../../../../../libs/registers/index.ts';
import { inputFieldsOf } from '../../../graphql/commands/inputs.ts';
import { inputFieldOf } from '../../../graphql/commands/submission.ts';
import { inAddress } from '../addresses.ts';
import type { FormField, FormFields } from '../fields.ts';
import type { Problem, Typed } from '../typed.ts';

/** Rows of one form: no meeting raises as many. */
export const MOST_ROWS = 40;
/** Rows with which a form begins. What is left empty is not sent. */
const FIRST_ROWS = ['1', '2', '3'];

/** A field of an opening command by which the new record names another. */
export interface LinkField {
  /** As an input has it. */
  readonly name: string;
  readonly kind: RecordKind;
}

/** The fields by which records that a command opens name others: of each kind the first. Empty for a command that opens none. */
export function linkFieldsOf(mutation: DeclaredMutation): readonly LinkField[] {
  const { opens, fields } = mutation.command;
  if (opens === undefined) return [];
  const links = Object.entries(fields).flatMap(([field, shape]) =>
    shape.kind === 'link' ? [{ name: inputFieldOf(mutation, field), kind: shape.record }] : [],
  );
  return links.filter(({ kind }, index) => links.findIndex((other) => other.kind === kind) === index);
}

/** The address of the form that opens several records that name one. */
export function severalAt(mutation: DeclaredMutation, link: LinkField, ref: string): string {
  return `/commands/${inAddress(mutation)}/several?${new URLSearchParams({ [link.name]: ref })}`;
}

/** The record that an address or a form says they all name; null when it says none. */
export function linkIn(
  mutation: DeclaredMutation,
  typed: Typed,
): { readonly link: LinkField; readonly ref: string } | null {
  for (const link of linkFieldsOf(mutation)) {
    const ref = typed.get(link.name) ?? '';
    if (kindOfRecord(link.kind).spelling.test(ref)) return { link, ref };
  }
  return null;
}

/** What is asked of each row, and what of all of them once. */
export interface SeveralFields {
  readonly ofEach: readonly FormField[];
  readonly ofAll: FormFields;
}

/** The record that they all name is not asked for, nor what need only be said without it. */
export function severalFields(
  mutation: DeclaredMutation,
  fields: FormFields,
  { name: linked }: LinkField,
): SeveralFields {
  const own = new Set(inputFieldsOf(mutation).map(({ name }) => name));
  const settled = mutation.command.rules
    .filter(({ is }) => is === 'at least one')
    .map(({ of }) => of.map((path) => inputFieldOf(mutation, path)))
    .filter((names) => names.includes(linked))
    .flat();
  return {
    ofEach: fields.main.filter(({ name }) => own.has(name) && name !== linked && !settled.includes(name)),
    ofAll: { main: fields.main.filter(({ name }) => !own.has(name)), sections: fields.sections },
  };
}

/** The numbers of the rows of a form as it was sent, or those with which one begins. */
export function rowsIn(typed: Typed): readonly string[] {
  const rows = typed.get('rows');
  if (rows === undefined) return FIRST_ROWS;
  return [...new Set(rows.split(' ').filter((row) => /^[1-9]\d{0,3}$/.test(row)))].slice(0, MOST_ROWS);
}

/** The rows after somebody asked for one more, or took one away. */
export function rowsAfter(typed: Typed): readonly string[] {
  const rows = rowsIn(typed);
  const away = typed.get('take-away');
  if (away !== undefined) return rows.filter((row) => row !== away);
  const next = String(Math.max(0, ...rows.map(Number)) + 1);
  return typed.has('add') && rows.length < MOST_ROWS ? [...rows, next] : rows;
}

/** What a box of a row is called. */
export function inRow(row: string, name: string): string {
  return `${row}.${name}`;
}

/** What was typed into one row, and for all of them, by the names that a form of one has. */
export function typedInRow(typed: Typed, row: string): Typed {
  const ofAll = [...typed].filter(([name]) => !/^\d+\./.test(name));
  const own = [...typed].filter(([name]) => name.startsWith(`${row}.`));
  return new Map([...ofAll, ...own.map(([name, value]) => [name.slice(row.length + 1), value] as const)]);
}

/** True if nothing was typed into a row: it is none. */
export function isEmptyRow(typed: Typed, row: string): boolean {
  return [...typed].every(
    ([name, value]) => !name.startsWith(`${row}.`) || name === inRow(row, 'commandId') || value.trim() === '',
  );
}

/** What is wrong in a row, where it stands on the page. What is asked once is said once, of the first row. */
export function problemsInRow(
  row: string,
  place: number,
  ofEach: readonly FormField[],
  problems: readonly Problem[],
): readonly Problem[] {
  const isOfRow = (path: string) => ofEach.some(({ name }) => path === name || path.startsWith(`${name}.`));
  return problems.map((problem) =>
    isOfRow(problem.path)
      ? { ...problem, path: inRow(row, problem.path), sentence: `Row ${place}: ${problem.sentence}` }
      : problem,
  );
}
