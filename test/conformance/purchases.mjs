/** What one case has bought: kept apart from its steps, so that no mismatch can hide it. */
import { readBoughtIds, readOrder } from './order.mjs';

export class Purchases {
  ids = new Set();
  #mayBeDeleted = new Set();

  /** Takes down a call with what became of it, before anybody compares it. */
  note(call, outcome) {
    if (readOrder(call) !== undefined) readBoughtIds(outcome).forEach((id) => this.ids.add(id));
    const isRefused = outcome.status >= 400 && outcome.status < 500;
    if (call.action === 'DeleteInstance' && !isRefused) {
      this.#mayBeDeleted.add(call.parameters.InstanceId);
    }
  }

  /** True once a deletion may have gone through: only then does "not found" mean that it is gone. */
  mayBeDeleted(id) {
    return this.#mayBeDeleted.has(id);
  }
}
