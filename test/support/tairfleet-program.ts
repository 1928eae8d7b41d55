import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** How a run of the program ended. */
export interface ProgramRun {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A run of the program that goes on. */
export interface RunningTairfleet {
  /** The JSON object of its first line. */
  readonly ready: Readonly<Record<string, unknown>>;
  /** Asks it to stop (SIGTERM) and waits until it and its children are gone. */
  stop(): Promise<void>;
}

const LAUNCHER = join(__dirname, '..', '..', 'bin', 'tairfleet');

/** A command that hangs must not outlive its test; SIGTERM lets it stop its own children. */
const RUN_TIMEOUT_MS = 200_000;

/** Runs the program, built when needed, as a user would. */
export async function runTairfleet(
  args: readonly string[],
  options: { readonly cwd: string },
): Promise<ProgramRun> {
  const child = start(args, options.cwd);
  const timer = setTimeout(() => child.kill('SIGTERM'), RUN_TIMEOUT_MS);
  const printed = { stdout: '', stderr: '' };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (printed.stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (printed.stderr += text));
  const [exitCode] = (await once(child, 'close')) as [number | null];
  clearTimeout(timer);
  return { exitCode, ...printed };
}

/** Starts the program and waits for its first line on stdout, a JSON object. */
export async function startTairfleet(
  args: readonly string[],
  options: { readonly cwd: string },
): Promise<RunningTairfleet> {
  const child = start(args, options.cwd);
  const closed = once(child, 'close');
  let stderr = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const lines = createInterface({ input: child.stdout! });
  const line = await Promise.race([
    once(lines, 'line').then(([text]) => String(text)),
    closed.then(() => undefined),
  ]);
  if (line === undefined) throw new Error(`${args.join(' ')} ended before it was ready: ${stderr}`);
  return {
    ready: JSON.parse(line) as Record<string, unknown>,
    stop: async () => {
      child.kill('SIGTERM');
      await closed;
    },
  };
}

/** Nothing of the environment may lead a test to another server or account. */
function start(args: readonly string[], cwd: string): ChildProcess {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(TEMPORAL_ADDRESS|TAIRFLEET_)/.test(name)),
  );
  const stdio = ['ignore', 'pipe', 'pipe'] as const;
  return spawn(process.execPath, [LAUNCHER, ...args], { cwd, env, stdio: [...stdio] });
}
