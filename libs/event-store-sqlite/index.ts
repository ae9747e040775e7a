export type { AppendFault, StoreFaults } from './faults.ts';
export * from './sqlite-event-store.ts';
