import { checkBatchRequest } from '../../../src/domain/check-batch-request';
import { formatProblem } from '../../../src/domain/problem';
import { hashRequest } from '../../../src/domain/request-hash';

const placement = {
  region: 'cn-hangzhou',
  zone: 'cn-hangzhou-h',
  vpcId: 'vpc-1',
  vSwitchId: 'vsw-1',
};
const group = {
  name: 'sessions',
  count: 3,
  spec: { instanceClass: 'redis.master.small.default' },
  placements: [placement],
};
const document = { apiVersion: 'tairfleet/v1', batchId: 'first', groups: [group] };

/** The problems of a document as lines, for comparing them with what people read. */
function problemsOf(input: unknown): string[] {
  const checked = checkBatchRequest(input);
  return checked.ok ? [] : checked.problems.map(formatProblem);
}

function requestOf(input: unknown) {
  const checked = checkBatchRequest(input);
  if (!checked.ok) throw new Error(checked.problems.map(formatProblem).join('\n'));
  return checked.request;
}

describe('the batch request check', () => {
  it('fills in every default of the smallest document', () => {
    expect(requestOf(document)).toEqual({
      apiVersion: 'tairfleet/v1',
      batchId: 'first',
      tenant: 'default',
      groups: [
        {
          ...group,
          spec: {
            instanceClass: 'redis.master.small.default',
            engine: 'Redis',
            engineVersion: '5.0',
            chargeType: 'PostPaid',
            autoPay: true,
            autoRenew: false,
            nodeType: 'MASTER_SLAVE',
            rebuildInstance: false,
          },
        },
      ],
      policy: { minReadyShare: 1, readyDeadlineMs: 1_800_000, deadlineMs: 86_400_000 },
      notify: [],
    });
  });

  it('reports everything that is wrong at once, each with its path', () => {
    const broken = {
      apiVersion: 'tairfleet/v2',
      tenant: 'a/b',
      groups: [{ ...group, cuont: 3, count: 0 }],
      policy: { deadline: 30 },
    };
    expect(problemsOf(broken)).toEqual([
      'apiVersion: must be tairfleet/v1.',
      expect.stringMatching(/^batchId: is missing; write a name/),
      expect.stringMatching(/^tenant: must be 1 to 100 letters/),
      'groups[0].cuont: is not known here; did you mean count? Allowed: name, count, spec, placements, placementPolicy, maxPrice, followUps.',
      'groups[0].count: must be a whole number from 1 to 10000000, not 0.',
      'policy.deadline: must be a duration with units, such as 90s, 30m or 24h. The number 30 has no unit.',
    ]);
  });

  it.each([undefined, null, [], 'text', 7])('asks for an object instead of %p', (input) => {
    expect(problemsOf(input)).toEqual([expect.stringMatching(/^must be an object with keys/)]);
  });

  it.each(['..', 'a/b', '', '.hidden', 'a b', 'x'.repeat(101)])(
    'refuses the batch id %p, which would not be safe in a path',
    (batchId) => {
      expect(problemsOf({ ...document, batchId })).toEqual([
        expect.stringMatching(/^batchId: must be/),
      ]);
    },
  );

  it('takes the batch id from outside only when the document has none', () => {
    const unnamed = { ...document, batchId: undefined };
    const id = 'nightly-2026-11-24T02:00:00Z';
    expect(checkBatchRequest(unnamed, { fallbackBatchId: id })).toMatchObject({
      request: { batchId: id },
    });
    expect(checkBatchRequest(document, { fallbackBatchId: id })).toMatchObject({
      request: { batchId: 'first' },
    });
    expect(checkBatchRequest(unnamed, { fallbackBatchId: '../x' })).toMatchObject({
      problems: [{ path: ['batchId'], code: 'not-allowed' }],
    });
  });

  it('refuses two groups of one name, and more slots than a batch may have', () => {
    const twins = [group, { ...group, count: 10_000_000 }];
    expect(problemsOf({ ...document, groups: twins })).toEqual([
      'groups[1].name: is also the name of groups[0]; names must differ within a batch.',
      'groups: ask for 10000003 instances together; a batch has at most 10000000.',
    ]);
  });

  it('refuses a request too long to travel with its workflow', () => {
    const placements = Array.from({ length: 50 }, (_, index) => ({
      ...placement,
      vSwitchId: `vsw-${index}`,
    }));
    const groups = Array.from({ length: 100 }, (_, index) => ({
      ...group,
      name: `group-${index}`,
      placements,
    }));
    expect(problemsOf({ ...document, groups })).toEqual([
      expect.stringMatching(/^groups: make \d+ characters of JSON/),
    ]);
  });

  it('keeps release in the policy', () => {
    const policy = { onShortfall: 'release', onCancel: 'release' };
    expect(requestOf({ ...document, policy }).policy).toMatchObject(policy);
  });

  it('accepts and drops keep, which is what it does anyway', () => {
    const kept = { ...document, policy: { onShortfall: 'keep', onCancel: 'keep' } };
    expect(requestOf(kept)).toEqual(requestOf(document));
  });

  it('never repeats a text that may be a secret in the wrong place', () => {
    const spec = {
      ...group.spec,
      password: 'hunter2!',
      engine: 'hunter2!',
      resourceGroupId: 'hunter2 !',
    };
    const problems = problemsOf({ ...document, groups: [{ ...group, spec }] });
    expect(problems).toHaveLength(3);
    expect(problems.join('\n')).not.toContain('hunter2');
  });
});

