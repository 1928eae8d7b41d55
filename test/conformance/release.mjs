/** Gives back what a case has bought, whatever has become of the case. */
import { setTimeout } from 'node:timers/promises';
import { findBought } from './find-bought.mjs';
import { sendCall, toCall } from './send-call.mjs';

/**
 * @typedef {object} Released
 * @property {string[]} bought - ids of everything that was bought
 * @property {{ id: string, why: string }[]} left - instances that are still there
 * @property {string[]} doubtful - names under which there may be more; '' is an order without a name
 */

/**
 * Deletes each instance once it can be: a new one is busy for minutes. Orders in doubt are looked up first.
 *
 * @param {import('./purchases.mjs').Purchases} purchases - what there is
 * @param {object} run - as for runCase
 * @returns {Promise<Released>} everything that was bought, and what is left of it
 */
export async function releaseAll(purchases, run) {
  const doubtful = new Set();
  for (const order of purchases.doubtful) {
    const { ids, isCertain } = await findBought(order, run);
    ids.forEach((id) => purchases.ids.add(id));
    if (!isCertain) doubtful.add(order.name ?? '');
  }
  const left = [];
  for (const id of purchases.ids) {
    const why = await release(id, purchases, run);
    if (why !== undefined) left.push({ id, why });
  }
  return { bought: [...purchases.ids], left, doubtful: [...doubtful] };
}

/** Undefined: it is gone. */
async function release(id, purchases, run) {
  const call = toCall({ action: 'DeleteInstance', parameters: { InstanceId: id } }, run);
  const endsAt = Date.now() + run.waitMs;
  for (;;) {
    const outcome = await sendCall(call, run);
    const { Code: code, RequestId: requestId } = outcome.body ?? {};
    if (outcome.status === 200 && code === undefined && requestId !== undefined) return undefined;
    const isUnknown = code === 'InvalidInstanceId.NotFound';
    if (isUnknown && purchases.mayBeDeleted(id)) return undefined;
    purchases.note(call, outcome);
    if (Date.now() >= endsAt) return `DeleteInstance: ${code ?? `status ${outcome.status}`}`;
    await setTimeout(run.pollMs);
  }
}
