/** Refuses what the Temporal UI may send by hand: anything but an object of short texts. */
export function checkNote(input: unknown): void {
  if (input === undefined || input === null) return;
  if (typeof input !== 'object' || Array.isArray(input)) {
    throw new Error(
      'the input must be one JSON object, such as {"by": "me", "why": "quota raised"}',
    );
  }
  const note = input as Record<string, unknown>;
  for (const key of ['by', 'why', 'ticket']) {
    const value = note[key];
    if (value !== undefined && (typeof value !== 'string' || value.length > 500)) {
      throw new Error(`'${key}' must be a text of at most 500 characters`);
    }
  }
}
