import { countSlots } from '../../domain/batch-request';
import { isLoopbackUrl } from '../../domain/loopback';
import type { Submission } from '../../service/submission';
import type { BatchService } from '../../service/batch-service';
import type { FinishedBatch } from '../../service/read-result';
import type { CliContext } from '../cli-context';
import type { CliFailure } from '../command-report';
import { followBatch } from '../follow-batch';
import { findForeignWorker } from '../stack/foreign-worker';
import { createDemoAccount } from './demo-account';
import type { DemoAccount } from './demo-account';
import { DEMO_QUOTA } from './demo-settings';
import { startDemoStack } from './demo-stack';
import type { DemoStack } from './demo-stack';
import { readDemoSubmission } from './demo-submission';
import { createQuotaRaiser } from './quota-raiser';
import { createWorkerCrasher } from './worker-crasher';

/** What the demo is asked to do. */
export interface DemoOptions {
  /** Slots instead of those of the example. */
  readonly slots?: number;
  /** Whether a worker is killed in the middle. */
  readonly isCrashShown: boolean;
}

/** A demo that came to its end; its parts still run. */
export interface DemoRun {
  readonly stack: DemoStack;
  readonly finished: FinishedBatch;
  readonly account: DemoAccount;
  readonly historyEvents: number;
  /** From the submission to the final document. */
  readonly seconds: number;
}

/** Either a demo that came to its end, or why it did not. */
export type DemoResult =
  { readonly ok: true; readonly value: DemoRun } | ({ readonly ok: false } & CliFailure);

/**
 * Runs the demo on parts of its own. When it fails, nothing is left running.
 *
 * @param context - our own program, folders, where to write
 * @param options - what to show
 */
export async function runDemo(context: CliContext, options: DemoOptions): Promise<DemoResult> {
  const endpoint = context.env.TAIRFLEET_CLOUD_ENDPOINT;
  if (endpoint && !isLoopbackUrl(endpoint)) return refuseEndpoint(endpoint);
  const submission = await readDemoSubmission(context, toSubmissionOptions(context, options));
  if (!submission.ok) return { ok: false, ...submission.failure };
  const quota = toFirstQuota(submission);
  const signal = context.catchInterrupt();
  const stack = await startDemoStack(context, quota);
  if (!stack.ok) return stack;
  let result: DemoResult | undefined;
  try {
    say(context, stack.value);
    result = await runOnStack(context, { ...options, stack: stack.value, submission, signal });
    return result;
  } finally {
    if (result?.ok !== true) await stack.value.stop();
  }
}

interface StackRun extends DemoOptions {
  readonly stack: DemoStack;
  readonly submission: Submission;
  readonly signal: AbortSignal;
}

async function runOnStack(context: CliContext, run: StackRun): Promise<DemoResult> {
  const { temporal, resultsFolder } = run.stack;
  const opened = await context.openService({
    address: temporal.address,
    isOwnServer: temporal.isOwnServer,
    resultsFolder,
  });
  if (!opened.ok) return opened;
  const { service, close } = opened.value;
  try {
    const foreign = await findForeignWorker(service);
    if (foreign !== undefined) return foreign;
    return await runBatch(context, service, run);
  } finally {
    await close();
  }
}

async function runBatch(
  context: CliContext,
  service: BatchService,
  run: StackRun,
): Promise<DemoResult> {
  const { stack, submission, signal } = run;
  const worker = await stack.startWorker();
  if (!worker.ok) return worker;
  const startedAtMs = performance.now();
  const applied = await service.apply(submission);
  if (!applied.ok) return applied;
  const { tenant, batchId } = submission.request;
  const raiser = createQuotaRaiser(stack.control, toFirstQuota(submission));
  const crasher = run.isCrashShown ? createWorkerCrasher(stack, worker.value) : undefined;
  const end = await followBatch(context, {
    batches: service,
    key: { tenant, batchId },
    signal,
    onProgress: (progress, view) => {
      raiser.observe(progress, view);
      crasher?.observe(progress, view);
    },
  });
  if (end.kind === 'failed') return end.failure;
  if (end.kind === 'interrupted') return INTERRUPTED;
  const seconds = Math.round((performance.now() - startedAtMs) / 100) / 10;
  const account = await createDemoAccount(stack.control, end.finished);
  const { finished, historyEvents } = end;
  return {
    ok: true,
    value: { stack, finished, account, historyEvents: historyEvents ?? 0, seconds },
  };
}

const INTERRUPTED: DemoResult = {
  ok: false,
  code: 'interrupted',
  message: 'The demo was interrupted; everything it started has been stopped.',
};

function toFirstQuota({ request }: Submission): number {
  return Math.min(DEMO_QUOTA.first, Math.ceil(countSlots(request) * 0.7));
}

function toSubmissionOptions(context: CliContext, { slots }: DemoOptions): object {
  const isOwnServer = !context.env.TEMPORAL_ADDRESS;
  return {
    ...(slots === undefined ? {} : { slots }),
    ...(isOwnServer ? {} : { idSuffix: `-${Date.now().toString(36)}` }),
  };
}

function refuseEndpoint(endpoint: string): DemoResult {
  return {
    ok: false,
    code: 'refused',
    message:
      `TAIRFLEET_CLOUD_ENDPOINT is ${endpoint}, which is not this machine. The demo buys from its ` +
      'own emulator only; unset the variable to run it.',
  };
}

function say(context: CliContext, { temporal, emulator, folder }: DemoStack): void {
  const ui = temporal.uiUrl === undefined ? '' : `, UI ${temporal.uiUrl}`;
  const lines = [
    temporal.description,
    `  ${temporal.address}${ui}`,
    `emulator: ${emulator.url}, with throttling, VPC errors and lost answers`,
    `logs: ${folder}`,
  ];
  context.io.writeError(lines.map((line) => `${line}\n`).join(''));
}
