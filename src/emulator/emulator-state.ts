import type { Account } from './accounts';
import { BackupBook } from './backup-book';
import { CallCounter } from './call-counts';
import type { EmulatorConfig } from './config';
import { FaultScript } from './fault-script';
import type { Fault } from './faults';
import type { InstanceStatus } from './instance-life';
import { InstanceQueries } from './instance-query';
import { InstanceStore } from './instance-store';
import { NonceBook } from './protocol/nonce-book';
import { createRandom } from './random';
import type { Random } from './random';
import { RateLimits } from './rate-limits';
import { RequestLog } from './request-log';
import { TaskBook } from './task-book';
import { TokenBook } from './token-book';

/** What an emulator starts from, and goes back to at a reset. */
export interface Origin {
  readonly accounts: readonly Account[];
  readonly config: EmulatorConfig;
  readonly faults: readonly Fault[];
  /** Integer; the same seed and the same calls give the same ids, lives and faults. */
  readonly seed: number;
  /** The clock of instances, tokens and rate limits, in milliseconds since the epoch. */
  nowMs(): number;
}

/** All that one emulator knows between two resets. */
export interface EmulatorState {
  readonly accounts: readonly Account[];
  config: EmulatorConfig;
  readonly store: InstanceStore;
  readonly queries: InstanceQueries;
  /** Instance id → what the control API has it show; all others live as was drawn for them. */
  readonly pinnedStatuses: Map<string, InstanceStatus>;
  readonly tokens: TokenBook;
  readonly backups: BackupBook;
  readonly tasks: TaskBook;
  readonly nonces: NonceBook;
  readonly faults: FaultScript;
  readonly limits: RateLimits;
  readonly log: RequestLog;
  readonly calls: CallCounter;
  readonly idRandom: Random;
  readonly lifeRandom: Random;
  orderCount: number;
  instanceCount: number;
  nowMs(): number;
}

/** A fresh state: nothing created, nothing logged, the config and faults of the origin. */
export function createState(origin: Origin): EmulatorState {
  const store = new InstanceStore();
  const faults = new FaultScript(createRandom(origin.seed, 'faults'), () => origin.nowMs());
  faults.replace(origin.faults);
  return {
    accounts: origin.accounts,
    config: structuredClone(origin.config),
    store,
    queries: new InstanceQueries(store),
    pinnedStatuses: new Map(),
    tokens: new TokenBook(),
    backups: new BackupBook(),
    tasks: new TaskBook(),
    nonces: new NonceBook(),
    faults,
    limits: new RateLimits(),
    log: new RequestLog(),
    calls: new CallCounter(),
    idRandom: createRandom(origin.seed, 'ids'),
    lifeRandom: createRandom(origin.seed, 'life'),
    orderCount: 0,
    instanceCount: 0,
    nowMs: () => origin.nowMs(),
  };
}
