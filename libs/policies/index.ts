import { asHiddenAsItsMeeting } from './as-hidden-as-its-meeting.ts';
import type { MarkingPolicy } from './marking-policy.ts';

export { asHiddenAsItsMeeting } from './as-hidden-as-its-meeting.ts';
export type { MarkingPolicy, OwedMark, PlacedEvent } from './marking-policy.ts';
export * from './posts.ts';
export { PolicyRunner, submissionOf, type Consequence, type PolicyPorts } from './runner.ts';

/** Every policy that marks. All of them are always on. */
export const MARKING_POLICIES: readonly MarkingPolicy[] = [asHiddenAsItsMeeting];
