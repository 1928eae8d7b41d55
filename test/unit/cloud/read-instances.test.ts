import type { CallReport } from '../../../src/cloud/rpc-caller';
import type { PopCoreCloud } from '../../../src/cloud/pop-core-cloud';
import {
  answerJson,
  answerText,
  DRIBBLE,
  instanceBody,
  pageBody,
  startScriptedServer,
} from './scripted-server';
import type { ScriptedServer } from './scripted-server';
import { createTestCloud } from './test-cloud';

const TARGET = { account: 'prod', region: 'cn-hangzhou', engine: 'Redis' } as const;

/** Instances `r-<from>` to `r-<to - 1>`, all named with the tag. */
function range(from: number, to: number): object[] {
  return Array.from({ length: to - from }, (_, index) =>
    instanceBody(`r-${from + index}`, 'tag-1'),
  );
}

let server: ScriptedServer;
let cloud: PopCoreCloud;
let reports: CallReport[];

beforeEach(async () => {
  server = await startScriptedServer();
  reports = [];
  cloud = createTestCloud(server.url, {
    onCall: (report) => reports.push(report),
    limits: { startPerSecond: 1_000, maxPerSecond: 1_000 },
  });
});

afterEach(async () => {
  cloud.close();
  await server.close();
});

describe('describeInstances', () => {
  it('asks for the ids, the engine and a whole page, over a connection that is kept', async () => {
    server.script(answerJson(200, pageBody([instanceBody('r-1', 'n')])));
    await cloud.describeInstances({ ...TARGET, ids: ['r-1', 'r-2'] });
    await cloud.describeInstances({ ...TARGET, engine: 'Memcache', ids: ['r-1'] });
    expect(server.requests[0]?.form).toMatchObject({
      Action: 'DescribeInstances',
      RegionId: 'cn-hangzhou',
      InstanceType: 'Redis',
      InstanceIds: 'r-1,r-2',
      PageSize: '50',
    });
    expect(server.requests[1]?.form['InstanceType']).toBe('Memcache');
    expect(server.connections()).toBe(1);
  });

  it('shows what is visible and leaves out the rest', async () => {
    server.script(answerJson(200, pageBody([instanceBody('r-1', 'n'), instanceBody('r-9', 'n')])));
    expect(await cloud.describeInstances({ ...TARGET, ids: ['r-1', 'r-2'] })).toEqual({
      kind: 'ok',
      calls: 1,
      value: [
        {
          id: 'r-1',
          name: 'n',
          status: 'Normal',
          region: 'cn-hangzhou',
          zone: 'cn-hangzhou-h',
          vpcId: 'vpc-1',
          vSwitchId: 'vsw-1',
          instanceClass: 'redis.master.small.default',
          engine: 'Redis',
          engineVersion: '5.0',
          chargeType: 'PostPaid',
          capacityMb: 1024,
          endpoint: 'r-1.redis.rds.aliyuncs.com:6379',
        },
      ],
    });
  });

  it.each([{ ConnectionDomain: '' }, { Port: undefined }, { ConnectionDomain: undefined }])(
    'shows no endpoint for an instance in creation with %j',
    async (more) => {
      server.script(answerJson(200, pageBody([instanceBody('r-1', 'n', more)])));
      expect(await cloud.describeInstances({ ...TARGET, ids: ['r-1'] })).toMatchObject({
        value: [{ endpoint: null }],
      });
    },
  );

  it.each([
    ['no list', { RequestId: 'R', TotalCount: 1 }],
    ['no TotalCount', { RequestId: 'R', Instances: { KVStoreInstance: [] } }],
    ['an instance without an id', pageBody([{ InstanceStatus: 'Normal' }])],
    ['an instance without a status', pageBody([{ InstanceId: 'r-1' }])],
  ])('takes an answer with %s for no answer', async (_name, body) => {
    server.script(answerJson(200, body));
    expect(await cloud.describeInstances({ ...TARGET, ids: ['r-1'] })).toMatchObject({
      kind: 'failed',
      code: 'bad-answer',
      calls: 1,
    });
  });

  it('refuses more ids than the service takes, and none at all', async () => {
    const ids = Array.from({ length: 31 }, (_, index) => `r-${index}`);
    await expect(cloud.describeInstances({ ...TARGET, ids })).rejects.toThrow(RangeError);
    await expect(cloud.describeInstances({ ...TARGET, ids: [] })).rejects.toThrow(RangeError);
    expect(server.requests).toEqual([]);
  });
});

