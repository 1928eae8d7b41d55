import type { EmulatorState } from '../../emulator-state';
import { nextOrderId } from '../order';

/**
 * Places the order of a change, which costs nothing here.
 *
 * @returns its id, a string of digits
 */
export function orderChange(state: EmulatorState): string {
  const orderId = nextOrderId(state);
  state.orderCount += 1;
  return orderId;
}
