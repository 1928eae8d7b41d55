import { checkGroup } from '../../../src/domain/check-group';
import { formatProblem, type Problem } from '../../../src/domain/problem';

const placement = {
  region: 'cn-hangzhou',
  zone: 'cn-hangzhou-h',
  vpcId: 'vpc-1',
  vSwitchId: 'vsw-1',
};
const small = { instanceClass: 'redis.master.small.default' };

function problemsOf(changes: Readonly<Record<string, unknown>>): string[] {
  const problems: Problem[] = [];
  const group = { name: 'sessions', count: 3, spec: small, placements: [placement], ...changes };
  checkGroup(group, { path: [], problems });
  return problems.map(formatProblem);
}

describe('the group check', () => {
  it('accepts ranked placements in one region', () => {
    const other = { ...placement, zone: 'cn-hangzhou-i', vSwitchId: 'vsw-2' };
    expect(problemsOf({ placements: [placement, other] })).toEqual([]);
  });

  it.each(['Sessions', '1st', '-a', 'a_b', 'a'.repeat(31), ''])(
    'refuses the name %p, which would break the names of instances',
    (name) => {
      expect(problemsOf({ name })).toEqual([expect.stringMatching(/^name: must be/)]);
    },
  );

  it.each([0, -1, 1.5, Number.NaN, Infinity, 10_000_001])('refuses a count of %p', (count) => {
    expect(problemsOf({ count })).toEqual([
      expect.stringMatching(/^count: must be a whole number/),
    ]);
  });

  it('keeps a group in one region', () => {
    const abroad = { ...placement, region: 'cn-beijing', zone: 'cn-beijing-a' };
    expect(problemsOf({ placements: [placement, abroad] })).toEqual([
      'placements[1].region: must be cn-hangzhou as in the first placement; each region is a group of its own.',
    ]);
  });

  it('refuses a placement that is there twice, and none at all', () => {
    expect(problemsOf({ placements: [placement, { ...placement }] })).toEqual([
      'placements[1].zone: repeats placements[0]; remove one.',
    ]);
    expect(problemsOf({ placements: [] })).toEqual([
      'placements: must have 1 to 50 entries, not 0.',
    ]);
  });

  it('names each missing part of a placement', () => {
    expect(problemsOf({ placements: [{ region: 'cn-hangzhou' }, null] })).toEqual([
      'placements[0].zone: is missing; write a zone such as cn-hangzhou-h.',
      'placements[0].vpcId: is missing; write the id of a VPC in the region.',
      'placements[0].vSwitchId: is missing; write the id of a vSwitch in the zone.',
      'placements[1]: must be an object with keys, not empty.',
    ]);
  });

  it('has one problem with a spec that is missing or no object', () => {
    expect(problemsOf({ spec: undefined })).toHaveLength(1);
    expect(problemsOf({ spec: null })).toEqual(['spec: must be an object with keys, not empty.']);
  });

  it('has no class of a placement beside a capacity', () => {
    const classed = { ...placement, ...small };
    expect(problemsOf({ spec: { capacityMb: 1024 }, placements: [classed] })).toEqual([
      'placements[0].instanceClass: cannot go with capacityMb of the spec.',
    ]);
  });
});

describe('the spec check', () => {
  function specProblems(spec: Readonly<Record<string, unknown>>, count = 3): string[] {
    return problemsOf({ spec, count }).map((line) => line.replace(/^spec\./, ''));
  }

  it('wants a class or a capacity, and not both', () => {
    expect(specProblems({})).toEqual([expect.stringMatching(/^instanceClass: is missing/)]);
    expect(specProblems({ ...small, capacityMb: 1024 })).toEqual([
      'capacityMb: cannot go with instanceClass; keep one of the two.',
    ]);
    expect(specProblems({ capacityMb: 1024 })).toEqual([]);
  });

  it.each([5, 4, 2.8])('tells to quote an engine version that YAML read as %p', (engineVersion) => {
    expect(specProblems({ ...small, engineVersion })).toEqual([
      `engineVersion: must be text; write it in quotes: "${engineVersion.toFixed(1)}".`,
    ]);
  });

  it('suggests the spelling of the service', () => {
    expect(specProblems({ ...small, chargeType: 'Prepaid' })).toEqual([
      'chargeType: must be PostPaid or PrePaid; did you mean PrePaid?',
    ]);
  });

  it('makes PrePaid say its period and whether it pays itself', () => {
    expect(specProblems({ ...small, chargeType: 'PrePaid' })).toEqual([
      expect.stringMatching(/^periodMonths: is missing/),
      expect.stringMatching(/^autoPay: is missing/),
    ]);
    const complete = { ...small, chargeType: 'PrePaid', periodMonths: 12, autoPay: false };
    expect(specProblems({ ...complete, autoRenew: true, couponNo: 'c1' })).toEqual([]);
  });

  it.each([0, 10, 11, 13, 61, 1.5])('refuses a period of %p months', (periodMonths) => {
    const spec = { ...small, chargeType: 'PrePaid', autoPay: true, periodMonths };
    expect(specProblems(spec)).toEqual([expect.stringMatching(/^periodMonths: must be/)]);
  });

  it.each([undefined, 'PostPaid'])('has nothing of PrePaid beside %p', (chargeType) => {
    const spec = { ...small, chargeType, periodMonths: 1, autoRenew: true, couponNo: 'c1' };
    expect(specProblems(spec).map((line) => line.split(':')[0])).toEqual([
      'periodMonths',
      'autoRenew',
      'couponNo',
    ]);
  });

  it('wants the source instance for a backup and for a rebuild, and a use for it', () => {
    const missing = expect.stringMatching(/^sourceInstanceId: is missing/);
    expect(specProblems({ ...small, backupId: '1' })).toEqual([missing]);
    expect(specProblems({ ...small, rebuildInstance: true }, 1)).toEqual([missing]);
    expect(specProblems({ ...small, sourceInstanceId: 'r-1' })).toEqual([
      expect.stringMatching(/^sourceInstanceId: also needs backupId/),
    ]);
    expect(specProblems({ ...small, sourceInstanceId: 'r-1', backupId: '1' })).toEqual([]);
    const rebuild = { ...small, sourceInstanceId: 'r-1', rebuildInstance: true };
    expect(specProblems(rebuild, 1)).toEqual([]);
  });

  it('brings back one instance a group, since there is one in the recycle bin', () => {
    const rebuild = { ...small, sourceInstanceId: 'r-1', rebuildInstance: true };
    expect(specProblems(rebuild, 2)).toEqual([
      expect.stringMatching(/^rebuildInstance: brings back one instance, so count must be 1/),
    ]);
  });

  it('tells to quote an id that YAML read as a number', () => {
    expect(specProblems({ ...small, sourceInstanceId: 'r-1', backupId: 111 })).toEqual([
      'backupId: must be text, not the number 111; write it in quotes.',
    ]);
  });
});
