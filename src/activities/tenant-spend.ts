import { toGroupPrices, type GroupPrices } from '../domain/batch-price';
import type { BatchRequest } from '../domain/batch-request';
import { createFrozenPlan } from '../domain/plan-settings';
import { isPriceable, listOffers, toQuestionKey } from '../domain/preflight-questions';
import type { CapVerdict, OpenBatch, TenantBatches } from '../domain/tenant-caps';
import {
  findSpendProblem,
  toAskedHoldings,
  toHeldHoldings,
  type Holding,
  type SpendCap,
  type SpendProblem,
} from '../domain/tenant-spend';
import { askPrices } from './ask-prices';
import { CallCounter } from './call-counter';
import type { ActivityDependencies } from './dependencies';

type Dependencies = Pick<ActivityDependencies, 'preflights' | 'plan'>;

/** A batch that asks to be let in, under its tenant's cap. */
export interface SpendQuestion {
  readonly request: BatchRequest;
  readonly cap: SpendCap;
  /** What the tenant has besides. */
  readonly batches: TenantBatches;
  readonly life: AbortSignal;
}

/**
 * Whether a batch would cost more than its tenant may spend. Whatever would have to be guessed refuses
 * it: a cap is a promise (docs/decisions/0020-what-a-tenant-spends-is-counted-by-the-price-at-the-door.md).
 */
export async function checkTenantSpend(
  dependencies: Dependencies,
  { request, cap, batches, life }: SpendQuestion,
): Promise<CapVerdict> {
  const unpriced = batches.open.filter(({ prices }) => prices === null);
  const asked = [request, ...unpriced.flatMap((batch) => batch.request ?? [])];
  const priced = await priceRequests(dependencies, asked, life);
  const own = priced.get(request.batchId);
  if (own?.ok !== true) {
    const why = own === undefined ? 'its account is not known' : `${own.group}: ${own.reason}`;
    return toUnknown(`the price of the batch is not known (${why})`);
  }
  const held = [
    ...batches.open.flatMap((batch) => toOpenHoldings(batch, priced)),
    ...batches.ended.flatMap(toHeldHoldings),
  ];
  const problem = findSpendProblem(cap, toAskedHoldings(request, own.prices), held);
  if (problem === null) return { kind: 'admitted', prices: own.prices };
  return toRefused(request, problem);
}

function toOpenHoldings(
  { request, prices }: OpenBatch,
  priced: ReadonlyMap<string, GroupPrices>,
): readonly Holding[] {
  if (request === null) return [];
  const today = priced.get(request.batchId);
  return toAskedHoldings(request, prices ?? (today?.ok === true ? today.prices : []));
}

/** What each request costs today, by batch id; each offer of an account is asked for once. */
async function priceRequests(
  { preflights: looks, plan }: Dependencies,
  requests: readonly BatchRequest[],
  life: AbortSignal,
): Promise<ReadonlyMap<string, GroupPrices>> {
  const priced = new Map<string, GroupPrices>();
  for (const account of plan.accounts) {
    const own = requests.filter((one) => createFrozenPlan(plan, one, '')?.account === account);
    const offers = own.flatMap(listOffers).filter(isPriceable);
    const distinct = [...new Map(offers.map((one) => [toQuestionKey(one), one])).values()];
    const answers = await askPrices({ looks, account, life, calls: new CallCounter() }, distinct);
    for (const one of own) priced.set(one.batchId, toGroupPrices(one, answers));
  }
  return priced;
}

function toRefused({ tenant }: BatchRequest, problem: SpendProblem): CapVerdict {
  if (problem.kind === 'unknown') {
    return toUnknown(
      `the tenant '${tenant}' has a cap on what it may spend (guards.spendMaxByTenant), and what its ` +
        `batch '${problem.batchId}' costs was not recorded; release that batch, or give ` +
        `${problem.setting} in the tenant's entry`,
    );
  }
  const { asked, held, max } = problem;
  return refuse(
    'tenant-spend-reached',
    `the batch would cost ${asked}, and the tenant '${tenant}' has ${held} of the ${max} that this ` +
      'installation lets it spend (guards.spendMaxByTenant); release a batch of the tenant, or have ' +
      'the cap raised',
  );
}

function toUnknown(message: string): CapVerdict {
  return refuse('tenant-spend-unknown', message);
}

function refuse(code: string, message: string): CapVerdict {
  return { kind: 'refused', refusal: { class: 'invalid', code, message } };
}
