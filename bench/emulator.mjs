/**
 * The emulator alone, over real HTTP: how many small calls it answers on one core, and what a large
 * account costs in memory. A benchmark of the worker is only worth something while the emulator is
 * not what it waits for.
 */
import { createHmac, randomUUID } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Pool } from 'undici';
import { startLocalEmulator } from '../scripts/local-fleet.mjs';
import { describeMachine, readPeakMemoryMb } from './machine.mjs';

const CONNECTIONS = 16;

/** Entries of one call: 10 of 300 instances each. */
const ENTRY_INSTANCES = 300;
const ENTRIES_A_CALL = 10;

/** Until then the engine still compiles what it has just seen to be hot: a start, not a pace. */
const WARM_UP_CALLS = 75_000;

/** No limit, and nothing that a call waits for. The log is what a day of tests leaves. */
const CONFIG = { readyTimeMs: 0, logLimit: 10_000 };

/**
 * Runs the benchmark.
 *
 * @param {{ calls: number, instances: number }} options - small calls, and the size of the account
 * @returns figures, and what is wrong with them
 */
export async function runBenchmark({ calls, instances }) {
  const emulator = await startLocalEmulator({ emulator: CONFIG, seed: 1 });
  const pool = new Pool(emulator.url, { connections: CONNECTIONS });
  try {
    await liftLimits(emulator);
    await buy(pool, 1, 'first');
    const id = await readFirstId(pool);
    const read = { Action: 'DescribeInstances', InstanceIds: id };
    await measure(emulator.pid, () => sendMany(pool, read, WARM_UP_CALLS));
    const small = await measure(emulator.pid, () => sendMany(pool, read, calls));
    const emptyMb = readMemoryMb(emulator.pid);
    const bought = await measure(emulator.pid, () => buyMany(pool, instances));
    const fullMb = readMemoryMb(emulator.pid);
    const search = { Action: 'DescribeInstances', SearchKey: 'batch-000000' };
    const searched = await measure(emulator.pid, () => sendMany(pool, search, 500));
    const { live } = (await emulator.control.stats()).instances;
    const figures = {
      callsPerSecond: Math.round(calls / small.seconds),
      callsPerCpuSecond: Math.round(calls / small.cpuSeconds),
      instances: live,
      orderSeconds: round(bought.seconds),
      searchesPerCpuSecond: Math.round(500 / searched.cpuSeconds),
      memoryMb: fullMb,
      peakMemoryMb: readPeakMemoryMb(emulator.pid),
      bytesPerInstance: Math.round(((fullMb - emptyMb) * 2 ** 20) / instances),
      how: {
        calls: `${calls} signed DescribeInstances of one id after ${WARM_UP_CALLS} others, ${CONNECTIONS} connections, kept alive`,
        cpu: 'of the emulator alone, user and system; its clients have a core of their own',
        ...describeMachine(),
      },
    };
    const isComplete = live === instances + 1;
    return {
      figures,
      problems: isComplete ? [] : [`${live} instances instead of ${instances + 1}`],
    };
  } finally {
    await pool.close();
    await emulator.close();
  }
}

/** Every operation without a limit: `null` says so. */
async function liftLimits({ control }) {
  const { rateLimits } = await control.readConfig();
  const none = Object.keys(rateLimits).map((name) => [name, null]);
  await control.configure({ rateLimits: Object.fromEntries(none) });
}

async function measure(pid, run) {
  const cpuBefore = readCpuSeconds(pid);
  const startedAt = performance.now();
  await run();
  const seconds = (performance.now() - startedAt) / 1_000;
  return { seconds, cpuSeconds: Math.max(0.01, readCpuSeconds(pid) - cpuBefore) };
}

async function sendMany(pool, parameters, count) {
  let left = count;
  const sendSome = async () => {
    while (left > 0) {
      left -= 1;
      await send(pool, parameters);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, sendSome));
}

async function buyMany(pool, instances) {
  let left = instances;
  for (let call = 0; left > 0; call += 1) {
    const quantity = Math.min(left, ENTRIES_A_CALL * ENTRY_INSTANCES);
    await buy(pool, quantity, `batch-${String(call).padStart(6, '0')}`);
    left -= quantity;
  }
}

/** Each entry has a name of its own, as a worker gives each of its chunks one. */
async function buy(pool, quantity, name) {
  const entries = [];
  for (let left = quantity; left > 0; left -= ENTRY_INSTANCES) {
    entries.push({
      ...{ RegionId: 'cn-hangzhou', IzNo: 'cn-hangzhou-h', VpcId: 'vpc-1', VSwitchId: 'vsw-1' },
      ...{ InstanceClass: 'redis.master.small.default', InstanceName: `${name}-${entries.length}` },
      Quantity: Math.min(left, ENTRY_INSTANCES),
    });
  }
  await send(pool, { Action: 'CreateInstances', Instances: JSON.stringify(entries), Token: name });
}

async function readFirstId(pool) {
  const answer = await send(pool, { Action: 'DescribeInstances' });
  return answer.Instances.KVStoreInstance[0].InstanceId;
}

async function send(pool, parameters) {
  const { statusCode, body } = await pool.request({ path: `/?${sign(parameters)}`, method: 'GET' });
  const answer = await body.json();
  if (statusCode === 200) return answer;
  throw new Error(`${parameters.Action} was refused: ${answer.Code}`);
}

function sign(parameters) {
  const all = {
    ...parameters,
    ...{ AccessKeyId: 'testid', Format: 'JSON', Version: '2015-01-01' },
    ...{ SignatureMethod: 'HMAC-SHA1', SignatureVersion: '1.0', SignatureNonce: randomUUID() },
    Timestamp: `${new Date().toISOString().slice(0, 19)}Z`,
  };
  const canonical = Object.keys(all)
    .sort()
    .map((name) => `${name}=${encodeURIComponent(all[name])}`)
    .join('&');
  const text = `GET&%2F&${encodeURIComponent(canonical)}`;
  const signature = createHmac('sha1', 'testsecret&').update(text).digest('base64');
  return `${canonical}&Signature=${encodeURIComponent(signature)}`;
}

/** User and system time, in seconds: ticks of a hundredth where there is a `/proc`. */
function readCpuSeconds(pid) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    const [minutes, seconds] = execFileSync('ps', ['-o', 'time=', '-p', String(pid)])
      .toString()
      .trim()
      .split(':')
      .slice(-2);
    return Number(minutes) * 60 + Number(seconds);
  }
}

/** Resident memory now, in MiB. */
function readMemoryMb(pid) {
  return Math.round(
    Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)]).toString()) / 1_024,
  );
}

function round(value) {
  return Math.round(value * 10) / 10;
}
