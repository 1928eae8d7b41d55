import type { BatchRun } from '../service/batch-run';
import type { ConnectedService } from '../service/connect-service';
import type { CliContext } from './cli-context';
import { findRunningStack } from './stack/running-stack';

/** Host of every Temporal Cloud endpoint; its UI has an address of its own. */
const TEMPORAL_CLOUD_HOST = /\.tmprl\.cloud(?::\d+)?$/;

/**
 * Address of a run in the Temporal UI.
 *
 * @param context - folder in which `tairfleet up` may run
 * @param server - where we are connected to
 * @param run - the run
 * @returns null when nobody told us where the UI of this server is
 */
export function toUiLink(
  context: CliContext,
  { address, namespace }: ConnectedService['server'],
  { workflowId, runId }: Pick<BatchRun, 'workflowId' | 'runId'>,
): string | null {
  const stack = findRunningStack(context.cwd);
  const local = stack?.address === address ? stack.uiUrl : undefined;
  const base = TEMPORAL_CLOUD_HOST.test(address) ? 'https://cloud.temporal.io' : local;
  if (base === undefined || base === null) return null;
  const [space, id] = [namespace, workflowId].map(encodeURIComponent);
  return `${base}/namespaces/${space}/workflows/${id}/${runId}`;
}
