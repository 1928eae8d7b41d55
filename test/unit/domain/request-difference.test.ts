import fc from 'fast-check';
import type { BatchRequest, Group } from '../../../src/domain/batch-request';
import { checkBatchRequest } from '../../../src/domain/check-batch-request';
import { formatPath } from '../../../src/domain/problem';
import { listDifferences } from '../../../src/domain/request-difference';
import { hashRequest } from '../../../src/domain/request-hash';

const place = { region: 'cn-hangzhou', zone: 'cn-hangzhou-h', vpcId: 'vpc-1', vSwitchId: 'vsw-1' };

function createGroup(name: string, changes: object = {}): object {
  const spec = { instanceClass: 'redis.master.small.default' };
  return { name, count: 3, spec, placements: [place], ...changes };
}

function createRequest(changes: object = {}): BatchRequest {
  const document = { apiVersion: 'tairfleet/v1', batchId: 'b', groups: [createGroup('cache')] };
  const checked = checkBatchRequest({ ...document, ...changes });
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
  return checked.request;
}

function toRows(before: BatchRequest, now: BatchRequest): unknown[] {
  return listDifferences(before, now).map((difference) => [
    formatPath(difference.path),
    difference.before,
    difference.now,
  ]);
}

describe('the differences of two requests', () => {
  it('name the field, what was submitted before, and what is now', () => {
    const groups = [createGroup('cache', { count: 5 })];
    expect(toRows(createRequest(), createRequest({ groups }))).toEqual([
      ['groups.cache.count', 3, 5],
    ]);
  });

  it('are none for another spelling of the same request', () => {
    const spelt = createRequest({ tenant: 'default', policy: { minReady: 1, deadline: '1d' } });
    expect(toRows(createRequest(), spelt)).toEqual([]);
  });

  it('find a group by its name, wherever it stands', () => {
    const groups = [createGroup('front'), createGroup('cache', { count: 4 })];
    expect(toRows(createRequest(), createRequest({ groups }))).toEqual([
      ['groups.cache.count', 3, 4],
      ['groups.front', undefined, expect.objectContaining({ name: 'front', count: 3 })],
    ]);
  });

  it('say that only the order of the groups differs', () => {
    const groups = [createGroup('a'), createGroup('b')];
    const before = createRequest({ groups });
    expect(toRows(before, createRequest({ groups: [...groups].reverse() }))).toEqual([
      ['groups', 'a, b', 'b, a'],
    ]);
  });

  it('write the policy as people write it', () => {
    const policy = { minReady: '99.5%', readyDeadline: '45m', deadline: '90061001ms' };
    expect(toRows(createRequest(), createRequest({ policy }))).toEqual([
      ['policy.minReady', '100%', '99.5%'],
      ['policy.readyDeadline', '30m', '45m'],
      ['policy.deadline', '1d', '90061001ms'],
    ]);
  });

  it('are empty exactly for requests with the same hash', () => {
    const anyGroup = fc.record({
      name: fc.constantFrom('a', 'b', 'c'),
      count: fc.integer({ min: 1, max: 3 }),
      zones: fc.uniqueArray(fc.constantFrom('h', 'i'), { minLength: 1 }),
    });
    const anyRequest = fc
      .record({
        groups: fc.uniqueArray(anyGroup, { minLength: 1, selector: ({ name }) => name }),
        minReadyShare: fc.constantFrom(1, 0.1, 0.1 + Number.EPSILON / 8, 0.07),
        deadlineMs: fc.constantFrom(86_400_000, 86_400_001, 3_600_000),
        account: fc.constantFrom('blue', undefined),
      })
      .map(({ groups, minReadyShare, deadlineMs, account }): BatchRequest => {
        const [template] = createRequest().groups as [Group];
        const [placement] = template.placements as [Group['placements'][number]];
        return {
          ...createRequest(account === undefined ? {} : { account }),
          groups: groups.map(({ zones, ...group }) => ({
            ...template,
            ...group,
            placements: zones.map((zone) => ({ ...placement, zone })),
          })),
          policy: { minReadyShare, readyDeadlineMs: 1_000, deadlineMs },
        };
      });
    fc.assert(
      fc.property(anyRequest, anyRequest, (before, now) => {
        const isSame = hashRequest(before) === hashRequest(now);
        expect(listDifferences(before, now).length === 0).toBe(isSame);
      }),
      { numRuns: 500 },
    );
  });
});
