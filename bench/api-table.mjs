/** The figures of the API benchmark for people. */
import { toLines, toNotes } from './figures-table.mjs';

const COLUMNS = {
  connections: ({ connections }) => connections,
  accepted: ({ accepted }) => accepted,
  'a second': ({ acceptedPerSecond }) => acceptedPerSecond,
  'submit p50': ({ submitP50Ms }) => toTime(submitP50Ms),
  p99: ({ submitP99Ms }) => toTime(submitP99Ms),
  'statuses a second': ({ statusesPerSecond }) => statusesPerSecond,
  'status p50': ({ statusP50Ms }) => toTime(statusP50Ms),
  'p99 ': ({ statusP99Ms }) => toTime(statusP99Ms),
  'told now': ({ toldNow }) => toldNow,
  before: ({ toldBefore }) => toldBefore,
  'not yet': ({ toldNever }) => toldNever,
};

/**
 * A line for each number of connections.
 *
 * @param {{ connections: object[], how: object }} figures - as the benchmark gives them
 */
export function toTable({ connections, how }) {
  const rows = connections.map((row) => Object.values(COLUMNS).map((toCell) => `${toCell(row)}`));
  return `${toLines([Object.keys(COLUMNS), ...rows])}\n${toNotes(how)}`;
}

function toTime(ms) {
  return ms === null ? '–' : `${ms} ms`;
}
