export { DataFolderRefused, openDataFolder } from './data-folder.ts';
export * from './database.ts';
export * from './read-apart.ts';
export * from './run-apart.ts';
export * from './writer-lock.ts';
