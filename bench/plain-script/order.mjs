/**
 * What a careful engineer writes in an hour, with the official SDK: orders instances one by one,
 * five at a time, three tries each, keeps every id in a file, and waits until all are ready. Run it
 * again after a crash, and it orders what the file does not have.
 *
 * `node order.mjs --endpoint 127.0.0.1:8090 --count 50 --state ids.jsonl --tokens random|fixed`
 */
import { createHash, randomUUID } from 'node:crypto';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { $OpenApiUtil } from '@alicloud/openapi-core';
import kvstore from '@alicloud/r-kvstore20150101';
import PQueue from 'p-queue';

const text = { type: 'string' };
const { values } = parseArgs({
  options: { endpoint: text, count: text, state: text, tokens: text },
});
const count = Number(values.count);
const client = new kvstore.default(
  new $OpenApiUtil.Config({
    accessKeyId: process.env.ALIBABA_CLOUD_ACCESS_KEY_ID,
    accessKeySecret: process.env.ALIBABA_CLOUD_ACCESS_KEY_SECRET,
    endpoint: values.endpoint,
    protocol: 'HTTP',
  }),
);

const known = readState();
const missing = [...Array(count).keys()].filter((slot) => !known.has(slot));
const queue = new PQueue({ concurrency: 5 });
const orders = await Promise.allSettled(missing.map((slot) => queue.add(() => order(slot))));
const failed = orders.filter(({ status }) => status === 'rejected');
if (failed.length > 0) {
  console.error(`${failed.length} failed, the first with: ${failed[0].reason}. Run me again.`);
  process.exit(1);
}
await untilReady([...known.values()]);
console.log(`done: ${known.size} instances`);

async function order(slot) {
  // One token for all tries of a slot. A fixed one is the same in the next run, too.
  const fixed = createHash('sha256').update(`fleet-2026 ${slot}`).digest('hex');
  const token = values.tokens === 'fixed' ? fixed : randomUUID();
  const entry = {
    RegionId: 'cn-hangzhou',
    izNo: 'cn-hangzhou-h',
    quantity: 1,
    instanceType: 'Redis',
    instanceClass: 'redis.master.small.default',
    instanceName: `fleet-2026-${slot}`,
    ChargeType: 'PostPaid',
    networkType: 'VPC',
    vpcId: 'vpc-1',
    vSwitchId: 'vsw-1',
  };
  const request = new kvstore.CreateInstancesRequest({ token, instances: JSON.stringify([entry]) });
  const { body } = await withThreeTries(() => client.createInstances(request));
  const [id] = body.instanceIds.instanceId;
  appendFileSync(values.state, `${JSON.stringify({ slot, id })}\n`);
  known.set(slot, id);
}

async function withThreeTries(call) {
  for (let tries = 1; ; tries += 1) {
    try {
      return await call();
    } catch (error) {
      if (tries === 3) throw error;
      await sleep(1_000 * tries);
    }
  }
}

async function untilReady(ids) {
  for (let first = 0; first < ids.length; first += 30) {
    const instanceIds = ids.slice(first, first + 30).join(',');
    const request = new kvstore.DescribeInstancesRequest({
      regionId: 'cn-hangzhou',
      instanceIds,
      pageSize: 50,
    });
    for (;;) {
      const { body } = await withThreeTries(() => client.describeInstances(request));
      const seen = body.instances.KVStoreInstance ?? [];
      const ready = seen.filter(({ instanceStatus }) => instanceStatus === 'Normal');
      if (ready.length === instanceIds.split(',').length) break;
      await sleep(2_000);
    }
  }
}

function readState() {
  const lines = existsSync(values.state) ? readFileSync(values.state, 'utf8').split('\n') : [];
  const entries = lines.filter((line) => line !== '').map((line) => JSON.parse(line));
  return new Map(entries.map(({ slot, id }) => [slot, id]));
}
