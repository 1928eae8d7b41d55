import { isMap, isScalar, Scalar } from 'yaml';
import type { Pair } from 'yaml';
import type { Problem } from '../domain/problem';
import type { LocatedProblem } from './located-problem';
import { readTextFile } from './read-text';
import { createBrokenSource } from './source';
import { VARIABLE_LENGTH_MAX, VARIABLE_NAME } from './variables';
import { parseYaml } from './yaml-document';
import type { YamlDocument } from './yaml-document';

/** The values of a file, or what is wrong with it. */
export type ReadVariables =
  | { readonly ok: true; readonly values: ReadonlyMap<string, string> }
  | {
      readonly ok: false;
      readonly reason: 'unreadable' | 'invalid';
      readonly problems: readonly LocatedProblem[];
    };

/**
 * Reads values of variables from a YAML or JSON file: one object of names and texts. A number or flag is
 * the text that is written there, so that `5.0` stays `5.0`.
 */
export async function readVariablesFile(fileName: string): Promise<ReadVariables> {
  const text = await readTextFile(fileName);
  if (!text.ok) {
    const { message, reason } = text;
    const { problems } = createBrokenSource(fileName, { code: 'syntax', message });
    return { ok: false, reason, problems };
  }
  const parsed = parseYaml(text.text);
  if (!parsed.ok) {
    const problems = parsed.problems.map(({ problem, ...place }) => ({
      ...{ ...problem, fileName },
      ...place,
    }));
    return { ok: false, reason: 'invalid', problems };
  }
  return readValues(parsed.document, fileName);
}

/** What is wrong with a name or a value; null when nothing is. */
export function findVariableProblem(
  name: string,
  value: string,
): Pick<Problem, 'code' | 'message'> | null {
  if (!VARIABLE_NAME.test(name)) {
    const message = `"${name}" is no name of a variable: 1 to 64 letters, digits, "_" or "-", and no digit first.`;
    return { code: 'not-allowed', message };
  }
  if (value.length <= VARIABLE_LENGTH_MAX) return null;
  const message = `The variable ${name} has ${value.length} characters; ${VARIABLE_LENGTH_MAX} are allowed.`;
  return { code: 'out-of-range', message };
}

function readValues({ nodes, lines }: YamlDocument, fileName: string): ReadVariables {
  if (!isMap(nodes.contents)) {
    const message = 'must be an object of names and values, such as zone: cn-hangzhou-h.';
    const { problems } = createBrokenSource(fileName, { code: 'wrong-type', message });
    return { ok: false, reason: 'invalid', problems };
  }
  const values = new Map<string, string>();
  const problems: LocatedProblem[] = [];
  for (const pair of nodes.contents.items) {
    const { name, value, offset } = readPair(pair);
    const problem = value === null ? toNoText(name) : findVariableProblem(name, value);
    if (problem === null) values.set(name, value!);
    else {
      const { line, col } = lines.linePos(offset);
      problems.push({ ...problem, path: [], fileName, line, column: col });
    }
  }
  return problems.length === 0 ? { ok: true, values } : { ok: false, reason: 'invalid', problems };
}

function readPair({ key, value }: Pair): { name: string; value: string | null; offset: number } {
  const at = isScalar(key) ? key : undefined;
  const name = String(at?.value ?? '');
  const offset = at?.range?.[0] ?? 0;
  if (!isScalar(value) || value.value === null) return { name, value: null, offset };
  const text = value.type === Scalar.PLAIN ? value.source : undefined;
  return { name, value: text ?? String(value.value), offset };
}

function toNoText(name: string): Pick<Problem, 'code' | 'message'> {
  return { code: 'wrong-type', message: `The variable ${name} must be a text or a number.` };
}
