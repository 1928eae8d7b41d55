import { formatLocatedProblem } from '../../../src/input/located-problem';
import { readRequestText } from '../../../src/input/read-request';

const VALID = `apiVersion: tairfleet/v1
batchId: first
groups:
  - name: cache
    count: 3
    spec: { instanceClass: redis.master.small.default }
    placements: [{ region: r, zone: z, vpcId: v, vSwitchId: s }]
`;

/** The lines that a person would see for a text. */
function linesOf(text: string): string[] {
  const read = readRequestText(text, { fileName: 'x.yaml' });
  return read.ok ? [] : read.problems.map(formatLocatedProblem);
}

describe('reading a batch request', () => {
  it('gives the document as it stands and the request with its defaults', () => {
    expect(readRequestText(VALID)).toMatchObject({
      ok: true,
      document: { batchId: 'first', groups: [{ count: 3 }] },
      request: { batchId: 'first', tenant: 'default', policy: { minReadyShare: 1 } },
    });
  });

  it('reads JSON as well, indented by tabs or not at all', () => {
    const read = readRequestText(VALID);
    if (!read.ok) throw new Error('the valid text is not valid');
    for (const indent of [undefined, 2, '\t']) {
      const json = JSON.stringify(read.document, null, indent);
      expect(readRequestText(json)).toEqual(read);
    }
  });

  it('points at the wrong value', () => {
    expect(linesOf(VALID.replace('count: 3', 'count: 0'))).toEqual([
      'x.yaml:5:12: groups[0].count: must be a whole number from 1 to 10000000, not 0.',
    ]);
  });

  it('points at the key that should not be there, and suggests the right one', () => {
    expect(linesOf(VALID.replace('    count', '    cuont'))).toEqual([
      expect.stringMatching(/^x.yaml:4:5: groups\[0\].count: is missing/),
      expect.stringMatching(
        /^x.yaml:5:5: groups\[0\].cuont: is not known here; did you mean count\?/,
      ),
    ]);
  });

  it('points at the key of an empty value', () => {
    expect(linesOf(VALID.replace('count: 3', 'count:'))).toEqual([
      'x.yaml:5:5: groups[0].count: must be a whole number, not empty.',
    ]);
  });

  it('finds a wrong value behind an alias where it is written', () => {
    const text = `${VALID.replace('count: 3', 'count: &n 0')}  - name: b
    count: *n
    spec: { instanceClass: c }
    placements: [{ region: r, zone: z, vpcId: v, vSwitchId: s }]
`;
    expect(linesOf(text).map((line) => line.split(': ')[0])).toEqual([
      'x.yaml:5:15',
      'x.yaml:9:12',
    ]);
  });

  it('lists problems in the order of the file', () => {
    const text = VALID.replace('batchId: first', 'tenant: a/b').replace('count: 3', 'count: x');
    expect(linesOf(text).map((line) => line.split(':')[1])).toEqual(['1', '2', '5']);
  });

  it('refuses a key that is there twice, which most readers would take the last of', () => {
    expect(linesOf(VALID.replace('count: 3', 'count: 3\n    count: 300'))).toEqual([
      'x.yaml:6:5: the key count is there twice; keep one.',
    ]);
    expect(linesOf('{"batchId": "a", "batchId": "b"}')).toEqual([
      'x.yaml:1:18: the key batchId is there twice; keep one.',
    ]);
  });

  it.each(['', '\n\n', '# only a comment\n', 'null', '---\n'])('says that %j is empty', (text) => {
    expect(linesOf(text)).toEqual([expect.stringMatching(/^x.yaml: is empty; a request starts/)]);
  });

  it('says what a list or a sentence at the top should be', () => {
    expect(linesOf('- name: a')).toEqual(['x.yaml:1:1: must be an object with keys, not a list.']);
    expect(linesOf('please')).toEqual(['x.yaml:1:1: must be an object with keys, not text.']);
  });

  it('reports broken syntax with its line', () => {
    expect(linesOf('{"a": 1,\n "b": [}')).toEqual(
      expect.arrayContaining([expect.stringMatching(/^x.yaml:2:/)]),
    );
    expect(linesOf('a: 1\n---\nb: 2')).toEqual([
      'x.yaml:2:1: a file holds one document; remove what starts at this ---.',
    ]);
    expect(linesOf('a: !secret x')).toEqual([expect.stringMatching(/^x.yaml:1:4: Unresolved tag/)]);
    expect(linesOf('a: *b')).toEqual([
      expect.stringMatching(/^x.yaml:1:4: the alias \*b has no anchor/),
    ]);
  });

  it('says no more than people can read about a text full of errors', () => {
    expect(linesOf('a: @x\n'.repeat(500)).length).toBeLessThanOrEqual(20);
  });
});

describe('a text made to hurt', () => {
  it.each([
    ['flow', '[{a: '.repeat(50_000)],
    ['block', Array.from({ length: 2_000 }, (_, level) => `${' '.repeat(level)}a:`).join('\n')],
    ['list', '- '.repeat(50_000)],
    ['question', '? '.repeat(50_000)],
  ])('with endless nesting (%s) is refused', (_kind, text) => {
    expect(linesOf(text)).toEqual([expect.stringMatching(/: nests deeper than 64 levels\.$/)]);
  });

  it('with aliases of aliases is refused', () => {
    const levels = 'bcdefghi'.split('').map((name, index) => {
      const inner = 'abcdefgh'[index];
      return `${name}: &${name} [${Array(9).fill(`*${inner}`).join(', ')}]`;
    });
    expect(linesOf(['a: &a [x]', ...levels].join('\n'))).toEqual([
      expect.stringMatching(/: its aliases unfold into too much/),
    ]);
  });

  it('with an alias of itself ends', () => {
    expect(linesOf('groups: &a [*a]').length).toBeGreaterThan(0);
  });

  it('with very many unknown keys gets a short answer', () => {
    const text = Array.from({ length: 50_000 }, (_, index) => `k${index}: 1`).join('\n');
    expect(linesOf(text)).toHaveLength(20 + 1 + 3);
  });
});
