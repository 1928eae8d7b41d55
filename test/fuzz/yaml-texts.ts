import fc from 'fast-check';
import { anyJson, toNested } from './fuzz';

/** Texts that have broken readers of YAML before. */
const KNOWN_TROUBLE = [
  'a: &a [*a]',
  'a: &a { b: *a }',
  '&a [*a, *a]',
  'a: *nobody',
  'x: &x 1\ny: *x\n<<: *x',
  '<<: [1, 2]',
  '? [a, b]\n: 1',
  '? { a: 1 }\n: 1',
  '!!binary "%%%"',
  '!!js/function "x"',
  'a: !!int abc',
  'a: 1\na: 2',
  '{"a":1,"a":2}',
  '__proto__: { x: 1 }',
  'constructor: { prototype: 1 }',
  '"__proto__": 1\n__proto__: 2',
  '%YAML 9.9\n---\na: 1',
  '---\na: 1\n---\nb: 2',
  '\ufeffa: 1',
  'a: 1\r\nb: 2\r\n',
  'a: 1\rb: 2',
  'a:\t1',
  '\ta: 1',
  'a: |\n  text\n b',
  "a: 'open",
  '- - - -\n: :',
  '{a: [b, {c: ]}',
  'a: .inf\nb: .nan\nc: 0o17\nd: 1e999',
  '# only a comment',
  '...',
  '~',
  '\u0085\u2028\u2029',
  'a: \u0000',
  `a: ${'1'.repeat(5_000)}`,
  `${'k'.repeat(2_000)}: 1`,
  `a: ${toNested(200, 'list')}`,
  toNested(5_000, 'object'),
  '- '.repeat(3_000),
  '? '.repeat(3_000),
  '&a '.repeat(100),
  toBillionLaughs(9),
];

/**
 * YAML and JSON of every kind: right, broken in one place, hostile, or no YAML at all.
 *
 * @param valid - a text that the reader takes
 */
export function anyYamlText(valid: string): fc.Arbitrary<string> {
  const snippet = fc.oneof(
    fc.constantFrom('&a ', '*a', '? ', ': ', '- ', '{', '}', '[', ']', '"', "'", '|', '>', '#'),
    fc.constantFrom('!!', '\t', '\r', '\n', '\ufeff', '\u0000', '---\n', '<<: ', '%', '@', '`'),
    fc.string({ unit: 'binary', maxLength: 5 }),
  );
  const mutated = fc
    .array(fc.record({ at: fc.nat(valid.length), cut: fc.nat(8), snippet }), { maxLength: 4 })
    .map((edits) => edits.reduce(edit, valid));
  return fc.oneof(
    { weight: 4, arbitrary: mutated },
    { weight: 2, arbitrary: fc.constantFrom(...KNOWN_TROUBLE) },
    { weight: 1, arbitrary: fc.constantFrom(...KNOWN_TROUBLE).map((text) => `${valid}${text}`) },
    { weight: 1, arbitrary: anyJson().map((value) => JSON.stringify(value)) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
  );
}

function edit(text: string, change: { at: number; cut: number; snippet: string }): string {
  return text.slice(0, change.at) + change.snippet + text.slice(change.at + change.cut);
}

/** Each line stands for ten of the line before. */
function toBillionLaughs(lines: number): string {
  const first = 'l0: &l0 [x]';
  const rest = Array.from({ length: lines }, (_, line) => {
    const alias = `*l${line}`;
    return `l${line + 1}: &l${line + 1} [${Array(10).fill(alias).join()}]`;
  });
  return [first, ...rest].join('\n');
}
