import type { EmulatorState } from '../emulator-state';
import type { Instance, InstanceSpec } from '../instance';
import { planLife } from '../instance-life';
import { createSettings } from '../instance-settings';
import type { InstanceSettings } from '../instance-settings';
import type { OrderLine } from './account-checks';

const ID_ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789';

const ID_LENGTH = 18;

/** How order ids begin (sample of the CreateInstances page). */
const ORDER_ID_START = '209054';

/** The id of the order that will be placed next. */
export function nextOrderId(state: EmulatorState): string {
  const { orderIdDigits } = state.config;
  const number = String(state.orderCount + 1);
  return ORDER_ID_START + number.padStart(orderIdDigits - ORDER_ID_START.length, '0');
}

/** An order id for operations that answer it as a number, which JavaScript may not be able to hold. */
export function toOrderNumber(orderId: string): number | bigint {
  const number = Number(orderId);
  return Number.isSafeInteger(number) ? number : BigInt(orderId);
}

/** Creates the instances of an order, in the order of its lines. */
export function createOrderedInstances(
  lines: readonly OrderLine[],
  state: EmulatorState,
): Instance[] {
  return lines.flatMap(({ spec, quantity, given }) => {
    const settings = createSettings(spec, given);
    return Array.from({ length: quantity }, () => createInstance({ spec, settings }, state));
  });
}

/** A copy in an order that says nothing about creation (Fisher-Yates). */
export function shuffleIds(ids: readonly string[], state: EmulatorState): string[] {
  const shuffled = [...ids];
  for (let i = shuffled.length - 1; i > 0; i -= 1) {
    const j = Math.floor(state.idRandom.next() * (i + 1));
    [shuffled[i], shuffled[j]] = [shuffled[j] ?? '', shuffled[i] ?? ''];
  }
  return shuffled;
}

interface Ordered {
  readonly spec: InstanceSpec;
  readonly settings: InstanceSettings;
}

function createInstance({ spec, settings }: Ordered, state: EmulatorState): Instance {
  const nowMs = state.nowMs();
  state.instanceCount += 1;
  const instance: Instance = {
    id: `r-${state.idRandom.pick(ID_ALPHABET, ID_LENGTH)}`,
    ordinal: state.instanceCount,
    spec,
    settings,
    ...planLife(state.config, state.lifeRandom, nowMs),
    createdAtMs: nowMs,
    busyUntilMs: 0,
    busyStatus: 'Changing',
    reads: 0,
    deletedAtMs: undefined,
  };
  state.store.add(instance);
  return instance;
}
