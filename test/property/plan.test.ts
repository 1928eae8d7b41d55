import fc from 'fast-check';
import type { BatchRequest, Group } from '../../src/domain/batch-request';
import type { FrozenPlan } from '../../src/domain/frozen-plan';
import { LIMITS } from '../../src/domain/limits';
import { planHomeChunks, planShards } from '../../src/domain/plan';

interface Planned {
  readonly request: BatchRequest;
  readonly frozen: FrozenPlan;
}

const groupNames = fc
  .stringMatching(/^[a-z][a-z0-9-]{0,28}[a-z0-9]$/)
  .filter((name) => name.length <= LIMITS.groupNameLengthMax);

const planned: fc.Arbitrary<Planned> = fc.record({
  request: fc
    .uniqueArray(
      fc.record({
        name: groupNames,
        count: fc.integer({ min: 1, max: 40 }),
        placements: fc.constantFrom([{ region: 'r1' }], [{ region: 'r2' }]),
      }),
      { minLength: 1, maxLength: 5, selector: ({ name }) => name },
    )
    .map((groups) => ({ batchId: 'b', tenant: 't', groups }) as unknown as BatchRequest),
  frozen: fc
    .record({
      chunkSlots: fc.integer({ min: 1, max: 9 }),
      shardSlots: fc.integer({ min: 1, max: 30 }),
    })
    .map((sizes) => ({ installationId: 'i', account: 'a', ...sizes }) as FrozenPlan),
});

function listHomes({ request, frozen }: Planned) {
  return planShards(request, frozen).map((shard) => planHomeChunks(request, frozen, shard));
}

/** Slots as `<group>/<slot>`, in any order. */
function toSlots(parts: readonly { group: number; from: number; count: number }[]): string[] {
  return parts.flatMap(({ group, from, count }) =>
    Array.from({ length: count }, (_, offset) => `${group}/${from + offset}`),
  );
}

function toWanted(groups: readonly Group[]): string[] {
  return toSlots(groups.map(({ count }, group) => ({ group, from: 0, count })));
}

test('shards cover every slot exactly once', () => {
  fc.assert(
    fc.property(planned, ({ request, frozen }) => {
      const ranges = planShards(request, frozen).flatMap((shard) => shard.ranges);
      expect(toSlots(ranges).sort()).toEqual(toWanted(request.groups).sort());
    }),
  );
});

test('home chunks cover every slot exactly once, and their paths do', () => {
  fc.assert(
    fc.property(planned, (plan) => {
      const homes = listHomes(plan).flat();
      const wanted = toWanted(plan.request.groups).sort();
      expect(toSlots(homes).sort()).toEqual(wanted);
      const paths = homes.flatMap((home) => home.paths.map((path) => ({ ...path, ...home })));
      expect(toSlots(paths).sort()).toEqual(wanted);
    }),
  );
});

test('no shard and no chunk is larger than the plan allows', () => {
  fc.assert(
    fc.property(planned, (plan) => {
      for (const homes of listHomes(plan)) {
        const slots = homes.reduce((sum, { count }) => sum + count, 0);
        expect(slots).toBeLessThanOrEqual(plan.frozen.shardSlots);
        homes.forEach(({ count }) => expect(count).toBeLessThanOrEqual(plan.frozen.chunkSlots));
      }
    }),
  );
});

test('names are unique, and valid by the rule of the CreateInstances page of 2025-03-27', () => {
  fc.assert(
    fc.property(planned, (plan) => {
      const names = listHomes(plan).flatMap((homes) => homes.map(({ name }) => name));
      expect(new Set(names).size).toBe(names.length);
      names.forEach((name) => expect(name).toMatch(/^[a-zA-Z][^ @/:="<>{[\]}]{1,79}$/));
    }),
  );
});

test('paths of a batch have unique names: they are part of the token', () => {
  fc.assert(
    fc.property(planned, (plan) => {
      const names = listHomes(plan).flatMap((homes) =>
        homes.flatMap(({ paths }) => paths.map(({ name }) => name)),
      );
      expect(new Set(names).size).toBe(names.length);
    }),
  );
});
