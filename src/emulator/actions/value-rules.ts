/** A letter, then 1 to 79 characters out of all but space and `@ / : = " < > { [ ] }`. */
const NAME_PATTERN = /^\p{L}[^\s@/:="<>{[\]}]{1,79}$/u;

const PASSWORD_PATTERN = /^[A-Za-z0-9!@#$%^&*()_+\-=]{8,32}$/;

const PASSWORD_GROUPS = [/[A-Z]/, /[a-z]/, /[0-9]/, /[!@#$%^&*()_+\-=]/];

const BOOLEAN_PATTERN = /^(true|false)$/i;

const INTEGER_PATTERN = /^-?\d{1,15}$/;

/** A time of the day in UTC, as `MaintainStartTime` has it. */
const CLOCK_TIME_PATTERN = /^([01]\d|2[0-3]):[0-5]\dZ$/;

const PERIODS_MONTHS = new Set([1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 24, 36, 60]);

/** True for a name the service takes: 2 to 80 characters (CreateInstances page, 2025-03-27). */
export function isInstanceName(text: string): boolean {
  return NAME_PATTERN.test(text);
}

/** True for a password the service takes: 8 to 32 characters out of three groups (same page). */
export function isPassword(text: string): boolean {
  const groups = PASSWORD_GROUPS.filter((group) => group.test(text)).length;
  return PASSWORD_PATTERN.test(text) && groups >= 3;
}

/** True for a boolean as clients write it: `true`, `True`, `false`, `False`. */
export function isBooleanText(text: string): boolean {
  return BOOLEAN_PATTERN.test(text);
}

/** True for a number of months that can be paid for (CreateInstances page, 2025-03-27). */
export function isPeriod(text: string): boolean {
  return PERIODS_MONTHS.has(Number(text));
}

/** True for a time of the day as `HH:mmZ`. */
export function isClockTime(text: string): boolean {
  return CLOCK_TIME_PATTERN.test(text);
}

/** A rule that takes the named texts only. */
export function isOneOf(...texts: readonly string[]): (text: string) => boolean {
  return (text) => texts.includes(text);
}

/** A rule that takes whole numbers from `min` to `max`. */
export function isIntegerIn(min: number, max: number): (text: string) => boolean {
  return (text) => INTEGER_PATTERN.test(text) && Number(text) >= min && Number(text) <= max;
}
