import type { SendOutcome } from '../../src/domain/create-attempt';
import type { SentToken } from '../../src/domain/invariants';
import type { ErrorClass, Refusal } from '../../src/domain/refusal';
import { isFaulty, type World } from './world';

/** A `CreateInstances` call on its way. */
export interface CreateCall extends SentToken {
  readonly name: string;
  readonly quantity: number;
  readonly group: number;
  readonly placement: number;
}

/** An instance of the model's cloud. */
export interface CloudInstance {
  readonly id: string;
  readonly name: string;
  isHealthy: boolean;
  isGone: boolean;
  readonly createdAtMs: number;
  readonly visibleAtMs: number;
}

interface TokenRecord {
  readonly bodyHash: string;
  readonly outcome: SendOutcome;
  readonly expiresAtMs: number;
}

const REFUSALS: readonly ErrorClass[] = [
  'quota',
  'quota',
  'capacity',
  'unknown',
  'invalid',
  'account',
];

const OUT_OF_ADDRESSES: SendOutcome = {
  kind: 'refused',
  refusal: { class: 'capacity', code: 'InvalidVSwitchId.IpNotEnough' },
};

/**
 * The service as far as it matters for the count: a token book with a lifetime, refusals, partial and
 * short answers, and instances that a list shows late.
 */
export class CloudModel {
  readonly instances: CloudInstance[] = [];
  readonly sent: SentToken[] = [];
  healthyCount = 0;
  private readonly book = new Map<string, TokenRecord>();
  /** Whether a search by name finds nothing, ever. */
  readonly isBlind: boolean;
  private readonly isRemembering: boolean;

  /** Free addresses of each placement's vSwitch; empty: plenty. */
  private readonly free: number[];

  constructor(
    private readonly world: World,
    free: readonly number[] = [],
  ) {
    this.free = [...free];
    this.isRemembering = world.random.isHit(0.5);
    this.isBlind = isFaulty(world, 'blindSearch');
  }

  /** Executes a call that has arrived. */
  execute(call: CreateCall): SendOutcome {
    const { clock } = this.world;
    if (isFaulty(this.world, 'throttle')) return toUnexecuted('throttled');
    if (isFaulty(this.world, 'transient')) return toUnexecuted('transient');
    const record = this.book.get(call.token);
    return record !== undefined && clock.nowMs < record.expiresAtMs
      ? this.replay(call, record)
      : this.executeNew(call);
  }

  /** What a search by a name, or by a part of it, shows now. */
  list(name: string): CloudInstance[] {
    const { nowMs } = this.world.clock;
    if (this.isBlind) return [];
    return this.instances.filter(
      (instance) =>
        instance.name.includes(name) && instance.visibleAtMs <= nowMs && !instance.isGone,
    );
  }

  listHealthy(): CloudInstance[] {
    return this.instances.filter((instance) => instance.isHealthy);
  }

  /** An instance fails, or is released by hand; neither is healthy any more. */
  spoil(instance: CloudInstance, { isGone }: { readonly isGone: boolean }): void {
    instance.isHealthy = false;
    instance.isGone = isGone;
    this.healthyCount -= 1;
  }

  find(id: string): CloudInstance | undefined {
    return this.instances.find((instance) => instance.id === id);
  }

  private replay(call: CreateCall, record: TokenRecord): SendOutcome {
    if (record.bodyHash !== call.bodyHash) {
      return {
        kind: 'refused',
        refusal: { class: 'conflict', code: 'IdempotentParameterMismatch' },
      };
    }
    if (isFaulty(this.world, 'twin')) return { kind: 'ambiguous', code: 'RequestTokenConflict' };
    if (isFaulty(this.world, 'refusalOfKnown')) return this.refuse();
    return record.outcome;
  }

  private executeNew(call: CreateCall): SendOutcome {
    if (!this.takeAddresses(call)) return OUT_OF_ADDRESSES;
    if (isFaulty(this.world, 'refusal')) {
      const outcome = this.refuse();
      if (this.isRemembering) this.remember(call, outcome);
      return outcome;
    }
    const isPartial = call.quantity > 1 && isFaulty(this.world, 'partial');
    const count = isPartial ? this.world.random.between(1, call.quantity - 1) : call.quantity;
    const ids = Array.from({ length: count }, () => this.create(call.name));
    this.remember(call, { kind: 'answered', ids, orderId: null });
    const isShort = count > 1 && isFaulty(this.world, 'shortAnswer');
    return { kind: 'answered', ids: isShort ? ids.slice(1) : ids, orderId: null };
  }

  /** Somebody makes room when the faults are over. */
  private takeAddresses({ placement, quantity }: CreateCall): boolean {
    const left = this.free[placement] ?? Infinity;
    const isShort = left < quantity && this.world.clock.nowMs < this.world.faults.untilMs;
    if (!isShort && left !== Infinity) this.free[placement] = Math.max(0, left - quantity);
    return !isShort;
  }

  private create(name: string): string {
    const { clock, random, settings } = this.world;
    const id = `r-${this.instances.length + 1}`;
    const createdAtMs = clock.nowMs;
    const visibleAtMs = createdAtMs + random.upTo(settings.visibilityLagMs, 'visibility');
    this.healthyCount += 1;
    this.instances.push({ id, name, isHealthy: true, isGone: false, createdAtMs, visibleAtMs });
    return id;
  }

  private remember(call: CreateCall, outcome: SendOutcome): void {
    const { clock, random, settings } = this.world;
    const expiresAtMs = clock.nowMs + settings.tokenLifetimeMs * random.pick([1, 1, 3]);
    this.book.set(call.token, { bodyHash: call.bodyHash, outcome, expiresAtMs });
  }

  private refuse(): SendOutcome {
    const errorClass = this.world.random.pick(REFUSALS, 'refusal');
    return { kind: 'refused', refusal: { class: errorClass, code: `Some.${errorClass}` } };
  }
}

/** A refusal before execution. */
export function toUnexecuted(errorClass: 'throttled' | 'transient'): SendOutcome {
  const refusal: Refusal = { class: errorClass, code: `Some.${errorClass}` };
  return { kind: 'unexecuted', refusal, retryAfterMs: null };
}
