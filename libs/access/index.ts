export * from './authority.ts';
export * from './capacities.ts';
export * from './ownership.ts';
export * from './separation.ts';
export * from './subject.ts';
export * from './visibility.ts';
