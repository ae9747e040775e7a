export * from './key-store.ts';
export * from './seal.ts';
export * from './pseudonym.ts';
export * from './memory-key-store.ts';
export * from './sqlite-key-store.ts';
