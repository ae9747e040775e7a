import { fieldAt, labelOf, nameInWords, recordsIn, type RecordNamed, type Shape } from '../declarations/index.ts';
import type { JsonValue } from '../ledger/index.ts';
import { REGISTERS } from '../registers/index.ts';
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

/** The records that a value under that path names, the meeting of a due date among them. */
export function recordsAt(place: Place, value: JsonValue | undefined): readonly RecordNamed[] {
  return recordsIn(shapeAt(place), value, place.path);
}
