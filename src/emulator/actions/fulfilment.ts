import type { EmulatorState } from '../emulator-state';
import type { Refusal } from '../refusal';
import { checkDemand, toDemand } from './account-checks';
import type { OrderLine } from './account-checks';

/**
 * The lines of an order that will be fulfilled: all of them or none, or, when the emulator is told
 * so, as many as quota, stock, addresses and money allow. That the cloud never does the latter is
 * inferred from its single order id, and documented nowhere.
 *
 * @returns the refusal when nothing is left
 */
export function fulfil(
  lines: readonly OrderLine[],
  state: EmulatorState,
): readonly OrderLine[] | Refusal {
  const refusal = checkDemand(toDemand(lines), state);
  if (refusal === undefined) return lines;
  if (state.config.fulfilment === 'all-or-nothing') return refusal;
  const kept: OrderLine[] = [];
  for (const line of lines) {
    const quantity = findLargest(line.quantity, (units) =>
      isPossible([...kept, { ...line, quantity: units }], state),
    );
    if (quantity > 0) kept.push({ ...line, quantity });
  }
  return kept.length === 0 ? refusal : kept;
}

/**
 * The lines of an order without so many of its last instances: what the service makes of an order
 * that it fulfils in part.
 */
export function leaveOut(lines: readonly OrderLine[], fewer: number): readonly OrderLine[] {
  const kept: OrderLine[] = [];
  let left = fewer;
  for (const line of lines.toReversed()) {
    const quantity = Math.max(0, line.quantity - left);
    left -= line.quantity - quantity;
    if (quantity > 0) kept.push({ ...line, quantity });
  }
  return kept.toReversed();
}

function isPossible(lines: readonly OrderLine[], state: EmulatorState): boolean {
  return checkDemand(toDemand(lines), state) === undefined;
}

/** The largest number up to `max` that is possible; what is possible is so for all smaller ones. */
function findLargest(max: number, isEnough: (units: number) => boolean): number {
  let low = 0;
  let high = max;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (isEnough(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}
