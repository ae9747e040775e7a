export * from './authority.ts';
export * from './capacities.ts';
export * from './separation.ts';
export * from './visibility.ts';
