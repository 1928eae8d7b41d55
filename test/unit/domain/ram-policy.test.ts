import { checkBatchRequest } from '../../../src/domain/check-batch-request';
import type { BatchRequest } from '../../../src/domain/batch-request';
import { createRamPolicy } from '../../../src/domain/ram-policy';
import type { RamPolicyWishes } from '../../../src/domain/ram-policy';

const PLACE = { region: 'cn-hangzhou', zone: 'z', vpcId: 'v', vSwitchId: 's' };
const GROUP = { name: 'a', count: 2, spec: { instanceClass: 'small' }, placements: [PLACE] };
const NOTHING: RamPolicyWishes = {
  ...{ isPreflight: false, isRelease: false, isSpendCapped: false, isConditional: true },
};
const ALWAYS = ['kvstore:DescribeInstances', 'vpc:DescribeVSwitches'];

function createRequest(changes: object = {}): BatchRequest {
  const base = { apiVersion: 'tairfleet/v1', batchId: 'b', groups: [GROUP] };
  const checked = checkBatchRequest({ ...base, ...changes });
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
  return checked.request;
}

function toPolicy(changes: object = {}, wishes: Partial<RamPolicyWishes> = {}) {
  return createRamPolicy([createRequest(changes)], { ...NOTHING, ...wishes });
}

/** What is allowed besides buying. */
function othersOf(changes: object, wishes: Partial<RamPolicyWishes> = {}): readonly string[] {
  return toPolicy(changes, wishes).Statement.at(-1)!.Action;
}

describe('the least RAM policy of a request', () => {
  it('buys its classes and engines in its regions, and looks', () => {
    const there = { ...PLACE, region: 'cn-beijing' };
    const groups = [
      { ...GROUP, placements: [PLACE, { ...PLACE, zone: 'y', instanceClass: 'large' }] },
      { ...GROUP, name: 'b', spec: { instanceClass: 'small', engine: 'Memcache' } },
      { ...GROUP, name: 'c', spec: { capacityMb: 1024 }, placements: [there] },
    ];
    const buy = { Effect: 'Allow', Action: ['kvstore:CreateInstances'] };
    const toKeys = (engine: string, ...classes: string[]) => ({
      'kvstore:InstanceType': [engine],
      ...(classes.length === 0 ? {} : { 'kvstore:InstanceClass': classes }),
    });
    const hangzhou = ['acs:kvstore:cn-hangzhou:*:instance/*'];
    expect(toPolicy({ groups })).toEqual({
      Version: '1',
      Statement: [
        {
          ...{ ...buy, Resource: hangzhou },
          Condition: { StringEquals: toKeys('Redis', 'large', 'small') },
        },
        {
          ...{ ...buy, Resource: hangzhou },
          Condition: { StringEquals: toKeys('Memcache', 'small') },
        },
        {
          ...{ ...buy, Resource: ['acs:kvstore:cn-beijing:*:instance/*'] },
          Condition: { StringEquals: toKeys('Redis') },
        },
        { Effect: 'Allow', Action: ALWAYS, Resource: ['*'] },
      ],
    });
  });

  it('leaves conditions out where nobody wants them', () => {
    const [first] = toPolicy({}, { isConditional: false }).Statement;
    expect(first).toEqual({
      Effect: 'Allow',
      Action: ['kvstore:CreateInstances'],
      Resource: ['acs:kvstore:cn-hangzhou:*:instance/*'],
    });
  });

  it.each([
    [{ passwordFrom: { env: 'TAIRFLEET_SECRET_X' } }, 'ModifyInstanceAttribute'],
    [{ releaseProtection: true }, 'ModifyInstanceAttribute'],
    [{ parameters: { timeout: '1' } }, 'ModifyInstanceConfig'],
    [{ maintenanceWindow: { start: '18:00Z', end: '22:00Z' } }, 'ModifyInstanceMaintainTime'],
    [{ resourceGroupId: 'rg-1' }, 'ModifyResourceGroup'],
    [{ tags: { a: 'b' } }, 'TagResources'],
    [{ securityIps: ['10.0.0.1'] }, 'ModifySecurityIps'],
  ])('with the follow-up %j has its operation and no other', (followUps, action) => {
    const groups = [{ ...GROUP, followUps }];
    expect([...othersOf({ groups })].sort()).toEqual([...ALWAYS, `kvstore:${action}`].sort());
  });

  it.each([
    [{ policy: { onShortfall: 'release' } }, {}, 'DeleteInstance'],
    [{ policy: { onCancel: 'release' } }, {}, 'DeleteInstance'],
    [{}, { isRelease: true }, 'DeleteInstance'],
    [{ groups: [{ ...GROUP, maxPrice: '1 CNY' }] }, {}, 'DescribePrice'],
    [
      { groups: [{ ...GROUP, placements: [{ ...PLACE, maxPrice: '1 CNY' }] }] },
      {},
      'DescribePrice',
    ],
    [{ policy: { approvalAbovePrice: '1 CNY' } }, {}, 'DescribePrice'],
    [{}, { isSpendCapped: true }, 'DescribePrice'],
  ])('of %j with %j has one more', (changes, wishes, action) => {
    expect([...othersOf(changes, wishes)].sort()).toEqual([...ALWAYS, `kvstore:${action}`].sort());
  });

  it('counts no addresses for a single instance, which is simply ordered', () => {
    expect(othersOf({ groups: [{ ...GROUP, count: 1 }] })).toEqual(['kvstore:DescribeInstances']);
  });

  it('looks around for a preflight', () => {
    expect(othersOf({}, { isPreflight: true })).toEqual([
      ...[
        'kvstore:DescribeAvailableResource',
        'kvstore:DescribeInstances',
        'kvstore:DescribePrice',
      ],
      ...['kvstore:DescribeZones', 'vpc:DescribeVSwitches', 'vpc:DescribeVpcs'],
    ]);
  });
});
