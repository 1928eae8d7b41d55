import { formatLocatedProblem } from '../../../src/input/located-problem';
import { readSources } from '../../../src/input/read-request';
import { sealPlan } from '../../../src/input/saved-plan';
import { Variables } from '../../../src/input/variables';
import { readYamlSource } from '../../../src/input/yaml-source';

const TEXT = `apiVersion: tairfleet/v1
batchId: fleet-\${month}
groups:
  - name: cache
    count: \${count}
    spec: { instanceClass: "\${class}" }
    placements: [{ region: r, zone: "\${zone}", vpcId: v, vSwitchId: s }]
`;
const VALUES = { month: '11', count: '3', class: 'c', zone: 'z' };

function read(text: string, values: Readonly<Record<string, string>>) {
  const variables = new Variables(new Map(Object.entries(values)));
  return readSources([readYamlSource(text, { fileName: 'x.yaml', variables })]);
}

function linesOf(text: string, values: Readonly<Record<string, string>>): string[] {
  const found = read(text, values);
  return found.ok ? [] : found.problems.map(formatLocatedProblem);
}

describe('variables of a request', () => {
  it('are filled in; an unquoted one can be a number', () => {
    expect(read(TEXT, VALUES)).toMatchObject({
      request: {
        batchId: 'fleet-11',
        groups: [{ count: 3, spec: { instanceClass: 'c' }, placements: [{ zone: 'z' }] }],
      },
    });
  });

  it('stay text in quotes, so that a version keeps its zero', () => {
    const spec = (version: string) =>
      TEXT.replace(/\{ instanceClass.*/, `\n      capacityMb: 1\n      engineVersion: ${version}`);
    const values = { ...VALUES, class: '5.0' };
    expect(linesOf(spec('"$${class}"'), values)).toEqual([]);
    expect(linesOf(spec('$${class}'), values)).toEqual([
      expect.stringContaining('engineVersion: must be text; write it in quotes: "5.0".'),
    ]);
  });

  it('without a value are errors with line and column, and nothing else is said of the place', () => {
    const rest = { month: '11', class: 'c' };
    expect(linesOf(TEXT, { ...rest, zonne: 'z' })).toEqual([
      expect.stringMatching(/^x.yaml:5:12: uses the variable count, which has no value/),
      'x.yaml:7:37: uses the variable zone, which has no value; give --var zone=… or a --var-file. Did you mean ${zonne}?',
    ]);
  });

  it('come from nowhere but their values', () => {
    const rest = { month: '11', class: 'c', count: '3' };
    expect(linesOf(TEXT.replaceAll('${zone}', '${HOME}'), rest)).toEqual([
      expect.stringContaining('uses the variable HOME'),
    ]);
    expect(linesOf(TEXT.replaceAll('${zone}', '$(id)'), rest)).toEqual([]);
  });

  it('never make a list or an object of a text', () => {
    expect(linesOf(TEXT, { ...VALUES, zone: '[a, b]' })).toEqual([
      expect.stringMatching(/^x.yaml:7:37: .*zone: must be 1 to 255 printable/),
    ]);
  });

  it('that are written wrong are errors, and $${ is how the characters are written', () => {
    expect(linesOf(TEXT.replace('${month}', '${a b}'), VALUES)).toEqual([
      'x.yaml:2:10: has ${a b}, which names no variable; write ${name}, or $${ for the characters ${.',
    ]);
    expect(linesOf(TEXT.replace('${zone}', 'x${zone'), VALUES)).toEqual([
      expect.stringContaining('has ${zone, which names no variable'),
    ]);
    expect(read(TEXT.replace('${zone}', '$$$${zone}'), VALUES)).toMatchObject({
      request: { groups: [{ placements: [{ zone: '${zone}' }] }] },
    });
  });

  it('want quotes within { } and [ ], as YAML has it', () => {
    expect(linesOf(TEXT.replace('"${zone}"', '${zone}'), VALUES)).toEqual([
      'x.yaml:7:37: put ${…} in quotes where it stands within { } or [ ].',
    ]);
  });

  it('of a saved plan were filled in before, and are looked at no more', () => {
    const saved = sealPlan({
      ...{ tenant: 't', batchId: 'b', slots: 1, chunks: 1 },
      frozen: {} as never,
      request: { batchId: '${month}' },
    });
    expect(linesOf(JSON.stringify(saved), {})).toEqual([
      expect.stringContaining('frozen: is no plan of this version'),
    ]);
  });
});
