/** Instances by state, and calls by action with their rate. */
import { showRows, toNumber, toText } from './table.mjs';

const STATES = ['live', 'creating', 'normal', 'failed', 'deleted'];

/** A rate over less than this says nothing. */
const RATE_OVER_MS = 900;

/** Received calls at the last look that rates were told by, and these rates. */
let last = { atMs: 0, calls: {}, rates: {} };

/** Shows what `GET stats` answered. */
export function showInstances({ instances }) {
  const list = document.getElementById('instances');
  if (list.children.length === 0) list.append(...STATES.map(createState));
  for (const state of STATES) {
    document.getElementById(`instances-${state}`).textContent = instances[state];
  }
}

function createState(state) {
  const group = document.createElement('div');
  const name = document.createElement('dt');
  const value = document.createElement('dd');
  name.textContent = state;
  value.id = `instances-${state}`;
  group.append(name, value);
  return group;
}

/** Shows the counts of calls beside their limits. */
export function showCalls({ calls }, { rateLimits }) {
  measureRates(calls);
  const rows = Object.entries(calls).map(([action, counts]) => {
    const rate = last.rates[action] ?? 0;
    const limit = rateLimits[action]?.perSecond;
    return [
      toText(action),
      toNumber(rate.toFixed(1), limit !== undefined && rate > limit),
      toNumber(limit?.toFixed(1) ?? 'none'),
      toNumber(counts.received),
      toNumber(counts.ok),
      toNumber(counts.refused),
      toNumber(counts.throttled, counts.throttled > 0),
      toNumber(counts.faulted, counts.faulted > 0),
    ];
  });
  showRows(document.getElementById('calls'), rows);
}

function measureRates(calls) {
  const atMs = performance.now();
  const elapsedMs = atMs - last.atMs;
  if (last.atMs > 0 && elapsedMs < RATE_OVER_MS) return;
  const rates = Object.entries(calls).map(([action, { received }]) => {
    // A reset of the emulator lets the counts start anew.
    const fresh = Math.max(0, received - (last.calls[action]?.received ?? 0));
    return [action, last.atMs === 0 ? 0 : (fresh / elapsedMs) * 1_000];
  });
  last = { atMs, calls, rates: Object.fromEntries(rates) };
}
