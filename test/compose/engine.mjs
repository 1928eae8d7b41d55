/** The container engine, by its own command line. */
import { execFile } from 'node:child_process';

const COMPOSE_MAJOR_MIN = 2;
const COMPOSE_MINOR_MIN = 24;

/**
 * Runs a program to its end.
 *
 * @param {string} command - name on PATH
 * @param {string[]} args - its arguments
 * @param {{ timeoutMs: number, env?: NodeJS.ProcessEnv }} options - killed after this time
 * @returns {Promise<{ ok: boolean, output: string }>} everything it printed
 */
export function run(command, args, { timeoutMs, env = process.env }) {
  return new Promise((resolve) => {
    const limits = { timeout: timeoutMs, env, killSignal: 'SIGKILL', maxBuffer: 64 * 1024 * 1024 };
    execFile(command, args, limits, (error, stdout, stderr) => {
      const output = `${stdout}${stderr}`.trim() || (error?.message ?? '');
      resolve({ ok: error === null, output });
    });
  });
}

/** Says in words why nothing can be composed here; undefined when it can. */
export async function findEngineTrouble() {
  const engine = await run('docker', ['version', '--format', '{{.Server.Version}}'], {
    timeoutMs: 20_000,
  });
  if (!engine.ok) return `no container engine answers (${toLastLine(engine.output)})`;
  const compose = await run('docker', ['compose', 'version', '--short'], { timeoutMs: 20_000 });
  if (!compose.ok) return `docker compose is missing (${toLastLine(compose.output)})`;
  const [major, minor] = compose.output.replace(/^v/, '').split('.').map(Number);
  const isNewEnough =
    major > COMPOSE_MAJOR_MIN || (major === COMPOSE_MAJOR_MIN && minor >= COMPOSE_MINOR_MIN);
  if (isNewEnough) return undefined;
  return `docker compose is ${compose.output}; ${COMPOSE_MAJOR_MIN}.${COMPOSE_MINOR_MIN} is needed`;
}

/** Whether an image is here, or can be fetched. */
export async function hasImage(name) {
  const here = await run('docker', ['image', 'inspect', name], { timeoutMs: 20_000 });
  if (here.ok) return true;
  return (await run('docker', ['pull', '--quiet', name], { timeoutMs: 300_000 })).ok;
}

function toLastLine(text) {
  return text.split('\n').at(-1);
}
