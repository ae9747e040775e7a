import { RecordCommandInput } from './command-input.ts';
import type { MutationTable } from './submission.ts';

/** What can be said of any record, as mutations on one kind of it: `recordMutations('Action')` → `correctAction`, … */
export function recordMutations(kind: string): MutationTable {
  return {
    [`correct${kind}`]: { command: 'Correct', input: RecordCommandInput, otherwise: { is: null } },
    [`void${kind}Event`]: { command: 'Void', input: RecordCommandInput },
    [`restore${kind}Event`]: { command: 'Restore', input: RecordCommandInput },
    [`publish${kind}`]: { command: 'Publish', input: RecordCommandInput },
    [`mark${kind}`]: { command: 'Mark', input: RecordCommandInput, markingAs: 'to' },
  };
}
