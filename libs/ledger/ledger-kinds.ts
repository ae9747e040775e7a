import type { RecordEvent } from './event.ts';
import { kind, type EventKind } from './kind.ts';

/** The first event of every ledger: its random identity, to which its keys are bound. */
export type LedgerOpened = RecordEvent<'LedgerOpened', { readonly ledger: string; readonly format: 1 }, never>;
/** A reference was given to the record of that stream. A number without a record is no loss: the retry picks it up. */
export type ReferenceReserved = RecordEvent<'ReferenceReserved', { readonly ref: string; readonly for: string }, never>;

export const LEDGER_OPENED: EventKind = kind('ledger', 'LedgerOpened', 1);
export const REFERENCE_RESERVED: EventKind = kind('references', 'ReferenceReserved', 1);
export const OPENING_STREAM = 'ledger-opening';

/** The stream in which the references of a series are reserved: `references-CGB-2023-04`. */
export function referencesStream(series: string): string {
  return `references-${series}`;
}
