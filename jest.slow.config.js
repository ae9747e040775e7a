import quick from './jest.config.js';

/** What takes longer: stores over gRPC, kills and outages, real browsers. Run by `npm run test:slow` and by `.ci/run`. */
export default {
  ...quick,
  testMatch: ['**/*.slow.spec.ts', '**/test/faults/store-kill.spec.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 600_000,
  maxWorkers: 1,
};
