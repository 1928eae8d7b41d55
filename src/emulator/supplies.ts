import type { EmulatorState } from './emulator-state';
import type { InstanceSpec } from './instance';
import { createRefusal } from './refusal';
import type { Refusal } from './refusal';

/** Instances that come to be (`to`), go (`from`), or become something else (both). */
export interface Move {
  readonly from?: InstanceSpec;
  readonly to?: InstanceSpec;
  readonly quantity: number;
}

/**
 * Whether zones and vSwitches have enough left for the moves, stock before addresses. What
 * stays where it was needs nothing. The exhausted vSwitch has no documented code: it carries the
 * one of the sibling product RDS.
 */
export function checkSupplies(moves: readonly Move[], state: EmulatorState): Refusal | undefined {
  if (!isEnough(countStock(moves, state))) {
    return createRefusal(400, 'QuotaNotEnough', 'Quota not enough in this zone.');
  }
  if (isEnough(countAddresses(moves, state))) return undefined;
  return createRefusal(
    400,
    'VswitchIpExhausted',
    'The specified vSwitch does not have enough IP addresses.',
  );
}

/** Takes stock and addresses where instances come to be, and gives them back where they go. */
export function moveSupplies(moves: readonly Move[], state: EmulatorState): void {
  for (const { counters, key, units } of [
    ...countStock(moves, state),
    ...countAddresses(moves, state),
  ]) {
    counters[key] = (counters[key] ?? 0) - units;
  }
}

/** One live counter of the config, and how much of it is needed; below 0: given back. */
interface Need {
  readonly counters: Record<string, number | null>;
  readonly key: string;
  units: number;
}

type Place = Pick<Need, 'counters' | 'key'>;

function countStock(moves: readonly Move[], { config }: EmulatorState): Need[] {
  return collectNeeds(moves, ({ zoneId, instanceClass }) => {
    const counters = config.stock[zoneId];
    if (counters === undefined) return undefined;
    return { counters, key: instanceClass in counters ? instanceClass : '*' };
  });
}

function countAddresses(moves: readonly Move[], { config }: EmulatorState): Need[] {
  return collectNeeds(moves, ({ vSwitchId }) => ({ counters: config.freeIps, key: vSwitchId }));
}

function collectNeeds(
  moves: readonly Move[],
  locate: (spec: InstanceSpec) => Place | undefined,
): Need[] {
  const needs: Need[] = [];
  for (const { from, to, quantity } of moves) {
    if (to !== undefined) addNeed(needs, locate(to), quantity);
    if (from !== undefined) addNeed(needs, locate(from), -quantity);
  }
  return needs;
}

/** A place without a number has no end. */
function addNeed(needs: Need[], place: Place | undefined, units: number): void {
  if (place === undefined || typeof place.counters[place.key] !== 'number') return;
  const known = needs.find((n) => n.counters === place.counters && n.key === place.key);
  if (known === undefined) needs.push({ ...place, units });
  else known.units += units;
}

function isEnough(needs: readonly Need[]): boolean {
  return needs.every(
    ({ counters, key, units }) => units <= 0 || (counters[key] ?? Infinity) >= units,
  );
}
