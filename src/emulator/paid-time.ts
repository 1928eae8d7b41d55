import type { Instance } from './instance';

/** The end of the paid time, in milliseconds; undefined for PostPaid. */
export function paidUntilMs({ spec, createdAtMs }: Instance): number | undefined {
  if (spec.periodMonths === 0) return undefined;
  const fromMs = spec.paidFromMs === 0 ? createdAtMs : spec.paidFromMs;
  return addMonths(fromMs, spec.periodMonths);
}

/**
 * When it expires, in milliseconds; undefined: never. What prolongs itself does not.
 *
 * The end that is shown stays that of the order: renewals by itself are not carried out here.
 */
export function expiresAtMs(instance: Instance): number | undefined {
  const renewsItself = instance.settings.features.autoRenewalMonths > 0;
  return renewsItself ? undefined : paidUntilMs(instance);
}

/** The same day and time so many months later; the month's last day where it has no such day. */
function addMonths(fromMs: number, months: number): number {
  const end = new Date(fromMs);
  const day = end.getUTCDate();
  end.setUTCMonth(end.getUTCMonth() + months);
  if (end.getUTCDate() !== day) end.setUTCDate(0);
  return end.getTime();
}
