/**
 * Turns what the client library parsed into plain values: its objects have no prototype, and number
 * literals of more than 15 characters are objects of a number library, which become strings.
 */
export function toPlainJson(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(toPlainJson);
  if (isBigNumber(value)) return value.toFixed();
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toPlainJson(item)]));
}

/** Whether a value is an object and no list. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What parsed JSON cannot hold is a method, so a `toFixed` tells the number library's objects. */
function isBigNumber(value: object): value is { toFixed(): string } {
  return 'toFixed' in value && typeof value.toFixed === 'function';
}
