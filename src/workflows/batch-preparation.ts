import { condition } from '@temporalio/workflow';
import { createPendingApproval, type PendingApproval } from '../domain/approval';
import type { BatchRequest } from '../domain/batch-request';
import type { FrozenPlan, Tuning } from '../domain/frozen-plan';
import type { BatchOrders } from './batch-orders';
import type { BatchSurvey } from './batch-survey';

/** What comes before the first purchase is made of. */
export interface BatchPreparationOptions {
  readonly request: BatchRequest;
  readonly survey: BatchSurvey;
  readonly orders: BatchOrders;
  /** Called when it begins to wait for a person. */
  readonly onWaiting: () => void;
}

/** What comes before the first purchase: prices, an approval, and how many addresses are free. */
export class BatchPreparation {
  /** What a person has to approve now. */
  approval: PendingApproval | null = null;

  constructor(private readonly options: BatchPreparationOptions) {}

  async run({ frozen, tuning }: { frozen: FrozenPlan; tuning: Tuning }): Promise<void> {
    const { survey, orders } = this.options;
    await this.unlessCancelled(survey.askPrices(frozen));
    await this.untilApproved(frozen);
    if (orders.cancellation !== null) return;
    await this.unlessCancelled(survey.askAddresses(frozen, tuning));
  }

  /** Nobody who cancels waits for an answer of the cloud. */
  private async unlessCancelled(asking: Promise<void>): Promise<void> {
    await Promise.race([asking, condition(() => this.options.orders.cancellation !== null)]);
  }

  /** Waits for a person where the request wants one; what it waits takes nothing from the deadline. */
  private async untilApproved(frozen: FrozenPlan): Promise<void> {
    const { request, survey, orders, onWaiting } = this.options;
    const sinceMs = Date.now();
    const { prices } = survey;
    const approval = createPendingApproval(request, frozen, { prices, nowMs: sinceMs });
    this.approval = approval;
    if (approval === null) return;
    onWaiting();
    const isDecided = (): boolean => orders.isApproved || orders.cancellation !== null;
    if (!(await condition(isDecided, approval.untilMs - sinceMs))) {
      orders.reject(approval.plan, { why: 'nobody approved it in time' });
    }
    this.approval = null;
    orders.deadlineAtMs += Date.now() - sinceMs;
  }
}
