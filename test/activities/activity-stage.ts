import type { Info } from '@temporalio/activity';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import type {
  ActivityDependencies,
  ListedRun,
  RunDirectory,
} from '../../src/activities/dependencies';
import type { Clock } from '../../src/activities/clock';
import type { RunStart } from '../../src/domain/proof-decision';
import { SYSTEM_CLOCK } from '../../src/cloud/clock';
import { createReadinessPoller } from '../../src/cloud/readiness-poller';
import { SETTLE_DEFAULTS, toSettleTimeMs } from '../../src/domain/settle-time';
import { createFolderResultStore } from '../../src/outbound/folder-result-store';
import { createFolderReleaseBook } from '../../src/outbound/folder-release-book';
import {
  createForbiddenPreflights,
  createForbiddenReleases,
  TEST_WORKER,
} from '../support/operation-fakes';
import { createForbiddenNotices } from '../support/notice-fakes';
import { createKeptMetrics } from '../support/kept-metrics';
import { createTempFolder } from '../support/temp-folder';
import { createScriptedCloud, type CloudScript, type ScriptedCloud } from './scripted-cloud';
import { TEST_TUNING } from '../support/test-tuning';

/** The run and workflow that every activity of the tests belongs to. */
export const RUN_ID = 'run-1';
export const WORKFLOW_ID = 'batch/default/nightly';

/** The moment at which every test starts, and S of the tests: the product's own. */
export const START_MS = 1_700_000_000_000;
export const SETTLE_TIME_MS = toSettleTimeMs(SETTLE_DEFAULTS);

/** A clock that stands still until a test moves it; waits without jitter. */
export class StandingClock implements Clock {
  private wallMs = START_MS;
  private runningMs = 0;

  nowMs(): number {
    return this.wallMs;
  }

  monotonicMs(): number {
    return this.runningMs;
  }

  random(): number {
    return 0;
  }

  pass(ms: number): void {
    this.setWall(ms);
    this.runningMs += ms;
  }

  /** Moves the wall clock alone: a machine that slept, or a clock that was set. */
  setWall(ms: number): void {
    this.wallMs += ms;
  }
}

/** What an activity runs on: a scripted cloud, a clock in the test's hand, a real result folder. */
export interface ActivityStage {
  readonly cloud: ScriptedCloud;
  readonly clock: StandingClock;
  readonly dependencies: ActivityDependencies;
  /** What was measured. */
  readonly written: readonly string[];
}

/** Builds stages, and removes their folders after each test. */
export function useActivityStages(): (
  script?: CloudScript,
  changes?: Partial<ActivityDependencies>,
  clock?: StandingClock,
) => ActivityStage {
  const folders: { remove(): void }[] = [];
  afterEach(() => folders.splice(0).forEach((folder) => folder.remove()));
  return (script, changes = {}, clock = new StandingClock()) => {
    const folder = createTempFolder();
    folders.push(folder);
    const cloud = createScriptedCloud(script);
    const results = createFolderResultStore(folder.path);
    const releaseBook = createFolderReleaseBook(folder.path);
    const settings = { pollMinMs: 1, pollMaxMs: 1 };
    const poller = createReadinessPoller({ cloud, clock: SYSTEM_CLOCK, settings });
    const { metrics, written } = createKeptMetrics();
    const kept = { results, releaseBook, metrics };
    const fresh = { ...DEFAULTS, cloud, followUps: cloud, poller, clock, ...kept };
    return { cloud, clock, written, dependencies: { ...fresh, ...changes } };
  };
}

/** How Temporal runs the activity: attempt, times, what the last attempt has left. */
export type ActivityInfo = Partial<Info>;

/** Runs an activity as Temporal would. */
export function runActivity<I, A>(
  activity: (input: I) => Promise<A>,
  input: I,
  info: ActivityInfo = {},
): Promise<A> {
  return createEnvironment(info).run(activity, input);
}

/** An environment whose heartbeats and cancellation a test wants to see. */
export function createEnvironment(info: ActivityInfo = {}): MockActivityEnvironment {
  const workflowExecution = { workflowId: WORKFLOW_ID, runId: RUN_ID };
  // Failures that a test provokes are no news.
  const logger = new DefaultLogger('ERROR');
  const scheduled = {
    scheduledTimestampMs: START_MS,
    currentAttemptScheduledTimestampMs: START_MS,
  };
  return new MockActivityEnvironment({ workflowExecution, ...scheduled, ...info }, { logger });
}

/** A run directory that shows these runs; the current one has come from nothing. */
export function createRuns(
  listed: readonly ListedRun[],
  start: RunStart = { originalRunId: RUN_ID, continuedFromRunId: null, isContinueAsNew: false },
  isAwaited: RunDirectory['isAwaited'] = () => Promise.resolve(true),
): RunDirectory {
  return {
    listRuns: () => Promise.resolve(listed),
    readStart: () => Promise.resolve(start),
    // The batch is running; nothing else is done to it.
    hasEnded: (workflowId) => Promise.resolve(!workflowId.startsWith('batch/')),
    isAwaited,
    listOpenBatches: () => Promise.resolve([]),
  };
}

const DEFAULTS: Omit<
  ActivityDependencies,
  'cloud' | 'followUps' | 'poller' | 'clock' | 'results' | 'releaseBook'
> = {
  probe: { ping: () => Promise.reject(new Error('nobody asked for a PING')) },
  releases: createForbiddenReleases(),
  preflights: createForbiddenPreflights(),
  halt: { isHalted: () => Promise.resolve(false) },
  ...createForbiddenNotices(),
  self: TEST_WORKER,
  runs: createRuns([{ runId: RUN_ID, frozen: null }]),
  settle: SETTLE_DEFAULTS,
  isLookUpAlways: false,
  callTimeoutMs: 1_000,
  tuning: TEST_TUNING,
  readiness: { windowMs: 60_000, absentToleratedMs: 5_000 },
  guards: { slotsPerBatchMax: 1_000, isPrepaidAllowed: false, accountsByTenant: {} },
  plan: {
    installationId: 'test',
    accounts: ['default'],
    defaultAccount: 'default',
    chunkSlots: 90,
    shardSlots: 5_000,
  },
  isClassCompared: true,
};
