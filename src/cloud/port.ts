import type { Engine } from '../domain/batch-request';
import type { CreateBody } from '../domain/create-body';
import type { ErrorClass } from '../domain/refusal';

/**
 * The cloud as the activities see it: only the calls that are used. Every method answers with a
 * value; none throws for anything that the network or the service does.
 */
export interface CloudPort {
  /** Sends `CreateInstances` once. Never retries. */
  createInstances(call: CreateCall): Promise<CreateAnswer>;
  /** `DescribeInstances` of up to 30 ids. Ids that are not visible are absent. */
  describeInstances(query: DescribeQuery): Promise<Answer<readonly SeenInstance[]>>;
  /**
   * All instances whose name contains `nameTag`, over all pages. The service's search is fuzzy, so
   * the answer holds only names that really contain the tag.
   */
  searchInstances(query: SearchQuery): Promise<Answer<readonly SeenInstance[]>>;
  /** The service's own count for a name tag: one call whatever the size. */
  countInstances(query: SearchQuery): Promise<Answer<number>>;
  /** How far the local clock is ahead of the service's, ms; null before the first answer. */
  clockSkewMs(): number | null;
}

/** Where a call goes, and with whose credentials. */
export interface CallTarget {
  /** Name of the credentials profile. */
  readonly account: string;
  readonly region: string;
  /**
   * Once aborted, nothing more is sent, and an open read call returns at once with `aborted`. A create call
   * that is already open is still awaited, since its answer holds ids that are paid for.
   */
  readonly signal?: AbortSignal;
}

/** One `CreateInstances` call: token and body are frozen and sent byte for byte. */
export interface CreateCall extends CallTarget {
  readonly token: string;
  readonly body: CreateBody;
  /** Longest wait for the answer. */
  readonly timeoutMs: number;
  /**
   * Asked in the very tick of the send, after every wait for a turn and for keys (rule R3). When it says
   * no, nothing is sent and the answer is `not-sent`, which is unexecuted.
   */
  readonly isSendAllowed?: () => boolean;
}

/** Look for instances by id. */
export interface DescribeQuery extends CallTarget {
  readonly ids: readonly string[];
  readonly engine: Engine;
}

/** Look for instances by a part of their name. */
export interface SearchQuery extends CallTarget {
  readonly nameTag: string;
  readonly engine: Engine;
}

/** What the service shows of an instance. */
export interface SeenInstance {
  readonly id: string;
  readonly name: string;
  /** Raw `InstanceStatus`. */
  readonly status: string;
  readonly region: string;
  readonly zone: string;
  readonly vpcId: string;
  readonly vSwitchId: string;
  readonly instanceClass: string;
  readonly engine: string;
  readonly engineVersion: string;
  readonly chargeType: string;
  readonly capacityMb: number | null;
  /** `host:port`, or null while the service does not show it. */
  readonly endpoint: string | null;
}

/** The call took no effect, or it is unknown whether it did. */
export interface CallFailure {
  readonly kind: 'failed';
  readonly class: ErrorClass;
  /**
   * Whether the request surely never left this machine or was surely refused before execution:
   * throttled, refused connection, unknown host. Only for what is worth sending again as it is.
   */
  readonly isUnexecuted: boolean;
  /** The service's code, or `timeout`, `connection-reset`, `bad-answer` and the like. */
  readonly code: string;
  /** Short text for people, without secrets. */
  readonly message: string;
  readonly httpStatus: number | null;
  readonly requestId: string | null;
  /** What the service asks to wait, ms. */
  readonly retryAfterMs: number | null;
}

/** A value, or why there is none. */
export type Answer<T> =
  | { readonly kind: 'ok'; readonly value: T; readonly calls: number }
  | (CallFailure & { readonly calls: number });

/** How long a call waited for its turn. */
export interface TurnWait {
  /** Whole ms; absent when its turn came at once. */
  readonly waitedMs?: number;
}

/** The answer to a create call. `ids` may be fewer than asked: the caller must count. */
export type CreateAnswer = TurnWait &
  (
    | {
        readonly kind: 'created';
        readonly ids: readonly string[];
        readonly orderId: string | null;
        readonly requestId: string;
        readonly calls: 1;
      }
    /** `calls` is 0 when nothing was sent. */
    | (CallFailure & { readonly calls: number })
  );
