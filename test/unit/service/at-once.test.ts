import { mapAtOnce } from '../../../src/service/at-once';

it('gives what came of each in their order, and never works on more than are allowed', async () => {
  let open = 0;
  let most = 0;
  const values = await mapAtOnce([5, 1, 4, 2, 3], 2, async (item) => {
    open += 1;
    most = Math.max(most, open);
    for (let turn = 0; turn < item; turn += 1) await Promise.resolve();
    open -= 1;
    return item * 10;
  });
  expect(values).toEqual([50, 10, 40, 20, 30]);
  expect(most).toBe(2);
});

it('gives nothing for nothing', async () => {
  expect(await mapAtOnce([], 3, () => Promise.resolve(1))).toEqual([]);
});
