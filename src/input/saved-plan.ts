import { hashValue } from '../domain/canonical-json';
import { isFrozenPlan } from '../domain/frozen-plan';
import type { FrozenPlan } from '../domain/frozen-plan';
import type { PreflightVerdict } from '../domain/preflight-check';
import type { OfferPrice } from '../domain/preflight-price';
import type { PriceTotal } from '../domain/price-total';
import type { Problem } from '../domain/problem';

/** The only version of a saved plan. */
export const PLAN_SCHEMA = 'tairfleet/plan/v1';

/** What the cloud said when a plan was saved. */
export interface SavedPreflight {
  /** When it was asked, by ISO 8601. */
  readonly askedAt: string;
  readonly verdict: PreflightVerdict;
  /** By group. */
  readonly groups: Readonly<Record<string, PreflightVerdict>>;
  /** Of one instance each: `apply` refuses when one of them is another now. */
  readonly prices: readonly OfferPrice[];
  readonly totals: readonly PriceTotal[];
}

/** A plan that somebody saved to look at, and to apply exactly as it is. */
export interface SavedPlan {
  readonly schema: typeof PLAN_SCHEMA;
  readonly tenant: string;
  readonly batchId: string;
  readonly slots: number;
  readonly chunks: number;
  /** What the batch will freeze: names and tokens follow from it (rule R11). */
  readonly frozen: FrozenPlan;
  /** Present when the plan was made with a preflight. */
  readonly preflight?: SavedPreflight;
  /** The request as it was submitted. */
  readonly request: unknown;
  /** Hash of everything above: finds what was changed by accident, not by intent. */
  readonly planHash: string;
}

/** What a file holds: a saved plan, a broken one, or something else, such as a request. */
export type ReadPlan =
  | { readonly kind: 'plan'; readonly plan: SavedPlan }
  | { readonly kind: 'broken'; readonly problem: Problem }
  | { readonly kind: 'other' };

/** Seals a plan with its hash. */
export function sealPlan(plan: Omit<SavedPlan, 'schema' | 'planHash'>): SavedPlan {
  const content = { schema: PLAN_SCHEMA, ...plan } as const;
  return { ...content, planHash: hashValue(content) };
}

/** Tells a saved plan from a request, and a whole plan from one that was edited. */
export function readSavedPlan(document: unknown): ReadPlan {
  if (!isRecord(document) || document['schema'] !== PLAN_SCHEMA) return { kind: 'other' };
  const { planHash, ...content } = document;
  if (planHash !== hashValue(content)) {
    return toBroken('was changed after it was saved; plan the request again.', 'planHash');
  }
  if (!isFrozenPlan(document['frozen'])) {
    return toBroken('is no plan of this version; plan the request again.', 'frozen');
  }
  if (document['preflight'] !== undefined && !isPreflight(document['preflight'])) {
    return toBroken('is no preflight of this version; plan the request again.', 'preflight');
  }
  return { kind: 'plan', plan: document as unknown as SavedPlan };
}

function isPreflight(value: unknown): boolean {
  if (!isRecord(value) || !Array.isArray(value['prices'])) return false;
  return value['prices'].every(
    (entry) =>
      isRecord(entry) &&
      isRecord(entry['offer']) &&
      (entry['price'] === null || isRecord(entry['price'])),
  );
}

function toBroken(message: string, key: string): ReadPlan {
  return { kind: 'broken', problem: { path: [key], code: 'not-allowed', message } };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
