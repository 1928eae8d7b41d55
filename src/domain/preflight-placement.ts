import type { Placement } from './batch-request';
import { toUnknownCheck } from './preflight-check';
import type { CheckSubject, PreflightCheck, PreflightVerdict } from './preflight-check';
import type { Fact, NetworkFacts, Offer, PreflightFacts, PriceFact } from './preflight-facts';
import { toQuestionKey } from './preflight-questions';
import { formatPrice, toPrice, type Price } from './price';

/** What is judged: one placement of one group. */
export interface PlacementCase {
  readonly placement: Placement;
  readonly offer: Offer;
  /** Slots of all groups that begin in its vSwitch. */
  readonly demand: number;
  /** What one instance may cost; null: anything. */
  readonly cap: Price | null;
}

/** The price of an offer; undefined when nobody asked. */
export function findPrice(facts: PreflightFacts, offer: Offer): Fact<PriceFact> | undefined {
  return findFact(facts.prices, offer);
}

/** The network of a placement; undefined when nobody asked. */
export function findNetwork(
  facts: PreflightFacts,
  { region, vpcId }: Placement,
): NetworkFacts | undefined {
  return facts.networks.find(
    ({ question }) => question.region === region && question.vpcId === vpcId,
  );
}

/**
 * Judges a placement by everything that is known.
 *
 * @param facts - what the cloud said
 * @param one - the placement, what would be ordered there, and how many
 * @returns a check for each thing that was looked at
 */
export function checkPlacement(
  facts: PreflightFacts,
  one: PlacementCase,
): readonly PreflightCheck[] {
  return [
    checkZone(facts, one.placement),
    checkSale(facts, one.offer),
    ...checkNetwork(facts, one),
    checkPrice(facts, one),
  ];
}

function checkZone(facts: PreflightFacts, { region, zone }: Placement): PreflightCheck {
  const fact = findFact(facts.zones, { region });
  if (fact?.kind !== 'known') return toUnknownCheck('zone', fact);
  if (fact.value.length === 0) return create('zone', 'unknown', `${region} lists no zones.`);
  const found = fact.value.find((each) => each.zone === zone);
  if (found === undefined) {
    const open = fact.value.filter(({ isOpen }) => isOpen).map((each) => each.zone);
    return create('zone', 'impossible', `${region} has no zone ${zone}: use ${toChoice(open)}.`);
  }
  if (found.isOpen) return create('zone', 'ok', `${zone} is open.`);
  return create('zone', 'impossible', `${zone} takes no new instances: choose another zone.`);
}

/** Only an absence from a list that holds something counts: empty lists were seen for zones that sell. */
function checkSale(facts: PreflightFacts, offer: Offer): PreflightCheck {
  const fact = findFact(facts.sales, offer);
  if (fact?.kind !== 'known') return toUnknownCheck('class', fact);
  const { engineVersions, isAnythingListed } = fact.value;
  const { zone, engineVersion } = offer;
  const what = offer.instanceClass ?? `${offer.capacityMb ?? 0} MB`;
  if (!isAnythingListed) {
    return create('class', 'unknown', `${zone} lists nothing for sale, which proves nothing.`);
  }
  if (engineVersions.length === 0) {
    const message = `${what} is not on sale in ${zone} as ${offer.chargeType}: choose another class or zone.`;
    return create('class', 'impossible', message);
  }
  if (engineVersions.includes(engineVersion)) {
    return create('class', 'ok', `${what} is on sale in ${zone}; stock is not told.`);
  }
  const versions = toChoice(engineVersions);
  const message = `${what} is on sale in ${zone} with version ${versions}, not ${engineVersion}: change engineVersion.`;
  return create('class', 'impossible', message);
}

function checkNetwork(
  facts: PreflightFacts,
  { placement, demand }: PlacementCase,
): readonly PreflightCheck[] {
  const network = findNetwork(facts, placement);
  const vpc = checkVpc(network, placement);
  return vpc.verdict === 'impossible' ? [vpc] : [vpc, ...checkVSwitch(network, placement, demand)];
}

function checkVpc(network: NetworkFacts | undefined, placement: Placement): PreflightCheck {
  const { region, vpcId } = placement;
  if (network?.vpc.kind !== 'known') return toUnknownCheck('network', network?.vpc);
  const vpc = network.vpc.value;
  if (vpc === null) {
    const message = `the account sees no VPC ${vpcId} in ${region}: correct vpcId or region.`;
    return create('network', 'impossible', message);
  }
  return checkStatus(vpcId, vpc.status);
}

function checkVSwitch(
  network: NetworkFacts | undefined,
  { zone, vpcId, vSwitchId }: Placement,
  demand: number,
): readonly PreflightCheck[] {
  if (network?.vSwitches.kind !== 'known') return [toUnknownCheck('network', network?.vSwitches)];
  const found = network.vSwitches.value.find((each) => each.vSwitchId === vSwitchId);
  if (found === undefined) {
    const message = `${vpcId} has no vSwitch ${vSwitchId}: correct vSwitchId or vpcId.`;
    return [create('network', 'impossible', message)];
  }
  if (found.zone !== zone) {
    const message = `vSwitch ${vSwitchId} is in ${found.zone}, not in ${zone}: use one of ${zone}.`;
    return [create('network', 'impossible', message)];
  }
  return [checkStatus(vSwitchId, found.status), checkAddresses(vSwitchId, found.freeIps, demand)];
}

function checkStatus(id: string, status: string): PreflightCheck {
  if (status === 'Available') return create('network', 'ok', `${id} is available.`);
  return create('network', 'warning', `${id} is ${status}: wait until it is Available.`);
}

/** How many addresses an instance takes is documented nowhere; one is the least. */
function checkAddresses(vSwitchId: string, freeIps: number | null, demand: number): PreflightCheck {
  if (freeIps === null) {
    return create('addresses', 'unknown', `${vSwitchId} does not say how many addresses are left.`);
  }
  const left = `${vSwitchId} has ${freeIps} addresses left`;
  if (freeIps === 0) {
    return create('addresses', 'impossible', `${left}: use another vSwitch of the zone.`);
  }
  if (freeIps >= demand)
    return create('addresses', 'ok', `${left}, and ${demand} slots begin there.`);
  const message = `${left}, and ${demand} slots begin there: the others need the next placement, or use another vSwitch.`;
  return create('addresses', 'warning', message);
}

/** As the batch itself will judge it: what costs more than its cap, or may, is not bought. */
function checkPrice(facts: PreflightFacts, { offer, cap }: PlacementCase): PreflightCheck {
  const fact = findPrice(facts, offer);
  if (fact?.kind !== 'known') return toUnknownCheck('price', fact);
  const message = `one costs ${fact.value.amount} ${fact.value.currency}`;
  const price = toPrice(fact.value);
  const isWithin =
    cap === null ||
    (price !== null && price.currency === cap.currency && price.amount <= cap.amount);
  if (isWithin) return create('price', 'ok', `${message}.`);
  const limit = `its maxPrice is ${formatPrice(cap)}: nothing is bought here.`;
  return create('price', 'impossible', `${message}, and ${limit}`);
}

function findFact<Value>(
  answers: readonly { readonly question: object; readonly fact: Fact<Value> }[],
  question: object,
): Fact<Value> | undefined {
  const key = toQuestionKey(question);
  return answers.find((answer) => toQuestionKey(answer.question) === key)?.fact;
}

function create(about: CheckSubject, verdict: PreflightVerdict, message: string): PreflightCheck {
  return { about, verdict, message };
}

function toChoice(values: readonly string[]): string {
  return values.length === 0 ? 'another region' : values.join(', ');
}
