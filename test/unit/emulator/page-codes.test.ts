import { ENTRY, startBench } from './api-client';
import type { Bench, Parameters } from './api-client';

/** One code of the CreateInstances page (2025-03-27) and the state of the world that provokes it. */
interface PageCode {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  /** What is wrong with the one entry of the call; nothing, unless given. */
  readonly entry?: object;
  readonly parameters?: Parameters;
  readonly config?: object;
  /** Made before the call that is refused. */
  readonly earlier?: { readonly entry: object; readonly parameters: Parameters };
}

const CLASS = 'redis.master.small.default';

const PAGE_CODES: readonly PageCode[] = [
  {
    status: 400,
    code: 'Zone.Closed',
    message: 'Specified zone is closed.',
    config: { closedZones: ['cn-hangzhou-h'] },
  },
  {
    status: 400,
    code: 'MissingParameter',
    message: 'Period is mandatory for this action.',
    entry: { ChargeType: 'PrePaid' },
  },
  {
    status: 400,
    code: 'InvalidToken.Malformed',
    message: 'The Specified parameter "Token" is not valid.',
    parameters: { Token: 'x'.repeat(65) },
  },
  {
    status: 400,
    code: 'InvalidInstanceName.Malformed',
    message: 'The Specified parameter "InstanceName" is not valid.',
    entry: { InstanceName: 'has a space' },
  },
  {
    status: 400,
    code: 'InvalidPassword.Malformed',
    message: 'The Specified parameter "Password" is not valid.',
    entry: { Password: 'short' },
  },
  {
    status: 400,
    code: 'InvalidInstances.Malformed',
    message: 'The Specified parameter "Instances" is not valid.',
    entry: { quantity: 301 },
  },
  {
    status: 400,
    code: 'InsufficientBalance',
    message: 'Your account does not have enough balance.',
    config: { balance: 0.5, pricePerInstance: 1 },
  },
  {
    status: 400,
    code: 'QuotaExceed.AfterpayInstance',
    message: 'Living afterpay instances quota exceeded.',
    config: { quota: 0 },
  },
  {
    status: 400,
    code: 'InvalidCapacity.NotFound',
    message: 'The Capacity provided does not exist in our records.',
    entry: { instanceClass: 'redis.master.unknown.default' },
  },
  {
    status: 400,
    code: 'ResourceNotAvailable',
    message: 'Resource you requested is not available for finance user.',
    config: { financeUser: true },
  },
  {
    status: 400,
    code: 'PaymentMethodNotFound',
    message: 'No payment method has been registered on the account.',
    config: { paymentMethodRegistered: false },
  },
  {
    status: 400,
    code: 'IdempotentParameterMismatch',
    message:
      'Request uses a client token in a previous request but is not identical to that request.',
    parameters: { Token: 'used' },
    earlier: { entry: { InstanceName: 'other' }, parameters: { Token: 'used' } },
  },
  {
    status: 400,
    code: 'QuotaNotEnough',
    message: 'Quota not enough in this zone.',
    config: { stock: { 'cn-hangzhou-h': { [CLASS]: 0 } } },
  },
  {
    status: 400,
    code: 'QuotaExceed',
    message: 'Living afterpay instances quota exceed.',
    config: { quota: 0, quotaCode: 'QuotaExceed' },
  },
  {
    status: 400,
    code: 'VpcServiceError',
    message: 'Invoke vpc service failed.',
    config: { vpcServiceUp: false },
  },
  {
    status: 400,
    code: 'IzNotSupportVpcError',
    message: 'Specify iz not support vpc.',
    config: {
      world: {
        regions: [{ id: 'cn-hangzhou', zones: [{ id: 'cn-hangzhou-h', vpc: false }] }],
        ...{ vpcs: [], vSwitches: [], resourceGroups: [] },
        classes: [{ name: CLASS, capacityMb: 1_024, architecture: 'standard', shardCount: 1 }],
      },
    },
  },
  {
    status: 400,
    code: 'InvalidVpcIdRegion.NotSupported',
    message: 'The Specified vpcId or vSwitchId not supported.',
    entry: { vpcId: 'vpc-2' },
  },
  {
    status: 400,
    code: 'ResourceGroupNotExist',
    message: 'The Specified ResourceGroupId does not exist.',
    parameters: { ResourceGroupId: 'rg-none' },
  },
  {
    status: 403,
    code: 'RealNameAuthenticationError',
    message: 'Your account has not passed the real-name authentication yet.',
    config: { realNameVerified: false },
  },
];

describe('the error codes of the CreateInstances page', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await startBench();
  });
  afterAll(() => bench.close());
  beforeEach(() => bench.control('POST', 'reset'));

  it('are nineteen', () => {
    expect(new Set(PAGE_CODES.map(({ code }) => code)).size).toBe(19);
  });

  it.each(PAGE_CODES)('$code is answered with $status and its text', async (row) => {
    if (row.earlier !== undefined) await bench.create(row.earlier.entry, row.earlier.parameters);
    const before = (await bench.control('GET', 'stats')).json.instances.live;
    const put = await bench.control('PUT', 'config', row.config ?? {});
    expect(put.status).toBe(200);
    const answer = await bench.create(row.entry, row.parameters);
    expect([answer.status, answer.json.Code, answer.json.Message]).toEqual([
      row.status,
      row.code,
      row.message,
    ]);
    expect((await bench.control('GET', 'stats')).json.instances.live).toBe(before);
  });

  it('are none for the call that all of them spoil', async () => {
    expect((await bench.create(ENTRY, { Token: 'fresh' })).status).toBe(200);
  });
});
