import type { FollowUpPort } from '../cloud/follow-up-port';
import type { CloudPort } from '../cloud/port';
import type { Metrics } from '../contract/metric-writer';
import type { ReadinessPoller } from '../cloud/readiness-port';
import type { FrozenPlan, Tuning } from '../domain/frozen-plan';
import type { RunStart } from '../domain/proof-decision';
import type { GroupPrice } from '../domain/batch-price';
import type { SettleSettings } from '../domain/settle-time';
import type { ByTenant, OpenBatch } from '../domain/tenant-caps';
import type { SpendCap } from '../domain/tenant-spend';
import type { RedisProbe } from '../outbound/redis-probe';
import type { ResultStore } from '../outbound/result-store';
import type { Clock } from './clock';
import type { NotifyDependencies } from './notify';
import type { OperationDependencies } from './operation-dependencies';

/** What the list of runs says about one run of a workflow id. */
export interface ListedRun {
  readonly runId: string;
  /** The plan that the run froze, when it got that far. */
  readonly frozen: FrozenPlan | null;
  /** What it keeps of the prices of its instances, if anything. */
  readonly prices?: readonly GroupPrice[] | null;
}

/** What Temporal knows about runs (rules R2 and R11); the adapter is in the service ring. */
export interface RunDirectory {
  listRuns(workflowId: string): Promise<readonly ListedRun[]>;
  readStart(workflowId: string, runId: string): Promise<RunStart>;
  /** Whether the latest run of the id has ended, or there is none. */
  hasEnded(workflowId: string): Promise<boolean>;
  /** Whether an attempt of an activity, by its token, is one that the server still waits for. */
  isAwaited(taskToken: Uint8Array): Promise<boolean>;
  /** Batches of a tenant that have not ended. */
  listOpenBatches(tenant: string): Promise<readonly OpenBatch[]>;
}

/** Who may order what here. */
export interface Guards {
  readonly slotsPerBatchMax: number;
  readonly isPrepaidAllowed: boolean;
  /** Accounts by tenant; `*` stands for every tenant that has no entry. Empty: everybody uses all. */
  readonly accountsByTenant: Readonly<Record<string, readonly string[]>>;
  /** Instances that a tenant may have at once; `*` as above. Without an entry: any number. */
  readonly instancesMaxByTenant?: ByTenant<number>;
  /** What the instances of a tenant may cost at once; `*` as above. Without an entry: anything. */
  readonly spendMaxByTenant?: ByTenant<SpendCap>;
}

/** How instances are waited for; how often to look is the poller's matter. */
export interface ReadinessSettings {
  /** Longest stay of one attempt, so that a deploy can move it. */
  readonly windowMs: number;
  /** How long an id may be absent from the list. */
  readonly absentToleratedMs: number;
}

/** Everything that the activities need from outside. */
export interface ActivityDependencies extends OperationDependencies, NotifyDependencies {
  readonly cloud: CloudPort;
  readonly followUps: FollowUpPort;
  readonly probe: RedisProbe;
  /** Looks for all waits of this process together. */
  readonly poller: ReadinessPoller;
  readonly runs: RunDirectory;
  readonly results: ResultStore;
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly settle: SettleSettings;
  readonly isLookUpAlways: boolean;
  readonly callTimeoutMs: number;
  readonly tuning: Tuning;
  readonly readiness: ReadinessSettings;
  readonly guards: Guards;
  readonly plan: {
    readonly installationId: string;
    readonly accounts: readonly string[];
    readonly defaultAccount: string | null;
    readonly chunkSlots: number;
    readonly shardSlots: number;
  };
  /**
   * Whether the class of a found instance must equal the ordered one. The service sometimes reports
   * another name for a class (seen for CreateInstance); off compares everything else.
   */
  readonly isClassCompared: boolean;
}
