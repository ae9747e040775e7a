export * from './parse-arguments.ts';
