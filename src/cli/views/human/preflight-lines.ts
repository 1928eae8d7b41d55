import type {
  GroupVerdict,
  PlacementVerdict,
  PreflightReport,
} from '../../../domain/preflight-report';
import type { PreflightCheck, PreflightVerdict } from '../../../domain/preflight-check';
import type { Offer, PriceFact } from '../../../domain/preflight-facts';
import type { PriceTotal } from '../../../domain/price-total';
import type { Colors } from '../../cli-io';
import { formatCount, formatCountOf } from './numbers';
import { toTable } from './table';

/**
 * What the cloud said, for people: a row for each placement, why it is not ok, and what all costs.
 *
 * @param report - the verdicts
 * @param colors - colours of the stream it is written to
 */
export function toPreflightLines(report: PreflightReport, colors: Colors): string[] {
  const reasons = toReasons(report).map(({ verdict, text }) => {
    return `${paint(verdict, colors)(verdict.padEnd(VERDICT_WIDTH))}  ${text}`;
  });
  return [
    ...toPlacementTable(report),
    ...(reasons.length === 0 ? [] : ['', ...reasons]),
    '',
    ...report.totals.map(toTotalLine),
  ];
}

/** What an offer is: its class, or its size. */
export function formatOffer({ instanceClass, capacityMb }: Offer): string {
  return instanceClass ?? `${formatCount(capacityMb ?? 0)} MB`;
}

/** A price with what it is for: `0.1625 CNY an hour`, `420.00 CNY for 12 months`. */
export function formatPrice(
  { periodMonths }: Pick<Offer, 'periodMonths'>,
  { amount, currency }: PriceFact,
): string {
  return `${amount} ${currency} ${toPeriod(periodMonths)}`;
}

/** As wide as the longest verdict, `impossible`. */
const VERDICT_WIDTH = 10;

function toPlacementTable({ groups }: PreflightReport): string[] {
  const rows = groups.flatMap(({ group, placements }) =>
    placements.map(({ offer, slots, verdict, price }) => [
      group,
      slots,
      offer.zone,
      formatOffer(offer),
      verdict,
      price === null ? 'unknown' : formatPrice(offer, price),
    ]),
  );
  return toTable([['group', 'slots', 'zone', 'class', 'preflight', 'price of one'], ...rows]);
}

interface Reason {
  readonly verdict: PreflightVerdict;
  readonly text: string;
}

/** What could not be asked is said once, however many placements lack it. */
function toReasons({ groups, names }: PreflightReport): readonly Reason[] {
  const reasons = [
    ...groups.flatMap((group) => [
      ...group.placements.flatMap((placement) => toPlacementReasons(group, placement)),
      ...listNotOk(group.checks).map((check) => toReason(group.group, check)),
    ]),
    ...listNotOk(names).map((check) => toReason('names', check)),
  ];
  return [...new Map(reasons.map((reason) => [reason.text, reason])).values()];
}

function toPlacementReasons(
  { group }: GroupVerdict,
  { offer, checks }: PlacementVerdict,
): readonly Reason[] {
  return listNotOk(checks).map((check) =>
    toReason(check.verdict === 'unknown' ? check.about : `${group} in ${offer.zone}`, check),
  );
}

function toReason(where: string, { verdict, message }: PreflightCheck): Reason {
  return { verdict, text: `${where}: ${message}` };
}

function listNotOk(checks: readonly PreflightCheck[]): readonly PreflightCheck[] {
  return checks.filter(({ verdict }) => verdict !== 'ok');
}

function toTotalLine(total: PriceTotal): string {
  const { chargeType, periodMonths, currency, amount, slots, unpricedSlots } = total;
  const what = `${chargeType}, ${formatCountOf(slots, 'instance')}`;
  if (currency === null) return `total      unknown (${what})`;
  const lacks = unpricedSlots === 0 ? '' : `, without ${formatCount(unpricedSlots)} of them`;
  return `total      ${amount} ${currency} ${toPeriod(periodMonths)} (${what}${lacks})`;
}

function toPeriod(periodMonths: number | null): string {
  return periodMonths === null ? 'an hour' : `for ${formatCountOf(periodMonths, 'month')}`;
}

function paint(verdict: PreflightVerdict, colors: Colors): (text: string) => string {
  if (verdict === 'impossible') return colors.red;
  return verdict === 'warning' ? colors.yellow : colors.dim;
}
