import { validateSync } from 'class-validator';
import { whyNotInEnvelope, type EnvelopeField } from '../../../../libs/declarations/index.ts';
import { AnswerError } from '../errors.ts';
import { CommandInput } from './command-input.ts';
import { isOfTheEnvelope } from './submission.ts';

/**
 * Checks what an input says of the envelope. What it says beside is checked by the declaration of the command, in dispatch, for papers alike.
 * @throws AnswerError INVALID with the code and the path of the first field at fault
 */
export function checkInput(input: Readonly<Record<string, unknown>>): void {
  const envelope = Object.entries(input).filter(([field]) => isOfTheEnvelope(field));
  const [error] = validateSync(Object.assign(new CommandInput(), Object.fromEntries(envelope)), {
    forbidUnknownValues: false,
    stopAtFirstError: true,
  });
  const fault = error === undefined ? null : whyNotInEnvelope(error.property as EnvelopeField, error.value);
  if (error === undefined || fault === null) return;
  throw new AnswerError('INVALID', fault.sentence, {
    refusal: fault.code,
    field: [error.property, ...fault.at].join('.'),
  });
}
