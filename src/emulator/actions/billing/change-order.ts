import type { StandingCode } from '../../account-standing';
import type { EmulatorState } from '../../emulator-state';
import { nextOrderId } from '../order';

/** The order that comes with a change of an instance. */
export interface ChangeOrder {
  /** How many instances it pays for; 0: it costs nothing here. */
  readonly units: number;
  /** What about the account can refuse it, as the operation's page lists it. */
  readonly standing: readonly StandingCode[];
  /** False: the order waits for its money, and the instance stays as it is. */
  readonly isPaid: boolean;
  /** The members of the answer. */
  answer(orderId: string): Readonly<Record<string, unknown>>;
}

/** An order that costs nothing here: prices of changes are not known. */
export function createFreeOrder(
  answer: ChangeOrder['answer'] = (OrderId) => ({ OrderId }),
  standing: readonly StandingCode[] = [],
): ChangeOrder {
  return { units: 0, standing, isPaid: true, answer };
}

/**
 * Places an order.
 *
 * @returns the members of the answer
 */
export function placeOrder(
  { answer }: ChangeOrder,
  state: EmulatorState,
): Readonly<Record<string, unknown>> {
  const orderId = nextOrderId(state);
  state.orderCount += 1;
  return answer(orderId);
}
