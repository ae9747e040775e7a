export * from './accept-clock.ts';
export { clockTroubleInWords } from './clock-in-doubt.ts';
export * from './machine.ts';
export * from './open.ts';
export * from './operator-faults.ts';
export * from './settings.ts';
export * from './unfinished-import.ts';
export { REGISTERS } from '../registers/index.ts';