describe('the policy check', () => {
  function policyOf(policy: unknown) {
    return requestOf({ ...document, policy }).policy;
  }

  it('reads shares and durations as people write them', () => {
    expect(policyOf({ minReady: '99.5%', readyDeadline: '90s', deadline: '1h 30m' })).toEqual({
      minReadyShare: 0.995,
      readyDeadlineMs: 90_000,
      deadlineMs: 5_400_000,
    });
    expect(policyOf({ minReady: 0.5 }).minReadyShare).toBe(0.5);
  });

  it.each([
    [{ minReady: 95 }, 'policy.minReady: must be from 0% to 100%; did you mean 95%?'],
    [{ minReady: '101%' }, 'policy.minReady: must be from 0% to 100%.'],
    [{ minReady: 'all' }, 'policy.minReady: must be a share such as 95%, or a number from 0 to 1.'],
    [{ deadline: '0s' }, 'policy.deadline: must be from 1s to 365d.'],
    [{ readyDeadline: '8d' }, 'policy.readyDeadline: must be from 1s to 7d.'],
  ])('refuses %j', (policy, line) => {
    expect(problemsOf({ ...document, policy })).toEqual([line]);
  });

  it('gives what is restored two hours to become ready, unless it says otherwise', () => {
    const spec = { ...group.spec, sourceInstanceId: 'r-1', backupId: '1' };
    const restored = { ...document, groups: [group, { ...group, spec, name: 'b' }] };
    expect(requestOf(restored).policy.readyDeadlineMs).toBe(7_200_000);
    const { policy } = requestOf({ ...restored, policy: { readyDeadline: '10m' } });
    expect(policy.readyDeadlineMs).toBe(600_000);
  });

  it('brings back each instance of the recycle bin once', () => {
    const rebuild = (name: string, sourceInstanceId: string): object => ({
      ...{ ...group, name, count: 1 },
      spec: { ...group.spec, sourceInstanceId, rebuildInstance: true },
    });
    const groups = [rebuild('a', 'r-1'), rebuild('b', 'r-2'), rebuild('c', 'r-1')];
    expect(problemsOf({ ...document, groups })).toEqual([
      'groups[2].spec.sourceInstanceId: is brought back by groups[0] already; the recycle bin has it once.',
    ]);
    expect(problemsOf({ ...document, groups: groups.slice(0, 2) })).toEqual([]);
  });

  it('gives clusters an hour to become ready, wherever their class is written', () => {
    const instanceClass = 'redis.logic.sharding.1g.2db.0rodb.4proxy.default';
    const bySpec = { ...group, spec: { instanceClass } };
    const byPlacement = { ...group, placements: [{ ...placement, instanceClass }] };
    for (const clustered of [bySpec, byPlacement]) {
      const { policy } = requestOf({ ...document, groups: [group, { ...clustered, name: 'b' }] });
      expect(policy.readyDeadlineMs).toBe(3_600_000);
    }
  });
});

describe('the notification check', () => {
  it('keeps signals and asks for both of their parts', () => {
    const signal = { workflowId: 'order-77', name: 'fleetReady' };
    expect(requestOf({ ...document, notify: [{ signal }] }).notify).toEqual([{ signal }]);
    expect(problemsOf({ ...document, notify: [{ signal: { name: 'x' } }] })).toEqual([
      'notify[0].signal.workflowId: is missing; write the id of a workflow in the same namespace.',
    ]);
  });
});

describe('the hash of a request', () => {
  it('is the same however the document was written, and another one for another request', () => {
    const request = requestOf(document);
    const reordered = Object.fromEntries(Object.entries(request).reverse()) as typeof request;
    expect(hashRequest(reordered)).toBe(hashRequest(request));
    expect(hashRequest({ ...request, tenant: 'payments' })).not.toBe(hashRequest(request));
    const [only] = request.groups;
    expect(hashRequest({ ...request, groups: [{ ...only!, count: 4 }] })).not.toBe(
      hashRequest(request),
    );
  });
});
