import {
  CHUNKS_IN_FLIGHT_MAX,
  type ActionAnswer,
  type ActionNote,
  type CancelInput,
  type DecisionInput,
  type ExtendDeadlineInput,
  type RetryFailedInput,
  type SetConcurrencyInput,
  type SkipInput,
} from '../contract/messages';
import type { UPDATES } from '../contract/names';
import { LIMITS } from '../domain/limits';
import { formatDuration, parseDuration } from '../domain/duration';
import type { BatchLife } from './batch-life';

/** One thing that an operator can order, by an update that the Temporal UI lists. */
export interface OperatorAction<Input extends ActionNote> {
  /** Stands beside the action in the Temporal UI. */
  readonly description: string;
  /**
   * Says why it cannot be done, and what would be accepted; the note is checked before.
   *
   * @throws Error, which leaves no trace in the history
   */
  check(batch: BatchLife, input: Partial<Input>): void;
  /** Does it; `input` has passed the check. */
  order(batch: BatchLife, input: Input): ActionAnswer;
}

const NOTE_KEYS = '"by", "why" and "ticket" may always be added.';

const retryFailed: OperatorAction<RetryFailedInput> = {
  description:
    'When you have mended why chunks are parked: tries them again, and asks at closed gates too; never ' +
    `buys twice. Input: {"chunks": ["sessions/0-89"]}, or {} for all. ${NOTE_KEYS}`,
  check: (batch, { chunks }) => {
    refuseEnding(batch, 'retry it when it has ended');
    if (!batch.isRetryUseful) throw new Error('nothing is parked and no gate is closed');
    checkChunks(batch, chunks);
  },
  order: (batch, input) => {
    const chunks = input.chunks ?? batch.listParked();
    batch.orders.retry(input.chunks ?? null, chunks, input);
    return toAnswer(chunks.length === 0 ? 'probing at once' : 'retrying', chunks);
  },
};

const retryNow: OperatorAction<ActionNote> = {
  description:
    'When a gate is closed or the batch is on hold and you know that it is over: asks at once instead of ' +
    `at the next probe. Parked chunks stay parked; retryFailed is for those. Input: {}. ${NOTE_KEYS}`,
  check: (batch) => {
    refuseEnding(batch, 'retry it when it has ended');
    if (!batch.isWaiting) {
      throw new Error('no gate is closed and nothing is on hold; retryFailed is for parked chunks');
    }
  },
  order: (batch, input) => {
    batch.orders.retryNow(input);
    return toAnswer('probing at once');
  },
};

const skip: OperatorAction<SkipInput> = {
  description:
    'Give up parked chunks: their slots stay empty, and the batch can end without them. ' +
    `Input: {"chunks": ["sessions/0-89"]}, or {} for all that are parked. ${NOTE_KEYS}`,
  check: (batch, { chunks }) => {
    refuseEnding(batch, 'what is parked is given up anyway');
    if (batch.listParked().length === 0) {
      throw new Error('nothing is parked; cancel ends a batch that is under way');
    }
    checkChunks(batch, chunks);
  },
  order: (batch, input) => {
    const chunks = input.chunks ?? batch.listParked();
    batch.orders.skip(input.chunks ?? null, chunks, input);
    return toAnswer('given up', chunks);
  },
};

const pause: OperatorAction<ActionNote> = {
  description: `Make no new calls until resume. Input: {}. ${NOTE_KEYS}`,
  check: (batch) => {
    refuseEnding(batch, 'nothing to pause');
    if (batch.orders.isPaused) throw new Error('the batch is paused already; resume goes on');
  },
  order: (batch, input) => {
    batch.orders.pause(input);
    return toAnswer('paused: calls in flight are finished, no new ones are made');
  },
};

const resume: OperatorAction<ActionNote> = {
  description: `Go on after a pause. Input: {}. ${NOTE_KEYS}`,
  check: (batch) => {
    if (!batch.orders.isPaused) throw new Error('the batch is not paused; nothing to resume');
  },
  order: (batch, input) => {
    batch.orders.resume(input);
    return toAnswer('resumed');
  },
};

const setConcurrency: OperatorAction<SetConcurrencyInput> = {
  description:
    'How many create calls of each shard may be in flight: fewer to go easy on the account, more to ' +
    `go faster. Input: {"chunksInFlight": 5}. ${NOTE_KEYS}`,
  check: (batch, { chunksInFlight }) => {
    refuseEnding(batch, 'nothing is sent any more');
    const isValid =
      Number.isInteger(chunksInFlight) &&
      Number(chunksInFlight) >= 1 &&
      Number(chunksInFlight) <= CHUNKS_IN_FLIGHT_MAX;
    if (isValid) return;
    throw new Error(
      `'chunksInFlight' must be a whole number from 1 to ${CHUNKS_IN_FLIGHT_MAX}; pause stops all calls`,
    );
  },
  order: (batch, input) => {
    batch.orders.setConcurrency(input.chunksInFlight, input);
    return toAnswer(`${input.chunksInFlight} create calls of each shard may be in flight`);
  },
};

