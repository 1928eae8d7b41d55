import { Composer, type Document, isScalar, LineCounter, visit, type YAMLMap } from 'yaml';
import type { Problem } from '../domain/problem';
import { NESTING_MAX, readTokens } from './yaml-nesting';

/** A text as a value, with the way back from a value's path to its line. */
export interface YamlDocument {
  readonly value: unknown;
  /** The parsed nodes, for finding where something stands. */
  readonly nodes: Document;
  readonly lines: LineCounter;
}

/** What is wrong with a text before anybody asks what it means. */
export interface SyntaxProblem {
  readonly problem: Problem;
  /** From 1. */
  readonly line: number;
  readonly column: number;
}

export type ParsedYaml =
  | { readonly ok: true; readonly document: YamlDocument }
  | { readonly ok: false; readonly problems: readonly SyntaxProblem[] };

/** Enough to see what is going on; one slip often causes many. */
const SYNTAX_PROBLEMS_MAX = 20;

/** Values that aliases may stand for, all together; a request needs a handful. */
const ALIASES_MAX = 1_000;

/** What the library finds, in our words where its own speak to programmers. */
const MESSAGES: Readonly<Record<string, string>> = {
  MULTIPLE_DOCS: 'a file holds one document; remove what starts at this ---.',
  NON_STRING_KEY: 'a key must be text.',
};

interface Finding {
  readonly offset: number;
  readonly message: string;
  readonly code?: Problem['code'];
}

/**
 * Parses one YAML 1.2 document; JSON is a part of YAML. A key that is there twice is an error, as are
 * unknown tags, deep nesting and aliases that would unfold into a flood.
 */
export function parseYaml(text: string): ParsedYaml {
  const lines = new LineCounter();
  const read = readTokens(text, lines.addNewLine);
  if (!read.ok) {
    const message = `nests deeper than ${NESTING_MAX} levels.`;
    return toFailure([{ offset: read.offset, message }], lines);
  }
  // The library's own search for repeated keys takes the square of their number.
  const composer = new Composer({ uniqueKeys: false, stringKeys: true, logLevel: 'error' });
  const [nodes, second] = composer.compose(read.tokens, true, text.length);
  const bare = listBareReferences(nodes!, text);
  if (bare.length > 0) return toFailure(bare, lines);
  const findings = [...toFindings(nodes!), ...listRepeatedKeys(nodes!), ...listLostAliases(nodes!)];
  if (second !== undefined) {
    findings.push({ offset: second.range[0], message: MESSAGES['MULTIPLE_DOCS']! });
  }
  return findings.length > 0 ? toFailure(findings, lines) : unfold(nodes!, lines);
}

function unfold(nodes: Document, lines: LineCounter): ParsedYaml {
  try {
    const value: unknown = nodes.toJS({ maxAliasCount: ALIASES_MAX });
    return { ok: true, document: { value, nodes, lines } };
  } catch {
    // The only way to fail here: an alias without its anchor was found before.
    const message = 'its aliases unfold into too much; write the parts out.';
    return toFailure([{ offset: 0, message }], lines);
  }
}

function toFindings(nodes: Document): Finding[] {
  return [...nodes.errors, ...nodes.warnings].map(({ code, message, pos }) => ({
    offset: pos[0],
    message: MESSAGES[code] ?? `${message.replace(/\.$/, '')}.`,
  }));
}

/** Where `${` stands in a list or object of one line, YAML sees an object begin, and a flood of slips. */
function listBareReferences({ errors }: Document, text: string): Finding[] {
  return errors
    .map(({ pos }) => pos[0])
    .filter((offset) => text.slice(offset - 1, offset + 1) === '${')
    .map((offset) => ({
      offset: offset - 1,
      message: 'put ${…} in quotes where it stands within { } or [ ].',
    }));
}

function listRepeatedKeys(nodes: Document): Finding[] {
  const findings: Finding[] = [];
  visit(nodes, { Map: (_key, map) => void findings.push(...listRepeatedKeysOf(map)) });
  return findings;
}

function listLostAliases(nodes: Document): Finding[] {
  const anchors = new Set<string>();
  const findings: Finding[] = [];
  visit(nodes, {
    Value: (_key, { anchor }) => void (anchor === undefined || anchors.add(anchor)),
    Alias: (_key, { source, range }) => {
      if (anchors.has(source)) return;
      const message = `the alias *${source} has no anchor &${source} before it.`;
      findings.push({ offset: range?.[0] ?? 0, message });
    },
  });
  return findings;
}

function listRepeatedKeysOf(map: YAMLMap): Finding[] {
  const seen = new Set<unknown>();
  const findings: Finding[] = [];
  for (const { key } of map.items) {
    if (!isScalar(key) || findings.length === SYNTAX_PROBLEMS_MAX) continue;
    if (seen.has(key.value)) {
      const message = `the key ${String(key.value)} is there twice; keep one.`;
      findings.push({ offset: key.range?.[0] ?? 0, message, code: 'duplicate' });
    }
    seen.add(key.value);
  }
  return findings;
}

function toFailure(findings: readonly Finding[], lines: LineCounter): ParsedYaml {
  const problems = findings.slice(0, SYNTAX_PROBLEMS_MAX).map(({ offset, message, code }) => {
    const { line, col } = lines.linePos(offset);
    const problem: Problem = { path: [], code: code ?? 'syntax', message };
    return { problem, line, column: col };
  });
  return { ok: false, problems };
}
