export * from './database.ts';
export * from './writer-lock.ts';
