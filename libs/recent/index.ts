export * from './recent.ts';
