import { tellTheSame } from './twin-ledgers.ts';

/** One story for the reader who is told most and may not see all. All readers and more stories: `twins.slow.spec.ts`. */
describe('two ledgers that differ only in what a reader may not see', () =>
  tellTheSame(7, [['a force lead who owns some of the records', 'force-lead']], true));
