import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { AnswerError } from '../errors.ts';

/** Fields that may hold any JSON value: the domain says what it means. class-transformer would call its `constructor`. */
export const ANY_VALUE: readonly string[] = ['is', 'says'];

/** Checks an input against its class. @throws AnswerError INVALID with the path of the first field at fault */
export function checkInput(type: new () => object, input: Readonly<Record<string, unknown>>): void {
  const declared = Object.entries(input).filter(([field]) => !ANY_VALUE.includes(field));
  const [error] = validateSync(plainToInstance(type, Object.fromEntries(declared)), {
    forbidUnknownValues: false,
    stopAtFirstError: true,
  });
  if (error === undefined) return;
  const { field, sentence } = firstFault(error);
  throw new AnswerError('INVALID', sentence, { field });
}

function firstFault(error: ValidationError): { field: string; sentence: string } {
  const [sentence] = Object.values(error.constraints ?? {});
  if (sentence !== undefined) return { field: error.property, sentence };
  const child = firstFault(error.children![0]!);
  return { field: `${error.property}.${child.field}`, sentence: child.sentence };
}
