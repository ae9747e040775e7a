import { isBlank } from '../../../../libs/declarations/index.ts';
import type { CivilDate } from '../../../../libs/ledger/index.ts';
import { lateBy } from '../../../../libs/timeline/index.ts';
import type { DeclaredMutation } from '../../../../libs/registers/index.ts';
import { counted } from '../../words/phrases.ts';
import type { Input } from '../../graphql/commands/submission.ts';
import type { Problem } from './typed.ts';

/** How late an entry may be made without a word, and on which day it is made. */
export interface Lateness {
  readonly today: CivilDate;
  readonly lateAfterDays: number;
}

/** A form asks why something is entered so late before it is sent, beside whatever else is missing. Amendments are never late. */
export function whyLate(
  { amends }: Pick<DeclaredMutation, 'amends'>,
  { effectiveOn, dated, reason }: Input,
  { today, lateAfterDays }: Lateness,
): Problem | null {
  const day = (dated as { readonly to?: CivilDate } | undefined)?.to ?? (effectiveOn as CivilDate | undefined);
  if (amends || day === undefined || !isBlank(reason as string | undefined)) return null;
  const delay = lateBy({ lateAfterDays }, day, today);
  if (delay === null) return null;
  const sentence = `Enter the reason: this took effect ${counted(delay, 'day')} ago, and later than ${counted(lateAfterDays, 'day')} it is said why it is recorded only now`;
  return { path: 'reason', sentence };
}
