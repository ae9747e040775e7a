import { mutatedCopy } from './mutated-copy.ts';
import { MUTATIONS } from './mutations.ts';

describe('a test that holds a defence is red without it:', () => {
  const copy = mutatedCopy();
  afterAll(() => copy.remove());

  it.each(MUTATIONS)('$promise', ({ spec, test, changes, builds }) => {
    const { failed, passed, said } = copy.changed(changes, () => {
      if (builds === true) copy.build();
      return copy.run(spec, test);
    });
    if (failed.length === 0) throw new Error(`nothing failed; passed: ${passed.join(', ')}\n${said}`);
  });
});
