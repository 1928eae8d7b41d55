import { checkBatchRequest } from '../../../src/domain/check-batch-request';
import { checkFollowUps } from '../../../src/domain/check-follow-ups';
import { checkGroup } from '../../../src/domain/check-group';
import { listFollowUpSteps } from '../../../src/domain/follow-ups';
import { toInstanceTags } from '../../../src/domain/follow-up-tags';
import { formatProblem, type Problem } from '../../../src/domain/problem';
import { hashRequest } from '../../../src/domain/request-hash';
import { createCheckedRequest, createSubmittedGroup } from '../../support/batch-requests';

function problemsOf(followUps: unknown): string[] {
  const problems: Problem[] = [];
  checkFollowUps(followUps, { path: [], problems });
  return problems.map(formatProblem);
}

function hashOf(changes: object): string {
  return hashRequest(createCheckedRequest({ groups: [createSubmittedGroup(changes)] }));
}

describe('the check of follow-ups', () => {
  it('accepts password, whitelist and tags, and keeps them as they were written', () => {
    const followUps = {
      passwordFrom: { file: '/run/secrets/redis' },
      securityIps: ['10.0.0.0/8', '192.168.1.7', '255.255.255.255/32'],
      tags: { team: 'payments', 'cost:center': '', größe: 'groß' },
    };
    expect(problemsOf(followUps)).toEqual([]);
    const request = createCheckedRequest({ groups: [createSubmittedGroup({ followUps })] });
    expect(request.groups[0]?.followUps).toEqual(followUps);
  });

  it('accepts settings, protection and probe, and keeps them as they were written', () => {
    const followUps = {
      parameters: { 'maxmemory-policy': 'allkeys-lru', '#no_loose_check': 'yes', events: '' },
      maintenanceWindow: { start: '23:30Z', end: '00:30Z' },
      resourceGroupId: 'rg-2',
      releaseProtection: true,
      ping: 'tls',
    };
    expect(problemsOf(followUps)).toEqual([]);
    const request = createCheckedRequest({ groups: [createSubmittedGroup({ followUps })] });
    expect(request.groups[0]?.followUps).toEqual(followUps);
  });

  it('wants something to do', () => {
    expect(problemsOf({})).toEqual([expect.stringMatching(/^must ask for something/)]);
    expect(problemsOf({ allowAnywhere: true })).toHaveLength(2);
  });

  it('never takes a password, and does not repeat one', () => {
    const [refused = ''] = problemsOf({ password: 'Correct-Horse-9', tags: {} });
    expect(refused).toMatch(/^password: is never part of a request; write passwordFrom/);
    expect(problemsOf({ passwordFrom: 'Correct-Horse-9' }).join()).not.toContain('Horse');
  });

  it.each([
    '10.0.0.256',
    '10.0.0',
    '10.0.0.0/33',
    '10.0.0.0/',
    '010.0.0.1',
    ' 10.0.0.1',
    '2001:db8::1',
    '%',
    '',
    null,
    10,
  ])('refuses the address %p', (address) => {
    expect(problemsOf({ securityIps: [address] })).toEqual([
      expect.stringMatching(/^securityIps\[0\]: must be an IPv4 address/),
    ]);
  });

  it.each(['0.0.0.0/0', '0.0.0.0', '10.1.2.3/0'])(
    'refuses %s, which admits everybody, until the request says that it means it',
    (address) => {
      expect(problemsOf({ securityIps: [address] })).toEqual([
        expect.stringMatching(/^securityIps\[0\]: admits everybody/),
      ]);
      expect(problemsOf({ securityIps: [address], allowAnywhere: false })).toHaveLength(1);
      expect(problemsOf({ securityIps: [address], allowAnywhere: true })).toEqual([]);
    },
  );

  it('refuses an address that is there twice, none at all, and more than the service takes', () => {
    expect(problemsOf({ securityIps: ['10.0.0.1', '10.0.0.2', '10.0.0.1'] })).toEqual([
      'securityIps[2]: repeats securityIps[0]; remove one.',
    ]);
    expect(problemsOf({ securityIps: [] })).toHaveLength(1);
    const many = Array.from({ length: 1_001 }, (_, i) => `10.0.${i >> 8}.${i & 255}`);
    expect(problemsOf({ securityIps: many })).toHaveLength(1);
    expect(problemsOf({ securityIps: many.slice(1) })).toEqual([]);
  });

  it.each(['aliyun', 'Aliyun-x', 'acs:rm', 'a-https://b', '', 'k'.repeat(129), 'tairfleet:batch'])(
    'refuses the tag key %p',
    (key) => {
      expect(problemsOf({ tags: { [key]: 'v' } })).toHaveLength(1);
    },
  );

  it.each(['acs:x', 'see http://x', 'v'.repeat(129), 7, null])(
    'refuses the tag value %p',
    (value) => {
      expect(problemsOf({ tags: { key: value } })).toHaveLength(1);
    },
  );

  it('leaves room for the tags of ours', () => {
    const tags = (count: number): object =>
      Object.fromEntries(Array.from({ length: count }, (_, i) => [`k${i}`, '']));
    expect(problemsOf({ tags: tags(17) })).toEqual([]);
    expect(problemsOf({ tags: tags(18) })).toHaveLength(1);
    expect(problemsOf({ tags: ['team'] })).toHaveLength(1);
  });
});

