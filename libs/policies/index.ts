export { asHiddenAsItsMeeting } from './as-hidden-as-its-meeting.ts';
export * from './marking-policies.ts';
export * from './posts.ts';
export { drawing, PolicyRunner, type PolicyPorts } from './runner.ts';
