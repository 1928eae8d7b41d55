/** Milliseconds of each unit, longest first. */
const UNITS_MS = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1_000, ms: 1 } as const;

const PART = /(\d+(?:\.\d+)?)(ms|d|h|m|s)/g;
const WHOLE = /^(?:\d+(?:\.\d+)?(?:ms|d|h|m|s) ?)+$/;

/**
 * Reads a duration such as `90s`, `30m`, `1.5h` or `1h 30m`.
 *
 * @returns whole milliseconds, or null when the text is no duration
 */
export function parseDuration(text: string): number | null {
  const trimmed = text.trim();
  if (!WHOLE.test(trimmed)) return null;
  let sumMs = 0;
  for (const [, amount, unit] of trimmed.matchAll(PART)) {
    sumMs += Number(amount) * UNITS_MS[unit as keyof typeof UNITS_MS];
  }
  const wholeMs = Math.round(sumMs);
  return Number.isSafeInteger(wholeMs) ? wholeMs : null;
}

/**
 * Writes a duration for people with its two largest units, such as `30m`, `1h 5m` or `12s`, rounded
 * down; below a second in `ms`. {@link parseDuration} reads it back.
 *
 * @param durationMs - milliseconds; a negative number counts as 0
 */
export function formatDuration(durationMs: number): string {
  let restMs = Math.max(0, Math.floor(durationMs));
  if (restMs < UNITS_MS.s) return restMs === 0 ? '0s' : `${restMs}ms`;
  const parts: string[] = [];
  for (const unit of ['d', 'h', 'm', 's'] as const) {
    const amount = Math.floor(restMs / UNITS_MS[unit]);
    restMs -= amount * UNITS_MS[unit];
    if (amount > 0) parts.push(`${amount}${unit}`);
    // Only neighbours go together: `1d 7s` would pretend an exactness that nobody needs.
    else if (parts.length > 0) break;
    if (parts.length === 2) break;
  }
  return parts.join(' ');
}

/** As {@link formatDuration}, but in `ms` what two units cannot say: no two durations look alike. */
export function formatExactDuration(durationMs: number): string {
  const text = formatDuration(durationMs);
  return parseDuration(text) === durationMs ? text : `${durationMs}ms`;
}
