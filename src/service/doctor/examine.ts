import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import { TASK_QUEUES } from '../../contract/names';
import type { WorkerReport } from '../../contract/operation-types';
import { CHECK_WORKER, toCheckId } from '../../contract/operations';
import { readHalt } from '../halt-fleet';
import { runOperation } from '../run-operation';
import { createSuccess } from '../service-result';
import type { ServiceResult } from '../service-result';
import { toServiceFailure } from '../temporal-failure';
import { checkPollers } from './check-pollers';
import { checkServer } from './check-server';
import { judgeWorker } from './check-worker-report';
import { createFault, createOk, createWarning, type Finding } from './finding';

/** What an examination takes from whoever asks for it. */
export interface ExamineOptions {
  /** Version of this program. */
  readonly version: string;
  /** Where this program reads results; null when nobody knows. */
  readonly resultsLocation: string | null;
  /** Region of the harmless calls, for accounts without endpoints of their own. */
  readonly region: string;
  readonly taskQueue?: string;
}

/** Above what the activities of the check may take. */
const CHECK_TIMEOUT_MS = 30_000;

/**
 * Looks at everything that batches need: server, namespace, workers, and by a tiny workflow the
 * worker's accounts, clock and result folder. It changes nothing.
 *
 * @param client - the Temporal client
 * @param options - what to compare with
 * @returns a finding for each check; `no-server`
 */
export async function examine(
  client: Client,
  options: ExamineOptions,
): Promise<ServiceResult<readonly Finding[]>> {
  const mainQueue = options.taskQueue ?? TASK_QUEUES.main;
  try {
    const server = await checkServer(client);
    const pollers = await checkPollers(client, mainQueue);
    const halt = await checkHalt(client);
    const isWorkerThere = pollers.every(({ level }) => level === 'ok');
    const worker = isWorkerThere ? await checkWorker(client, options, mainQueue) : [];
    return createSuccess([...server, ...pollers, halt, ...worker]);
  } catch (error) {
    return toServiceFailure(error, 'examine the installation');
  }
}

async function checkHalt(client: Client): Promise<Finding> {
  const halt = await readHalt(client);
  if (!halt.ok) return createFault('halt', halt.message, 'Check the Temporal server.');
  if (halt.value === null) return createOk('halt', 'new creates are not halted');
  const { by, why, sinceMs } = halt.value;
  const who = by === undefined ? '' : ` by ${by}`;
  const reason = why === undefined ? '' : `: ${why}`;
  return createWarning(
    'halt',
    `new creates are halted since ${new Date(sinceMs).toISOString()}${who}${reason}`,
    '"tairfleet unhalt" ends it.',
  );
}

async function checkWorker(
  client: Client,
  options: ExamineOptions,
  taskQueue: string,
): Promise<readonly Finding[]> {
  const askedAtMs = Date.now();
  const report = await runOperation<WorkerReport>(client, {
    type: CHECK_WORKER,
    workflowId: toCheckId(randomUUID()),
    input: { region: options.region },
    what: 'ask a worker how it is',
    timeoutMs: CHECK_TIMEOUT_MS,
    taskQueue,
  });
  if (!report.ok) {
    return [createFault('worker', report.message, 'See the log of the worker.')];
  }
  const { version, resultsLocation } = options;
  return judgeWorker(report.value, {
    ...{ version, resultsLocation },
    ...{ askedAtMs, answeredAtMs: Date.now() },
  });
}
