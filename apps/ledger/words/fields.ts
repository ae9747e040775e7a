import { fieldAt, labelOf, nameInWords, type RecordKind, type Shape } from '../../../libs/declarations/index.ts';
import type { JsonValue } from '../../../libs/ledger/index.ts';
import { REGISTERS } from '../../../libs/registers/index.ts';
import { valueInWords, type Names } from './values.ts';

/** A path as corrections and disputes name it: of a register and, where one is meant, of its events of that type. */
export interface Place {
  readonly register: string;
  readonly event?: string;
  readonly path: string;
}

/** What people call what stands under a path. */
export function fieldInWords(place: Place): string {
  const field = declaredAt(place);
  return field === null ? nameInWords(place.path) : labelOf(field.name, field.shape);
}

/** What stands under a path, as people say it. `names`: of posts and bodies, as far as the reader may see them. */
export function valueAtInWords(place: Place, value: JsonValue, names?: Names): string {
  return valueInWords(shapeAt(place), value, names);
}

/** What is declared of a path; of one that none declares, that it may be any value. */
export function shapeAt(place: Place): Shape {
  return declaredAt(place)?.shape ?? UNDECLARED;
}

const UNDECLARED: Shape = { kind: 'anyValue', says: 'What no register declares.' };

function declaredAt({ register, ...more }: Place) {
  const declared = REGISTERS.find(({ name }) => name === register);
  return declared === undefined ? null : fieldAt({ register: declared, ...more });
}

/** The record that a value under that path names; null where it names none. */
export function recordAt(
  place: Place,
  value: JsonValue | undefined,
): { readonly kind: RecordKind; readonly ref: string } | null {
  const shape = shapeAt(place);
  return shape.kind === 'link' && typeof value === 'string' ? { kind: shape.record, ref: value } : null;
}
