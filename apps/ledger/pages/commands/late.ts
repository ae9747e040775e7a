import { isBlank, kindOfRecord, type Shape } from '../../../../libs/declarations/index.ts';
import type { CivilDate, Register } from '../../../../libs/ledger/index.ts';
import { lateAfterOf, recordAsOf, registerNamed, type LedgerView } from '../../../../libs/read-models/index.ts';
import { lateBy } from '../../../../libs/timeline/index.ts';
import type { DeclaredMutation } from '../../../../libs/registers/index.ts';
import { counted } from '../../../../libs/wording/index.ts';
import type { Input } from '../../graphql/commands/submission.ts';
import { referenceIn } from './read-typed.ts';
import type { Problem, Typed } from './typed.ts';

/** How late an entry may be made without a word, and on which day it is made. */
export interface Lateness {
  readonly today: CivilDate;
  readonly lateAfterDays: number;
}

/**
 * How late an entry may be made today: by the allowance of the body whose record it is about, or which it opens. That is the first body that the
 * form names, else the body of the first other record that it names, such as the meeting at which an action was raised.
 */
export async function latenessOf(
  view: LedgerView,
  register: Register | undefined,
  { command: { fields } }: Pick<DeclaredMutation, 'command'>,
  ref: string | null,
  typed: Typed,
): Promise<Lateness> {
  const today = view.basis.effective;
  if (register === undefined) return { today, lateAfterDays: 0 };
  const body = ref === null ? await bodyNamed(view, fields, typed) : await bodyOf(view, register, ref);
  return { today, lateAfterDays: (await lateAfterOf(view, register, body))(today) };
}

async function bodyNamed(
  view: LedgerView,
  fields: { readonly [field: string]: Shape },
  typed: Typed,
): Promise<string | null> {
  const named = Object.entries(fields).flatMap(([name, shape]) => {
    const ref = shape.kind === 'link' ? referenceIn((typed.get(name) ?? '').trim(), shape.record) : '';
    return shape.kind !== 'link' || !kindOfRecord(shape.record).spelling.test(ref) ? [] : [{ ...shape, ref }];
  });
  const body = named.find(({ record }) => record === 'body');
  if (body !== undefined) return body.ref;
  for (const { record, ref } of named) {
    const register = registerNamed(view, kindOfRecord(record).register);
    const found = register === null ? null : await bodyOf(view, register, ref);
    if (found !== null) return found;
  }
  return null;
}

async function bodyOf(view: LedgerView, register: Register, ref: string): Promise<string | null> {
  const record = await recordAsOf(view, register.name, ref);
  return record === null ? null : (register.bodyOf?.(record.state) ?? null);
}

/** A form asks why something is entered so late before it is sent, beside whatever else is missing. Amendments are never late. */
export function whyLate(
  { amends }: Pick<DeclaredMutation, 'amends'>,
  { effectiveOn, dated, reason }: Input,
  { today, lateAfterDays }: Lateness,
): Problem | null {
  const day = (dated as { readonly to?: CivilDate } | undefined)?.to ?? (effectiveOn as CivilDate | undefined);
  if (amends || day === undefined || !isBlank(reason as string | undefined)) return null;
  const delay = lateBy(lateAfterDays, day, today);
  if (delay === null) return null;
  const sentence = `Enter the reason: this took effect ${counted(delay, 'day')} ago, and later than ${counted(lateAfterDays, 'day')} it is said why it is recorded only now`;
  return { path: 'reason', sentence };
}
