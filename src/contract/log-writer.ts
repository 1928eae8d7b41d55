import {
  LOG_EVENTS,
  type LogEventDefinition,
  type LogEventName,
  type LogFields,
} from './log-events';

/** A value for each field of a line, and for no other. */
export type FieldsOf<Name extends LogEventName> = Pick<
  LogFields,
  (typeof LOG_EVENTS)[Name]['fields'][number]
>;

type Level = LogEventDefinition['level'];

/** What is needed of a logger: that of the Temporal SDK in a workflow or an activity, for one. */
export type EventLog = Readonly<
  Record<Level, (text: string, fields: Record<string, unknown>) => unknown>
>;

/** A logger that takes the fields first: pino, and Fastify's. */
export type FieldsFirstLog = Readonly<
  Record<Level, (fields: Record<string, unknown>, text: string) => unknown>
>;

/**
 * Writes one line of the list; a field that is null is left out. It never throws: what is told has often cost money, and a line that is lost
 * must not lose that.
 *
 * @param log - where to
 * @param event - which line
 * @param fields - a value for each of its fields
 */
export function logEvent<Name extends LogEventName>(
  log: EventLog,
  event: Name,
  fields: FieldsOf<Name>,
): void {
  const { level, text }: LogEventDefinition = LOG_EVENTS[event];
  try {
    log[level](text, { event, ...withoutNulls(fields) });
  } catch {
    // A line is missing then, and nothing else.
  }
}

/** As the loggers of the Temporal SDK do it by themselves, so that all lines look alike. */
function withoutNulls(fields: object): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
}

/** A logger that takes the fields first, as the list writes to it. */
export function toEventLog(log: FieldsFirstLog): EventLog {
  return {
    debug: (text, fields) => log.debug(fields, text),
    info: (text, fields) => log.info(fields, text),
    warn: (text, fields) => log.warn(fields, text),
    error: (text, fields) => log.error(fields, text),
  };
}

/** Name, message and stack of whatever was thrown. */
export function toErrorText(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
