import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Readable } from 'node:stream';

const STOP_GRACE_MS = 10_000;

/** How a child ended: by itself with a code, or by a signal. */
export interface ChildExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Set when the program could not be started at all. */
  readonly startError?: string;
}

/** A running child of this process. */
export interface LocalChild {
  /** Process id; undefined when the program could not be started. */
  readonly pid: number | undefined;
  /** Its standard output, when it was asked for. */
  readonly stdout: Readable | undefined;
  /** Resolves once, when the child has ended. Never rejects. */
  readonly exited: Promise<ChildExit>;
  /** Asks it to end (SIGTERM), waits up to `graceMs` (10 s), then ends it (SIGKILL). */
  stop(graceMs?: number): Promise<ChildExit>;
  /** Ends it at once (SIGKILL), as a crash would. */
  kill(): Promise<ChildExit>;
}

/** What to start. */
export interface SpawnChildOptions {
  readonly command: string;
  readonly args: readonly string[];
  /** Added to the current environment. */
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Gets what the child prints; standard output too, unless `readStdout`. Appended to. */
  readonly logFile: string;
  /** Gives standard output to the caller instead of the log file. */
  readonly readStdout?: boolean;
  /**
   * Puts the child into a process group of its own, so that Ctrl-C in a terminal reaches only
   * this process, which can then stop its children in the right order.
   */
  readonly isOwnGroup?: boolean;
}

const liveChildren = new Set<ChildProcess>();
let isExitHooked = false;

/**
 * Starts a child whose output goes to a log file and which does not outlive this process.
 *
 * @param options - program, arguments, log file
 */
export function spawnChild(options: SpawnChildOptions): LocalChild {
  mkdirSync(dirname(options.logFile), { recursive: true });
  const log = openSync(options.logFile, 'a');
  const child = spawn(options.command, options.args, {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', options.readStdout === true ? 'pipe' : log, log],
    detached: options.isOwnGroup === true,
  });
  closeSync(log);
  const exited = followUntilExit(child);
  return {
    pid: child.pid,
    stdout: child.stdout ?? undefined,
    exited,
    stop: (graceMs = STOP_GRACE_MS) => stopChild(child, exited, graceMs),
    kill: () => stopChild(child, exited, 0),
  };
}

/**
 * Lets all running children of this process outlive it: they are no longer ended at its exit and no
 * longer keep it alive. Whoever calls this tells the user how to stop them.
 */
export function releaseChildren(): void {
  for (const child of liveChildren) {
    child.stdout?.destroy();
    child.unref();
  }
  liveChildren.clear();
}

function followUntilExit(child: ChildProcess): Promise<ChildExit> {
  killAllOnExit();
  liveChildren.add(child);
  return new Promise((resolve) => {
    const settle = (exit: ChildExit): void => {
      liveChildren.delete(child);
      resolve(exit);
    };
    child.once('exit', (code, signal) => settle({ code, signal }));
    child.once('error', (error) => settle({ code: null, signal: null, startError: error.message }));
  });
}

async function stopChild(
  child: ChildProcess,
  exited: Promise<ChildExit>,
  graceMs: number,
): Promise<ChildExit> {
  if (!liveChildren.has(child)) return exited;
  child.kill(graceMs > 0 ? 'SIGTERM' : 'SIGKILL');
  if (graceMs === 0) return exited;
  const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
  const exit = await exited;
  clearTimeout(timer);
  return exit;
}

function killAllOnExit(): void {
  if (isExitHooked) return;
  isExitHooked = true;
  process.on('exit', () => {
    for (const child of liveChildren) child.kill('SIGKILL');
  });
}
