import { mutatedCopy } from './mutated-copy.ts';
import { MUTATIONS } from './mutations.ts';

describe('a test that holds a defence is red without it:', () => {
  const copy = mutatedCopy();
  afterAll(() => copy.remove());

  it.each(MUTATIONS)('$promise', ({ spec, test, changes }) => {
    const { failed, passed, said } = copy.changed(changes, () => copy.run(spec, test));
    if (failed.length === 0) throw new Error(`nothing failed; passed: ${passed.join(', ')}\n${said}`);
  });

  it('and is not where the same files are written anew as they were (control)', () => {
    const pieces = new Map(MUTATIONS.flatMap(({ changes }) => changes).map(({ file, from }) => [file, from]));
    const same = [...pieces].map(([file, from]) => ({ file, from, to: from }));
    const { failed, passed, said } = copy.changed(same, () =>
      copy.run('test/e2e/operator-faults.slow.spec.ts', 'is a port in use'),
    );
    expect([failed, passed.length, said]).toEqual([[], 1, expect.any(String)]);
  }, 120_000);
});
