import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as ts from 'typescript';
import { readText, ROOT } from '../support/repository';

/**
 * docs/reliability.md names a test for each fault: `[file](../test/….test.ts): _sentence_`. A proof
 * that is named and not there would be worse than none.
 */

const PAGE = 'docs/reliability.md';
const REFERENCE = /\]\(\.\.\/(test\/[^)]+\.test\.ts)\): _([^\n]+?)_(?=[ ,.;]|$)/gm;

const rows = readText(PAGE)
  .split(/^## Fault by fault$/m)[1]!
  .split(/^## /m)[0]!
  .split('\n')
  .filter((line) => line.startsWith('|') && !/^\| (-|Fault|What they do)/.test(line));

test('Every row of the table of faults names a test.', () => {
  expect(rows.length).toBeGreaterThan(30);
  expect(rows.filter((row) => toReferences(row).length === 0)).toEqual([]);
});

test('Every link to a test is followed by its sentence.', () => {
  const links = readText(PAGE).match(/\]\(\.\.\/test\/[^)]+\.test\.ts\):/g) ?? [];
  expect(toReferences(readText(PAGE))).toHaveLength(links.length);
});

test('Every test that is named exists, in the file that is named.', () => {
  const lost = toReferences(readText(PAGE)).filter(
    ({ file, sentence }) => !existsSync(join(ROOT, file)) || !listTexts(file).has(sentence),
  );
  expect(lost).toEqual([]);
});

interface Reference {
  /** Relative to the root. */
  readonly file: string;
  readonly sentence: string;
}

function toReferences(text: string): readonly Reference[] {
  return [...text.matchAll(REFERENCE)].map(([, file, sentence]) => ({
    file: file!,
    sentence: sentence!.trim(),
  }));
}

const textsByFile = new Map<string, ReadonlySet<string>>();

/** All string literals of a file: titles stand in calls, in tables and in constants. */
function listTexts(file: string): ReadonlySet<string> {
  const known = textsByFile.get(file);
  if (known !== undefined) return known;
  const texts = new Set<string>();
  textsByFile.set(file, texts);
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) texts.add(node.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, readText(file), ts.ScriptTarget.Latest, true));
  return texts;
}
