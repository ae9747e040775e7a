export * from './given.ts';
export * from './ledger-in-a-folder.ts';
