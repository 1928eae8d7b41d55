import type { CallCounts } from '../contract/activity-types';
import type { TallyCarry } from '../contract/carry';

/** Sums what the activities report about themselves. */
export class RunTally {
  private readonly calls = new Map<string, number>();
  private readonly retries = new Map<string, number>();
  private readonly orderIds: string[] = [];

  /** Adds what was summed elsewhere, or before. */
  addTally({ apiCalls, retries, orderIds }: TallyCarry): void {
    addAll(this.calls, apiCalls);
    addAll(this.retries, retries);
    this.orderIds.push(...orderIds);
  }

  /** Adds one activity's answer. */
  add(answer: { readonly calls: CallCounts; readonly retries?: CallCounts }): void {
    addAll(this.calls, answer.calls);
    addAll(this.retries, answer.retries ?? {});
  }

  addOrder(orderId: string | null): void {
    if (orderId !== null) this.orderIds.push(orderId);
  }

  toSums(): TallyCarry {
    return {
      apiCalls: Object.fromEntries(this.calls),
      retries: Object.fromEntries(this.retries),
      orderIds: [...this.orderIds],
    };
  }
}

function addAll(sums: Map<string, number>, counts: CallCounts): void {
  for (const [name, count] of Object.entries(counts)) {
    sums.set(name, (sums.get(name) ?? 0) + count);
  }
}
