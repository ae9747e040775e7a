import type { Terminal } from './terminal.ts';

/** A sub-command of `ledger`. */
export interface LedgerCommand {
  readonly name: string;
  /** What it does, in one sentence. */
  readonly does: string;
  /** As it is typed after `ledger`. */
  readonly example: string;
  /** @returns the exit status */
  readonly run: (args: readonly string[], env: NodeJS.ProcessEnv, terminal: Terminal) => Promise<number>;
}
