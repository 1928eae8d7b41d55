import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { ResultInstance } from '../../domain/result';
import type { FinishedBatch } from '../../service/read-result';
import type { EmulatorControl } from './emulator-control';

/** The demo's own account of what happened, counted by the emulator and not by the client. */
export interface DemoAccount {
  /** Slots of the request. */
  readonly asked: number;
  /** Ready instances of the result. */
  readonly ready: number;
  /** Instances that exist in the emulator. */
  readonly live: number;
  /** Instances beyond what was asked. */
  readonly duplicates: number;
  /** Instances that exist and that the result does not name. */
  readonly orphans: number;
  /** Instances that the result names and that do not exist. */
  readonly missing: number;
  /** Calls the emulator received, without its control API. */
  readonly apiCalls: number;
  readonly apiCallsByAction: Readonly<Record<string, number>>;
  /** Calls that the emulator spoilt or throttled. */
  readonly faults: number;
  /** Retries of create calls by reason, as the result counts them. */
  readonly retries: Readonly<Record<string, number>>;
}

/**
 * Compares the result with what the emulator holds.
 *
 * @param emulator - its control API
 * @param finished - the final document
 */
export async function createDemoAccount(
  emulator: EmulatorControl,
  finished: FinishedBatch,
): Promise<DemoAccount> {
  const { document } = finished;
  const [stats, liveIds, ownedIds] = await Promise.all([
    emulator.stats(),
    emulator.liveIds(),
    readOwnedIds(finished),
  ]);
  const calls = Object.entries(stats.calls);
  const received = calls.map(([action, count]) => [action, count.received] as const);
  return {
    asked: document.counts.slots,
    ready: document.counts.ready,
    live: stats.instances.live,
    duplicates: Math.max(0, stats.instances.live - document.counts.slots),
    orphans: countOutside(liveIds, ownedIds),
    missing: countOutside(ownedIds, liveIds),
    apiCalls: received.reduce((sum, [, count]) => sum + count, 0),
    apiCallsByAction: Object.fromEntries(received.filter(([, count]) => count > 0)),
    faults: calls.reduce((sum, [, count]) => sum + count.faulted + count.throttled, 0),
    retries: document.retries,
  };
}

/**
 * Whether the demo shows what it promises: exactly what was asked, and nothing besides.
 *
 * @param account - what was counted
 */
export function isExact(account: DemoAccount): boolean {
  const { asked, ready, live, duplicates, orphans, missing } = account;
  return asked === ready && asked === live && duplicates === 0 && orphans === 0 && missing === 0;
}

async function readOwnedIds({
  document,
  instancesLocation,
}: FinishedBatch): Promise<ReadonlySet<string>> {
  if (document.instances !== undefined) return toIds(document.instances);
  if (instancesLocation === null) return new Set();
  const ids = new Set<string>();
  for await (const line of createInterface({ input: createReadStream(instancesLocation) })) {
    if (line !== '') ids.add((JSON.parse(line) as ResultInstance).id);
  }
  return ids;
}

function toIds(instances: readonly ResultInstance[]): ReadonlySet<string> {
  return new Set(instances.map(({ id }) => id));
}

function countOutside(ids: ReadonlySet<string>, others: ReadonlySet<string>): number {
  return [...ids].filter((id) => !others.has(id)).length;
}
