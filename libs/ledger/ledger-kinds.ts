import type { RecordEvent } from './event.ts';
import type { JsonObject } from './json.ts';
import { kind, type EventKind } from './kind.ts';

/** Who typed what no post did: the ledger itself, and whoever runs the machine. The directory holds no posts of these names. */
export const LEDGER_ITSELF = 'ledger';
export const OPERATOR = 'operator';

/** The first event of every ledger: its random identity, to which its keys are bound. */
export type LedgerOpened = RecordEvent<'LedgerOpened', { readonly ledger: string; readonly format: 1 }, never>;
/** A reference was given to the record of that stream. A number without a record is no loss: the retry picks it up. */
export type ReferenceReserved = RecordEvent<'ReferenceReserved', { readonly ref: string; readonly for: string }, never>;

export const LEDGER_OPENED: EventKind = kind('ledger', 'LedgerOpened', 1);
export const REFERENCE_RESERVED: EventKind = kind('references', 'ReferenceReserved', 1);
export const OPENING_STREAM = 'ledger-opening';

/**
 * What an operator decided about the ledger itself, on the machine and by the command line: which log is the right one, that a
 * clock may go on. Why, and the operator's name, are sealed.
 */
export type OperatorDeclared = RecordEvent<
  'OperatorDeclared',
  { readonly matter: OperatorMatter; readonly details: JsonObject },
  'operator'
>;
/** `LOG_ACCEPTED`: the log as it stands, though it lacks what was acknowledged. `CLOCK_ACCEPTED`: a clock that was set. */
export type OperatorMatter = 'LOG_ACCEPTED' | 'CLOCK_ACCEPTED';
export const OPERATOR_DECLARED: EventKind = kind('ledger', 'OperatorDeclared', 1, { persons: ['operator'] });
/** The stream of everything that operators declared, in their order. */
export const OPERATORS_STREAM = 'ledger-operators';

/** The stream in which the references of a series are reserved: `references-CGB-2023-04`. */
export function referencesStream(series: string): string {
  return `references-${series}`;
}
