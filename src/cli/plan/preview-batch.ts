import type { Submission } from '../../service/submission';
import { completePreview, createBatchPreview } from '../../service/batch-preview';
import type { BatchPreview } from '../../service/batch-preview';
import { createFailureReport } from '../command-report';
import type { CommandReport } from '../command-report';
import type { CommandContext } from '../command-shell';
import { createSubmissionFailureReport } from '../conflict-report';
import type { ApiPlace } from '../../remote/api-connection';
import { findKnownBatch } from './known-batch';
import type { AskServer } from './known-batch';
import { loadPlanConfig } from './plan-config';

/** How to plan. */
export interface PreviewOptions {
  readonly ask: AskServer;
  /** How many chunks to list. */
  readonly chunksMax: number;
}

/** The plan, or the report that says why there is none. */
export type Previewed =
  | { readonly ok: true; readonly preview: BatchPreview }
  | { readonly ok: false; readonly report: CommandReport };

/**
 * Plans a submission: by the settings of the server that the command line names, else by those here.
 *
 * @param context - where the settings are, and how to ask
 * @param submission - the checked request
 * @param options - whom to ask, and how much to list
 */
export async function previewBatch(
  context: CommandContext,
  submission: Submission,
  options: PreviewOptions,
): Promise<Previewed> {
  const api = context.findApi();
  if (!api.ok) return refuse(createFailureReport(api.failure));
  if (api.place !== null && options.ask !== 'never') {
    return previewByServer(context, submission, { place: api.place, ...options });
  }
  const config = loadPlanConfig(context);
  if (!config.ok) return refuse(createFailureReport(config.failure));
  const known = await findKnownBatch(context, submission, options.ask);
  if (known.kind === 'conflict') return refuse(createSubmissionFailureReport(known.failure));
  const { chunksMax } = options;
  const preview = createBatchPreview(submission, known, { config: config.value, chunksMax });
  return preview.ok ? { ok: true, preview: preview.value } : refuse(createFailureReport(preview));
}

async function previewByServer(
  context: CommandContext,
  submission: Submission,
  { place, chunksMax }: PreviewOptions & { readonly place: ApiPlace },
): Promise<Previewed> {
  const batches = await context.openApi(place);
  const planned = await batches.plan(submission);
  if (!planned.ok) return refuse(createSubmissionFailureReport(planned));
  const { status, frozen, warnings } = planned.value;
  const { request } = planned.value.submission;
  const known = status === null ? NEW : ({ kind: 'same', status, frozen } as const);
  const start = { request, frozen, source: place.url, warnings, known };
  return { ok: true, preview: completePreview(start, chunksMax) };
}

const NEW = { kind: 'new' } as const;

function refuse(report: CommandReport): Previewed {
  return { ok: false, report };
}
