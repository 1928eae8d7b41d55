import type { Instance } from './instance';

/** The end of the paid time, in milliseconds; undefined for PostPaid. */
export function paidUntilMs({ spec, createdAtMs }: Instance): number | undefined {
  if (spec.periodMonths === 0) return undefined;
  const fromMs = spec.paidFromMs === 0 ? createdAtMs : spec.paidFromMs;
  return addMonths(fromMs, spec.periodMonths);
}

/** The same day and time so many months later; the month's last day where it has no such day. */
function addMonths(fromMs: number, months: number): number {
  const end = new Date(fromMs);
  const day = end.getUTCDate();
  end.setUTCMonth(end.getUTCMonth() + months);
  if (end.getUTCDate() !== day) end.setUTCDate(0);
  return end.getTime();
}
