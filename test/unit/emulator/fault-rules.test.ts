import { ENTRY, startBench } from './api-client';
import type { Bench } from './api-client';

let bench: Bench;
beforeEach(async () => {
  bench = await startBench();
});
afterEach(() => bench.close());

const put = (faults: unknown): ReturnType<Bench['control']> =>
  bench.control('PUT', 'faults', faults);

const statusesOf = async (
  calls: readonly (() => ReturnType<Bench['call']>)[],
): Promise<number[]> => {
  const statuses = [];
  for (const call of calls) statuses.push((await call()).status);
  return statuses;
};

describe('a rule of the fault script', () => {
  it.each([
    [{ kind: 'drop', action: 'CreateInstancess' }, 'Did you mean CreateInstances?'],
    [{ kind: 'drop', propability: 1 }, 'Did you mean probability by propability?'],
    [{ kind: 'drop', parameters: { InstnaceId: 'r-1' } }, 'Did you mean InstanceId?'],
    [
      { kind: 'drop', action: 'DeleteInstance', parameters: { SearchKey: 'x' } },
      'no parameter of DeleteInstance SearchKey',
    ],
    [{ kind: 'drop', entry: { izNumber: 'x' } }, 'no member of an entry izNumber'],
    [{ kind: 'drop', action: 'DeleteInstance', entry: { izNo: 'x' } }, 'has no entries'],
    [{ kind: 'drop', fromMs: 10, untilMs: 10 }, 'greater than fromMs'],
    [{ kind: 'drop', delayMs: 10 }, 'drop knows none of these members'],
    [{ kind: 'html', retryAfterMs: 1 }, 'It has no effect: html knows status, message.'],
    [{ kind: 'truncate', when: 'after', status: 500 }, 'truncate with when: after knows none'],
    [{ kind: 'status', message: 'no' }, 'It has no effect without a code'],
    [{ kind: 'delay' }, 'delay needs it'],
    [{ kind: 'slow' }, 'slow needs it'],
    [{ kind: 'partial', action: 'DescribeInstances' }, 'only CreateInstances answers with ids'],
    [
      [
        { kind: 'drop', name: 'a' },
        { kind: 'hang', name: 'a' },
      ],
      'cannot both be called a',
    ],
  ])('is refused when it would do nothing of what it says: %j', async (faults, sentence) => {
    const { status, json } = await put(faults);
    expect([status, json.code]).toEqual([400, 'InvalidFaults']);
    expect(json.message).toContain(sentence);
    expect((await bench.control('GET', 'faults')).json).toEqual([]);
  });

  it('can be given alone, without a list', async () => {
    expect((await put({ kind: 'drop' })).json).toMatchObject([{ kind: 'drop', name: 'rule-1' }]);
    const added = await bench.control('POST', 'faults', { kind: 'hang' });
    expect(added.json).toMatchObject([{ kind: 'drop' }, { kind: 'hang', name: 'rule-2' }]);
  });

  it('fires for the parameters that it names, all of them', async () => {
    await put({ kind: 'refuse', parameters: { InstanceIds: 'r-1', PageSize: 50 } });
    const list = (parameters: Record<string, string>) => () =>
      bench.call('DescribeInstances', parameters);
    const statuses = await statusesOf([
      list({ InstanceIds: 'r-1', PageSize: '50' }),
      list({ InstanceIds: 'r-1', PageSize: '30' }),
      list({ InstanceIds: 'r-12', PageSize: '50' }),
      list({ PageSize: '50' }),
    ]);
    expect(statuses).toEqual([400, 200, 200, 200]);
  });

  it('fires for one entry of an order that has all it names, in any case of the keys', async () => {
    await put({ kind: 'refuse', entry: { izNo: 'cn-hangzhou-i', QUANTITY: 2 } });
    const order = (...entries: object[]) => {
      const Instances = JSON.stringify(entries.map((entry) => ({ ...ENTRY, ...entry })));
      return () => bench.call('CreateInstances', { Instances });
    };
    const other = { izNo: 'cn-hangzhou-i', vSwitchId: 'vsw-2' };
    const statuses = await statusesOf([
      order({}, { ...other, quantity: 2 }),
      order({ quantity: 2 }, { ...other, quantity: 1 }),
      order({ quantity: 2 }),
      () => bench.call('DescribeInstances'),
    ]);
    expect(statuses).toEqual([400, 200, 200, 200]);
  });

  it('finds its text in the list of an order as it was sent', async () => {
    await put({ kind: 'refuse', match: '"izNo":"cn-hangzhou-h"' });
    expect((await bench.create()).status).toBe(400);
    const elsewhere = { izNo: 'cn-hangzhou-i', vSwitchId: 'vsw-2' };
    expect((await bench.create(elsewhere)).status).toBe(200);
  });

  it('of fewer ids concerns orders alone, whatever its action', async () => {
    await put({ kind: 'partial', count: 1 });
    await bench.call('DescribeInstances');
    expect((await bench.create({ quantity: 2 })).json.InstanceIds.InstanceId).toHaveLength(1);
  });

  it('says its message in the page of a proxy', async () => {
    await put({ kind: 'html', message: 'upstream is gone' });
    expect((await bench.create()).text).toContain('<p>upstream is gone</p>');
  });

  it('with a seed fires the same way each time, whatever other rules draw', async () => {
    const rule = { kind: 'refuse', probability: 0.5, action: 'DescribeZones' };
    const pattern = async (): Promise<string> => {
      const calls = Array.from({ length: 40 }, () => () => bench.call('DescribeZones'));
      return (await statusesOf(calls)).join('');
    };
    await put({ ...rule, seed: 7 });
    const first = await pattern();
    await put([
      { ...rule, probability: 0, name: 'draws' },
      { ...rule, seed: 7 },
    ]);
    expect(await pattern()).toBe(first);
    await put({ ...rule, seed: 8 });
    expect(await pattern()).not.toBe(first);
    expect(new Set(first.match(/.{3}/g))).toEqual(new Set(['200', '400']));
  });

  it('with a seed goes on when it is put back, and tells for how many calls it could fire', async () => {
    const rule = { kind: 'refuse', probability: 0.5, seed: 3, action: 'DescribeZones' };
    const calls = Array.from({ length: 30 }, () => () => bench.call('DescribeZones'));
    await put(rule);
    const whole = await statusesOf(calls);
    await put(rule);
    const half = await statusesOf(calls.slice(15));
    const { json } = await bench.control('GET', 'faults');
    expect(json[0]).toMatchObject({ matched: 15, fired: half.filter((s) => s === 400).length });
    await put(json);
    expect([...half, ...(await statusesOf(calls.slice(15)))]).toEqual(whole);
  });
});

