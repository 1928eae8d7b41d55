import type { GroupPrice } from './batch-price';
import type { BatchRequest, ChargeType } from './batch-request';
import { formatPrice, parsePrice, type Price } from './price';
import type { ResultDocument } from './result';

/** What the instances of a tenant may cost; a kind of charge without an amount is not bounded. */
export interface SpendCap {
  /** All PostPaid instances together, by the hour, such as `40.00 CNY`. */
  readonly perHour?: string;
  /** All PrePaid instances together, each with the whole period that was paid for it. */
  readonly prepaid?: string;
  /** What an instance counts with, by the hour, whose batch was let in before there was a cap. */
  readonly assumedPerHour?: string;
  /** The same for what is paid in advance. */
  readonly assumedPrepaid?: string;
}

/** Instances of a batch whose price is one of these. */
export interface Holding {
  readonly batchId: string;
  readonly instances: number;
  /** The dearest counts; empty when nobody has recorded any: then they may be of either kind. */
  readonly prices: readonly GroupPrice[];
}

/** Why a batch would cost its tenant too much. */
export type SpendProblem =
  /** Amounts such as `1.20 CNY an hour`. */
  | { readonly kind: 'above'; readonly asked: string; readonly held: string; readonly max: string }
  /** Of these instances nobody knows what they cost in the currency of the cap. */
  | { readonly kind: 'unknown'; readonly batchId: string; readonly setting: string };

const KINDS = [
  { chargeType: 'PostPaid', max: 'perHour', assumed: 'assumedPerHour', unit: ' an hour' },
  { chargeType: 'PrePaid', max: 'prepaid', assumed: 'assumedPrepaid', unit: ' prepaid' },
] as const satisfies readonly {
  readonly chargeType: ChargeType;
  readonly max: keyof SpendCap;
  readonly assumed: keyof SpendCap;
  readonly unit: string;
}[];

/** What a batch holds, or is about to hold, that is not over: all that it asks for. */
export function toAskedHoldings(
  { batchId, groups }: Pick<BatchRequest, 'batchId' | 'groups'>,
  prices: readonly GroupPrice[],
): readonly Holding[] {
  return groups.map(({ name, count }) => ({
    ...{ batchId, instances: count },
    prices: prices.filter(({ group }) => group === name),
  }));
}

/** What a batch holds by its result. An orphan may be of any of its groups. */
export function toHeldHoldings(document: ResultDocument): readonly Holding[] {
  const { batchId, groups, counts, prices = [] } = document;
  const owned = groups.map(({ name, ready, failed, gone = 0 }) => ({
    ...{ batchId, instances: ready + failed - gone },
    prices: prices.filter(({ group }) => group === name),
  }));
  const all = [...owned, { batchId, instances: counts.orphans, prices }];
  return all.filter(({ instances }) => instances > 0);
}

/**
 * Whether a batch would cost more than its tenant may spend, by the kinds of charge that it asks for.
 *
 * @param cap - of its tenant
 * @param asked - what the batch asks for
 * @param held - what the tenant's other batches have, or are about to have
 * @returns null when it may come in
 */
export function findSpendProblem(
  cap: SpendCap,
  asked: readonly Holding[],
  held: readonly Holding[],
): SpendProblem | null {
  for (const kind of KINDS) {
    const max = parsePrice(cap[kind.max] ?? '');
    const isAsked = asked.some(({ prices }) => prices.some((price) => isOfKind(price, kind)));
    if (max === null || !isAsked) continue;
    const problem = compare(asked, held, { kind, max, assumed: cap[kind.assumed] ?? null });
    if (problem !== null) return problem;
  }
  return null;
}

/** One kind of charge with its bound. */
interface Bound {
  readonly kind: (typeof KINDS)[number];
  readonly max: Price;
  /** What an instance without a price counts with. */
  readonly assumed: string | null;
}

function compare(
  asked: readonly Holding[],
  held: readonly Holding[],
  bound: Bound,
): SpendProblem | null {
  const { max, kind } = bound;
  const more = sum(asked, bound);
  const has = sum(held, bound);
  if (typeof more !== 'bigint') return more;
  if (typeof has !== 'bigint') return has;
  if (has + more <= max.amount) return null;
  const toText = (amount: bigint): string =>
    `${formatPrice({ amount, currency: max.currency })}${kind.unit}`;
  return { kind: 'above', asked: toText(more), held: toText(has), max: toText(max.amount) };
}

function sum(holdings: readonly Holding[], bound: Bound): bigint | SpendProblem {
  let total = 0n;
  for (const { batchId, instances, prices } of holdings) {
    const each = toEach(prices, bound);
    if (each === null) return { kind: 'unknown', batchId, setting: bound.kind.assumed };
    total += each * BigInt(instances);
  }
  return total;
}

/** What one instance counts with: nothing when it is charged in another way. */
function toEach(prices: readonly GroupPrice[], { kind, max, assumed }: Bound): bigint | null {
  const texts =
    prices.length === 0
      ? [assumed ?? '']
      : prices.filter((price) => isOfKind(price, kind)).map(({ each }) => each);
  let dearest = 0n;
  for (const text of texts) {
    const price = parsePrice(text);
    if (price?.currency !== max.currency) return null;
    if (price.amount > dearest) dearest = price.amount;
  }
  return dearest;
}

function isOfKind({ chargeType }: GroupPrice, kind: Bound['kind']): boolean {
  return chargeType === kind.chargeType;
}
