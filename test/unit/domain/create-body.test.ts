import type { Group, Placement } from '../../../src/domain/batch-request';
import { createCreateBody, hashBody, type CreateBody } from '../../../src/domain/create-body';
import { createCheckedRequest } from '../../support/batch-requests';

/** Every token that was ever made depends on these bodies, letter by letter (rule R1). */

const [GROUP] = createCheckedRequest().groups as [Group];
const [PLACEMENT] = GROUP.placements as [Placement];

function createBody(spec: Partial<Group['spec']> = {}, placement: Partial<Placement> = {}) {
  const group = { ...GROUP, spec: { ...GROUP.spec, ...spec } };
  return createCreateBody({
    group,
    placement: { ...PLACEMENT, ...placement },
    name: 'sessions-aaaaaaaaaa-s0000c0000',
    quantity: 3,
  });
}

function readEntry({ Instances }: CreateBody): unknown {
  const [entry] = JSON.parse(Instances!) as unknown[];
  return entry;
}

const ENTRY = {
  RegionId: 'cn-hangzhou',
  IzNo: 'cn-hangzhou-h',
  Quantity: 3,
  InstanceType: 'Redis',
  InstanceClass: 'redis.master.small.default',
  EngineVersion: '5.0',
  ChargeType: 'PostPaid',
  InstanceName: 'sessions-aaaaaaaaaa-s0000c0000',
  NetworkType: 'VPC',
  VpcId: 'vpc-1',
  VSwitchId: 'vsw-1',
  NodeType: 'MASTER_SLAVE',
};

describe('a body', () => {
  it('is one entry with a quantity, and no key that nobody asked for', () => {
    expect(createBody()).toEqual({
      AutoPay: 'true',
      EngineVersion: '5.0',
      Instances: JSON.stringify([ENTRY]),
    });
  });

  it('of a prepaid group says how long, and whether it is renewed, in both places', () => {
    const prepaid = { chargeType: 'PrePaid', autoPay: false, periodMonths: 12 } as const;
    const body = createBody({ ...prepaid, autoRenew: true });
    expect(body).toMatchObject({ AutoPay: 'false', AutoRenew: 'true' });
    expect(readEntry(body)).toMatchObject({
      ChargeType: 'PrePaid',
      Period: 12,
      AutoRenew: 'true',
    });
  });

  it('takes the class of its placement, or the capacity where there is no class', () => {
    const other = createBody({}, { instanceClass: 'redis.master.mid.default' });
    expect(readEntry(other)).toMatchObject({ InstanceClass: 'redis.master.mid.default' });
    const spec: { -readonly [Key in keyof Group['spec']]: Group['spec'][Key] } = { ...GROUP.spec };
    delete spec.instanceClass;
    const sized = createCreateBody({
      group: { ...GROUP, spec: { ...spec, capacityMb: 1_024 } },
      placement: PLACEMENT,
      name: 'n',
      quantity: 1,
    });
    expect(readEntry(sized)).toMatchObject({ Capacity: 1_024 });
    expect(readEntry(sized)).not.toHaveProperty('InstanceClass');
  });

  it('carries what the request says about money and ownership', () => {
    const spec = { resourceGroupId: 'rg-1', couponNo: 'c-1', businessInfo: 'b-1' };
    expect(createBody(spec)).toMatchObject({
      ResourceGroupId: 'rg-1',
      CouponNo: 'c-1',
      BusinessInfo: 'b-1',
    });
  });

  it('carries where the data comes from', () => {
    const body = createBody({ sourceInstanceId: 'r-1', backupId: '7', rebuildInstance: true });
    expect(body).toMatchObject({ RebuildInstance: 'true' });
    expect(readEntry(body)).toEqual({
      ...ENTRY,
      SrcDBInstanceId: 'r-1',
      BackupId: '7',
      RebuildInstance: 'true',
    });
  });
});

describe('the hash of a body', () => {
  it('never changes: another one would be another token, and buy again after an upgrade', () => {
    expect(hashBody(createBody())).toBe(
      '8635df4c2f05dd4b1b8c528ef6d736a89fc639182169da9a0d4218258148ee62',
    );
  });

  it('is the same in whatever order the parameters stand, and another one for other values', () => {
    const hash = hashBody({ A: '1', B: '2', C: '3' });
    expect(hashBody({ C: '3', A: '1', B: '2' })).toBe(hash);
    expect(hashBody({ A: '1', B: '2', C: '4' })).not.toBe(hash);
    expect(hashBody({ A: '1', B: '2', D: '3' })).not.toBe(hash);
  });
});
