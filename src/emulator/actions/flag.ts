import { getParameter } from '../protocol/parameters';
import type { Parameters } from '../protocol/parameters';

/** True for a parameter that says so: `true`, and `True` as clients in Python write it. */
export function isTrue(parameters: Parameters, name: string): boolean {
  return getParameter(parameters, name)?.toLowerCase() === 'true';
}

/** True for a parameter that says no. An absent one says nothing. */
export function isFalse(parameters: Parameters, name: string): boolean {
  return getParameter(parameters, name)?.toLowerCase() === 'false';
}
