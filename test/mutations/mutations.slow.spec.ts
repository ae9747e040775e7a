import { mutatedCopies } from './mutated-copy.ts';
import { ofShare } from '../share-of-commit.ts';
import { MUTATIONS } from './mutations.ts';

/** Each runs one test in a process of its own: one for each of two cores. */
const COPIES = 2;

/** Each takes a process. */
const CHOSEN = ofShare(MUTATIONS);

describe('a test that holds a defence is red without it:', () => {
  const copies = mutatedCopies(COPIES);
  afterAll(() => copies.remove());

  it('are all tried, or a share of them', () => {
    expect(CHOSEN.length).toBeGreaterThan(0);
  });

  it.concurrent.each(CHOSEN)('$promise', ({ spec, test, changes }) =>
    copies.taken(async (copy) => {
      const { failed, passed, said } = await copy.changed(changes, () => copy.run(spec, test));
      if (failed.length === 0) throw new Error(`nothing failed; passed: ${passed.join(', ')}\n${said}`);
    }),
  );

  it.concurrent('and is not where the same files are written anew as they were (control)', () =>
    copies.taken(async (copy) => {
      const pieces = new Map(MUTATIONS.flatMap(({ changes }) => changes).map(({ file, from }) => [file, from]));
      const same = [...pieces].map(([file, from]) => ({ file, from, to: from }));
      const { failed, passed, said } = await copy.changed(same, () =>
        copy.run('test/e2e/operator-faults.slow.spec.ts', 'is a port in use'),
      );
      expect([failed, passed.length, said]).toEqual([[], 1, expect.any(String)]);
    }),
  );
});
