import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ServicePlace } from '../cli-context';

/** What a running stack leaves for the other commands of the same folder. */
export interface RunningStack extends ServicePlace {
  /** Process id of the command that keeps it running. */
  readonly pid: number;
  readonly emulatorUrl: string;
  /** Address of the Temporal UI; null for a server that was there before. */
  readonly uiUrl: string | null;
}

/**
 * Folder of the local state, by the command that owns it.
 *
 * @param cwd - folder the command was started in
 * @param owner - `up` or `demo`
 */
export function toStateFolder(cwd: string, owner: 'up' | 'demo'): string {
  return join(cwd, '.tairfleet', owner);
}

/**
 * Leaves word where the stack is, so that `tairfleet apply` in another terminal finds it.
 *
 * @param cwd - folder the command was started in
 * @param stack - addresses and folders
 */
export function announceStack(cwd: string, stack: RunningStack): void {
  mkdirSync(join(cwd, '.tairfleet'), { recursive: true });
  writeFileSync(toPath(cwd), `${JSON.stringify(stack)}\n`);
}

/**
 * Takes the word back.
 *
 * @param cwd - folder the command was started in
 */
export function withdrawStack(cwd: string): void {
  rmSync(toPath(cwd), { force: true });
}

/**
 * Finds the stack that runs in a folder.
 *
 * @param cwd - folder the command was started in
 * @returns undefined when there is none, or when who left the word is gone
 */
export function findRunningStack(cwd: string): RunningStack | undefined {
  try {
    const stack = JSON.parse(readFileSync(toPath(cwd), 'utf8')) as RunningStack;
    return isAlive(stack.pid) ? stack : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Whether a process exists.
 *
 * @param pid - its id
 */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function toPath(cwd: string): string {
  return join(cwd, '.tairfleet', 'stack.json');
}
