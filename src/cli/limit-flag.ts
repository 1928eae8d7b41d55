import { InvalidArgumentError } from 'commander';

/**
 * Builds the parser of a flag that takes a whole number.
 *
 * @param max - the largest one; the smallest is 1
 * @returns a parser that throws commander's own error for anything else
 */
export function createLimitParser(max: number): (text: string) => number {
  return (text) => {
    const limit = Number(text);
    if (Number.isInteger(limit) && limit >= 1 && limit <= max) return limit;
    throw new InvalidArgumentError(`It must be a whole number from 1 to ${max}.`);
  };
}
