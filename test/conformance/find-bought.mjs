/** Looks for what an order has bought whose answer was lost, by the name that only this order has. */
import { setTimeout } from 'node:timers/promises';
import { sendCall, toCall } from './send-call.mjs';

/** How long an instance may stay unseen after it was bought: a guess, public clients wait as long. */
const UNSEEN_MAX_MS = 300_000;

const PAGE_SIZE = 50;

/**
 * Looks until all that was asked for is found, or nothing more can be expected.
 *
 * @param {import('./order.mjs').Order} order - what was sent
 * @param {object} run - as for runCase
 * @returns {Promise<{ ids: string[], isCertain: boolean }>} not certain: there may be more
 */
export async function findBought({ name, quantity, instanceType }, run) {
  if (name === undefined) return { ids: [], isCertain: false };
  const endsAt = Date.now() + Math.min(UNSEEN_MAX_MS, run.waitMs);
  const found = new Set();
  for (;;) {
    (await listByName(name, instanceType, run)).forEach((id) => found.add(id));
    const isCertain = found.size >= quantity;
    if (isCertain || Date.now() >= endsAt) return { ids: [...found], isCertain };
    await setTimeout(run.pollMs);
  }
}

/** Without an answer there is nothing; the next look may have one. */
async function listByName(name, instanceType, run) {
  const ids = [];
  for (let page = 1; ; page += 1) {
    const parameters = {
      ...{ RegionId: run.variables.region, SearchKey: name },
      ...(instanceType === undefined ? {} : { InstanceType: instanceType }),
      ...{ PageNumber: String(page), PageSize: String(PAGE_SIZE) },
    };
    const { body } = await sendCall(toCall({ action: 'DescribeInstances', parameters }, run), run);
    const instances = body?.Instances?.KVStoreInstance ?? [];
    // The service's search is a fuzzy one, over names and ids.
    const own = instances.filter((instance) => instance.InstanceName === name);
    ids.push(...own.map((instance) => instance.InstanceId));
    if (instances.length < PAGE_SIZE) return ids;
  }
}
