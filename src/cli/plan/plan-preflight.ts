import { judgePreflight } from '../../domain/preflight';
import type { PreflightReport } from '../../domain/preflight';
import { toOfferPrices } from '../../domain/preflight-price';
import { listPreflightQuestions } from '../../domain/preflight-questions';
import type { SavedPreflight } from '../../input/saved-plan';
import type { CliContext } from '../cli-context';
import type { CliFailure } from '../command-report';
import type { BatchPreview } from '../../service/batch-preview';

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
  { request, frozen, known }: BatchPreview,
): Promise<AskedPreflight> {
  const opened = await context.openService();
  if (!opened.ok) return { ok: false, failure: opened };
  const questions = listPreflightQuestions(request, frozen);
  try {
    const askedAt = new Date().toISOString();
    const facts = await opened.value.service.preflight({
      tenant: request.tenant,
      account: frozen.account,
      // A batch that is there bears its names itself.
      questions: known.kind === 'same' ? { ...questions, names: [] } : questions,
    });
    if (!facts.ok) return { ok: false, failure: facts };
    const report = judgePreflight(request, facts.value);
    const { verdict, totals } = report;
    const groups = Object.fromEntries(report.groups.map((one) => [one.group, one.verdict]));
    const prices = toOfferPrices(facts.value.prices);
    return { ok: true, value: { report, saved: { askedAt, verdict, groups, prices, totals } } };
  } finally {
    await opened.value.close();
  }
}
