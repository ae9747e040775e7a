export * from './authority.ts';
export * from './capacities.ts';
export * from './visibility.ts';
