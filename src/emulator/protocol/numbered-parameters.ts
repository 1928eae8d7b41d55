import type { Parameters } from './parameters';

/**
 * The values of a list that RPC calls spell as `ResourceId.1`, `ResourceId.2`, in the order of
 * their numbers. Gaps are closed.
 */
export function readNumbered(parameters: Parameters, name: string): string[] {
  return [...collectNumbered(parameters, name, '').values()];
}

/** Pairs of a list that RPC calls spell as `Tag.1.Key` and `Tag.1.Value`. */
export function readNumberedPairs(
  parameters: Parameters,
  name: string,
): { readonly key: string; readonly value: string | undefined }[] {
  const values = collectNumbered(parameters, name, '.Value');
  const keys = collectNumbered(parameters, name, '.Key');
  const numbers = [...new Set([...keys.keys(), ...values.keys()])].sort((a, b) => a - b);
  return numbers.map((n) => ({ key: keys.get(n) ?? '', value: values.get(n) }));
}

function collectNumbered(
  parameters: Parameters,
  name: string,
  suffix: string,
): Map<number, string> {
  const prefix = `${name}.`;
  const found: [number, string][] = [];
  for (const [parameter, value] of parameters) {
    if (!parameter.startsWith(prefix) || !parameter.endsWith(suffix)) continue;
    const number = parameter.slice(prefix.length, parameter.length - suffix.length);
    if (/^[1-9]\d*$/.test(number)) found.push([Number(number), value]);
  }
  return new Map(found.sort(([a], [b]) => a - b));
}
