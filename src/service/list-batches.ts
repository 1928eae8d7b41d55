import type { Client, WorkflowExecutionInfo } from '@temporalio/client';
import { fromWorkflowId } from '../contract/workflow-id';
import type { BatchPhase } from '../domain/progress';
import type { Outcome } from '../domain/result';
import type { BatchKey, ResultStore } from '../outbound/result-store';
import { readScheduleName, toRunStatus } from './batch-run';
import type { RunStatus } from './batch-run';
import type { ListFilter, ListPosition } from './list-filter';
import { chooseListQuery } from './list-query';
import { readNotedProgress } from './noted-progress';
import { readProgress } from './read-progress';
import { createSuccess } from './service-result';
import type { ServiceResult } from './service-result';
import { toServiceFailure } from './temporal-failure';

/** One batch, as of now. */
export interface ListedBatch extends BatchKey, ListPosition {
  readonly status: RunStatus;
  /** Of an open batch; null when no worker answers. */
  readonly phase: BatchPhase | null;
  /** Of an ended batch whose result is here. */
  readonly outcome: Outcome | null;
  readonly needsOperator: boolean;
  /** Name of the schedule that has started it; null when somebody has submitted it. */
  readonly schedule: string | null;
  /** Null when neither a worker nor the result store knows. */
  readonly slots: number | null;
  readonly ready: number | null;
}

/** The rows, and whether there may be more. */
export interface BatchList {
  readonly batches: readonly ListedBatch[];
  readonly isCut: boolean;
}

/** Runs that are looked at for one list, so that a rare filter does not read a whole namespace. */
const RUNS_MAX = 10_000;
const ASKED_AT_ONCE = 10;

/**
 * Lists batches in the order of the Temporal UI: open ones first, each kind newest first. How far an
 * open batch is comes from the batch itself, since the search attributes are written only when its
 * phase changes, and not at all where nobody may register them.
 *
 * @param client - the Temporal client
 * @param store - where results are kept
 * @param filter - which
 * @returns the rows; `no-server`
 */
export async function listBatches(
  client: Client,
  store: ResultStore,
  filter: ListFilter,
): Promise<ServiceResult<BatchList>> {
  try {
    const batches: ListedBatch[] = [];
    const looker = new BatchLooker(client, store);
    for await (const piece of listPieces(client, filter)) {
      const rows = await Promise.all(piece.map((run) => looker.look(run)));
      batches.push(...rows.filter((row) => isWanted(row, filter)));
      if (batches.length > filter.limit) break;
    }
    const isCut = batches.length > filter.limit;
    return createSuccess({ batches: batches.slice(0, filter.limit), isCut });
  } catch (error) {
    return toServiceFailure(error, 'list the batches');
  }
}

/** A batch and its latest run. */
export interface FoundRun {
  readonly key: BatchKey;
  readonly info: WorkflowExecutionInfo;
}

/**
 * The latest run of each batch, ten at a time.
 *
 * @param client - the Temporal client
 * @param filter - which; phase and need for a person are for the caller to look at
 * @throws what the client library throws
 */
export async function* listPieces(
  client: Client,
  filter: Omit<ListFilter, 'limit'>,
): AsyncGenerator<readonly FoundRun[]> {
  const seen = new Set<string>();
  const isPast = createIsPast(filter.after);
  let piece: FoundRun[] = [];
  let looked = 0;
  const query = await chooseListQuery(client, filter);
  for await (const info of client.workflow.list({ query })) {
    const isAfter = isPast(toPosition(info));
    if (isAfter) looked += 1;
    if (looked > RUNS_MAX) break;
    const key = fromWorkflowId(info.workflowId);
    if (key === null || seen.has(info.workflowId)) continue;
    // A run of a batch that an earlier page had is not its latest one.
    seen.add(info.workflowId);
    if (!isAfter) continue;
    piece.push({ key, info });
    if (piece.length < ASKED_AT_ONCE) continue;
    yield piece;
    piece = [];
  }
  yield piece;
}

/**
 * Tells the rows after a position from those before it. Of rows with the same times, those up to the
 * position's own run come before it.
 */
function createIsPast(after: ListPosition | undefined): (row: ListPosition) => boolean {
  let isMet = false;
  return (row) => {
    if (after === undefined) return true;
    const order = comparePositions(row, after);
    if (order !== 0) return order > 0;
    const wasMet = isMet;
    isMet ||= row.runId === after.runId;
    return wasMet;
  };
}

/** Below zero when the first one comes first in the list. */
function comparePositions(left: ListPosition, right: ListPosition): number {
  const [leftEnd, rightEnd] = [left.endedAtMs ?? Infinity, right.endedAtMs ?? Infinity];
  return leftEnd === rightEnd ? right.startedAtMs - left.startedAtMs : rightEnd > leftEnd ? 1 : -1;
}

function toPosition(info: WorkflowExecutionInfo): ListPosition {
  return {
    runId: info.runId,
    startedAtMs: info.startTime.getTime(),
    endedAtMs: info.closeTime?.getTime() ?? null,
  };
}

function isWanted(row: ListedBatch, { tenant, phase, needsOperator }: ListFilter): boolean {
  // Whatever the server takes for the beginning of an id: nobody sees another tenant's batch.
  if (tenant !== undefined && row.tenant !== tenant) return false;
  if (phase !== undefined && row.phase !== phase) return false;
  return needsOperator !== true || row.needsOperator;
}

/** What the list of runs itself says. */
type KnownRow = BatchKey & ListPosition & Pick<ListedBatch, 'status' | 'schedule'>;

/** Looks at batches one by one; once no worker answers, it asks no more. */
class BatchLooker {
  private isWorkerThere = true;

  constructor(
    private readonly client: Client,
    private readonly store: ResultStore,
  ) {}

  async look({ key, info }: FoundRun): Promise<ListedBatch> {
    const status = toRunStatus(info.status.name);
    const schedule = readScheduleName(info.memo);
    const known = { ...key, status, schedule, ...toPosition(info) };
    return status === 'running' ? this.lookAtOpen(known, info) : this.lookAtEnded(known, key);
  }

  private async lookAtOpen(known: KnownRow, info: WorkflowExecutionInfo): Promise<ListedBatch> {
    const progress = this.isWorkerThere ? await readProgress(this.client, known) : null;
    if (progress?.ok === true) {
      const { phase, needsOperator, counts } = progress.value;
      const { slots, ready } = counts;
      return { ...known, phase, outcome: null, needsOperator, slots, ready };
    }
    if (progress?.code === 'no-worker') this.isWorkerThere = false;
    return {
      ...known,
      outcome: null,
      ...NOTHING_NOTED,
      ...readNotedProgress(info.searchAttributes),
    };
  }

  private async lookAtEnded(known: KnownRow, key: BatchKey): Promise<ListedBatch> {
    const document = (await this.store.list(key)).at(-1)?.document;
    return {
      ...known,
      phase: null,
      outcome: document?.outcome ?? null,
      needsOperator: false,
      slots: document?.counts.slots ?? null,
      ready: document?.counts.ready ?? null,
    };
  }
}

const NOTHING_NOTED = { phase: null, needsOperator: false, slots: null, ready: null };
