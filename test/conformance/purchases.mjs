/** What one case has bought, or may have: kept apart from its steps, so that no mismatch can hide it. */
import { isRefused, readBoughtIds, readOrder } from './order.mjs';

export class Purchases {
  ids = new Set();
  /** Orders whose answer does not say all that they have bought: the instances exist, or not. */
  doubtful = [];
  #mayBeDeleted = new Set();

  /** Takes down a call with what became of it, before anybody compares it. */
  note(call, outcome) {
    const order = readOrder(call);
    if (order !== undefined) this.#noteOrder(order, outcome);
    if (call.action === 'DeleteInstance' && !isRefused(outcome)) {
      this.#mayBeDeleted.add(call.parameters.InstanceId);
    }
  }

  /** True once a deletion may have gone through: only then does "not found" mean that it is gone. */
  mayBeDeleted(id) {
    return this.#mayBeDeleted.has(id);
  }

  #noteOrder(order, outcome) {
    const ids = readBoughtIds(outcome);
    ids.forEach((id) => this.ids.add(id));
    if (ids.length < order.quantity && !isRefused(outcome)) this.doubtful.push(order);
  }
}
