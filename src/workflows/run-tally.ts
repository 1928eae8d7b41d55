import type { CallCounts } from '../contract/activity-types';

/** Sums what the activities report about themselves. */
export class RunTally {
  private readonly calls = new Map<string, number>();
  private readonly retries = new Map<string, number>();
  private readonly orderIds: string[] = [];

  /** Adds one activity's answer. */
  add(answer: { readonly calls: CallCounts; readonly retries?: CallCounts }): void {
    addAll(this.calls, answer.calls);
    addAll(this.retries, answer.retries ?? {});
  }

  addOrder(orderId: string | null): void {
    if (orderId !== null) this.orderIds.push(orderId);
  }

  toDocumentPart(): {
    readonly apiCalls: CallCounts;
    readonly retries: CallCounts;
    readonly orderIds: readonly string[];
  } {
    return {
      apiCalls: Object.fromEntries(this.calls),
      retries: Object.fromEntries(this.retries),
      orderIds: this.orderIds,
    };
  }
}

function addAll(sums: Map<string, number>, counts: CallCounts): void {
  for (const [name, count] of Object.entries(counts)) {
    sums.set(name, (sums.get(name) ?? 0) + count);
  }
}
