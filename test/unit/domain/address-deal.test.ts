import { AddressBook } from '../../../src/domain/address-book';
import { dealAddresses } from '../../../src/domain/address-deal';
import { planShards } from '../../../src/domain/plan';
import { createCheckedRequest } from '../../support/batch-requests';
import type { BatchRequest } from '../../../src/domain/batch-request';

const PLACES = ['vsw-1', 'vsw-2'].map((vSwitchId) => ({
  ...{ region: 'cn-hangzhou', zone: 'cn-hangzhou-h', vpcId: 'vpc-1', vSwitchId },
}));

function createRequest(count: number): BatchRequest {
  const request = createCheckedRequest();
  return { ...request, groups: [{ ...request.groups[0]!, count, placements: PLACES }] };
}

function deal(count: number, free: Record<string, number>) {
  const request = createRequest(count);
  const slices = planShards(request, { shardSlots: 50 });
  const options = { free: new Map(Object.entries(free)), bars: [], untilMs: 1 };
  return dealAddresses(request, slices, options).map((pools) =>
    pools.map(({ vSwitchId, free: own }) => [vSwitchId, own]),
  );
}

describe('the free addresses of a batch', () => {
  it('are dealt out to its shards, so that no two reckon with the same ones', () => {
    expect(deal(100, { 'vsw-1': 70, 'vsw-2': 40 })).toEqual([
      // Ten of the second vSwitch are nobody's plan: half of them each, should the first sell out.
      [['vsw-2', 5]],
      [
        ['vsw-1', 20],
        ['vsw-2', 35],
      ],
    ]);
  });

  it('are no matter where there are plenty, or where nothing is known', () => {
    expect(deal(100, { 'vsw-1': 1_000, 'vsw-2': 1_000 })).toEqual([[], []]);
    expect(deal(100, {})).toEqual([[], []]);
  });
});

describe('the address book of a process', () => {
  const seen = (free: number) => new Map([['vsw-1', free]]);
  const wants = (batch: string, slots: number, nowMs = 0) => ({
    ...{ batch, nowMs },
    demands: [{ slots, vSwitchIds: ['vsw-1'] }],
  });

  it('keeps from one batch what another was promised, however much of that is bought by now', () => {
    for (const bought of [0, 20, 50]) {
      const book = new AddressBook(1_000);
      expect(book.reserve(seen(100), wants('a', 50))).toEqual(seen(100));
      expect(book.reserve(seen(100 - bought), wants('b', 80))).toEqual(seen(50));
    }
  });

  it('promises a batch that asks again what it was promised before', () => {
    const book = new AddressBook(1_000);
    book.reserve(seen(100), wants('a', 50));
    expect(book.reserve(seen(100), wants('a', 50))).toEqual(seen(100));
  });

  it('trusts the cloud alone when the promise is old, or when addresses have become free', () => {
    const book = new AddressBook(1_000);
    book.reserve(seen(100), wants('a', 100));
    expect(book.reserve(seen(30), wants('b', 10, 1_000))).toEqual(seen(30));
    expect(book.reserve(seen(40), wants('c', 10, 1_001))).toEqual(seen(40));
  });
});
