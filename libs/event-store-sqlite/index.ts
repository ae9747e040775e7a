export type { AppendFault, StoreFaults } from './faults.ts';
export * from './rehearsal.ts';
export * from './sqlite-event-store.ts';
