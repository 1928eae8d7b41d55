import type { Client } from '@temporalio/client';
import type { ActionNote } from '../contract/messages';
import type { ConfirmedResult, ReleaseReport } from '../contract/operation-types';
import { RELEASE_BATCH, toReleaseId } from '../contract/operations';
import type { BatchKey, ResultStore } from '../outbound/result-store';
import { describeRun, formatKey } from './batch-run';
import { runOperation } from './run-operation';
import { createFailure, createSuccess } from './service-result';
import type { ServiceResult } from './service-result';

/** What a release would take away, as the result lists it. */
export interface ReleasePlan extends ConfirmedResult {
  readonly account: string;
  readonly instances: number;
  readonly groups: readonly {
    readonly name: string;
    readonly instances: number;
    /** The first ids. */
    readonly ids: readonly string[];
  }[];
  /** Instances with the batch's name that the result does not list; they stay. */
  readonly orphans: number;
  /** Instances that were released before. */
  readonly releasedBefore: number;
}

/** Which batch, as it was confirmed, and who releases it. */
export interface ReleaseOrder {
  readonly confirmed: ConfirmedResult;
  readonly note: ActionNote;
  readonly taskQueue?: string;
}

const IDS_SHOWN_MAX = 5;
/** A release of ten thousand takes a quarter of an hour at ten deletes a second. */
const RELEASE_TIMEOUT_MS = 12 * 3_600_000;

/**
 * What a release of the batch would take away. Changes nothing.
 *
 * @param client - the Temporal client
 * @param store - where results are kept
 * @param key - which batch
 * @returns the plan; `not-finished` while the batch runs, `not-found`, `no-server`
 */
export async function planRelease(
  client: Client,
  store: ResultStore,
  key: BatchKey,
): Promise<ServiceResult<ReleasePlan>> {
  const run = await describeRun(client, key);
  if (!run.ok && run.code !== 'not-found') return run;
  if (run.ok && run.value.status === 'running') {
    return createFailure(
      'not-finished',
      `The batch ${formatKey(key)} is running. Wait for its end, or "tairfleet cancel ` +
        `${formatKey(key)}" first.`,
    );
  }
  const document = (await store.list(key)).at(-1)?.document;
  if (document === undefined) {
    const message = `The batch ${formatKey(key)} has no result here, so nobody knows what is its own.`;
    return run.ok ? createFailure('not-found', message) : run;
  }
  const { generation, revision, account, counts } = document;
  const listed = await listGroups(store, { ...key, generation });
  return createSuccess({
    ...key,
    ...{ generation, revision, account },
    ...listed,
    orphans: counts.orphans,
    releasedBefore: counts.released,
  });
}

/**
 * Releases a batch as it was confirmed, and waits for the end.
 *
 * @param client - the Temporal client
 * @param order - what, and who
 * @returns what was released; `refused` with the reason, `no-worker`, `no-server`
 */
export function releaseBatch(
  client: Client,
  { confirmed, note, taskQueue }: ReleaseOrder,
): Promise<ServiceResult<ReleaseReport>> {
  const { tenant, batchId, generation, revision } = confirmed;
  return runOperation<ReleaseReport>(client, {
    type: RELEASE_BATCH,
    workflowId: toReleaseId(tenant, batchId),
    input: { tenant, batchId, generation, revision, ...note },
    what: `release the batch ${formatKey(confirmed)}`,
    timeoutMs: RELEASE_TIMEOUT_MS,
    ...(taskQueue === undefined ? {} : { taskQueue }),
  });
}

async function listGroups(
  store: ResultStore,
  key: BatchKey & { readonly generation: number },
): Promise<Pick<ReleasePlan, 'instances' | 'groups'>> {
  const groups = new Map<string, { instances: number; ids: string[] }>();
  let instances = 0;
  for await (const { group, id, state } of store.streamInstances(key)) {
    if (state === 'released') continue;
    const known = groups.get(group) ?? { instances: 0, ids: [] };
    known.instances += 1;
    if (known.ids.length < IDS_SHOWN_MAX) known.ids.push(id);
    groups.set(group, known);
    instances += 1;
  }
  return { instances, groups: [...groups].map(([name, listed]) => ({ name, ...listed })) };
}
