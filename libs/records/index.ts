export * from './commands.ts';
export { holdsWords, linksOfRecordCommand } from './correctable.ts';
export { decideForRecord, type Amendable } from './decide.ts';
export { namable, type Named } from './namable.ts';
export { beforeItExisted, longBeforeItsSource, sameTitle } from './notices.ts';
export { RECORD_REFUSALS } from './refusals.ts';
