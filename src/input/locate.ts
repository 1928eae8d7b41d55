import { isAlias, isMap, isNode, isScalar, isSeq, type Node, type YAMLMap } from 'yaml';
import type { Problem } from '../domain/problem';
import type { YamlDocument } from './yaml-document';

/** A place in a text; both from 1. */
export interface TextPlace {
  readonly line: number;
  readonly column: number;
}

/** Finds where a problem stands in a text. */
export type Locate = (problem: Problem) => TextPlace;

interface Entry {
  readonly key: Node | null;
  readonly value: Node | null;
}

/**
 * Builds the search for places of problems: at the value when that is wrong, at the key when there
 * should be none, and at the object or list around it when something is missing.
 */
export function createLocate({ nodes, lines }: YamlDocument): Locate {
  const findEntry = createFindEntry();
  return (problem) => {
    let node: Node | null = nodes.contents;
    let offset = node?.range?.[0] ?? 0;
    for (const [depth, step] of problem.path.entries()) {
      const parent: Node | null = isAlias(node) ? (node.resolve(nodes) ?? null) : node;
      const entry = findEntry(parent, step);
      if (entry === null) break;
      const isLast = depth === problem.path.length - 1;
      offset = toOffset(entry, isLast && problem.code === 'unknown-key') ?? offset;
      node = entry.value;
    }
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
}

/** Remembers the keys of each object: a text may be wrong in very many places of one. */
function createFindEntry(): (parent: Node | null, step: string | number) => Entry | null {
  const known = new WeakMap<YAMLMap, ReadonlyMap<unknown, Entry>>();
  return (parent, step) => {
    if (isSeq(parent)) {
      const item = typeof step === 'number' ? toNode(parent.items[step]) : null;
      return item === null ? null : { key: null, value: item };
    }
    if (!isMap(parent)) return null;
    const entries = known.get(parent) ?? toEntries(parent);
    known.set(parent, entries);
    return entries.get(step) ?? null;
  };
}

function toEntries(map: YAMLMap): ReadonlyMap<unknown, Entry> {
  return new Map(
    map.items.map(({ key, value }) => [
      isScalar(key) ? key.value : null,
      { key: toNode(key), value: toNode(value) },
    ]),
  );
}

/** An empty value has no place of its own, so its key stands in. */
function toOffset({ key, value }: Entry, isKeyWanted: boolean): number | undefined {
  const isEmpty = value === null || (isScalar(value) && value.value === null);
  const node = key !== null && (isKeyWanted || isEmpty) ? key : value;
  return node?.range?.[0];
}

function toNode(value: unknown): Node | null {
  return isNode(value) ? value : null;
}
