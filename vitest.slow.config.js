import { BaseSequencer } from 'vitest/node';
import { defineConfig } from 'vitest/config';
import { OF_EACH } from './vitest.config.js';

/** What is held to times that a busy machine would not keep, or keeps both cores busy itself. */
const ALONE = [
  'test/eventstoredb/faults.slow.spec.ts',
  'test/e2e/store-away.slow.spec.ts',
  'test/e2e/outage.slow.spec.ts',
  'test/e2e/npm-signals.slow.spec.ts',
  'test/e2e/printed-commands.slow.spec.ts',
  'test/e2e/kills.slow.spec.ts',
  'test/faults/store-kill.slow.spec.ts',
  'test/mutations/mutations.slow.spec.ts',
];
/** What takes minutes, begun first so that nothing waits for it at the end. */
const LONGEST = [
  'test/browser/every-page.slow.spec.ts',
  'test/e2e/twins.slow.spec.ts',
  'test/browser/hostile-texts.slow.spec.ts',
  'test/e2e/operator-faults.slow.spec.ts',
  'apps/ledger/pages/commands/forms.slow.spec.ts',
  'test/browser/journeys.slow.spec.ts',
  'test/model/written-rules.slow.spec.ts',
  'test/e2e/illustrative.slow.spec.ts',
  'test/e2e/who-may-do-what.slow.spec.ts',
];
class LongestFirst extends BaseSequencer {
  async sort(files) {
    const rank = ({ moduleId }) => {
      const at = LONGEST.findIndex((spec) => moduleId.endsWith(spec));
      return at === -1 ? LONGEST.length : at;
    };
    return (await super.sort(files)).sort((one, other) => rank(one) - rank(other));
  }
}
const SLOW = { ...OF_EACH.test, testTimeout: 600_000, hookTimeout: 600_000 };

/**
 * What takes longer: stores over gRPC, kills and outages, real browsers. Run by `npm run test:slow` and by `.ci/run`: three at a
 * time, and then those that are to have the machine for themselves.
 */
export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        ...OF_EACH,
        test: {
          ...SLOW,
          name: 'three at a time',
          include: ['{apps,libs,projections,test}/**/*.slow.spec.ts'],
          exclude: ALONE,
          sequence: { groupOrder: 0 },
        },
      },
      {
        ...OF_EACH,
        test: {
          ...SLOW,
          name: 'alone',
          include: ALONE,
          maxWorkers: 1,
          fileParallelism: false,
          // Within one specification too.
          maxConcurrency: 2,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
