import type { PreflightReport } from '../../domain/preflight-report';
import { listOfferPrices } from '../../domain/preflight-price';
import type { SavedPreflight } from '../../input/saved-plan';
import type { BatchPreview } from '../../service/batch-preview';
import { preflightPlan } from '../../service/plan-preflight';
import type { ServiceResult } from '../../service/service-result';
import type { Submission } from '../../service/submission';
import type { CliFailure } from '../command-report';
import type { CommandContext } from '../command-shell';

/** What the cloud says about a plan: for people, and for the file it is saved to. */
export interface PlanPreflight {
  readonly report: PreflightReport;
  readonly saved: SavedPreflight;
}

/** The preflight, or why there is none. */
export type AskedPreflight =
  | { readonly ok: true; readonly value: PlanPreflight }
  | { readonly ok: false; readonly failure: CliFailure };

/**
 * Asks the cloud, by a worker, what the batch of a plan would meet; over the HTTP API by the server.
 *
 * @param context - how to connect
 * @param submission - the checked request
 * @param preview - its plan
 * @returns the verdicts; `no-server`, `no-worker`; `refused` when the tenant may not use the account;
 *   `forbidden` for a key that may only look
 */
export async function askPreflight(
  context: CommandContext,
  submission: Submission,
  preview: BatchPreview,
): Promise<AskedPreflight> {
  const askedAt = new Date().toISOString();
  const judged = await judge(context, submission, preview);
  if (!judged.ok) return judged;
  const { verdict, totals, groups } = judged.value;
  const verdicts = Object.fromEntries(groups.map((one) => [one.group, one.verdict]));
  const prices = listOfferPrices(judged.value);
  const saved = { askedAt, verdict, groups: verdicts, prices, totals };
  return { ok: true, value: { report: judged.value, saved } };
}

type Judged =
  { readonly ok: true; readonly value: PreflightReport } | (AskedPreflight & { ok: false });

async function judge(
  context: CommandContext,
  submission: Submission,
  preview: BatchPreview,
): Promise<Judged> {
  const api = context.findApi();
  if (!api.ok) return api;
  if (api.place !== null) {
    const batches = await context.openApi(api.place);
    return toJudged(await batches.preflight(submission));
  }
  const opened = await context.openService();
  if (!opened.ok) return { ok: false, failure: opened };
  try {
    return toJudged(await preflightPlan(opened.value.service, preview));
  } finally {
    await opened.value.close();
  }
}

function toJudged(judged: ServiceResult<PreflightReport>): Judged {
  return judged.ok ? judged : { ok: false, failure: judged };
}
