import { condition } from '@temporalio/workflow';
import type { RunnerCarry } from '../contract/carry';
import type { ShardOrder } from '../contract/shard-messages';
import type { ShardReport } from '../contract/shard-report';
import { ShardLife, type ShardLifeOptions } from './shard-life';
import { toUnstartedReport } from './shard-report';
import type { ShardRunner } from './shard-runner';

/** What a shard in place is made of. */
export interface InPlaceShardOptions extends Omit<ShardLifeOptions, 'carry'> {
  readonly carry: Extract<RunnerCarry, { kind: 'inPlace' }> | null;
}

/** A shard inside the workflow of its batch, so that an operator sees all of it on the batch's page. */
export class InPlaceShard implements ShardRunner {
  failure: unknown = undefined;
  private readonly life: ShardLife;
  private isBegun = false;

  constructor(private readonly options: InPlaceShardOptions) {
    this.life = new ShardLife({ ...options, carry: options.carry?.carry ?? null });
  }

  get report(): ShardReport {
    const { carry, slice } = this.options;
    if (this.isBegun) return this.life.report;
    return carry?.report ?? toUnstartedReport(slice);
  }

  get isStarted(): boolean {
    return this.isBegun || this.report.stage === 'done';
  }

  /** An order that comes before `goOn` starts it, too; twice begun, it would forget what it was told. */
  start(): void {
    if (this.isBegun) return;
    this.isBegun = true;
    this.life.run().catch((error: unknown) => {
      this.failure ??= error;
      this.options.onChange();
    });
  }

  goOn(): void {
    if (this.options.carry?.carry != null) this.start();
  }

  act(order: ShardOrder): void {
    this.life.act(order);
  }

  get isDrainable(): boolean {
    return !this.isBegun || this.life.isDone || this.life.isDrainable;
  }

  async drain(): Promise<void> {
    if (!this.isBegun) return;
    await this.life.drain();
    // It has come to its end meanwhile, so it goes on to that.
    if (!this.life.isDrainable) {
      await condition(() => this.life.isDone || this.failure !== undefined);
    }
  }

  get isDrained(): boolean {
    return !this.isBegun || this.life.isDone || this.life.isDrained;
  }

  toCarry(): RunnerCarry {
    const { report } = this;
    const carry = this.isBegun && !this.life.isDone ? this.life.toCarry() : null;
    return { kind: 'inPlace', carry, report };
  }
}
