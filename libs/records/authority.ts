import type { MayIssue } from '../ledger/index.ts';
import type { RecordCommand } from './commands.ts';

/** The monitoring officer decides what is shown and what counts; the office keeps what is written straight. See docs/access.md. */
export const mayIssueForRecord: { readonly [type in RecordCommand['type']]: MayIssue } = {
  Correct: ['opcc-officer'],
  Void: ['monitoring-officer'],
  Restore: ['monitoring-officer'],
  RecordOtherwiseStated: ['opcc-officer'],
  Publish: ['monitoring-officer'],
  Mark: ['monitoring-officer'],
};
