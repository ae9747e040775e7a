export { asHiddenAsItsAction, asHiddenAsItsDecision } from './as-hidden-as-its-cause.ts';
export { asHiddenAsItsMeeting } from './as-hidden-as-its-meeting.ts';
export { conversionOpensItem } from './conversion-opens-item.ts';
export { decisionOpensActions } from './decision-opens-actions.ts';
export * from './policies.ts';
export * from './posts.ts';
export { drawing, PolicyRunner, type PolicyPorts } from './runner.ts';
