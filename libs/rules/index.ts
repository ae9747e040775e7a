export * from './allowance.ts';
export * from './kinds.ts';
export * from './policies.ts';
export * from './rag.ts';
export * from './routes.ts';
export * from './scales.ts';
export * from './scores.ts';
export * from './versions.ts';
