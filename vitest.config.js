import { statfsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { defineConfig } from 'vitest/config';

const require = createRequire(import.meta.url);

/** What the quick and the slow suite have in common. */
export const OF_EACH = {
  // The build's own decorators, from which Nest and class-validator learn what is injected and what a field holds.
  oxc: { decorator: { legacy: true, emitDecoratorMetadata: true } },
  // What is compiled here would find graphql's modules, and what comes from node_modules its CommonJS: its types are one another's only when there is one copy.
  resolve: { alias: [{ find: /^graphql$/, replacement: require.resolve('graphql') }] },
  test: {
    globals: true,
    // What was compiled is kept for the next run, as tests of mutations begin a hundred of them.
    experimental: { fsModuleCache: true, fsModuleCachePath: 'node_modules/.cache/vitest' },
    // A process loads the application once, for all the specifications that it runs: loading it took a third of the time.
    pool: 'forks',
    isolate: false,
    // What comes from node_modules is imported as Node does.
    deps: { interopDefault: false },
    // One more than the cores of a small machine: some specifications wait for a deadline.
    maxWorkers: 3,
  },
};

/** Memory that looks like a folder, where there is some to spare: a disk is waited for with each commit, and each specification has its own ledger. */
const IN_MEMORY = '/dev/shm';
const ROOM_NEEDED = 4 * 1024 ** 3;
function hasRoom(folder) {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize > ROOM_NEEDED;
  } catch {
    return false;
  }
}

/** Everything that needs no server: `npm test`. Slower suites have a config of their own. */
export default defineConfig({
  ...OF_EACH,
  test: {
    ...OF_EACH.test,
    include: ['{apps,libs,projections,test}/**/*.spec.ts'],
    exclude: ['**/*.slow.spec.ts'],
    env: hasRoom(IN_MEMORY) ? { TMPDIR: IN_MEMORY } : {},
    // Machines differ in speed; a test that hangs is found all the same.
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