describe('searchInstances', () => {
  it('reads all pages and keeps only names that contain the tag', async () => {
    const fuzzy = instanceBody('r-99', 'tagged-1');
    server.script(
      answerJson(200, pageBody(range(0, 50), 71)),
      answerJson(200, pageBody([...range(50, 70), fuzzy], 71)),
    );
    const answer = await cloud.searchInstances({ ...TARGET, nameTag: 'tag-1' });
    expect(answer).toMatchObject({ kind: 'ok', calls: 2 });
    const ids = answer.kind === 'ok' ? answer.value.map(({ id }) => id) : [];
    expect(ids).toEqual(Array.from({ length: 70 }, (_, index) => `r-${index}`));
    expect(server.requests.map(({ form }) => [form['SearchKey'], form['PageNumber']])).toEqual([
      ['tag-1', '1'],
      ['tag-1', '2'],
    ]);
  });

  it('takes an empty list without its wrapper for none', async () => {
    server.script(answerJson(200, { RequestId: 'R', TotalCount: 0, Instances: {} }));
    expect(await cloud.searchInstances({ ...TARGET, nameTag: 't' })).toEqual({
      kind: 'ok',
      value: [],
      calls: 1,
    });
  });

  it('reads again when a deletion between two pages hid an instance', async () => {
    server.script(
      answerJson(200, pageBody(range(0, 50), 60)),
      // r-50 moved up to the first page, and the total fell.
      answerJson(200, pageBody(range(51, 60), 59)),
      answerJson(200, pageBody(range(1, 51), 59)),
      answerJson(200, pageBody(range(51, 60), 59)),
    );
    const answer = await cloud.searchInstances({ ...TARGET, nameTag: 'tag' });
    expect(answer).toMatchObject({ kind: 'ok', calls: 4 });
    expect(answer.kind === 'ok' && answer.value).toHaveLength(59);
  });

  it('never says "none" while the service counts some', async () => {
    server.script(answerJson(200, pageBody([], 2)));
    expect(await cloud.searchInstances({ ...TARGET, nameTag: 'tag' })).toMatchObject({
      kind: 'failed',
      class: 'ambiguous',
      code: 'moving-list',
      calls: 3,
    });
  });

  it('gives up on a list whose pages bring nothing new, however many it announces', async () => {
    server.script(answerJson(200, pageBody(range(0, 50), 1_000_000_000)));
    expect(await cloud.searchInstances({ ...TARGET, nameTag: 'tag' })).toMatchObject({
      code: 'moving-list',
      calls: 6,
    });
  });

  it('counts all calls of a search that fails on a later page', async () => {
    server.script(
      answerJson(200, pageBody(range(0, 50), 60)),
      answerJson(400, { Code: 'Throttling.User', RequestId: 'R' }),
    );
    expect(await cloud.searchInstances({ ...TARGET, nameTag: 'tag' })).toMatchObject({
      kind: 'failed',
      class: 'throttled',
      calls: 2,
    });
  });

  it('refuses an empty tag, which would find every instance of the account', async () => {
    const query = { ...TARGET, nameTag: '' };
    await expect(cloud.searchInstances(query)).rejects.toThrow(RangeError);
    await expect(cloud.countInstances(query)).rejects.toThrow(RangeError);
  });
});

describe('countInstances', () => {
  it("gives the service's own count for one call", async () => {
    server.script(answerJson(200, pageBody(range(0, 1), 4711)));
    expect(await cloud.countInstances({ ...TARGET, nameTag: 'tag' })).toEqual({
      kind: 'ok',
      value: 4711,
      calls: 1,
    });
    expect(server.requests[0]?.form['PageSize']).toBe('1');
  });
});

describe('every call', () => {
  it('ends in time and gives its connection up when an answer has no end, however many do so', async () => {
    server.script(DRIBBLE);
    const impatient = createTestCloud(server.url, {
      limits: { startPerSecond: 1_000, maxPerSecond: 1_000, readTimeoutMs: 300 },
    });
    const read = (): Promise<unknown> =>
      impatient.describeInstances({ ...TARGET, ids: ['r-1', 'r-2'] });
    const answers = await Promise.all(Array.from({ length: 150 }, read));
    expect(answers).toEqual(
      Array.from(answers, () => expect.objectContaining({ kind: 'failed', code: 'timeout' })),
    );
    server.script(answerJson(200, pageBody([])));
    expect(await read()).toMatchObject({ kind: 'ok' });
    impatient.close();
  });

  it('teaches how far the clocks are apart, refused ones too', async () => {
    expect(cloud.clockSkewMs()).toBeNull();
    const date = new Date(Date.now() - 120_000).toUTCString();
    server.script(answerJson(400, { Code: 'IllegalTimestamp', RequestId: 'R' }, { date }));
    await cloud.countInstances({ ...TARGET, nameTag: 'tag' });
    expect(cloud.clockSkewMs()).toBeGreaterThan(115_000);
    expect(cloud.clockSkewMs()).toBeLessThan(125_000);
  });

  it('keeps what it knew when an answer has no Date', async () => {
    server.script((response) => {
      response.sendDate = false;
      response.end(JSON.stringify(pageBody([])));
    });
    await cloud.countInstances({ ...TARGET, nameTag: 'tag' });
    expect(cloud.clockSkewMs()).toBeNull();
  });

  it('is reported with its code, and whether the table knows it', async () => {
    server.script(
      answerJson(200, pageBody([])),
      answerJson(400, { Code: 'Brand.New', RequestId: 'R' }),
      answerText(502, '<html>'),
    );
    for (let call = 0; call < 3; call += 1) {
      await cloud.countInstances({ ...TARGET, nameTag: 'tag' });
    }
    const where = { action: 'DescribeInstances', account: 'prod', region: 'cn-hangzhou' };
    expect(reports).toEqual([
      {
        ...{ ...where, durationMs: expect.any(Number), code: null, class: null, isListed: true },
        requestId: null,
      },
      {
        ...where,
        durationMs: expect.any(Number),
        code: 'Brand.New',
        class: 'unknown',
        isListed: false,
        requestId: 'R',
      },
      {
        ...where,
        durationMs: expect.any(Number),
        code: 'bad-answer',
        class: 'ambiguous',
        isListed: true,
        requestId: null,
      },
    ]);
  });

  it('survives a listener that throws', async () => {
    const loud = createTestCloud(server.url, {
      onCall: () => {
        throw new Error('bug of the listener');
      },
    });
    server.script(answerJson(200, pageBody([])));
    expect(await loud.countInstances({ ...TARGET, nameTag: 'tag' })).toMatchObject({ value: 0 });
    loud.close();
  });
});
