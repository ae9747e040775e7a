export * from './machine.ts';
export * from './open.ts';
export * from './operator-faults.ts';
export * from './settings.ts';
export * from './unfinished-import.ts';
