import { createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { spawnChild } from './child-process';
import type { ChildExit, LocalChild, SpawnChildOptions } from './child-process';
import { createFailure, createSuccess } from './local-result';
import type { LocalResult } from './local-result';

/** A program of ours that has said it is ready. */
export interface ReadyProgram extends LocalChild {
  /** The JSON object of its ready line. */
  readonly ready: Readonly<Record<string, unknown>>;
}

/** What to start, and how long it may take to be ready. */
export interface ReadyProgramOptions extends Omit<SpawnChildOptions, 'readStdout'> {
  /** What the program is called in messages, say `worker`. */
  readonly name: string;
  /** Time until the ready line, in milliseconds. Default 30,000. */
  readonly readyTimeoutMs?: number;
}

/**
 * Starts a program of ours and waits for the first line on its standard output that is a JSON
 * object: our programs print one when they are ready for work. Everything printed goes to the log.
 *
 * @param options - program, log file, time limit
 * @returns the running program, or `program-not-ready`; then it has been ended
 */
export async function startProgram(
  options: ReadyProgramOptions,
): Promise<LocalResult<ReadyProgram>> {
  const child = spawnChild({ ...options, readStdout: true });
  const timeoutMs = options.readyTimeoutMs ?? 30_000;
  const stopWaiting = new AbortController();
  const first = await Promise.race([
    readReadyLine(child, options.logFile).then((ready) => ({ ready })),
    child.exited.then((exit) => ({ why: toSentence(exit) })),
    sleep(
      timeoutMs,
      { why: `was not ready after ${timeoutMs} ms` },
      { signal: stopWaiting.signal },
    ),
  ]);
  stopWaiting.abort();
  if ('ready' in first) return createSuccess({ ...child, ready: first.ready });
  await child.kill();
  return createFailure(
    'program-not-ready',
    `The ${options.name} ${first.why}. Its output is in ${options.logFile}.`,
  );
}

function readReadyLine(child: LocalChild, logFile: string): Promise<Record<string, unknown>> {
  return new Promise((resolve) => {
    if (child.stdout === undefined) return;
    const log = createWriteStream(logFile, { flags: 'a' });
    const lines = createInterface({ input: child.stdout });
    lines.on('line', (line) => {
      log.write(`${line}\n`);
      const parsed = parseObject(line);
      if (parsed !== undefined) resolve(parsed);
    });
    lines.on('close', () => log.end());
  });
}

function parseObject(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function toSentence(exit: ChildExit): string {
  if (exit.startError !== undefined) return `could not be started (${exit.startError})`;
  if (exit.signal !== null) return `was ended by ${exit.signal} before it was ready`;
  return `ended with exit code ${exit.code} before it was ready`;
}
