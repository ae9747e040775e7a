import { CommandInput, DueInput, Part, Ref, Words } from '../commands/command-input.ts';
import { recordMutations } from '../commands/record-mutations.ts';
import type { MutationTable } from '../commands/submission.ts';

/** Fields of the inputs about actions. Each input has some of them: the schema says which. */
export class ActionInput extends CommandInput {
  @Ref() readonly ref?: string;
  @Ref() readonly meeting?: string;
  @Ref() readonly body?: string;
  @Ref() readonly owner?: string;
  @Ref() readonly into?: string;
  @Ref() readonly supersededBy?: string;
  @Words() readonly title?: string;
  @Words() readonly text?: string;
  @Words() readonly evidence?: string;
  @Words() readonly fileName?: string;
  @Words() readonly phrase?: string;
  @Words() readonly sha256?: string;
  @Words() readonly item?: string;
  @Part(() => DueInput) readonly due?: DueInput;
}

/** Here `into` is the member of an enum, which the schema has checked, and no reference. */
class ConversionInput extends CommandInput {
  @Ref() readonly ref?: string;
  @Words() readonly item?: string;
}

export const ACTION_MUTATIONS: MutationTable = {
  raiseAction: { command: 'RaiseAction', input: ActionInput },
  agreeAction: { command: 'AgreeAction', input: ActionInput },
  giveActionUpdate: { command: 'GiveActionUpdate', input: ActionInput },
  addActionEvidence: { command: 'AddActionEvidence', input: ActionInput },
  reportActionComplete: { command: 'ReportActionComplete', input: ActionInput },
  returnAction: { command: 'ReturnAction', input: ActionInput },
  signOffAction: { command: 'SignOffAction', input: ActionInput },
  reassignAction: { command: 'ReassignAction', input: ActionInput },
  extendActionDueDate: { command: 'ExtendActionDueDate', input: ActionInput },
  deferAction: { command: 'DeferAction', input: ActionInput },
  convertAction: { command: 'ConvertAction', input: ConversionInput },
  mergeAction: { command: 'MergeAction', input: ActionInput },
  supersedeAction: { command: 'SupersedeAction', input: ActionInput },
  withdrawAction: { command: 'WithdrawAction', input: ActionInput },
  reopenAction: { command: 'ReopenAction', input: ActionInput },
  ...recordMutations('Action'),
};
