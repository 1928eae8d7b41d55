import { isFrozenPlan, type FrozenPlan } from '../../../src/domain/frozen-plan';

const PLAN: FrozenPlan = {
  installationId: 'default',
  account: 'main',
  chunkSlots: 90,
  shardSlots: 5_000,
  naming: 'shared',
  requestHash: 'ab12',
};

/** What names and tokens are made of: a wrong one would find nothing of what was bought (rule R11). */
describe('a value that came from outside', () => {
  it.each<[string, Partial<FrozenPlan>]>([
    ['as it was frozen', {}],
    ['with the smallest chunks', { chunkSlots: 1, shardSlots: 1 }],
    ['with the largest chunks', { chunkSlots: 300, shardSlots: Number.MAX_SAFE_INTEGER }],
  ])('is a frozen plan %s', (_how, change) => {
    expect(isFrozenPlan({ ...PLAN, ...change })).toBe(true);
  });

  it.each([undefined, null, 'plan', 7, [], {}])('is none when it is %j', (value) => {
    expect(isFrozenPlan(value)).toBe(false);
  });

  it.each<[keyof FrozenPlan, unknown]>([
    ['installationId', ''],
    ['account', 7],
    ['requestHash', null],
    ['chunkSlots', 0],
    ['chunkSlots', 301],
    ['chunkSlots', 1.5],
    ['chunkSlots', '90'],
    ['shardSlots', 0],
    ['shardSlots', Infinity],
    ['naming', 'numbered'],
  ])('is none when its %s is %j', (key, value) => {
    expect(isFrozenPlan({ ...PLAN, [key]: value })).toBe(false);
  });
});
