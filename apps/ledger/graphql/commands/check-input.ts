import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { AnswerError } from '../errors.ts';
import { CommandInput } from './command-input.ts';
import { isOfTheEnvelope } from './submission.ts';

/**
 * Checks what an input says of the envelope. What it says beside is checked by the declaration of the command, in dispatch, for papers alike.
 * @throws AnswerError INVALID with the path of the first field at fault
 */
export function checkInput(input: Readonly<Record<string, unknown>>): void {
  const envelope = Object.fromEntries(Object.entries(input).filter(([field]) => isOfTheEnvelope(field)));
  const [error] = validateSync(plainToInstance(CommandInput, envelope), {
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
