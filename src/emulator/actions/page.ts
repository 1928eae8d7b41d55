import { getParameter } from '../protocol/parameters';
import type { Parameters } from '../protocol/parameters';

/** One page of a list. */
export interface Page {
  /** From 1. */
  readonly number: number;
  /** Elements a page. */
  readonly size: number;
}

/**
 * Reads `PageNumber` and `PageSize`. What is no positive number counts as absent, and a size above
 * the greatest one is cut to it.
 */
export function readPage(
  parameters: Parameters,
  { sizeDefault, sizeMax }: { readonly sizeDefault: number; readonly sizeMax: number },
): Page {
  const number = Math.trunc(Number(getParameter(parameters, 'PageNumber') ?? '1'));
  const size = Math.trunc(Number(getParameter(parameters, 'PageSize') ?? sizeDefault));
  return {
    number: number >= 1 ? number : 1,
    size: size >= 1 ? Math.min(size, sizeMax) : sizeDefault,
  };
}

/** The elements of one page; none beyond the last page. */
export function slicePage<T>(elements: readonly T[], { number, size }: Page): readonly T[] {
  return elements.slice((number - 1) * size, number * size);
}
