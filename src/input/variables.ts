import type { Problem } from '../domain/problem';
import { findNearestWord } from '../domain/nearest-word';

/** What a variable may be called. */
export const VARIABLE_NAME = /^[A-Za-z_][A-Za-z0-9_-]{0,63}$/;

/** Characters of one value: no text of a request is longer. */
export const VARIABLE_LENGTH_MAX = 2_048;

/** `$${` stands for `${` itself; the rest is a reference, or was meant to be one. */
const REFERENCES = /\$\$\{|\$\{([^}\n]*)(\})?/g;

/** A text with its variables filled in, and what could not be. */
export interface ExpandedText {
  readonly text: string;
  /** Whether the text was one reference and nothing else. */
  readonly isOneReference: boolean;
  readonly problems: readonly Pick<Problem, 'code' | 'message'>[];
}

/**
 * Fills in `${name}`. Nothing else is a variable: neither the environment nor a command is looked at.
 *
 * @param values - by name
 * @param used - gets the name of each variable that was filled in
 */
export class Variables {
  readonly used = new Set<string>();

  constructor(private readonly values: ReadonlyMap<string, string>) {}

  /** Fills in one text; a reference without a value stays as it is and becomes a problem. */
  expand(text: string): ExpandedText {
    const problems: Pick<Problem, 'code' | 'message'>[] = [];
    const expanded = text.replace(REFERENCES, (reference, name?: string, end?: string) => {
      if (name === undefined) return '${';
      if (end === undefined || !VARIABLE_NAME.test(name)) {
        problems.push({ code: 'syntax', message: toBrokenMessage(reference) });
        return reference;
      }
      const value = this.values.get(name);
      if (value === undefined) {
        problems.push({ code: 'missing', message: this.toMissingMessage(name) });
        return reference;
      }
      this.used.add(name);
      return value;
    });
    return { text: expanded, isOneReference: /^\$\{[^}]*\}$/.test(text), problems };
  }

  private toMissingMessage(name: string): string {
    const nearest = findNearestWord(name, [...this.values.keys()]);
    const hint = nearest === null ? '' : ` Did you mean \${${nearest}}?`;
    return `uses the variable ${name}, which has no value; give --var ${name}=… or a --var-file.${hint}`;
  }
}

function toBrokenMessage(reference: string): string {
  return `has ${reference.slice(0, 40)}, which names no variable; write \${name}, or $\${ for the characters \${.`;
}
