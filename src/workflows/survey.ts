import { proxyActivities, workflowInfo } from '@temporalio/workflow';
import type { SurveyActivities, SurveyAnswer } from '../contract/survey-types';
import type { BatchLimits } from '../domain/batch-limits';
import { listAddressDemands } from '../domain/address-deal';
import { planShards } from '../domain/plan';
import { listNetworks } from '../domain/preflight-questions';
import { listPricedOffers, type PriceAnswers } from '../domain/price-cap';
import { toCloudQueue } from '../contract/names';
import { toFairness } from './activity-options';
import type { ChunkContext } from './chunk-input';
import type { RunTally } from './run-tally';

/** What a batch asks about its placements before it buys. */

/** Longest single attempt, above what the activity gives itself. */
const ATTEMPT_MS = 2 * 60_000;

/** How long addresses are worth waiting for, with the queue and with workers that come back. */
const ADDRESSES_MS = 60_000;

/** Silence after which the worker counts as lost. */
const HEARTBEAT_MS = 20_000;

/** Who asks. */
export interface SurveyContext extends Pick<ChunkContext, 'request' | 'frozen'> {
  readonly tally: RunTally;
}

/** The prices that decide something; tried until a worker answers, be it that they are not known. */
export async function surveyPrices(context: SurveyContext): Promise<PriceAnswers> {
  const prices = listPricedOffers(context.request);
  if (prices.length === 0) return [];
  const answer = await survey(context, { prices, networks: [], demands: [] });
  return answer.prices;
}

/**
 * The free addresses of the vSwitches; none that are known when nobody could tell in time, since a
 * create call finds out, too.
 */
export async function surveyAddresses(
  context: SurveyContext,
  bars: BatchLimits['bars'],
): Promise<BatchLimits['addresses']> {
  const { request, frozen } = context;
  const demands = planShards(request, frozen).flatMap((slice) =>
    listAddressDemands(request, slice, bars),
  );
  const networks = listNetworks(request);
  const asked = { prices: [], networks, demands };
  const answer = await survey(context, asked, ADDRESSES_MS).catch(() => null);
  return answer?.addresses ?? [];
}

async function survey(
  { request, frozen, tally }: SurveyContext,
  asked: Omit<Parameters<SurveyActivities['survey']>[0], 'account' | 'batch'>,
  withinMs?: number,
): Promise<SurveyAnswer> {
  const { taskQueue, workflowId } = workflowInfo();
  const activities = proxyActivities<SurveyActivities>({
    summary: `ask for ${asked.prices.length > 0 ? 'prices' : 'free addresses'}`,
    ...toFairness(request.tenant),
    taskQueue: toCloudQueue(taskQueue),
    startToCloseTimeout: ATTEMPT_MS,
    ...(withinMs === undefined ? {} : { scheduleToCloseTimeout: withinMs }),
    heartbeatTimeout: HEARTBEAT_MS,
    retry: { initialInterval: 500, maximumInterval: 30_000 },
  });
  const answer = await activities.survey({
    ...asked,
    account: frozen.account,
    batch: workflowId,
  });
  tally.add(answer);
  return answer;
}
