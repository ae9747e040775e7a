import { CommandInput, DueInput, Part, Ref, Words } from '../commands/command-input.ts';
import { recordMutations } from '../commands/record-mutations.ts';
import type { MutationTable } from '../commands/submission.ts';

/** Fields of the inputs about meetings. Each input has some of them: the schema says which. */
export class MeetingInput extends CommandInput {
  @Ref() readonly ref?: string;
  @Ref() readonly body?: string;
  @Ref() readonly owner?: string;
  @Words() readonly item?: string;
  @Words() readonly title?: string;
  @Words() readonly text?: string;
  @Part(() => DueInput) readonly due?: DueInput;
}

/** `dated` in every input is when the fact took effect; the span of the meeting itself is `span`. */
const SPAN = { span: 'dated' };

export const MEETING_MUTATIONS: MutationTable = {
  scheduleMeeting: { command: 'ScheduleMeeting', input: MeetingInput, renamed: SPAN, hasSession: true },
  holdMeeting: { command: 'HoldMeeting', input: MeetingInput },
  cancelMeeting: { command: 'CancelMeeting', input: MeetingInput },
  postponeMeeting: { command: 'PostponeMeeting', input: MeetingInput, renamed: SPAN },
  minuteItem: { command: 'MinuteItem', input: MeetingInput, hasSession: true },
  ...recordMutations('Meeting'),
};
