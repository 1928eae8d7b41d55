import type { CallCounts } from '../contract/activity-types';
import type { TallyCarry } from '../contract/carry';
import { addDelays, NO_DELAYS, type CallDelays } from '../domain/call-delays';

/** What an activity's answer says of its calls. */
interface ReportedCalls {
  readonly calls: CallCounts;
  readonly retries?: CallCounts;
  readonly delays?: CallDelays;
}

/** Sums what the activities report about themselves. */
export class RunTally {
  private readonly calls = new Map<string, number>();
  private readonly retries = new Map<string, number>();
  private readonly orderIds: string[] = [];
  private delays = NO_DELAYS;

  /** Adds what was summed elsewhere, or before. */
  addTally({ apiCalls, retries, orderIds, delays }: TallyCarry): void {
    addAll(this.calls, apiCalls);
    addAll(this.retries, retries);
    this.orderIds.push(...orderIds);
    this.delays = addDelays(this.delays, delays);
  }

  /** Adds one activity's answer. */
  add(answer: ReportedCalls): void {
    addAll(this.calls, answer.calls);
    addAll(this.retries, answer.retries ?? {});
    this.delays = addDelays(this.delays, answer.delays);
  }

  addOrder(orderId: string | null): void {
    if (orderId !== null) this.orderIds.push(orderId);
  }

  toSums(): TallyCarry {
    return {
      apiCalls: Object.fromEntries(this.calls),
      retries: Object.fromEntries(this.retries),
      orderIds: [...this.orderIds],
      delays: this.delays,
    };
  }
}

function addAll(sums: Map<string, number>, counts: CallCounts): void {
  for (const [name, count] of Object.entries(counts)) {
    sums.set(name, (sums.get(name) ?? 0) + count);
  }
}
