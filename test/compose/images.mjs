/**
 * The images of docker-compose.yml for the tests: the official ones, or, where none can be fetched,
 * stand-ins that are built from the same programs. A stand-in shows that our file and our jobs work;
 * it says nothing about the official image.
 */
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { loadBuilt } from '../../scripts/local-fleet.mjs';
import { ROOT } from '../../scripts/setup.mjs';
import { hasImage, run } from './engine.mjs';
import { findServerPrograms, isServerProgram } from './server-programs.mjs';

const BASE_IMAGE = 'node:22-bookworm-slim';
const STAND_IN_FOLDER = join(ROOT, 'test/compose/stand-ins');

const ADMIN_TOOLS = { name: 'admin-tools', programs: ['temporal', 'temporal-sql-tool', 'schema'] };

/** Service, stand-in, and the programs that it is made of. */
const STAND_INS = {
  'temporal-dev': { name: 'temporal', programs: ['temporal'] },
  postgres: { name: 'postgres', programs: ['start-postgres.sh'] },
  'temporal-schema': ADMIN_TOOLS,
  temporal: { name: 'server', programs: ['temporal-server'] },
  'temporal-namespace': ADMIN_TOOLS,
  'temporal-ui': { name: 'ui', programs: ['ui-server', 'ui-config'] },
  prometheus: { name: 'prometheus', programs: [] },
};

/**
 * Finds an image for every service.
 *
 * @param {{ folder: string, mayBuildServer: boolean }} options - where build contexts may be put,
 *   and whether Temporal's server may be compiled
 * @returns the profiles that can be started, an override for docker compose, and lines that say
 *   what stands in for what
 */
export async function provideImages({ folder, mayBuildServer }) {
  if (!(await hasImage(BASE_IMAGE))) {
    return { profiles: [], override: {}, report: [`${BASE_IMAGE} cannot be fetched.`] };
  }
  const missing = await listMissing();
  const sources = await findPrograms(missing, { mayBuildServer });
  const override = { services: {} };
  const report = new Set();
  for (const { service, image } of missing) {
    const { name } = STAND_INS[service];
    report.add(`${image} cannot be fetched: test/compose/stand-ins/${name}.Dockerfile stands in.`);
    override.services[service] = createService(folder, STAND_INS[service], sources);
  }
  const why = sources.trouble;
  if (why !== undefined) report.add(`Profile postgres is left out: ${why}.`);
  return {
    profiles: why === undefined ? ['dev', 'postgres'] : ['dev'],
    override,
    report: [...report],
  };
}

async function listMissing() {
  const services = await readServices();
  const names = Object.keys(STAND_INS);
  const images = names.map((service) => ({ service, image: services[service].image }));
  const available = new Map();
  for (const { image } of images) {
    if (!available.has(image)) available.set(image, await hasImage(image));
  }
  return images.filter(({ image }) => !available.get(image));
}

/** Of all profiles. The secrets of the database need not be there, and are not wanted. */
async function readServices() {
  const file = join(ROOT, 'docker-compose.yml');
  const args = ['compose', '-f', file, '--profile', '*', 'config', '--format', 'json'];
  const config = await run('docker', args, {
    timeoutMs: 60_000,
    env: { ...process.env, POSTGRES_ENV_FILE: '/dev/null' },
  });
  if (!config.ok) throw new Error(config.output);
  return JSON.parse(config.output).services;
}

/** Paths by name of the programs that the missing images need, or why some cannot be had. */
async function findPrograms(missing, { mayBuildServer }) {
  const wanted = missing.flatMap(({ service }) => STAND_INS[service].programs);
  const own = { 'start-postgres.sh': join(STAND_IN_FOLDER, 'start-postgres.sh') };
  if (!wanted.includes('temporal')) return own;
  const found = await loadBuilt('local/temporal-binary').findTemporal({
    env: { ...process.env, TEMPORAL_ADDRESS: '' },
  });
  if (!found.ok) throw new Error(found.message);
  const temporal = found.value.path;
  if (!wanted.some((name) => isServerProgram(name))) return { ...own, temporal };
  return { ...own, temporal, ...(await findServerPrograms({ mayBuild: mayBuildServer })) };
}

function createService(folder, { name, programs }, sources) {
  const context = join(folder, name);
  mkdirSync(context, { recursive: true });
  for (const program of programs) copy(sources[program], join(context, program));
  return {
    image: `tairfleet-stand-in-${name}:local`,
    build: { context, dockerfile: join(STAND_IN_FOLDER, `${name}.Dockerfile`) },
  };
}

/** Without its source a stand-in is of a profile that is left out. */
function copy(source, target) {
  if (source !== undefined) cpSync(source, target, { recursive: true });
}
