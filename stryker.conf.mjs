/**
 * Mutation testing of the rules that keep the count exact: each mutant is a rule that is a little
 * wrong, and a test must notice. On demand, since it takes long: `npm run mutate`, or a part with
 * `npm run mutate -- --mutate src/domain/token.ts`.
 */

/** What docs/safety.md names as the keepers of its rules, as far as it is pure. */
const SAFETY_RULES = [
  'canonical-json',
  'classify',
  'create-attempt',
  'create-body',
  'frozen-plan',
  'gate',
  'gate-search',
  'home-chunk',
  'home-chunk-state',
  'home-orders',
  'home-settling',
  'home-step',
  'identity',
  'invariants',
  'invariant-watch',
  'loopback',
  'names',
  'proof-decision',
  'refused-path',
  'settle-deal',
  'settle-decision',
  'settle-time',
  'shard-carry',
  'shard-gates',
  'shard-run',
  'shard-schedule',
  'shard-state',
  'sold-out',
  'token',
];

export default {
  mutate: SAFETY_RULES.map((name) => `src/domain/${name}.ts`),
  testRunner: 'jest',
  plugins: ['@stryker-mutator/jest-runner'],
  jest: {
    projectType: 'custom',
    configFile: 'jest.config.cjs',
    config: {
      // No server: the domain needs none.
      globalSetup: null,
      globalTeardown: null,
      testMatch: [
        '<rootDir>/test/unit/domain/**/*.test.ts',
        '<rootDir>/test/property/{shard,token,plan,batch-plan}.test.ts',
      ],
    },
    enableFindRelatedTests: true,
  },
  coverageAnalysis: 'perTest',
  // A mutant in a table or a pattern that is built once at import needs every test.
  ignoreStatic: false,
  concurrency: 2,
  timeoutMS: 20_000,
  ignorePatterns: ['/dist', '/.tairfleet', '/coverage', '/bench', '/deploy', '/test/replay'],
  tempDirName: '.tairfleet/mutants',
  reporters: ['clear-text', 'json', 'html'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  jsonReporter: { fileName: '.tairfleet/mutation/report.json' },
  htmlReporter: { fileName: '.tairfleet/mutation/report.html' },
  allowConsoleColors: false,
};
