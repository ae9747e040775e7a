export * from './days.ts';
export * from './fields.ts';
export * from './kinds-of-change.ts';
export * from './lines.ts';
export * from './phrases.ts';
export * from './told.ts';
export * from './values.ts';
export * from './what-happened.ts';
