import { getExternalWorkflowHandle } from '@temporalio/workflow';
import type { SignalNotification } from '../domain/batch-request';
import type { ResultDocument } from '../domain/result';
import type { BatchLog } from './batch-log';

/** Tells whom the request names. A receiver that is gone is recorded, and fails nothing. */
export async function announce(
  notify: readonly SignalNotification[],
  document: ResultDocument,
  log: BatchLog,
): Promise<void> {
  await Promise.all(notify.map(({ signal }) => send(signal, document, log)));
}

async function send(
  { workflowId, name }: SignalNotification['signal'],
  document: ResultDocument,
  log: BatchLog,
): Promise<void> {
  const what = `signal ${name} to ${workflowId}`;
  try {
    await getExternalWorkflowHandle(workflowId).signal(name, document);
    log.record('notified', {}, what);
  } catch {
    log.record('notNotified', {}, `${what}: no such running workflow`);
  }
}
