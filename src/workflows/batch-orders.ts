import type { BatchCarry, Cancellation } from '../contract/carry';
import type { ActionNote } from '../contract/messages';
import type { ShardAction } from '../contract/shard-messages';
import type { BatchRequest, InstanceFate } from '../domain/batch-request';
import { formatDuration } from '../domain/duration';
import type { Ending } from '../domain/home-chunk-state';
import type { BatchLog } from './batch-log';

/** What the orders of a batch are made of. */
export interface BatchOrdersOptions {
  readonly request: BatchRequest;
  readonly startedAtMs: number;
  readonly log: BatchLog;
  /** Left by the run before this one. */
  readonly carry: BatchCarry | null;
  /** Passes on what concerns the shards; before there are any, nobody hears it. */
  readonly tellShards: (action: ShardAction) => void;
  readonly onChange: () => void;
}

/** The part of a carry that operators have set. */
export type OrdersCarry = Pick<
  BatchCarry,
  'isPaused' | 'cancellation' | 'deadlineAtMs' | 'chunksInFlight'
>;

const REJECTED: Ending = { as: 'skipped', refusal: { class: 'unknown', code: 'batch-rejected' } };
const CANCELLED: Ending = {
  as: 'skipped',
  refusal: { class: 'unknown', code: 'batch-cancelled' },
};

/** What operators have ordered: each order is logged with who and why, and passed on to the shards. */
export class BatchOrders {
  isPaused: boolean;
  cancellation: Cancellation | null;
  /** When the batch ends at the latest, ms since the epoch. */
  deadlineAtMs: number;
  /** Create calls of each shard that may be in flight; null: as tuned. */
  chunksInFlight: number | null;
  isApproved = false;

  constructor(private readonly options: BatchOrdersOptions) {
    const { carry, request, startedAtMs } = options;
    this.isPaused = carry?.isPaused ?? false;
    this.cancellation = carry?.cancellation ?? null;
    this.deadlineAtMs = carry?.deadlineAtMs ?? startedAtMs + request.policy.deadlineMs;
    this.chunksInFlight = carry?.chunksInFlight ?? null;
  }

  /** Tries parked chunks again, by name or all of them. */
  retry(chunks: readonly string[] | null, touched: readonly string[], note: ActionNote): void {
    this.log('retryFailed', note, touched.join(', '));
    this.options.tellShards({ type: 'retry', paths: chunks });
  }

  /** Asks at every gate at once, and whether a problem of the account is over; parked stays parked. */
  retryNow(note: ActionNote): void {
    this.log('retryNow', note);
    this.options.tellShards({ type: 'retry', paths: [] });
  }

  /** Gives up parked chunks, by name or all of them. */
  skip(chunks: readonly string[] | null, touched: readonly string[], note: ActionNote): void {
    this.log('skip', note, touched.join(', '));
    this.options.tellShards({ type: 'skip', paths: chunks });
  }

  pause(note: ActionNote): void {
    this.isPaused = true;
    this.log('pause', note);
    this.options.tellShards({ type: 'pause' });
    this.options.onChange();
  }

  resume(note: ActionNote): void {
    this.isPaused = false;
    this.log('resume', note);
    this.options.tellShards({ type: 'resume' });
    this.options.onChange();
  }

  setConcurrency(chunksInFlight: number, note: ActionNote): void {
    this.chunksInFlight = chunksInFlight;
    this.log('setConcurrency', note, `${chunksInFlight} calls of each shard in flight`);
    this.options.tellShards({ type: 'concurrency', chunksInFlight });
  }

  extendDeadline(byMs: number, note: ActionNote): void {
    this.deadlineAtMs += byMs;
    this.log('extendDeadline', note, `by ${formatDuration(byMs)}`);
    this.options.tellShards({ type: 'deadline', deadlineAtMs: this.deadlineAtMs });
    this.options.onChange();
  }

  /** Stops everything that is not in flight; what is in flight is awaited and settled first. */
  cancel(instances: InstanceFate, note: ActionNote): void {
    this.log('cancel', note, `what was bought is ${instances === 'keep' ? 'kept' : 'released'}`);
    this.cancellation = { ending: CANCELLED, instances };
    this.options.tellShards({ type: 'end', ending: CANCELLED });
    this.options.onChange();
  }

  /** Lets the batch buy. */
  approve(plan: string, note: ActionNote): void {
    this.isApproved = true;
    this.log('approve', note, `plan ${plan}`);
  }

  /** Ends the batch before it has bought anything. */
  reject(plan: string, note: ActionNote): void {
    this.log('reject', note, `plan ${plan}`);
    this.cancellation = { ending: REJECTED, instances: 'keep' };
  }

  toCarry(): OrdersCarry {
    const { isPaused, cancellation, deadlineAtMs, chunksInFlight } = this;
    return { isPaused, cancellation, deadlineAtMs, chunksInFlight };
  }

  private log(action: string, note: ActionNote, detail?: string): void {
    this.options.log.record(action, note, detail);
  }
}
