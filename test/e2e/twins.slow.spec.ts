import { tellTheSame } from './twin-ledgers.ts';

/** Stories that are told, each with other hidden matters. More by hand: `TWINS=20`, see the README. */
const STORIES = Number(process.env['TWINS'] ?? 1);

describe.each(Array.from({ length: STORIES }, (_, index) => index + 1))(
  'two ledgers that differ only in what a reader may not see, story %s',
  (seed) =>
    tellTheSame(seed, [
      ['the public', null],
      ['a member of the panel', 'panel-member'],
      ['a member of the audit panel', 'jarap-member'],
      ['a force lead who owns some of the records', 'force-lead'],
    ]),
);
