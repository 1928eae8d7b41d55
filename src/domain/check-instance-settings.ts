import { type CheckPlace, ObjectReader, type ObjectShape, type TextRule } from './check-object';
import type { MaintenanceWindow } from './follow-ups';
import { LIMITS } from './limits';

/** Keys of a maintenance window. */
export const MAINTENANCE_SHAPE: ObjectShape = {
  required: {
    start: 'when it begins, in UTC, such as "18:00Z".',
    end: 'when it ends, in UTC, such as "22:00Z".',
  },
  optional: [],
};

/** A time of day as the service writes it (ModifyInstanceMaintainTime page, 2025-03-25). */
export const CLOCK_TIME_RULE: TextRule = {
  pattern: /^(?:[01]\d|2[0-3]):[0-5]\dZ$/,
  description: 'a time of day in UTC such as "18:00Z"',
};

/** Names of engine parameters; some begin with `#` (ModifyInstanceConfig page, 2024-07-30). */
export const PARAMETER_NAME_RULE: TextRule = {
  pattern: /^#?[A-Za-z][A-Za-z0-9_.-]{0,99}$/,
  description: 'the name of an engine parameter such as maxmemory-policy',
};

/** Values of engine parameters; an empty one is a value, as of `notify-keyspace-events`. */
export const PARAMETER_VALUE_RULE: TextRule = {
  pattern: /^\P{Cc}{0,255}$/u,
  description: `at most ${LIMITS.textLengthMax} characters without control characters`,
};

/** What Redis calls passwords: a request never holds one. */
const PASSWORD_NAMES: ReadonlySet<string> = new Set(['requirepass', 'masterauth']);

const DAY_MINUTES = 24 * 60;

/** Checks when the cloud may work on an instance; a window may pass midnight. */
export function checkMaintenanceWindow(value: unknown, place: CheckPlace): MaintenanceWindow {
  const reader = new ObjectReader(value, MAINTENANCE_SHAPE, place);
  const start = reader.text('start', CLOCK_TIME_RULE) ?? '';
  const end = reader.text('end', CLOCK_TIME_RULE) ?? '';
  if (start === '' || end === '') return { start, end };
  const minutes = (toMinutes(end) - toMinutes(start) + DAY_MINUTES) % DAY_MINUTES;
  if (minutes < LIMITS.maintenanceMinMinutes) {
    const message = `must be at least ${LIMITS.maintenanceMinMinutes} minutes after start.`;
    reader.report('end', 'out-of-range', message);
  }
  return { start, end };
}

/** Checks engine parameters; which there are is known to the service alone. */
export function checkParameters(
  value: unknown,
  place: CheckPlace,
): Readonly<Record<string, string>> {
  const isObject = new ObjectReader(value, toFreeShape([]), { path: [], problems: [] }).isObject;
  const names = isObject ? Object.keys(value as object) : [];
  const reader = new ObjectReader(value, toFreeShape(names), place);
  if (isObject && (names.length === 0 || names.length > LIMITS.parametersMax)) {
    const message = `must have 1 to ${LIMITS.parametersMax} parameters, not ${names.length}.`;
    place.problems.push({ path: place.path, code: 'out-of-range', message });
  }
  for (const name of names) checkParameterName(name, reader);
  return Object.fromEntries(
    names.map((name) => [name, reader.text(name, PARAMETER_VALUE_RULE) ?? '']),
  );
}

function checkParameterName(name: string, reader: ObjectReader): void {
  if (PASSWORD_NAMES.has(name)) {
    reader.report(name, 'not-allowed', 'is a password; write passwordFrom, beside parameters.');
  } else if (!PARAMETER_NAME_RULE.pattern.test(name)) {
    reader.report(name, 'not-allowed', `is not ${PARAMETER_NAME_RULE.description}.`);
  }
}

function toMinutes(time: string): number {
  const [hours = 0, minutes = 0] = time.slice(0, -1).split(':').map(Number);
  return hours * 60 + minutes;
}

/** An object whose keys the request chooses. */
export function toFreeShape(keys: readonly string[]): ObjectShape {
  return { required: {}, optional: keys };
}
