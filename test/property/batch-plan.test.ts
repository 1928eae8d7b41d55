import fc from 'fast-check';
import { createBatchPlan, listPlannedChunks } from '../../src/domain/batch-plan';
import { planHomeChunks, planShards } from '../../src/domain/plan';
import { toCreateInput } from '../../src/workflows/chunk-input';
import {
  anyCheckedRequest,
  createCheckedRequest,
  createFrozen,
  createSubmittedGroup,
} from '../support/batch-requests';

const anyPlan = anyCheckedRequest().chain((request) =>
  fc
    .record({
      chunkSlots: fc.integer({ min: 1, max: 300 }),
      shardSlots: fc.integer({ min: 300, max: 1_000 }),
    })
    .map((sizes) => ({ request, frozen: createFrozen(request, sizes) })),
);

describe('a plan that is shown', () => {
  it('has exactly the names and tokens that the workflow sends first', () => {
    fc.assert(
      fc.property(anyPlan, ({ request, frozen }) => {
        const context = { request, frozen, generation: 0 };
        const sent = planShards(request, frozen).flatMap((shard) =>
          planHomeChunks(request, frozen, shard).map((home) =>
            toCreateInput(context, home, { path: home.paths[0]!, ignoreIds: [] }),
          ),
        );
        const shown = [...listPlannedChunks(request, frozen)];
        expect(shown.map(({ name, token, slots }) => ({ name, token, quantity: slots }))).toEqual(
          sent.map(({ name, token, quantity }) => ({ name, token, quantity })),
        );
        expect(shown.map(({ zone }) => zone)).toEqual(sent.map(({ matches }) => matches[0]!.zone));
      }),
    );
  });

  it('counts what it lists', () => {
    fc.assert(
      fc.property(anyPlan, ({ request, frozen }) => {
        const plan = createBatchPlan(request, frozen);
        const listed = [...listPlannedChunks(request, frozen)];
        expect(plan.chunks).toBe(listed.length);
        expect(plan.slots).toBe(listed.reduce((sum, { slots }) => sum + slots, 0));
        expect(plan.shards).toBe(new Set(listed.map(({ shard }) => shard)).size);
        expect(plan.groups).toEqual(
          request.groups.map(({ name, count }) => ({
            name,
            slots: count,
            chunks: listed.filter(({ group }) => group === name).length,
          })),
        );
      }),
    );
  });

  it('names the looks that cannot be spared: two counts a place, and a control a group', () => {
    const request = createCheckedRequest({ groups: [createSubmittedGroup({ count: 100 })] });
    const { calls } = createBatchPlan(request, createFrozen(request));
    expect(calls).toEqual({ CreateInstances: 2, DescribeInstances: 2 + 1 });
  });

  it('of ten million slots is counted without being listed', () => {
    const request = createCheckedRequest({ groups: [createSubmittedGroup({ count: 10_000_000 })] });
    const frozen = createFrozen(request);
    expect(createBatchPlan(request, frozen)).toMatchObject({ chunks: 112_000, shards: 2_000 });
    // A reader that has seen enough pays for no more than the first shard.
    const first = listPlannedChunks(request, frozen).next();
    expect(first.value).toMatchObject({ chunk: 'sessions/0-89' });
  });
});
