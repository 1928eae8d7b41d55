import { inspect } from 'node:util';

/** What stands for a secret wherever somebody prints it. */
const MASK = '***';

/**
 * A secret in memory. Printed, serialized or concatenated it is `***`, so that no log, answer or
 * failure holds it by accident; only {@link SecretValue.reveal} gives it away.
 */
export class SecretValue {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** The secret itself; only for the call that needs it. */
  reveal(): string {
    return this.#text;
  }

  toString(): string {
    return MASK;
  }

  toJSON(): string {
    return MASK;
  }

  [inspect.custom](): string {
    return MASK;
  }
}
