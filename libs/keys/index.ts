export * from './key-store.ts';
export * from './seal.ts';
export * from './pseudonym.ts';
