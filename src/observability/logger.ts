import { DefaultLogger, type LogEntry, type Logger } from '@temporalio/worker';
import { pino, type Logger as PinoLogger } from 'pino';
import { toBatchOf } from '../contract/workflow-id';

/** Log levels, from quiet to loud. */
export type LogLevel = 'error' | 'warn' | 'info' | 'debug';

/**
 * The logger of a process: JSON lines on stderr, so that stdout stays for data.
 *
 * @param level - least important level that is written
 */
export function createLogger(level: LogLevel): PinoLogger {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination(2));
}

/** Temporal's own logs in the same stream; a line of a batch's workflow or activity names tenant and batch. */
export function toTemporalLogger(logger: PinoLogger): Logger {
  const levels = {
    TRACE: 'trace',
    DEBUG: 'debug',
    INFO: 'info',
    WARN: 'warn',
    ERROR: 'error',
  } as const;
  return new DefaultLogger('DEBUG', ({ level, message, meta }: LogEntry) => {
    logger[levels[level]](toPlainMeta(meta), message);
  });
}

/** Errors as their message and stack: pino prints an unknown object's own keys only. */
function toPlainMeta(meta: LogEntry['meta']): object {
  if (meta === undefined) return {};
  // With the token of a task whoever reaches the server could answer it.
  const entries = Object.entries(meta as Record<string, unknown>)
    .filter(([key]) => key !== 'taskToken')
    .map(([key, value]) => [key, value instanceof Error ? value.stack : value]);
  const { workflowId } = meta as { readonly workflowId?: unknown };
  const batch = typeof workflowId === 'string' ? toBatchOf(workflowId) : null;
  return { ...batch, ...(Object.fromEntries(entries) as object) };
}
