import { isScalar, Scalar, visit } from 'yaml';
import type { Document } from 'yaml';
import { createLocate } from './locate';
import type { LocatedProblem } from './located-problem';
import { PLAN_SCHEMA } from './saved-plan';
import { createBrokenSource } from './source';
import type { ReadSource } from './source';
import type { Variables } from './variables';
import { parseYaml } from './yaml-document';

/** What becomes a number or a flag when it is all that an unquoted value consists of. */
const PLAIN_NUMBER = /^-?\d{1,15}(?:\.\d+)?$/;

/** Where a text came from, and what its variables stand for. */
export interface YamlSourceOptions {
  readonly fileName: string;
  /** Left out: `${` is two characters like others. */
  readonly variables?: Variables | undefined;
}

/** Reads a YAML or JSON text, and fills in its variables. */
export function readYamlSource(text: string, options: YamlSourceOptions): ReadSource {
  const { fileName, variables } = options;
  const parsed = parseYaml(text);
  if (!parsed.ok) {
    const problems = parsed.problems.map(({ problem, ...place }) => ({
      ...problem,
      fileName,
      ...place,
    }));
    return { source: null, problems };
  }
  const { document } = parsed;
  if (document.value === null) {
    const message = 'is empty; a request starts with apiVersion: tairfleet/v1 (see examples/).';
    return createBrokenSource(fileName, { code: 'missing', message });
  }
  const locate = createLocate(document);
  const source = {
    fileName,
    locate: (problem: Parameters<typeof locate>[0]) => ({
      ...problem,
      fileName,
      ...locate(problem),
    }),
  };
  // A saved plan was filled in before it was saved, and its seal covers what it says.
  if (variables === undefined || isSavedPlan(document.value)) {
    return { source: { ...source, value: document.value }, problems: [] };
  }
  const found = fillIn(document.nodes, variables);
  const problems = found.map(({ offset, ...problem }): LocatedProblem => {
    const { line, col } = document.lines.linePos(offset);
    return { ...problem, path: [], fileName, line, column: col };
  });
  return { source: { ...source, value: document.nodes.toJS() as unknown }, problems };
}

function isSavedPlan(value: unknown): boolean {
  return (value as { readonly schema?: unknown }).schema === PLAN_SCHEMA;
}

/** Keys stay as they are: a request has no key that anybody wants to vary. */
function fillIn(nodes: Document, variables: Variables) {
  const found: (ReturnType<Variables['expand']>['problems'][number] & { offset: number })[] = [];
  visit(nodes, {
    Scalar: (key, node) => {
      if (key === 'key' || !isScalar(node) || typeof node.value !== 'string') return;
      const { text, isOneReference, problems } = variables.expand(node.value);
      const offset = node.range?.[0] ?? 0;
      found.push(...problems.map((problem) => ({ ...problem, offset })));
      node.value = isOneReference && node.type === Scalar.PLAIN ? toPlainValue(text) : text;
    },
  });
  return found;
}

/** As YAML reads what stands there without quotes; a text never becomes an object or a list. */
function toPlainValue(text: string): string | number | boolean {
  if (PLAIN_NUMBER.test(text)) return Number(text);
  return text === 'true' || text === 'false' ? text === 'true' : text;
}
