import type { EmulatorState } from '../emulator-state';
import type { Instance, InstanceSpec } from '../instance';
import { planLife } from '../instance-life';
import { createSettings } from '../instance-settings';
import type { InstanceSettings } from '../instance-settings';
import type { OrderLine } from './account-checks';

const ID_ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789';

const ID_LENGTH = 18;

/** Order ids are strings of 15 digits (sample of the CreateInstances page). */
const FIRST_ORDER_ID = 209_054_000_000_000;

/** The id of the order that will be placed next. */
export function nextOrderId(state: EmulatorState): string {
  return String(FIRST_ORDER_ID + state.orderCount + 1);
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
