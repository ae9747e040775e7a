/** Everything that needs no server: `npm test`. Slower suites have a config of their own beside their tests. */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/apps', '<rootDir>/libs', '<rootDir>/projections', '<rootDir>/test'],
  testMatch: ['**/*.spec.ts'],
  testPathIgnorePatterns: ['/node_modules/', '\\.slow\\.spec\\.ts$'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleFileExtensions: ['ts', 'js', 'json', 'node'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
          keepClassNames: true,
        },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
  // On two cores jest would take one, to leave the other to whoever waits.
  maxWorkers: 2,
  // The modules of a specification stay in the memory of its process, which would soon do little but look for room.
  workerIdleMemoryLimit: '600MB',
  // Machines differ in speed; a test that hangs is found all the same.
  testTimeout: 30_000,
  passWithNoTests: false,
};
