import { join } from 'node:path';
import { checkBatchRequest } from '../../domain/check-batch-request';
import type { CliContext } from '../cli-context';
import { readSubmission } from '../read-submission';
import type { ReadSubmission } from '../read-submission';

/** The request of the demo, relative to the package. */
const DEMO_REQUEST = join('examples', 'sessions-1000.yaml');

/** What the demo changes in its example. */
export interface DemoSubmissionOptions {
  /** Another number of slots, in one group. */
  readonly slots?: number;
  /** Added to the batch id, on a server that remembers earlier demos. */
  readonly idSuffix?: string;
}

interface RequestDocument {
  readonly batchId: string;
  readonly groups: readonly object[];
}

/**
 * Reads the example that the demo submits.
 *
 * @param context - where the package is
 * @param options - what differs from the example
 */
export async function readDemoSubmission(
  context: CliContext,
  options: DemoSubmissionOptions,
): Promise<ReadSubmission> {
  const read = await readSubmission([join(context.packageRoot, DEMO_REQUEST)]);
  if (!read.ok) return read;
  const document = read.document as RequestDocument;
  const changed = {
    ...document,
    batchId: `${document.batchId}${options.idSuffix ?? ''}`,
    groups:
      options.slots === undefined
        ? document.groups
        : [{ ...document.groups[0], count: options.slots }],
  };
  const checked = checkBatchRequest(changed);
  if (checked.ok) return { ok: true, document: changed, request: checked.request };
  const message = checked.problems.map((problem) => problem.message).join('; ');
  return { ok: false, failure: { code: 'usage', message: `The demo's request: ${message}` } };
}
