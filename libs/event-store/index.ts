export * from './awaited-store.ts';
export * from './event-store.ts';
export * from './follow.ts';
export * from './limits.ts';
export * from './log-guard.ts';
