import { brokenRules } from '../../../../libs/declarations/index.ts';
import type { JsonValue } from '../../../../libs/ledger/index.ts';
import type { DeclaredMutation } from '../../../../libs/registers/index.ts';
import { inputFieldsOf } from '../../graphql/commands/inputs.ts';
import { inputFieldOf, type Input } from '../../graphql/commands/submission.ts';
import { allOf, type FormField, type FormFields } from './fields.ts';
import { whyLate, type Lateness } from './late.ts';
import { readField, type ReadingOf } from './read-typed.ts';
import type { Problem } from './typed.ts';

/** A form as it was filled in: the input of the API that it makes, or all that is wrong with it at once. */
export type ReadForm =
  { readonly input: Input; readonly said: readonly Said[] } | { readonly problems: readonly Problem[] };

/** A field and what was said in it. */
export interface Said {
  readonly field: FormField;
  readonly value: JsonValue;
}

/** @param sentences those of the register, for what its rules between fields say */
export function readForm(
  mutation: DeclaredMutation,
  fields: FormFields,
  of: Omit<ReadingOf, 'label'>,
  sentences: { readonly [code: string]: string },
  lateness: Lateness,
): ReadForm {
  const read = allOf(fields).map((field) => ({ field, ...readField(field, of) }));
  const input: Record<string, unknown> = {};
  for (const { field, value } of read) if (value !== undefined) put(input, field.name, value);
  const found = read.flatMap(({ problems = [] }) => problems);
  const isFound = (path: string) =>
    found.some((problem) => problem.path === path || problem.path.startsWith(`${path}.`));
  const values = Object.fromEntries(inputFieldsOf(mutation).map(({ name, field }) => [field, input[name]]));
  const ofRules = brokenRules(mutation.command, values)
    .map(({ code, blames }) => ({ path: inputFieldOf(mutation, blames), sentence: sentences[code] ?? '' }))
    .filter(({ path }) => !isFound(path));
  const late = whyLate(mutation, input, lateness);
  const problems = [...found, ...ofRules, ...(late === null || isFound('reason') ? [] : [late])];
  if (problems.length > 0) return { problems };
  return { input, said: read.flatMap(({ field, value }) => (value === undefined ? [] : [{ field, value }])) as Said[] };
}

/** `source.document` stands within `source`. */
function put(input: Record<string, unknown>, path: string, value: unknown): void {
  const [first = '', ...rest] = path.split('.');
  if (rest.length === 0) input[first] = value;
  else {
    input[first] ??= {};
    put(input[first] as Record<string, unknown>, rest.join('.'), value);
  }
}
