import type { AccountFacts, WorkerReport } from '../../contract/operation-types';
import { createFault, createOk, createWarning, type Finding } from './finding';

/** Largest difference between two clocks that the settle time allows for (rule R3). */
const SKEW_MAX_MS = 30_000;

/** What the person who asks runs on. */
export interface OwnFacts {
  readonly version: string;
  readonly resultsLocation: string | null;
  /** When the question was sent and its answer was there, ms since the epoch. */
  readonly askedAtMs: number;
  readonly answeredAtMs: number;
}

/** What a worker has said about itself, judged. */
export function judgeWorker(report: WorkerReport, own: OwnFacts): readonly Finding[] {
  return [
    judgeVersion(report, own),
    judgeResults(report, own),
    judgeClock(report, own),
    judgeCloudClock(report),
    ...report.cloud.accounts.map(judgeAccount),
  ];
}

function judgeVersion({ worker }: WorkerReport, { version }: OwnFacts): Finding {
  const words = `worker ${worker.version} (Node ${worker.node}, Temporal SDK ${worker.sdk})`;
  if (worker.version === version) return createOk('version', words);
  return createWarning(
    'version',
    `${words}, and this command line is ${version}`,
    'Update the older one; they understand each other within one major version.',
  );
}

function judgeResults({ worker }: WorkerReport, { resultsLocation }: OwnFacts): Finding {
  const { location, problem } = worker.results;
  if (problem !== null) {
    return createFault(
      'results',
      `the worker cannot store results in ${location}: ${problem}`,
      'Mend the folder or set TAIRFLEET_RESULTS_FOLDER; no batch can finish before.',
    );
  }
  if (resultsLocation === null || location === resultsLocation) {
    return createOk('results', `stored in ${location}`);
  }
  return createWarning(
    'results',
    `the worker stores results in ${location}, this command line reads ${resultsLocation}`,
    'Share one folder (TAIRFLEET_RESULTS_FOLDER), else "result" and "release" do not find them.',
  );
}

/** The worker's clock was read somewhere between question and answer. */
function judgeClock({ worker }: WorkerReport, { askedAtMs, answeredAtMs }: OwnFacts): Finding {
  const aheadMs = Math.max(0, worker.nowMs - answeredAtMs);
  const behindMs = Math.max(0, askedAtMs - worker.nowMs);
  const offMs = Math.max(aheadMs, behindMs);
  if (offMs <= SKEW_MAX_MS)
    return createOk('clock', `the worker's clock is within ${offMs} ms of ours`);
  return createWarning(
    'clock',
    `the worker's clock is ${Math.round(offMs / 1_000)} s away from ours`,
    'Set both clocks by NTP.',
  );
}

function judgeCloudClock({ cloud }: WorkerReport): Finding {
  const { clockSkewMs } = cloud;
  if (clockSkewMs === null) {
    return createWarning(
      'cloud-clock',
      'no account answered, so clocks cannot be compared',
      'See the accounts.',
    );
  }
  if (Math.abs(clockSkewMs) <= SKEW_MAX_MS) {
    return createOk('cloud-clock', `within ${Math.abs(Math.round(clockSkewMs))} ms of the cloud's`);
  }
  return createFault(
    'cloud-clock',
    `the worker's clock is ${Math.round(clockSkewMs / 1_000)} s away from the cloud's; nothing is sent`,
    'Set the clock of the host by NTP.',
  );
}

function judgeAccount({ account, region, failure }: AccountFacts): Finding {
  const name = `account '${account}' in ${region}`;
  if (failure === null) return createOk('account', `${name} answers`);
  return createFault(
    'account',
    `${name}: ${failure.message} (${failure.code})`,
    'Check keys, permission (kvstore:DescribeInstances) and endpoint of the account; docs/errors.md has the code.',
  );
}