describe('the check of settings', () => {
  it.each([
    ['', 'x'],
    ['max memory', 'x'],
    ['1st', 'x'],
    ['timeout', 300],
    ['timeout', 'a\nb'],
    ['timeout', null],
  ])('refuses the parameter %p with the value %p', (name, value) => {
    expect(problemsOf({ parameters: { [name]: value } })).toHaveLength(1);
  });

  it('refuses a password that is called a parameter, and does not repeat it', () => {
    const problems = problemsOf({ parameters: { requirepass: 'Correct-Horse-9' } });
    expect(problems).toEqual([expect.stringMatching(/is a password; write passwordFrom/)]);
    expect(problems.join()).not.toContain('Horse');
  });

  it('wants at least one parameter, and takes no list', () => {
    expect(problemsOf({ parameters: {} })).toEqual([expect.stringMatching(/must have 1 to 100/)]);
    expect(problemsOf({ parameters: ['timeout'] })).toHaveLength(1);
  });

  it.each([
    [{ start: '18:00Z', end: '18:59Z' }, /^maintenanceWindow.end: must be at least 60 minutes/],
    [{ start: '18:00Z', end: '18:00Z' }, /^maintenanceWindow.end: must be at least 60 minutes/],
    [{ start: '24:00Z', end: '18:00Z' }, /^maintenanceWindow.start: must be a time of day/],
    [{ start: '18:00', end: '22:00Z' }, /^maintenanceWindow.start: must be a time of day/],
    [{ start: '18:00Z' }, /^maintenanceWindow.end: is missing/],
  ])('refuses the window %j', (maintenanceWindow, problem) => {
    expect(problemsOf({ maintenanceWindow })).toEqual([expect.stringMatching(problem)]);
  });

  it('takes a window that passes midnight, and one of just an hour', () => {
    expect(problemsOf({ maintenanceWindow: { start: '23:00Z', end: '00:00Z' } })).toEqual([]);
    expect(problemsOf({ maintenanceWindow: { start: '05:00Z', end: '04:59Z' } })).toEqual([]);
  });

  it('has no word for leaving an instance unprotected, nor for a probe of another kind', () => {
    expect(problemsOf({ releaseProtection: false })).toEqual([
      'releaseProtection: must be true; or leave it out.',
    ]);
    expect(problemsOf({ ping: true })).toEqual([
      expect.stringMatching(/^ping: must be tcp or tls/),
    ]);
  });
});

describe('what follow-ups have to do with their group', () => {
  const PREPAID = { chargeType: 'PrePaid', periodMonths: 1, autoPay: true };

  function groupProblems(spec: object, followUps: object): string[] {
    const problems: Problem[] = [];
    const size = { instanceClass: 'redis.master.small.default' };
    const group = createSubmittedGroup({ spec: { ...size, ...spec }, followUps });
    checkGroup(group, { path: [], problems });
    return problems.map(formatProblem);
  }

  it.each([
    [PREPAID, { releaseProtection: true }, /^followUps.releaseProtection: goes only with/],
    [
      { resourceGroupId: 'rg-1' },
      { resourceGroupId: 'rg-2' },
      /^followUps.resourceGroupId: cannot/,
    ],
    [{ engine: 'Memcache' }, { ping: 'tcp' }, /^followUps.ping: goes only with engine: Redis/],
  ])('refuses the spec %j beside %j', (spec, followUps, problem) => {
    expect(groupProblems(spec, followUps)).toEqual([expect.stringMatching(problem)]);
    expect(groupProblems({}, followUps)).toEqual([]);
  });
});

describe('release protection', () => {
  it.each(['onShortfall', 'onCancel'])('does not go with a policy that releases: %s', (key) => {
    const problemsWith = (followUps: object, fate: string): string[] => {
      const checked = checkBatchRequest({
        ...{ apiVersion: 'tairfleet/v1', batchId: 'b', policy: { [key]: fate } },
        groups: [createSubmittedGroup({ followUps })],
      });
      return checked.ok ? [] : checked.problems.map(formatProblem);
    };
    expect(problemsWith({ releaseProtection: true }, 'release')).toEqual([
      expect.stringMatching(/cannot be release while followUps.releaseProtection protects/),
    ]);
    expect(problemsWith({ releaseProtection: true }, 'keep')).toEqual([]);
    expect(problemsWith({ tags: {} }, 'release')).toEqual([]);
  });
});

describe('follow-ups in the request', () => {
  it('are part of its hash, as references', () => {
    const [none, first, second] = [
      hashOf({}),
      hashOf({ followUps: { passwordFrom: { env: 'A' } } }),
      hashOf({ followUps: { passwordFrom: { env: 'B' } } }),
    ];
    expect(new Set([none, first, second]).size).toBe(3);
  });

  it('come in the order in which an instance is safe at every moment: whitelist last', () => {
    const all = { securityIps: ['10.0.0.1'], tags: {}, passwordFrom: { env: 'A' } };
    expect(listFollowUpSteps(all)).toEqual(['password', 'tags', 'whitelist']);
    expect(listFollowUpSteps({ securityIps: ['10.0.0.1'] })).toEqual(['whitelist']);
    const rest = {
      ping: 'tcp',
      releaseProtection: true,
      resourceGroupId: 'rg-2',
      maintenanceWindow: { start: '18:00Z', end: '22:00Z' },
      parameters: { timeout: '300' },
    } as const;
    // Only the probe comes after the whitelist: it changes nothing, and needs it.
    expect(listFollowUpSteps({ ...rest, ...all })).toEqual([
      ...['password', 'parameters', 'maintenance', 'resourceGroup', 'tags', 'protection'],
      ...['whitelist', 'ping'],
    ]);
    expect(listFollowUpSteps(undefined)).toEqual([]);
  });

  it('give the tags of ours beside those asked for', () => {
    const identity = { installationId: 'prod', tenant: 'pay', batchId: 'b-1' };
    expect(toInstanceTags({ team: 'x' }, identity)).toEqual({
      team: 'x',
      'tairfleet:batch': 'b-1',
      'tairfleet:tenant': 'pay',
      'tairfleet:installation': 'prod',
    });
  });
});
