export * from './mutations.ts';
export * from './registers.ts';
