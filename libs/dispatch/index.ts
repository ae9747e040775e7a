export * from './dispatch.ts';
export * from './offers.ts';
export * from './open-ledger.ts';
export * from './operator.ts';
export * from './refusals.ts';
export type { ClockJump, ClockJumps, ClockTrouble } from './stamps.ts';
export * from './submission.ts';
export type { Posts } from './posts.ts';
export type { ReadBefore } from './records.ts';
