import { dirname, join, normalize } from 'node:path';
import * as ts from 'typescript';
import { readRequestText } from '../../src/input/read-request';
import { listFiles, readText, ROOT } from '../support/repository';
import { readSnippets } from '../support/snippets';
import { runFakeCli } from '../support/fake-cli';

const DOCUMENTS = listFiles('.', '.md');

test('Every link to a heading leads to one.', () => {
  const dead = DOCUMENTS.flatMap((file) =>
    toHeadingLinks(file)
      .filter(({ target, anchor }) => !listAnchors(target).includes(anchor))
      .map(({ target, anchor }) => `${file}: ${target}#${anchor}`),
  );
  expect(dead).toEqual([]);
});

test('Every batch request in the documents passes our own check.', () => {
  const requests = DOCUMENTS.flatMap((file) => readSnippets(file, 'yaml')).filter(({ text }) =>
    text.startsWith('apiVersion: tairfleet/'),
  );
  const refused = requests.flatMap(({ place, text }) => {
    const read = readRequestText(text);
    return read.ok ? [] : [{ place, problems: read.problems.map(({ message }) => message) }];
  });
  expect(requests.length).toBeGreaterThan(0);
  expect(refused).toEqual([]);
});

test('Every TypeScript snippet of the documents compiles, as strictly as our own code.', () => {
  const snippets = DOCUMENTS.flatMap((file) => readSnippets(file, 'ts'));
  expect(snippets.length).toBeGreaterThan(0);
  expect(snippets.flatMap(({ place, text }) => listErrors(place, text))).toEqual([]);
}, 60_000);

test('Every npm script and every command that the documents name exists.', async () => {
  const { scripts } = JSON.parse(readText('package.json')) as { scripts: Record<string, string> };
  const help = (await runFakeCli(['--help'])).stdout;
  const commands = [...help.matchAll(/^ {2}([a-z]+)/gm)].map((match) => match[1]!);
  const unknown = DOCUMENTS.flatMap((file) =>
    readSnippets(file, 'sh').flatMap(({ place, text }) =>
      [
        ...listUnknown(text, /npm run (?:-s )?([\w:-]+)/g, Object.keys(scripts)),
        ...listUnknown(text, /bin\/tairfleet ([a-z]+)/g, commands),
      ].map((name) => `${place}: ${name}`),
    ),
  );
  expect(commands).toContain('apply');
  expect(unknown).toEqual([]);
});

function listUnknown(text: string, pattern: RegExp, known: readonly string[]): string[] {
  return [...text.matchAll(pattern)]
    .map((match) => match[1]!)
    .filter((name) => !known.includes(name));
}

interface HeadingLink {
  /** File relative to the root. */
  readonly target: string;
  readonly anchor: string;
}

function toHeadingLinks(file: string): HeadingLink[] {
  const prose = readText(file)
    .replace(/^ *```[^]*?^ *```$/gm, '')
    .replace(/`[^`\n]*`/g, '');
  return [...prose.matchAll(/\]\(([^)\s#:]*)#([^)\s]+)\)/g)]
    .map(([, path, anchor]) => ({
      target: path === '' ? file : normalize(join(dirname(file), path!)),
      anchor: anchor!,
    }))
    .filter(({ target }) => target.endsWith('.md'));
}

/** As GitHub makes them: lower case, spaces to hyphens, everything else but letters and digits gone. */
function listAnchors(file: string): string[] {
  const prose = readText(file).replace(/^ *```[^]*?^ *```$/gm, '');
  return [...prose.matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replace(/[^\p{Letter}\p{Number} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

/** Compiles a text as if it were a file of `test`, without writing it. */
function listErrors(place: string, text: string): string[] {
  const path = join(ROOT, 'test', 'snippet.ts');
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), ts.sys.readFile.bind(ts.sys));
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT);
  const host = ts.createCompilerHost(options);
  const readSource = host.getSourceFile.bind(host);
  host.getSourceFile = (name, ...rest) =>
    name === path ? ts.createSourceFile(name, text, rest[0]) : readSource(name, ...rest);
  const program = ts.createProgram([path], options, host);
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => `${place}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`);
}
