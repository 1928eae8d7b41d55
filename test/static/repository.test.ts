import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import * as ts from 'typescript';
import { listFiles, readText, ROOT } from '../support/repository';

/** Where others build on an export without reading what is behind it. */
const DOCUMENTED = ['src/domain', 'src/contract', 'src/cloud', 'src/config', 'src/local'];

test('Every relative link in a Markdown file leads to a file.', () => {
  const dead = listFiles('.', '.md').flatMap((file) =>
    toRelativeLinks(readText(file))
      .filter((link) => !existsSync(join(ROOT, dirname(file), decodeURI(link))))
      .map((link) => `${file}: ${link}`),
  );
  expect(dead).toEqual([]);
});

test('No folder or file is called utils, helpers or common: a name says what is inside.', () => {
  const vague = ['src', 'test', 'scripts']
    .flatMap((folder) => listFiles(folder, 's'))
    .filter((path) => /(^|\/)(utils?|helpers?|common|misc)(\/|\.\w+$)/.test(path));
  expect(vague).toEqual([]);
});

test('Source files are named in kebab case.', () => {
  const others = listFiles('src', '.ts').filter(
    (path) => !/^[a-z0-9]+(-[a-z0-9]+)*\.ts$/.test(basename(path)),
  );
  expect(others).toEqual([]);
});

test('Every export of the inner folders has a doc comment.', () => {
  const undocumented = DOCUMENTED.flatMap((folder) => listFiles(folder, '.ts')).flatMap((path) =>
    findUndocumentedExports(path).map((name) => `${path}: ${name}`),
  );
  expect(undocumented).toEqual([]);
});

test('No finished file carries a leftover marker.', () => {
  const marked = ['src', 'test', 'scripts', 'bin', 'docs']
    .flatMap((folder) => listFiles(folder, ''))
    .filter((path) => path !== join('test', 'static', basename(__filename)))
    .filter((path) => !path.endsWith('.png'))
    .filter((path) => /\b(TODO|FIXME|XXX|HACK)\b/.test(readText(path)));
  expect(marked).toEqual([]);
});

/** Links of Markdown text, without code blocks, addresses and anchors of the same page. */
function toRelativeLinks(markdown: string): string[] {
  const prose = markdown.replace(/^```.*?^```/gms, '').replace(/`[^`\n]*`/g, '');
  return [...prose.matchAll(/\]\(<?([^)\s>]+)/g)]
    .map((match) => match[1]?.split('#')[0] ?? '')
    .filter((link) => link !== '' && !/^([a-z]+:|\/)/i.test(link));
}

function findUndocumentedExports(path: string): string[] {
  const source = ts.createSourceFile(path, readText(path), ts.ScriptTarget.ES2022, true);
  return source.statements
    .filter(
      (statement) => isExported(statement) && ts.getJSDocCommentsAndTags(statement).length === 0,
    )
    .map((statement) => statement.getText(source).split('\n')[0] ?? '');
}

function isExported(statement: ts.Statement): boolean {
  return (
    ts.canHaveModifiers(statement) &&
    ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true
  );
}
