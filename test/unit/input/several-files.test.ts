import { readCsvSource } from '../../../src/input/csv-source';
import { formatLocatedProblem } from '../../../src/input/located-problem';
import { readSources } from '../../../src/input/read-request';
import { PLAN_SCHEMA } from '../../../src/input/saved-plan';
import { Variables } from '../../../src/input/variables';
import { readYamlSource } from '../../../src/input/yaml-source';

const HEAD = 'apiVersion: tairfleet/v1\nbatchId: b\npolicy: { minReady: 90% }\n';
const toGroup = (name: string, count: number | string = 1) =>
  `  - { name: ${name}, count: ${count}, spec: { capacityMb: 1 }, placements: [{ region: r, zone: z, vpcId: v, vSwitchId: s }] }\n`;
const toGroups = (...groups: readonly string[]) => `groups:\n${groups.join('')}`;

/** Reads texts as files a.yaml, b.yaml and so on; what begins with `group,` is CSV. */
function read(...texts: readonly string[]) {
  const variables = new Variables(new Map());
  return readSources(
    texts.map((text, index) => {
      const name = 'abc'[index]!;
      return text.startsWith('group,')
        ? readCsvSource(text, { fileName: `${name}.csv`, variables })
        : readYamlSource(text, { fileName: `${name}.yaml`, variables });
    }),
  );
}

function linesOf(...texts: readonly string[]): string[] {
  const found = read(...texts);
  return found.ok ? [] : found.problems.map(formatLocatedProblem);
}

describe('several files', () => {
  it('make one request, with the groups in their order and a policy of all', () => {
    const csv = 'group,capacityMb,region,zone,vpcId,vSwitchId\nlast,1,r,z,v,s\n';
    const more = `batchId: b\npolicy: { deadline: 2h }\n${toGroups(toGroup('second'))}`;
    expect(read(HEAD + toGroups(toGroup('first')), more, csv)).toMatchObject({
      request: {
        batchId: 'b',
        groups: [{ name: 'first' }, { name: 'second' }, { name: 'last' }],
        policy: { minReadyShare: 0.9, deadlineMs: 7_200_000 },
      },
    });
  });

  it('that contradict each other are refused with both places', () => {
    expect(
      linesOf(
        HEAD + toGroups(toGroup('first')),
        'batchId: c\npolicy: { minReady: 80% }\n',
        'tenant: t\n',
      ),
    ).toEqual([
      'b.yaml:1:10: batchId: differs from a.yaml:2:10; a request has one batchId, so keep one of them.',
      'b.yaml:2:21: policy.minReady: differs from a.yaml:3:21; a request has one minReady, so keep one of them.',
    ]);
  });

  it('must not use a name of a group twice', () => {
    expect(
      linesOf(HEAD + toGroups(toGroup('x'), toGroup('same')), toGroups(toGroup('same'))),
    ).toEqual([
      'b.yaml:2:13: groups[0].name: is also the name of the group at a.yaml:6:13; names must differ within a batch.',
    ]);
  });

  it('have each problem where it stands in its own file', () => {
    expect(
      linesOf(
        HEAD + toGroups(toGroup('x')),
        `tenant: a/b\n${toGroups(toGroup('y'), toGroup('z', 0))}`,
      ),
    ).toEqual([
      expect.stringMatching(/^b.yaml:1:9: tenant: must be/),
      expect.stringMatching(/^b.yaml:4:23: groups\[1\].count: must be a whole number/),
    ]);
  });

  it('are all looked at before anything is said, and lists must be lists', () => {
    expect(linesOf('a: [', 'b: "')).toEqual([
      expect.stringMatching(/^a.yaml:/),
      expect.stringMatching(/^b.yaml:/),
    ]);
    expect(linesOf(HEAD, 'groups: 3\n')).toEqual([
      expect.stringMatching(/^b.yaml:1:9: groups: must be a list/),
    ]);
    expect(linesOf(HEAD, '- 1\n')).toEqual([
      'b.yaml:1:1: must be an object with keys, to be one of several files.',
    ]);
  });

  it('hold no saved plan, which says everything', () => {
    expect(linesOf(HEAD, `schema: ${PLAN_SCHEMA}\n`)).toEqual([
      'b.yaml:1:1: is a saved plan, which says everything; apply it alone.',
    ]);
  });
});
