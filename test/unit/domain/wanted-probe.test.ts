import type { ShardEvent } from '../../../src/domain/shard-event';
import {
  applyToShardAll,
  createGated,
  createRunning,
  listCreated,
  toRefused,
} from '../../support/shard-samples';

describe('a gate that an operator wants to be asked at', () => {
  const NOW: ShardEvent = { type: 'retry', paths: [] };
  const DUE: ShardEvent = { type: 'probeDue', gate: 'quota' };

  test('is asked at once more when an older probe is refused after the order', () => {
    const { shard, commands } = applyToShardAll(createGated(), DUE, NOW);
    expect(commands).toEqual([]);
    const refused = applyToShardAll(shard, toRefused(1, 'g0/2-2', 'quota'));
    expect(listCreated(refused.commands)).toEqual(['g0/2-2']);
    const again = applyToShardAll(refused.shard, toRefused(1, 'g0/2-2', 'quota'));
    expect(again.commands).toEqual([{ type: 'probeAfter', gate: 'quota', afterMs: 240_000 }]);
  });

  test('is asked at once when the search that was under way has ended', () => {
    const searching = applyToShardAll(
      createRunning(),
      toRefused(1, 'g0/2-3', 'quota'),
      toRefused(2, 'g0/4-5', 'quota'),
      NOW,
    );
    const refused = applyToShardAll(searching.shard, toRefused(1, 'g0/2-2', 'quota'));
    expect(listCreated(refused.commands)).toEqual(['g0/2-2']);
  });

  test('is asked as soon as a pause is over in which the order came', () => {
    const { shard, commands } = applyToShardAll(createGated(), { type: 'pause' }, NOW);
    expect(listCreated(commands)).toEqual([]);
    const { commands: resumed } = applyToShardAll(shard, { type: 'resume' });
    expect(listCreated(resumed)).toEqual(['g0/2-2']);
  });
});
