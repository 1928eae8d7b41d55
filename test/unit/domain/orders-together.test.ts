import { applyAllToShard } from '../../../src/domain/shard';
import { resumeShard } from '../../../src/domain/shard-carry';
import type { ShardEvent } from '../../../src/domain/shard-event';
import { createProvenShard, listCreated, SHARD_RULES } from '../../support/shard-samples';

/** Orders that came before a run could obey them: none is obeyed by a send that a later one forbids. */

const CONTEXT = { rules: SHARD_RULES, nowMs: 1_000 };
const WIDER: ShardEvent = { type: 'concurrency', chunksInFlight: 4 };
const REFUSAL = { class: 'unknown', code: 'batch-cancelled' } as const;

const FORBIDDING: readonly (readonly [string, readonly ShardEvent[]])[] = [
  ['an end', [WIDER, { type: 'end', ending: { as: 'skipped', refusal: REFUSAL } }]],
  ['a pause', [WIDER, { type: 'pause' }]],
  [
    'a pause after one that was taken back',
    [{ type: 'pause' }, { type: 'resume' }, WIDER, { type: 'pause' }],
  ],
];

test.each(FORBIDDING)(
  '%s holds for a shard that begins, whatever was ordered before',
  (_name, events) => {
    const shard = createProvenShard([0, 0]);
    const step = applyAllToShard(shard, [...events, { type: 'start' }], CONTEXT);
    expect(listCreated(step.commands)).toEqual([]);
  },
);

test.each(FORBIDDING)(
  '%s holds for a shard that goes on, whatever was ordered before',
  (_name, orders) => {
    const step = resumeShard(createProvenShard([0, 0]), CONTEXT, { orders });
    expect(listCreated(step.commands)).toEqual([]);
  },
);

test('A shard that nothing forbids to send sends once all orders are obeyed.', () => {
  const events: ShardEvent[] = [{ type: 'pause' }, { type: 'resume' }, { type: 'start' }];
  const { commands } = applyAllToShard(createProvenShard([0, 0]), events, CONTEXT);
  expect(listCreated(commands)).not.toEqual([]);
});
