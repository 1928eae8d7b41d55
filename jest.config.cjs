/** Every test of the project; `scripts/test.mjs` runs it and counts. */
const serverFolders = require('./test/support/server-folders.json');

/** `TAIRFLEET_TEST_NO_SERVER=1`: for a machine where no Temporal server can be had. */
const isServerless = process.env.TAIRFLEET_TEST_NO_SERVER === '1';

/** Set by `npm run test:compose`, which knows what a container engine has to offer here. */
const isComposed = process.env.TAIRFLEET_TEST_COMPOSE !== undefined;

/** Set by `npm run test:browser`, which knows where a Chromium is. */
const isBrowsed = process.env.TAIRFLEET_TEST_CHROMIUM !== undefined;

module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: [
    '/node_modules/',
    ...(isComposed ? [] : ['<rootDir>/test/compose/']),
    ...(isBrowsed ? [] : ['<rootDir>/test/browser/']),
    ...(isServerless ? serverFolders.map((folder) => `<rootDir>/${folder}/`) : []),
  ],
  // Seconds on a machine of its own; on a busy one it must not be the time that fails a test.
  testTimeout: 90_000,
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
  testSequencer: '<rootDir>/test/support/waiting-beside-computing.cjs',
  // jose has no CommonJS, which is what jest loads.
  transformIgnorePatterns: ['/node_modules/(?!jose/)'],
  transform: {
    '^.+\\.ts$|/node_modules/jose/.+\\.js$': [
      '@swc/jest',
      {
        sourceMaps: 'inline',
        module: { type: 'commonjs' },
        jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
      },
    ],
  },
};
