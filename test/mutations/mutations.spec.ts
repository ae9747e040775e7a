import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { MUTATIONS } from './mutations.ts';

const PROJECT = resolve(import.meta.dirname, '../..');

/** Whoever changes a line that is left out there says here what is to be left out instead. The slow run tries it. */
it.each(MUTATIONS)('$promise: what is left out stands once in its file', ({ changes, spec }) => {
  for (const { file, from } of changes)
    expect([file, readFileSync(join(PROJECT, file), 'utf8').split(from).length - 1]).toEqual([file, 1]);
  expect(existsSync(join(PROJECT, spec))).toBe(true);
});
