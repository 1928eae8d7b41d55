/** Load on an HTTP server: a number of connections, each busy with one request after another. */
import { createHistogram } from 'node:perf_hooks';
import { Pool } from 'undici';

const NS_PER_MS = 1e6;
const MS_PER_SECOND = 1_000;

/**
 * Sends until the time is over or the greatest count has been sent, and then waits for what is
 * under way.
 *
 * @param {string} url - of the server
 * @param {{ connections: number, seconds: number, callsMax: number,
 *   toRequest: (index: number) => object, isWanted: (answer: object) => boolean,
 *   onWanted?: (answer: object) => void }} load - how much; the request of an index from 0 on, as
 *   undici takes it; whether `{ status, body }` is right; told each that is
 * @returns how many answers were as wanted, how many of them a second, their median time and that
 *   below which 99 % are, in ms, and the other answers
 */
export async function runLoad(url, load) {
  const { connections, seconds, callsMax, toRequest, isWanted, onWanted = () => {} } = load;
  const pool = new Pool(url, { connections, pipelining: 1 });
  const times = createHistogram();
  const unwanted = [];
  let sent = 0;
  const startedMs = performance.now();
  const isOver = () => sent >= callsMax || performance.now() - startedMs >= seconds * MS_PER_SECOND;
  const sendOnAndOn = async () => {
    while (!isOver()) {
      const { answer, tookMs } = await send(pool, toRequest(sent++));
      if (!isWanted(answer)) {
        unwanted.push(answer);
        continue;
      }
      times.record(Math.max(1, Math.round(tookMs * NS_PER_MS)));
      onWanted(answer);
    }
  };
  try {
    await Promise.all(Array.from({ length: connections }, sendOnAndOn));
    const tookSeconds = (performance.now() - startedMs) / MS_PER_SECOND;
    return { ...toFigures(times, tookSeconds), unwanted };
  } finally {
    await pool.close();
  }
}

async function send(pool, request) {
  const startedMs = performance.now();
  const { statusCode, body } = await pool.request(request);
  const text = await body.text();
  return { answer: { status: statusCode, body: text }, tookMs: performance.now() - startedMs };
}

/** An empty histogram has no percentiles, and says 0. */
function toFigures(times, seconds) {
  const toMs = (percent) =>
    times.count === 0 ? null : round(times.percentile(percent) / NS_PER_MS);
  return {
    count: times.count,
    perSecond: round(times.count / seconds),
    p50Ms: toMs(50),
    p99Ms: toMs(99),
  };
}

function round(value) {
  return Math.round(value * 10) / 10;
}
