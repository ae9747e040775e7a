import { readFileSync } from 'node:fs';
import { answersEveryRight } from './every-right.ts';
import { table } from './who-may-do-what.ts';

const DOCUMENT = new URL('../../docs/access.md', import.meta.url);

describe('who may do what', () => {
  // All cells are asked in `who-may-do-what.slow.spec.ts`.
  const everySoMany = { yes: 24, no: 80, refused: 16 };
  answersEveryRight((answer, place) => place % everySoMany[answer] === 0);

  it('stands in the documentation as the program makes it', () => {
    const text = readFileSync(DOCUMENT, 'utf8');
    const compact = (one: string) => one.replace(/[ -]+/g, ' ');
    const stands = compact(text).includes(compact(table()));
    // To write it anew: the table is printed.
    if (!stands) throw new Error(`docs/access.md does not hold this table:\n\n${table()}`);
  });
});
