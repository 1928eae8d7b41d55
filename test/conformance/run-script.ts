import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { RunningEmulator } from '../../src/emulator/main';
import { ROOT } from '../support/repository';

/** A line of the script's `--json`. */
export interface CaseResult {
  readonly file: string;
  readonly name: string;
  readonly client: string;
  readonly effect: string;
  readonly result: 'passed' | 'failed' | 'skipped';
  readonly why?: string;
  readonly bought?: readonly string[];
  readonly left?: readonly { readonly id: string; readonly why: string }[];
  readonly doubtful?: readonly string[];
}

/** How a run has ended. */
export interface ScriptRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the script as somebody would by hand, in a process of its own, over real HTTP. */
export async function runConformance(
  { url }: RunningEmulator,
  ...args: readonly string[]
): Promise<ScriptRun> {
  const script = join(ROOT, 'scripts/conformance.mjs');
  const paces = ['--poll-seconds', '0.02', '--wait-seconds', '5'];
  const all = [script, '--endpoint', url, ...paces, ...args];
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, all);
    return { code: 0, stdout, stderr };
  } catch (error) {
    return error as ScriptRun;
  }
}

/** The results of a run with `--json`. */
export function readResults({ stdout }: ScriptRun): CaseResult[] {
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as CaseResult);
}

/** Changes the emulator by its control API. */
export async function control(
  { url }: RunningEmulator,
  { path, body }: { readonly path: 'config' | 'faults'; readonly body: unknown },
): Promise<void> {
  const answer = await fetch(`${url}/_emulator/${path}`, {
    ...{ method: 'PUT', body: JSON.stringify(body) },
  });
  if (!answer.ok) throw new Error(await answer.text());
}

interface Stats {
  readonly orders: number;
  readonly instances: { readonly live: number; readonly deleted: number };
}

/** What the emulator has counted. */
export async function readStats({ url }: RunningEmulator): Promise<Stats> {
  return (await (await fetch(`${url}/_emulator/stats`)).json()) as Stats;
}
