import quick from './jest.config.js';

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
const { maxWorkers, passWithNoTests, workerIdleMemoryLimit, ...ofEach } = quick;

/**
 * What takes longer: stores over gRPC, kills and outages, real browsers. Run by `npm run test:slow` and by `.ci/run`: two at a time, and
 * then those that are to have the machine for themselves.
 */
export default {
  maxWorkers,
  passWithNoTests,
  workerIdleMemoryLimit,
  // Within one spec too.
  maxConcurrency: 2,
  testTimeout: 600_000,
  projects: [
    {
      ...ofEach,
      testMatch: ['**/*.slow.spec.ts'],
      testPathIgnorePatterns: ['/node_modules/', ...ALONE.map((spec) => spec.replaceAll('.', '\\.'))],
      testTimeout: 600_000,
    },
    {
      ...ofEach,
      testMatch: ALONE.map((spec) => `<rootDir>/${spec}`),
      testPathIgnorePatterns: ['/node_modules/'],
      testTimeout: 600_000,
      runner: '<rootDir>/jest.one-at-a-time.js',
    },
  ],
};
