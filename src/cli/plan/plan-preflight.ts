import type { PreflightReport } from '../../domain/preflight-report';
import { toOfferPrices } from '../../domain/preflight-price';
import type { SavedPreflight } from '../../input/saved-plan';
import type { CliContext } from '../cli-context';
import type { CliFailure } from '../command-report';
import type { BatchPreview } from '../../service/batch-preview';
import { preflightPlan } from '../../service/plan-preflight';

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
 * Asks the cloud, by a worker, what the batch of a plan would meet.
 *
 * @param context - how to connect
 * @param preview - the plan
 * @returns the verdicts; `no-server`, `no-worker`; `refused` when the tenant may not use the account
 */
export async function askPreflight(
  context: CliContext,
  preview: BatchPreview,
): Promise<AskedPreflight> {
  const opened = await context.openService();
  if (!opened.ok) return { ok: false, failure: opened };
  try {
    const askedAt = new Date().toISOString();
    const judged = await preflightPlan(opened.value.service, preview);
    if (!judged.ok) return { ok: false, failure: judged };
    const { facts, report } = judged.value;
    const { verdict, totals } = report;
    const groups = Object.fromEntries(report.groups.map((one) => [one.group, one.verdict]));
    const prices = toOfferPrices(facts.prices);
    return { ok: true, value: { report, saved: { askedAt, verdict, groups, prices, totals } } };
  } finally {
    await opened.value.close();
  }
}
