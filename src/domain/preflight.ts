import type { BatchRequest, Group } from './batch-request';
import { toUnknownCheck, toWorst } from './preflight-check';
import type { PreflightCheck, PreflightVerdict } from './preflight-check';
import { countDemand, listFirstSlots } from './preflight-demand';
import type { PreflightFacts } from './preflight-facts';
import { checkPlacement, findNetwork, findPrice } from './preflight-placement';
import type { PlacementCase } from './preflight-placement';
import { checkCapacity, checkSource } from './preflight-source';
import { sumPrices } from './preflight-price';
import { toPriceCap } from './price-cap';
import { toOffer } from './preflight-questions';
import type { GroupVerdict, PlacementVerdict, PreflightReport } from './preflight-report';

/**
 * Judges a batch by what the cloud said about it.
 *
 * @param request - the checked request
 * @param facts - the answers to its questions
 */
export function judgePreflight(request: BatchRequest, facts: PreflightFacts): PreflightReport {
  const demand = countDemand(request);
  const groups = request.groups.map((group, index) =>
    judgeGroup(group, facts, { demand, firstSlots: listFirstSlots(request, index) }),
  );
  const names = facts.names.map(({ fact }) =>
    fact.kind === 'known' ? checkNames(fact.value) : toUnknownCheck('names', fact),
  );
  const verdicts = [...groups, ...names].map(({ verdict }) => verdict);
  return { verdict: toWorst(verdicts), groups, names, totals: sumPrices(groups) };
}

interface Demand {
  /** Slots of all groups that begin in a vSwitch. */
  readonly demand: ReadonlyMap<string, number>;
  /** Slots of the group that begin with each placement. */
  readonly firstSlots: readonly number[];
}

function judgeGroup(
  group: Group,
  facts: PreflightFacts,
  { demand, firstSlots }: Demand,
): GroupVerdict {
  const placements = group.placements.map((placement, rank) =>
    judgePlacement(facts, {
      group,
      placement,
      offer: toOffer(group, placement),
      cap: toPriceCap(group, placement),
      slots: firstSlots[rank] ?? 0,
      demand: demand.get(placement.vSwitchId) ?? 0,
    }),
  );
  const checks = [
    ...checkAddressesTogether(group, facts, placements),
    ...checkSource(facts, group),
  ];
  const verdict = toWorst([judgePlacements(placements), ...checks.map((check) => check.verdict)]);
  return { group: group.name, slots: group.count, verdict, placements, checks };
}

function judgePlacement(
  facts: PreflightFacts,
  one: PlacementCase & { readonly group: Group; readonly slots: number },
): PlacementVerdict {
  const { group, offer, placement, slots } = one;
  const checks = [...checkPlacement(facts, one), ...checkCapacity(facts, group, placement)];
  const price = findPrice(facts, offer);
  return {
    offer,
    vSwitchId: placement.vSwitchId,
    slots,
    verdict: toWorst(checks.map((check) => check.verdict)),
    checks,
    price: price?.kind === 'known' ? price.value : null,
  };
}

/**
 * A group looks as the placements look that its slots begin with. Where one is impossible the next one is
 * taken, which is worth a warning and no more.
 */
function judgePlacements(placements: readonly PlacementVerdict[]): PreflightVerdict {
  const possible = placements.filter(({ verdict }) => verdict !== 'impossible');
  if (possible.length === 0) return 'impossible';
  if (possible.length < placements.length) return 'warning';
  return toWorst(possible.filter(({ slots }) => slots > 0).map(({ verdict }) => verdict));
}

/** A group for which all its vSwitches together have too few addresses cannot be bought as a whole. */
function checkAddressesTogether(
  { count, placements }: Group,
  facts: PreflightFacts,
  judged: readonly PlacementVerdict[],
): readonly PreflightCheck[] {
  const free = new Map<string, number>();
  for (const [index, placement] of placements.entries()) {
    if (judged[index]?.verdict === 'impossible') continue;
    const vSwitches = findNetwork(facts, placement)?.vSwitches;
    if (vSwitches?.kind !== 'known') return [];
    const found = vSwitches.value.find(({ vSwitchId }) => vSwitchId === placement.vSwitchId);
    if (found === undefined || found.freeIps === null) return [];
    free.set(found.vSwitchId, found.freeIps);
  }
  const together = [...free.values()].reduce((sum, ips) => sum + ips, 0);
  if (free.size === 0 || together >= count) return [];
  const message = `its vSwitches have ${together} addresses left for ${count} instances: add a placement with a vSwitch that has ${count - together} more.`;
  return [{ about: 'addresses', verdict: 'impossible', message }];
}

function checkNames(taken: number): PreflightCheck {
  if (taken === 0) {
    return { about: 'names', verdict: 'ok', message: 'no instance bears the names of this batch.' };
  }
  const message = `instances with the names of this batch are there already (${taken}): apply takes them over instead of buying them. Use another batchId if they are not meant.`;
  return { about: 'names', verdict: 'warning', message };
}
