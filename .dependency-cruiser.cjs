/**
 * What may import what: the rings of ARCHITECTURE.md as rules. Arrows point inwards only; an import
 * of types alone is free, except for the domain and the contract, which know nothing further out,
 * and for the emulator, which must not share anything with the client it checks.
 */

const DOMAIN = '^src/domain/';
const CONTRACT = '^src/contract/';
const CLOUD_PORT = '^src/cloud/[^/]*port\\.ts$';
const OUTBOUND_PORT = '^src/outbound/[^/]*port\\.ts$';

/** A package by name: as resolved on disk, or unresolved. */
const npm = (...names) => `(^|node_modules/)(${names.join('|')})(/|$)`;

/**
 * Folder → what it may import at run time besides itself. `builtIn`: Node's own modules, too.
 * `isSealed`: importing types counts as importing.
 */
const RINGS = {
  domain: { paths: [npm('@noble/hashes')], isSealed: true },
  contract: { paths: [DOMAIN], isSealed: true },
  workflows: {
    paths: [DOMAIN, CONTRACT, npm('@temporalio/workflow', '@temporalio/common')],
  },
  activities: {
    paths: [
      ...[DOMAIN, CONTRACT, CLOUD_PORT, OUTBOUND_PORT],
      npm('@temporalio/activity', '@temporalio/common'),
    ],
    builtIn: true,
  },
  cloud: {
    paths: [DOMAIN, npm('@alicloud/pop-core', '@alicloud/credentials')],
    builtIn: true,
  },
  outbound: {
    // A client library each; none of the rings above, nor Temporal.
    paths: [DOMAIN, 'node_modules/(?!@temporalio|@alicloud)'],
    builtIn: true,
  },
  input: { paths: [DOMAIN, npm('zod', 'yaml', 'csv-parse', 'cron-parser')], builtIn: true },
  config: { paths: [DOMAIN, npm('zod', 'yaml', '@temporalio/envconfig')], builtIn: true },
  observability: {
    paths: [DOMAIN, CONTRACT, npm('pino', '@temporalio/worker', '@temporalio/common')],
    builtIn: true,
  },
  service: {
    paths: [
      ...[DOMAIN, CONTRACT, OUTBOUND_PORT],
      npm('@temporalio/client', '@temporalio/common', 'fastq', 'lru-cache'),
    ],
    builtIn: true,
  },
  output: { paths: [DOMAIN, npm('csv-stringify')], builtIn: true },
  api: {
    paths: [
      ...[DOMAIN, CONTRACT, '^src/input/', '^src/output/', '^src/service/'],
      npm('fastify', '@fastify/[^/]+', 'jose', 'yaml', 'zod'),
    ],
    builtIn: true,
  },
  // What a platform team takes with it: it knows the API by its description alone.
  client: { paths: [npm('openapi-fetch')], isSealed: true },
  remote: {
    paths: [DOMAIN, CONTRACT, '^src/client/', '^src/service/'],
    builtIn: true,
  },
  cli: {
    paths: [
      ...[DOMAIN, CONTRACT, '^src/input/', '^src/output/', '^src/service/', '^src/config/'],
      '^src/local/',
      npm('@pnpm/tabtab', 'commander', 'picocolors', 'yaml'),
    ],
    builtIn: true,
  },
  emulator: {
    paths: [npm('yaml', 'zod', 'pino', '@peculiar/x509', 'reflect-metadata')],
    builtIn: true,
    isSealed: true,
  },
  local: { paths: [], builtIn: true, isSealed: true },
};

const ringRules = Object.entries(RINGS).map(([folder, { paths, builtIn, isSealed }]) => ({
  name: `ring-${folder}`,
  comment: `src/${folder} imports something that its row of the table in ARCHITECTURE.md does not have.`,
  severity: 'error',
  from: { path: `^src/${folder}/` },
  to: {
    pathNot: [`^src/${folder}/`, ...paths],
    dependencyTypesNot: [...(builtIn ? ['core'] : []), ...(isSealed ? [] : ['type-only'])],
  },
}));

const unlistedFolder = {
  name: 'folder-without-a-ring',
  comment: 'A new folder of src gets a row in the table of rings first.',
  severity: 'error',
  from: { path: '^src/([^/]+)/', pathNot: `^src/(${Object.keys(RINGS).join('|')})/` },
  to: {},
};

module.exports = {
  forbidden: [
    ...ringRules,
    unlistedFolder,
    {
      name: 'roots-are-not-imported',
      comment:
        'A root wires everything; what a ring needs from it belongs into a ring. Only bin.ts dispatches.',
      severity: 'error',
      from: { pathNot: '^src/bin\\.ts$' },
      to: { path: '^src/[^/]+\\.ts$' },
    },
    {
      name: 'no-cycle',
      comment: 'Two files that need each other at run time are one, or hide a third.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-orphan',
      comment: 'Nothing imports it, and it imports nothing.',
      severity: 'error',
      from: { orphan: true, pathNot: ['^src/[^/]+\\.ts$', '^src/workflows/index\\.ts$'] },
      to: {},
    },
    {
      name: 'not-resolvable',
      comment: 'The package or file is not there.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'not-a-dependency',
      comment: 'What runs in production is listed under dependencies in package.json.',
      severity: 'error',
      from: { path: '^src/' },
      to: {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'],
        dependencyTypesNot: ['type-only'],
      },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    combinedDependencies: false,
    exoticRequireStrings: [],
    enhancedResolveOptions: {
      // Without it a part of a package, such as csv-parse/sync, is found nowhere.
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
    reporterOptions: { archi: { collapsePattern: '^src/[^/]+|node_modules/(@[^/]+/)?[^/]+' } },
  },
};
