import { z } from 'zod';
import type { PreflightCheck } from '../../domain/preflight-check';
import type {
  GroupVerdict,
  PlacementVerdict,
  PreflightReport,
} from '../../domain/preflight-report';

const COUNT = z.int().min(0);

const VERDICT = z
  .enum(['ok', 'unknown', 'warning', 'impossible'])
  .describe('`unknown`: the cloud could not be asked.');

const CHECK = z
  .object({
    about: z.enum([
      ...(['zone', 'class', 'network', 'addresses', 'price', 'names'] as const),
      ...(['source', 'backup', 'capacity'] as const),
    ]),
    verdict: VERDICT,
    message: z.string().describe('What is so, and what can be done about it.'),
  })
  .meta({ id: 'PreflightCheck' });

const PLACEMENT = z.object({
  region: z.string(),
  zone: z.string(),
  vSwitchId: z.string(),
  instanceClass: z.string().nullable(),
  capacityMb: COUNT.nullable(),
  slots: COUNT.describe('Instances that begin here.'),
  verdict: VERDICT,
  checks: z.array(CHECK),
  price: z
    .object({ amount: z.string(), currency: z.string() })
    .nullable()
    .describe('Of one instance: an hour of PostPaid, the whole period of PrePaid.'),
});

const GROUP = z.object({
  group: z.string(),
  slots: COUNT,
  verdict: VERDICT,
  placements: z.array(PLACEMENT),
  checks: z.array(CHECK).describe('What concerns its placements together.'),
});

/** What the cloud says about a request. */
export const PREFLIGHT = z
  .object({
    verdict: VERDICT,
    groups: z.array(GROUP),
    names: z.array(CHECK).describe('Whether somebody bears the names of the batch already.'),
    totals: z
      .array(
        z.object({
          chargeType: z.enum(['PostPaid', 'PrePaid']),
          periodMonths: COUNT.nullable(),
          currency: z.string().nullable(),
          amount: z.string(),
          slots: COUNT,
          unpricedSlots: COUNT,
        }),
      )
      .describe('When all instances end up in their first placement that is possible.'),
  })
  .meta({ id: 'Preflight' });

/** A preflight as the API gives it. */
export function toPreflightView(report: PreflightReport): z.input<typeof PREFLIGHT> {
  const { verdict, groups, names, totals } = report;
  return {
    verdict,
    groups: groups.map(toGroup),
    names: toChecks(names),
    totals: totals.map((total) => ({ ...total })),
  };
}

function toGroup({ group, slots, verdict, placements, checks }: GroupVerdict) {
  return {
    ...{ group, slots, verdict },
    placements: placements.map(toPlacement),
    checks: toChecks(checks),
  };
}

function toPlacement({ offer, vSwitchId, slots, verdict, checks, price }: PlacementVerdict) {
  const { region, zone, instanceClass, capacityMb } = offer;
  return {
    ...{ region, zone, vSwitchId, instanceClass, capacityMb, slots, verdict, price },
    checks: toChecks(checks),
  };
}

function toChecks(checks: readonly PreflightCheck[]): PreflightCheck[] {
  return checks.map(({ about, verdict, message }) => ({ about, verdict, message }));
}
