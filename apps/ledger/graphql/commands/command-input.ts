import { ValidateBy } from 'class-validator';
import { ENVELOPE, whyNotInEnvelope, type EnvelopeField } from '../../../../libs/declarations/index.ts';
import { isOfTheEnvelope } from './submission.ts';

/** What an input says of the envelope, each field checked as it is declared. A marking is read by `readMarking`. */
export class CommandInput {}

for (const field of (Object.keys(ENVELOPE) as EnvelopeField[]).filter(isOfTheEnvelope))
  ValidateBy({
    name: 'declared',
    validator: {
      validate: (value) => whyNotInEnvelope(field, value) === null,
      defaultMessage: (about) => whyNotInEnvelope(field, about?.value)?.sentence ?? '',
    },
  })(CommandInput.prototype, field);
