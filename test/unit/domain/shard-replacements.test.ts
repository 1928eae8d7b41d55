import { applyToShard } from '../../../src/domain/shard';
import type { ShardCommand, ShardEvent, ShardStep } from '../../../src/domain/shard-event';
import type { Shard } from '../../../src/domain/shard-state';
import { applyToShardAll, at, createProvenShard, SHARD_RULES } from '../../support/shard-samples';

function listCreated(commands: readonly ShardCommand[]): string[] {
  return commands.flatMap((command) => (command.type === 'create' ? [command.path] : []));
}

describe('an instance that has ended in Error', () => {
  /** One home chunk, bought and controlled. */
  const owned = (): Shard =>
    applyToShardAll(
      createProvenShard([0]),
      { type: 'start' },
      at(0, { type: 'created', path: 'g0/0-1', ids: ['r-0a', 'r-0b'] }),
      { type: 'controlled', group: 0, refusal: null },
    ).shard;
  const failed = (id: string, status = 'Error'): ShardEvent => ({
    type: 'readiness',
    home: 0,
    readyCount: 1,
    failed: [{ id, status }],
  });
  const after = (event: ShardEvent, replacementsMax: number): ShardStep =>
    applyToShard(owned(), event, { rules: { ...SHARD_RULES, replacementsMax }, nowMs: 1_000 });

  test('is bought again as often as the request allows, one slot and under a token of its own', () => {
    const { shard, commands } = after(failed('r-0a'), 1);
    expect(shard.homes[0]?.replacedIds).toEqual(['r-0a']);
    expect(listCreated(commands)).toEqual(['g0/0-0r1']);
    const rules = { ...SHARD_RULES, replacementsMax: 1 };
    const bought = at(0, { type: 'created', path: 'g0/0-0r1', ids: ['r-9'] });
    const again = applyToShard(shard, bought, { rules, nowMs: 1_000 }).shard;
    const twice = applyToShard(again, failed('r-9'), { rules, nowMs: 1_000 });
    expect(twice.shard.homes[0]?.replacedIds).toEqual(['r-0a']);
    expect(listCreated(twice.commands)).toEqual([]);
  });

  test.each([
    ['never without a policy', failed('r-0a'), 0],
    ['not when it is only late', failed('r-0a', 'notReadyInTime'), 1],
    ['not when a person has taken it away', failed('r-0a', 'Released'), 1],
  ])('%s', (_when, event, replacementsMax) => {
    expect(after(event, replacementsMax).shard.homes[0]?.replacedIds).toEqual([]);
  });
});