describe('rules with names', () => {
  it('are removed one by one, and the others keep their counts', async () => {
    await put([
      { name: 'zones', kind: 'refuse', action: 'DescribeZones' },
      { name: 'regions', kind: 'refuse', action: 'DescribeRegions' },
    ]);
    await bench.call('DescribeRegions');
    const left = await bench.control('DELETE', 'faults?name=zones');
    expect(left.json).toMatchObject([{ name: 'regions', fired: 1 }]);
    expect((await bench.call('DescribeZones', { RegionId: 'cn-hangzhou' })).status).toBe(200);
    const unknown = await bench.control('DELETE', 'faults?name=region');
    expect([unknown.status, unknown.json.code]).toEqual([404, 'UnknownFault']);
    expect(unknown.json.message).toContain('Did you mean regions?');
    expect((await bench.control('DELETE', 'faults')).json).toEqual([]);
  });

  it('are added once only, and those without get one that is free', async () => {
    await put([{ name: 'rule-1', kind: 'drop' }, { kind: 'hang' }]);
    const again = await bench.control('POST', 'faults', { name: 'rule-1', kind: 'drop' });
    expect([again.status, again.json.code]).toEqual([400, 'InvalidFaults']);
    const names = (await bench.control('GET', 'faults')).json.map(
      ({ name }: { name: string }) => name,
    );
    expect(names).toEqual(['rule-1', 'rule-2']);
  });
});