const extendDeadline: OperatorAction<ExtendDeadlineInput> = {
  description:
    `Let the batch go on for longer before it ends with what it has. Input: {"extendBy": "6h"}. ` +
    NOTE_KEYS,
  check: (batch, { extendBy }) => {
    refuseEnding(batch, 'retry goes on with it when it has ended');
    const byMs = typeof extendBy === 'string' ? parseDuration(extendBy) : null;
    const leftMs = batch.deadlineMaxAtMs - batch.orders.deadlineAtMs;
    if (byMs !== null && byMs >= LIMITS.durationMinMs && byMs <= leftMs) return;
    throw new Error(
      "'extendBy' must be a duration with units, such as 90m, 6h or 2d, and at most " +
        formatDuration(leftMs),
    );
  },
  order: (batch, input) => {
    batch.orders.extendDeadline(parseDuration(input.extendBy) ?? 0, input);
    const end = new Date(batch.orders.deadlineAtMs).toISOString();
    return toAnswer(`the batch ends at ${end} at the latest`);
  },
};

const approve: OperatorAction<DecisionInput> = {
  description:
    'Let a batch that waits for an approval buy. ' +
    'Input: {"plan": "…", "by": "…"}, the plan as the batch shows it; "why" and "ticket" may be added.',
  check: checkDecision,
  order: (batch, input) => {
    batch.orders.approve(input.plan, input);
    return toAnswer('approved: the batch begins to buy');
  },
};

const reject: OperatorAction<DecisionInput> = {
  description:
    'End a batch that waits for an approval, before it has bought anything. ' +
    'Input: {"plan": "…", "by": "…"}, the plan as the batch shows it; "why" and "ticket" may be added.',
  check: checkDecision,
  order: (batch, input) => {
    batch.orders.reject(input.plan, input);
    return toAnswer('rejected: the batch ends, and buys nothing');
  },
};

const cancel: OperatorAction<CancelInput> = {
  description:
    'End the batch: nothing new is sent, what was bought is listed, and kept or released. ' +
    `Input: {"instances": "keep"} or {"instances": "release"}; {}: as the request says. ${NOTE_KEYS}`,
  check: (batch, { instances }) => {
    refuseEnding(batch, 'nothing to cancel');
    if (instances === undefined || instances === 'keep' || instances === 'release') return;
    throw new Error("'instances' must be keep or release, or be left out");
  },
  order: (batch, input) => {
    const instances = input.instances ?? batch.onCancel;
    batch.orders.cancel(instances, input);
    const fate = instances === 'keep' ? 'kept' : 'released';
    return toAnswer(`cancelling: nothing new is sent, what is in flight is awaited and ${fate}`);
  },
};

/** Every operator action by the name of its update. */
export const OPERATOR_ACTIONS = {
  retryFailed,
  retryNow,
  skip,
  pause,
  resume,
  setConcurrency,
  extendDeadline,
  approve,
  reject,
  cancel,
} satisfies Record<keyof typeof UPDATES, unknown>;

/** Two people may decide at once, and the first one counts. */
function checkDecision(batch: BatchLife, { plan, by }: Partial<DecisionInput>): void {
  const { approval, orders } = batch;
  if (approval === null || orders.isApproved || orders.cancellation !== null) {
    throw new Error('the batch does not wait for an approval');
  }
  if (plan !== approval.plan) {
    throw new Error(
      `'plan' must be the one that waits, '${approval.plan}' (${approval.instances} instances); ` +
        'look at the batch again before you decide',
    );
  }
  if (by === undefined || by.trim() === '') throw new Error("'by' must say who decides");
}

function refuseEnding(batch: BatchLife, hint: string): void {
  if (batch.isEnding) throw new Error(`the batch is ending already; ${hint}`);
}

function checkChunks(batch: BatchLife, chunks: unknown): void {
  if (chunks === undefined || chunks === null) return;
  const parked = batch.listParked();
  const isList = Array.isArray(chunks) && chunks.every((chunk) => typeof chunk === 'string');
  const unknown = isList ? (chunks as string[]).filter((chunk) => !parked.includes(chunk)) : [];
  if (isList && unknown.length === 0) return;
  const shown = parked.length === 0 ? 'none' : parked.slice(0, 20).join(', ');
  throw new Error(
    `'chunks' must list parked chunks; not parked: ${unknown.join(', ')}; parked are: ${shown}`,
  );
}

function toAnswer(message: string, chunks: readonly string[] = []): ActionAnswer {
  return { message, chunks };
}
