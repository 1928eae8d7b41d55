import { NO_SLOTS } from '../domain/progress';
import { CHUNKS_IN_FLIGHT_MAX } from './messages';
import type { ShardOrder } from './shard-messages';
import type { ShardReport } from './shard-report';

/**
 * Signals are never refused: whoever can reach the server can send one, and what a handler throws for it
 * stops its workflow for good. So batch and shards look at what they hear before they believe it. A
 * field that is added later must be allowed to be absent here, for the shards of an older worker.
 */

type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === 'string';
const isCount: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
const isTime: Check = (value) => typeof value === 'number' && Number.isFinite(value);

const isRefusal = isObjectOf({ class: isText, code: isText });
const isCounts: Check = (value) => isRecord(value) && Object.values(value).every(isCount);
const isSlots = isObjectOf(Object.fromEntries(Object.keys(NO_SLOTS).map((key) => [key, isCount])));

const isReportShaped = isObjectOf({
  shard: isCount,
  stage: isOneOf(['waiting', 'proving', 'buying', 'auditing', 'storing', 'done']),
  groups: isListOf(isObjectOf({ group: isCount, counts: isSlots })),
  gate: isNullOr(isObjectOf({ cause: isText, code: isText, sinceMs: isTime, probes: isCount })),
  hold: isNullOr(isRefusal),
  parked: isListOf(isObjectOf({ chunk: isText, slots: isCount, code: isText })),
  parkedStarting: isCount,
  apiCalls: isCounts,
  retries: isCounts,
  orderIds: isListOf(isText),
  delays: isAbsentOr(isObjectOf({ throttled: isCount, waitedMs: isCount })),
  auditUntilMs: isAbsentOr(isTime),
  orphans: isListOf(isObjectOf({ id: isText, name: isText, region: isText, status: isText })),
  missing: isListOf(isText),
  endedBy: isNullOr(isOneOf(['batch', 'person', 'gone'])),
  round: isCount,
});

const ACTIONS: Readonly<Record<string, Check>> = {
  pause: isRecord,
  resume: isRecord,
  retry: isObjectOf({ paths: isNullOr(isListOf(isText)) }),
  skip: isObjectOf({ paths: isNullOr(isListOf(isText)) }),
  concurrency: isObjectOf({
    chunksInFlight: (value) =>
      isCount(value) && Number(value) >= 1 && Number(value) <= CHUNKS_IN_FLIGHT_MAX,
  }),
  hold: isObjectOf({ refusal: isRefusal }),
  bars: isObjectOf({
    bars: isListOf(isObjectOf({ group: isCount, placement: isCount, refusal: isRefusal })),
  }),
  end: isObjectOf({
    ending: isObjectOf({ as: isOneOf(['skipped', 'parked']), refusal: isRefusal }),
  }),
  deadline: isObjectOf({ deadlineAtMs: isTime }),
};

/** Whether a signal says how far a shard is. */
export function isShardReport(value: unknown): value is ShardReport {
  return isReportShaped(value);
}

/**
 * Whether a report is about the same slots as another one of its shard: else it is of another batch, or
 * made up, and would change how many the batch has.
 */
export function isOfSameSlots(report: ShardReport, known: ShardReport): boolean {
  const toText = ({ groups }: ShardReport): string =>
    JSON.stringify(groups.map(({ group, counts }) => [group, counts.slots]).sort());
  return toText(report) === toText(known);
}

/** Whether a signal is an order to a shard. */
export function isShardOrder(value: unknown): value is ShardOrder {
  if (!isRecord(value) || !isCount(value['round']) || !isRecord(value['action'])) return false;
  const type = value['action']['type'];
  if (typeof type !== 'string' || !Object.hasOwn(ACTIONS, type)) return false;
  return ACTIONS[type]?.(value['action']) === true;
}

function isObjectOf(fields: Readonly<Record<string, Check>>): Check {
  return (value) =>
    isRecord(value) && Object.entries(fields).every(([key, isRight]) => isRight(value[key]));
}

function isListOf(isRight: Check): Check {
  return (value) => Array.isArray(value) && value.every(isRight);
}

function isNullOr(isRight: Check): Check {
  return (value) => value === null || isRight(value);
}

function isAbsentOr(isRight: Check): Check {
  return (value) => value === undefined || isRight(value);
}

function isOneOf(words: readonly string[]): Check {
  return (value) => words.includes(value as string);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
