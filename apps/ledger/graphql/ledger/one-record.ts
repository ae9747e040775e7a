import { refuseDamaged, type LedgerView } from '../../../../libs/read-models/index.ts';
import type { Written } from '../commands/mutations.ts';
import type { ByRef, Root } from './value.ts';

type Find<Found> = (view: LedgerView, ref: string) => Promise<Found | null>;
type ValueOf<Found, Value> = (view: LedgerView, found: Found) => Value;

/** The record of that register that a reference names; null where there is none for the reader. @throws RecordDamaged */
export function recordNamed<Found, Value>(register: string, find: Find<Found>, valueOf: ValueOf<Found, Value>) {
  return async ({ view }: Root, { ref }: ByRef): Promise<Value | null> => {
    const found = await find(view, ref);
    if (found === null) await refuseDamaged(view, register, ref);
    return found === null ? null : valueOf(view, found);
  };
}

/** The record that a command wrote, as it was then and as the writer may see it. */
export function recordWritten<Found, Value>(find: Find<Found>, valueOf: ValueOf<Found, Value>) {
  return async ({ viewAfter, accepted }: Written): Promise<Value | null> => {
    const view = await viewAfter();
    const found = await find(view, accepted.ref);
    return found === null ? null : valueOf(view, found);
  };
}
