/** Who may import whom. Each rule has been seen to fail: test/architecture/imports.spec.ts plants a bad import for every one. */
const SPEC = '\\.spec\\.ts$';
/** Meaning: plain TypeScript that must outlive every framework and run in the auditors' command line. */
const MEANING = '^(libs/(ledger|declarations|rules|registers|records|policies|timeline|access|merkle)|projections)/';

module.exports = {
  forbidden: [
    {
      name: 'registers-do-not-know-each-other',
      comment: 'Link by reference. If one register must react to another, write a policy in libs/policies.',
      severity: 'error',
      from: { path: '^libs/registers/([^/]+)/' },
      to: { path: '^libs/registers/', pathNot: '^libs/registers/$1/' },
    },
    {
      name: 'projections-do-not-know-each-other',
      comment: 'One folder per question. What two of them need belongs to libs/read-models or to a register.',
      severity: 'error',
      from: { path: '^projections/([^/]+)/', pathNot: SPEC },
      to: { path: '^projections/', pathNot: '^projections/$1/' },
    },
    {
      name: 'the-kernel-imports-nothing',
      comment: 'libs/ledger holds the words of everything else.',
      severity: 'error',
      from: { path: '^libs/ledger/', pathNot: SPEC },
      to: { path: '^(libs|projections|apps|test)/', pathNot: '^libs/ledger/' },
    },
    {
      name: 'meaning-is-plain-typescript',
      comment: 'No framework, no driver, no operating system where meaning lives; hashing is arithmetic.',
      severity: 'error',
      from: { path: MEANING, pathNot: [SPEC, '^projections/.*queries\\.ts$', '^projections/.*loaders\\.ts$'] },
      to: {
        dependencyTypes: ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'core'],
        pathNot: '^(node:)?(crypto|buffer)$',
      },
    },
    {
      name: 'meaning-reaches-no-adapter',
      comment: 'Ports only. Adapters are chosen where the process is composed.',
      severity: 'error',
      from: {
        path: '^libs/(ledger|declarations|rules|registers|records|policies|timeline|access|merkle|dispatch|event-store|keys)/',
        pathNot: [SPEC, '^libs/keys/sqlite'],
      },
      to: { path: '^libs/(event-store-[^/]+|sqlite|read-models|spec-kit)/|^projections/' },
    },
    {
      name: 'one-door-to-sqlite',
      comment: 'libs/sqlite verifies what every connection promises (WAL, FULL, version).',
      severity: 'error',
      from: { pathNot: '^libs/sqlite/' },
      to: { path: 'node_modules/better-sqlite3/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'one-door-to-eventstoredb',
      comment: 'The client has been renamed once already; keep it behind one wall.',
      severity: 'error',
      from: { pathNot: ['^libs/event-store-esdb/', '^test/eventstoredb'] },
      to: { path: 'node_modules/@(eventstore|kurrent)/' },
    },
    {
      name: 'nest-stays-at-the-edge',
      comment: 'Only the server is a Nest application.',
      severity: 'error',
      from: { pathNot: '^(apps/ledger|test)/' },
      to: { path: 'node_modules/@nestjs/' },
    },
    {
      name: 'the-command-line-never-reaches-nest',
      comment: 'An auditor runs it on any machine; not even indirectly.',
      severity: 'error',
      from: { path: '^apps/command-line/', pathNot: SPEC },
      to: { path: 'node_modules/@nestjs/', reachable: true },
    },
    {
      name: 'enter-a-library-by-its-door',
      comment: 'Import a library through its index.ts.',
      severity: 'error',
      from: { path: '^libs/((?:registers/)?[^/]+)/', pathNot: SPEC },
      to: { path: '^libs/(?:registers/)?[^/]+/.+', pathNot: ['^libs/$1/', '^libs/(?:registers/)?[^/]+/index\\.ts$'] },
    },
    {
      name: 'enter-a-library-by-its-door-from-outside',
      comment: 'Import a library through its index.ts.',
      severity: 'error',
      from: { path: '^(projections|apps)/', pathNot: SPEC },
      to: { path: '^libs/(?:registers/)?[^/]+/.+', pathNot: '^libs/(?:registers/)?[^/]+/index\\.ts$' },
    },
    {
      name: 'nothing-imports-an-application',
      comment: 'Applications are where things are put together; what two of them need is a library.',
      severity: 'error',
      from: { path: '^(libs|projections)/' },
      to: { path: '^apps/' },
    },
    {
      name: 'production-never-reaches-tests',
      comment: 'The spec kit and the test doubles are for tests.',
      severity: 'error',
      from: { path: '^(apps|libs|projections)/', pathNot: [SPEC, '^libs/spec-kit/'] },
      to: { path: '^(test|libs/spec-kit)/' },
    },
    {
      name: 'no-cycles',
      comment: 'Two files that need each other are one file.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
