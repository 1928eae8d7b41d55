import { execFile } from 'node:child_process';

/** How a short-lived program ended. */
export interface ProgramRun {
  /** True when it could be started and ended with exit code 0 in time. */
  readonly ok: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

/** Where and how long a short-lived program may run. */
export interface RunProgramOptions {
  /** Killed after this time, in milliseconds. */
  readonly timeoutMs: number;
  /** Environment of the program; the current one when left out. */
  readonly env?: NodeJS.ProcessEnv;
}

/**
 * Runs a program to its end and collects what it printed. Never throws: a program that does not
 * exist, fails or takes too long is `ok: false`.
 *
 * @param command - name on PATH, or a path
 * @param args - its arguments, passed on without a shell
 * @param options - time limit and environment
 */
export function runProgram(
  command: string,
  args: readonly string[],
  options: RunProgramOptions,
): Promise<ProgramRun> {
  return new Promise((resolve) => {
    execFile(
      command,
      args,
      { timeout: options.timeoutMs, env: options.env ?? process.env, killSignal: 'SIGKILL' },
      (error, stdout, stderr) => {
        const reason = stderr === '' && error !== null ? error.message : stderr;
        resolve({ ok: error === null, stdout, stderr: reason });
      },
    );
  });
}
