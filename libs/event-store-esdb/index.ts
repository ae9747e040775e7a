export * from './alarms.ts';
export * from './open.ts';
