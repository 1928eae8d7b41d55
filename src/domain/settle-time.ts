/**
 * How long an ambiguous outcome must rest before a look can settle it (rule R5):
 * S = send window + life of a signature + clock skew + commit lag + visibility lag.
 */
export interface SettleSettings {
  /** Longest age of an attempt at which it still sends, ms. */
  readonly sendWindowMs: number;
  /** How old a signature the service accepts, ms: 15 min (RPC signature page, 2025). */
  readonly signatureValidityMs: number;
  /** Largest difference between our clock and the service's, ms. */
  readonly clockSkewMs: number;
  /** From a request's acceptance to its commit, ms. */
  readonly commitLagMs: number;
  /** Longest time a new instance may stay invisible, ms. */
  readonly visibilityLagMs: number;
  /** Life of a token, ms; 0 when nothing is known: every ambiguous outcome then settles. */
  readonly tokenLifetimeMs: number;
  /** Added to the timer, so that it never fires too early, ms. */
  readonly timerMarginMs: number;
  /** Oldest look-up that still allows a send, ms. */
  readonly lookUpFreshnessMs: number;
}

/** The safe values for the real service; shorter ones only against loopback (rule R13). */
export const SETTLE_DEFAULTS: SettleSettings = {
  sendWindowMs: 60_000,
  signatureValidityMs: 15 * 60_000,
  clockSkewMs: 30_000,
  commitLagMs: 60_000,
  visibilityLagMs: 60_000,
  tokenLifetimeMs: 3_600_000,
  timerMarginMs: 30_000,
  lookUpFreshnessMs: 10_000,
};

/** S in ms. */
export function toSettleTimeMs(settings: SettleSettings): number {
  return (
    settings.sendWindowMs +
    settings.signatureValidityMs +
    settings.clockSkewMs +
    settings.commitLagMs +
    settings.visibilityLagMs
  );
}

/** Whether the same token may be sent again after an empty look-up (rule R6). */
export function isFastResendSafe(settings: SettleSettings): boolean {
  return settings.tokenLifetimeMs > toSettleTimeMs(settings);
}

/**
 * The settings that are shorter than the safe ones: refused unless the cloud is loopback (R13). Every
 * part of S counts on its own, since a long one does not make up for a short one.
 */
export function listShortened(settings: SettleSettings): (keyof SettleSettings)[] {
  const parts: (keyof SettleSettings)[] = [
    'signatureValidityMs',
    'clockSkewMs',
    'commitLagMs',
    'visibilityLagMs',
    'timerMarginMs',
  ];
  return parts.filter((part) => settings[part] < SETTLE_DEFAULTS[part]);
}
