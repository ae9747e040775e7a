import 'reflect-metadata';
import { Buffer } from 'node:buffer';
import { Type } from 'class-transformer';
import { buildMessage, IsOptional, IsUUID, Matches, ValidateBy, ValidateNested } from 'class-validator';
import { REFERENCE, REFERENCE_SENTENCE } from '../../../../libs/declarations/index.ts';
import { MAX_TEXT_BYTES } from '../../../../libs/ledger/index.ts';

/** Free words: at most 32 KiB of UTF-8, and characters that can be stored. Absent and null are the same. */
export function Words(): PropertyDecorator {
  return and(
    IsOptional(),
    ValidateBy({
      name: 'words',
      validator: {
        validate: (value) =>
          typeof value === 'string' &&
          value.isWellFormed() &&
          !value.includes('\0') &&
          Buffer.byteLength(value) <= MAX_TEXT_BYTES,
        defaultMessage: buildMessage(
          () => `This text has more than ${MAX_TEXT_BYTES} bytes, or characters that cannot be stored.`,
        ),
      },
    }),
  );
}

/** A reference: it may stand in clear in an event, so it is never free text. */
export function Ref(): PropertyDecorator {
  return and(IsOptional(), Matches(REFERENCE, { message: REFERENCE_SENTENCE }));
}

/** An object within the input. */
export function Part(type: () => new () => object): PropertyDecorator {
  return and(IsOptional(), ValidateNested(), Type(type));
}

export function EventRef(): PropertyDecorator {
  return and(IsOptional(), IsUUID(undefined, { message: 'An event is named by its UUID.' }));
}

function and(...decorators: readonly PropertyDecorator[]): PropertyDecorator {
  return (target, key) => decorators.forEach((decorate) => decorate(target, key));
}

function ExactlyOne(names: readonly string[]): PropertyDecorator {
  return ValidateBy({
    name: 'exactlyOne',
    validator: {
      validate: (value: unknown) =>
        typeof value === 'object' && value !== null && names.filter((name) => isThere(value, name)).length === 1,
      defaultMessage: buildMessage(() => `Name exactly one of ${names.join(', ')}.`),
    },
  });
}

function isThere(value: object, name: string): boolean {
  const member = (value as Record<string, unknown>)[name];
  return member !== undefined && member !== null;
}

const AUTHORITY = /^[A-Za-z0-9][A-Za-z0-9/-]{0,63}$/;
const AUTHORITY_SENTENCE = { message: 'An authority is a reference: letters, digits, "-" and "/", at most 64.' };

export class AuthorityInput {
  @IsOptional() @Matches(AUTHORITY, AUTHORITY_SENTENCE) readonly meeting?: string;
  @IsOptional() @Matches(AUTHORITY, AUTHORITY_SENTENCE) readonly decision?: string;
  @IsOptional() @Matches(AUTHORITY, AUTHORITY_SENTENCE) readonly delegation?: string;
}

export class SourceInput {
  @Words() readonly document?: string;
  @Words() readonly paragraph?: string;
  @Words() readonly quote?: string;
}

/**
 * What GraphQL's types do not check of the fields that every command takes: patterns and sizes. Dates, enums and what is
 * required are checked by the schema; what a field *means*, by the domain.
 */
export class CommandInput {
  @IsUUID(undefined, { message: 'A commandId is a UUID.' }) readonly commandId!: string;
  @Ref() readonly by?: string;
  @EventRef() readonly before?: string;
  @Part(() => AuthorityInput) @ExactlyOneAuthority() readonly authority?: AuthorityInput;
  @Part(() => SourceInput) readonly source?: SourceInput;
  @Words() readonly reason?: string;
}

function ExactlyOneAuthority(): PropertyDecorator {
  return ExactlyOne(['meeting', 'decision', 'delegation']);
}
