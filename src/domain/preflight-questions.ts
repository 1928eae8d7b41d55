import type { BatchRequest, Group, Placement } from './batch-request';
import { toCanonicalJson } from './canonical-json';
import type { FrozenPlan } from './frozen-plan';
import { toIdentityCode } from './identity';
import { toBatchTag } from './names';
import { toIdentity } from './plan';
import type { NetworkQuestion, Offer, PreflightQuestions, SourceQuestion } from './preflight-facts';

/**
 * What has to be asked before a batch is submitted: each question once, so that their number follows
 * from the places and specs of the request and never from its slots.
 *
 * @param request - the checked request
 * @param frozen - the plan that is, or would be, fixed for the batch id: it makes the names
 */
export function listPreflightQuestions(
  request: BatchRequest,
  frozen: FrozenPlan,
): PreflightQuestions {
  const offers = listOffers(request);
  const nameTag = toBatchTag(toIdentityCode(toIdentity(request, frozen)));
  return {
    regions: distinct(offers.map(({ region }) => ({ region }))),
    sales: offers,
    networks: listNetworks(request),
    prices: offers.filter(isPriceable),
    names: distinct(offers.map(({ region, engine }) => ({ region, engine, nameTag }))),
    sources: distinct(request.groups.flatMap((group) => toSource(group) ?? [])),
  };
}

/** The questions about prices alone. */
export function listPriceQuestions(prices: readonly Offer[]): PreflightQuestions {
  return { regions: [], sales: [], networks: [], prices, names: [] };
}

/** What a group would order in one of its placements. */
export function toOffer({ spec }: Group, placement: Placement): Offer {
  const instanceClass = placement.instanceClass ?? spec.instanceClass ?? null;
  return {
    region: placement.region,
    zone: placement.zone,
    engine: spec.engine,
    engineVersion: spec.engineVersion,
    chargeType: spec.chargeType,
    periodMonths: spec.chargeType === 'PrePaid' ? (spec.periodMonths ?? null) : null,
    nodeType: spec.nodeType,
    instanceClass,
    capacityMb: instanceClass === null ? (spec.capacityMb ?? null) : null,
  };
}

/** The source of a group that begins with data; null for one that does not. */
export function toSource({ spec, placements }: Group): SourceQuestion | null {
  const { sourceInstanceId, backupId = null, engine } = spec;
  const region = placements[0]?.region;
  if (sourceInstanceId === undefined || region === undefined) return null;
  return { region, engine, sourceInstanceId, backupId };
}

/** Equal exactly for equal questions. */
export function toQuestionKey(question: object): string {
  return toCanonicalJson(question);
}

/** What a request would order, in all of its placements, each once. */
export function listOffers({ groups }: Pick<BatchRequest, 'groups'>): readonly Offer[] {
  return distinct(
    groups.flatMap((group) => group.placements.map((placement) => toOffer(group, placement))),
  );
}

/** Whether an offer can be priced: DescribePrice has no parameter for the engine: a size alone is priced as Redis (SDK 6.4.0). */
export function isPriceable({ engine, instanceClass }: Offer): boolean {
  return engine === 'Redis' || instanceClass !== null;
}

/** The networks of a request, each once. */
export function listNetworks({ groups }: Pick<BatchRequest, 'groups'>): readonly NetworkQuestion[] {
  const networks = new Map<string, NetworkQuestion>();
  for (const { region, vpcId, vSwitchId } of groups.flatMap(({ placements }) => placements)) {
    const key = toQuestionKey({ region, vpcId });
    const known = networks.get(key)?.vSwitchIds ?? [];
    networks.set(key, { region, vpcId, vSwitchIds: [...new Set([...known, vSwitchId])] });
  }
  return [...networks.values()];
}

function distinct<Question extends object>(questions: readonly Question[]): readonly Question[] {
  return [...new Map(questions.map((one) => [toQuestionKey(one), one])).values()];
}
