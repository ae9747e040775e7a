import { ENVELOPE_FACTS, inClear } from '../../../../libs/declarations/index.ts';
import type { Correctable } from '../../../../libs/ledger/index.ts';
import type { LedgerView } from '../../../../libs/read-models/index.ts';
import { REGISTERS, type DeclaredMutation } from '../../../../libs/registers/index.ts';
import { valueOfEvent } from '../../../../projections/index.ts';
import { fieldInWords, shapeAt } from '../../../../libs/wording/index.ts';
import type { Choice } from './controls.ts';
import { filledIn } from './fill-in.ts';
import type { EventToChoose, RecordAbout } from './read-record.ts';
import type { ValueNamed } from './read-typed.ts';
import type { Typed } from './typed.ts';

/** What stands for the record itself, where an event may be chosen and need not be. */
export const THE_RECORD = 'record';

/**
 * What a command names of a record that is corrected or disputed: which event, and which field of it. They are asked one after the other,
 * for each depends on the one before; the last form then asks for the value, with the control of that field.
 */
export interface Naming {
  readonly event: Choice | null;
  readonly path: Choice | null;
  readonly paths: readonly Choice[];
  /** What stands under that path. */
  readonly of: ValueNamed | null;
}

/** True for a command that names a field. */
export function namesField({ command }: DeclaredMutation): boolean {
  return Object.values(command.fields).some(({ kind }) => kind === 'path');
}

/** What was chosen so far. */
export function namingOf(
  mutation: DeclaredMutation,
  record: RecordAbout,
  events: readonly EventToChoose[],
  typed: Typed,
): Naming {
  const named = events.find(({ value }) => value === typed.get('event'));
  const event = named ?? (typed.get('event') === THE_RECORD && mayBeTheRecord(mutation) ? AS_IT_STANDS : null);
  if (event === null) return { event: null, path: null, paths: [], of: null };
  const paths = pathsOf(record.register, named?.type);
  const path = paths.find(({ value }) => value === typed.get('path')) ?? null;
  // What another source says of the record as it stands is held in its own words.
  const of = path === null || named === undefined ? null : valueNamed(record.register, named.type, path.value);
  return { event, path, paths, of };
}

function valueNamed(register: string, type: string, path: string): ValueNamed {
  const declared = shapeAt({ register, event: type, path });
  // What stands in clear of rows is corrected without their words, which are texts of their own.
  const shape = declared.kind === 'rows' ? inClear(declared) : declared;
  const is = correctableOf(register, type).find((one) => one.path === path)?.is;
  // What the envelope says need not be said, but for its day and its reason.
  const mayBeNone = typeof is === 'function' ? is(null) === null : path === 'dated' || path.startsWith('source.');
  return { shape, mayBeNone };
}

function correctableOf(register: string, type: string | undefined): readonly Correctable[] {
  const declared = REGISTERS.find(({ name }) => name === register);
  const all: { readonly [type: string]: readonly Correctable[] | undefined } = declared?.correctable ?? {};
  return all[type ?? ''] ?? [];
}

export const AS_IT_STANDS: Choice = { value: THE_RECORD, text: 'The record as it stands, whatever event says so' };

export function mayBeTheRecord({ command }: DeclaredMutation): boolean {
  return command.fields['event']?.optional === true;
}

/** What may be corrected of an event of that type; of a record, what another source may say otherwise. */
function pathsOf(register: string, type: string | undefined): readonly Choice[] {
  const paths =
    type === undefined
      ? (REGISTERS.find(({ name }) => name === register)?.disputable ?? [])
      : [...correctableOf(register, type).map(({ path }) => path), ...Object.keys(ENVELOPE_FACTS)];
  const place = { register, ...(type === undefined ? {} : { event: type }) };
  return paths.map((path) => ({ value: path, text: fieldInWords({ ...place, path }) }));
}

/** A correction begins with what is to be corrected: a slip in a long text is put right in its place. */
export async function withValueOf(
  view: LedgerView,
  { ref }: RecordAbout,
  { event, path, of }: Naming,
  typed: Typed,
): Promise<Typed> {
  if (event === null || path === null || of === null) return typed;
  const value = await valueOfEvent(view, { ref, event: event.value, path: path.value });
  return new Map([...filledIn(of.shape, 'is', value), ...typed]);
}
