/** Temporal's server, schema tool and web UI as programs of this machine, for stand-ins. */
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../../scripts/setup.mjs';
import { run } from './engine.mjs';

const BUILD_TIMEOUT_MS = 20 * 60_000;
const SERVER = 'go.temporal.io/server';
const UI = 'github.com/temporalio/ui-server/v2';

/** A `command` is compiled, a `folder` of the module's sources is copied. */
const PROGRAMS = {
  'temporal-server': { module: SERVER, command: 'server' },
  'temporal-sql-tool': { module: SERVER, command: 'tools/sql' },
  schema: { module: SERVER, folder: 'schema' },
  'ui-server': { module: UI, command: 'server' },
  'ui-config': { module: UI, folder: 'config' },
};

/** Whether a program is one of these. */
export function isServerProgram(name) {
  return name in PROGRAMS;
}

/**
 * Looks in our cache, and fills it when that is allowed.
 *
 * @param {{ mayBuild: boolean }} options - whether they may be compiled with Go
 * @returns paths by name, or `trouble` in words
 */
export async function findServerPrograms({ mayBuild }) {
  const versions = readVersions();
  const cacheHome = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  const name = `temporal-server-${versions[SERVER]}-ui-${versions[UI]}`;
  const folder = join(cacheHome, 'tairfleet', name);
  if (!existsSync(folder)) {
    if (!mayBuild)
      return { trouble: "Temporal's server would have to be compiled: --build-server" };
    const trouble = await build(versions, folder);
    if (trouble !== undefined) return { trouble };
  }
  return Object.fromEntries(Object.keys(PROGRAMS).map((key) => [key, join(folder, key)]));
}

/** The versions that docker compose would fetch. */
function readVersions() {
  const env = readFileSync(join(ROOT, '.env'), 'utf8');
  const read = (key) => new RegExp(`^${key}=(.+)$`, 'm').exec(env)[1];
  return { [SERVER]: read('TEMPORAL_VERSION'), [UI]: read('TEMPORAL_UI_VERSION') };
}

/** Everything is moved into place when it is whole. Gives what went wrong, in words. */
async function build(versions, folder) {
  const scratch = `${folder}.new`;
  rmSync(scratch, { recursive: true, force: true });
  mkdirSync(scratch, { recursive: true });
  for (const [name, program] of Object.entries(PROGRAMS)) {
    const version = `v${versions[program.module]}`;
    const target = join(scratch, name);
    const trouble =
      program.command === undefined
        ? await copyFolder(program, version, target)
        : await compile(program, version, target);
    if (trouble !== undefined) return trouble;
  }
  renameSync(scratch, folder);
  return undefined;
}

async function compile({ module, command }, version, target) {
  const bin = `${target}.bin`;
  const wanted = `${module}/cmd/${command}@${version}`;
  const built = await run('go', ['install', wanted], {
    timeoutMs: BUILD_TIMEOUT_MS,
    env: { ...process.env, GOBIN: bin, CGO_ENABLED: '0' },
  });
  if (!built.ok) return `go install ${wanted} failed (${built.output.split('\n').at(-1)})`;
  renameSync(join(bin, command.split('/').at(-1)), target);
  rmSync(bin, { recursive: true });
  return undefined;
}

async function copyFolder({ module, folder }, version, target) {
  const cache = await run('go', ['env', 'GOMODCACHE'], { timeoutMs: 20_000 });
  cpSync(join(cache.output, `${module}@${version}`, folder), target, { recursive: true });
  return undefined;
}
