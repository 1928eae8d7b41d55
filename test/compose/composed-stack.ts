import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findFreePort } from '../../src/local/free-port';
import { readText, ROOT } from '../support/repository';
import { createTempFolder } from '../support/temp-folder';

/** How a command ended. */
export interface CommandRun {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Of what `docker inspect` says of a container. */
export interface ContainerState {
  readonly Status: string;
  readonly ExitCode: number;
}

/** docker-compose.yml as a project of its own, with ports, secrets and volumes of its own. */
export interface ComposedStack {
  /** Runs `docker compose …` in the project. */
  compose(...args: readonly string[]): Promise<CommandRun>;
  /** Starts everything and waits until it is healthy; throws with the logs when it is not. */
  up(): Promise<void>;
  /** Where its API is from here. */
  readonly serverUrl: string;
  /** Where its Prometheus is from here, in the profile `monitoring`. */
  readonly prometheusUrl: string;
  /** Runs the command line in the worker's container. */
  tairfleet(...args: readonly string[]): Promise<CommandRun>;
  /** What has become of a service's container. */
  inspect(service: string): Promise<ContainerState>;
  /** Removes containers, networks and volumes. */
  down(): Promise<void>;
}

const COMMAND_TIMEOUT_MS = 15 * 60_000;

/** What `scripts/test-compose.mjs` found out before the tests. */
export interface ComposePlan {
  /** How the names of the projects begin: the script takes down whatever bears them at the end. */
  readonly project: string;
  /** File with the stand-ins for images that cannot be fetched. */
  readonly overrideFile: string;
  /** Profiles of which every image is there, official or as a stand-in. */
  readonly profiles: readonly string[];
}

/**
 * Prepares a project; starts nothing.
 *
 * @param profile - of docker-compose.yml
 * @param plan - names and stand-ins
 */
export async function createComposedStack(
  profile: string,
  plan: ComposePlan,
): Promise<ComposedStack> {
  const folder = createTempFolder();
  const variables = await createVariables(folder.path);
  const env = { ...process.env, ...variables };
  const docker = (...args: readonly string[]) => runDocker(args, env);
  const project = `${plan.project}-${profile}`;
  const files = [join(ROOT, 'docker-compose.yml'), plan.overrideFile].flatMap((file) => [
    '-f',
    file,
  ]);
  const compose = (...args: readonly string[]) =>
    docker('compose', '-p', project, ...files, '--profile', profile, ...args);
  return {
    compose,
    serverUrl: `http://127.0.0.1:${variables['SERVER_PORT']}`,
    prometheusUrl: `http://127.0.0.1:${variables['PROMETHEUS_PORT']}`,
    async up() {
      const up = await compose('up', '--build', '--detach', '--wait', '--wait-timeout', '240');
      if (up.exitCode === 0) return;
      const logs = await compose('logs', '--tail', '40');
      throw new Error(`${up.stderr}\n${(await compose('ps', '--all')).stdout}\n${logs.stdout}`);
    },
    tairfleet: (...args) => compose('exec', '-T', 'worker', 'tairfleet', ...args),
    async inspect(service) {
      const id = (await compose('ps', '--all', '--quiet', service)).stdout.trim();
      const state = await docker('inspect', '--format', '{{json .State}}', id);
      return JSON.parse(state.stdout) as ContainerState;
    },
    async down() {
      const all = ['--profile', '*', 'down'];
      await compose(...all, '--volumes', '--timeout', '20', '--remove-orphans');
      folder.remove();
    },
  };
}

/** The database's secret is made as docs/deployment.md says: from the example, with a password. */
async function createVariables(folder: string): Promise<NodeJS.ProcessEnv> {
  const postgresEnvFile = join(folder, 'postgres.env');
  const example = readText('deploy/postgres.env.example');
  const secret = `POSTGRES_PASSWORD='$${randomUUID()}'`;
  writeFileSync(postgresEnvFile, example.replace('POSTGRES_PASSWORD=\n', `${secret}\n`));
  return {
    POSTGRES_ENV_FILE: postgresEnvFile,
    // Somebody's own account has no place in a test.
    WORKER_ENV_FILE: join(folder, 'worker.env'),
    SERVER_ENV_FILE: join(folder, 'server.env'),
    SERVER_KEYS_FILE: join(ROOT, 'deploy/server-keys.example.yaml'),
    SERVER_PORT: `${await findFreePort()}`,
    PROMETHEUS_PORT: `${await findFreePort()}`,
    TEMPORAL_PORT: `${await findFreePort()}`,
    TEMPORAL_UI_PORT: `${await findFreePort()}`,
    EMULATOR_PORT: `${await findFreePort()}`,
  };
}

function runDocker(args: readonly string[], env: NodeJS.ProcessEnv): Promise<CommandRun> {
  return new Promise((resolve) => {
    const limits = { env, timeout: COMMAND_TIMEOUT_MS, maxBuffer: 64 * 1024 * 1024 };
    execFile('docker', args, limits, (error, stdout, stderr) => {
      const exitCode = error === null ? 0 : typeof error.code === 'number' ? error.code : 1;
      resolve({ exitCode, stdout, stderr });
    });
  });
}
