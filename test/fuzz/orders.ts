import fc from 'fast-check';
import { UPDATES } from '../../src/contract/names';
import type { StartedBatch } from '../support/fleet';
import { anyJson, fuzz } from './fuzz';

/** Updates that people send to a running batch, right and wrong; none of them cancels. */

const NAMES = Object.keys(UPDATES).filter((name) => name !== 'cancel');

/** What would be right in an order to a certain batch. */
export interface RightParts {
  /** Names of chunks that may be parked. */
  readonly chunks: readonly string[];
  /** The plan that waits for an approval; empty when none does. */
  readonly plan: string;
  /** Orders that are drawn; all of them by default. */
  readonly names?: readonly string[];
}

/**
 * Sends so many orders, one after the other: each is obeyed or refused, and says so.
 *
 * @returns the names of those that were obeyed
 */
export async function sendAnyOrders(
  batch: StartedBatch,
  right: RightParts,
  count: number,
): Promise<readonly string[]> {
  const obeyed: string[] = [];
  await fuzz(
    fc.asyncProperty(
      fc.constantFrom(...(right.names ?? NAMES)),
      anyOrder(right),
      async (name, input) => {
        const answer = await batch.update(name, input).catch((error: unknown) => error);
        if (answer instanceof Error) return expect(describeCause(answer)).toMatch(/[a-z]/);
        expect(answer).toMatchObject({ message: expect.any(String) });
        obeyed.push(name);
      },
    ),
    count,
  );
  return obeyed;
}

/** Inputs that would be right if anything in them were, and some in which everything is. */
function anyOrder({ chunks, plan }: RightParts): fc.Arbitrary<unknown> {
  const someChunks = fc.subarray([...chunks]);
  const wrong = fc.record(
    {
      by: anyJson(),
      why: anyJson(),
      chunks: fc.oneof(anyJson(), someChunks, fc.constantFrom<string[]>([], ['__proto__'])),
      chunksInFlight: fc.oneof(anyJson(), fc.constantFrom(0, 1, 7, 50, 51, 1.5)),
      extendBy: fc.oneof(anyJson(), fc.constantFrom('1m', '-1m', '999d', 'soon')),
      plan: fc.oneof(anyJson(), fc.constant(plan)),
    },
    { requiredKeys: [] },
  );
  const rightOnes = fc.record({
    by: fc.constant('ann'),
    chunks: someChunks,
    chunksInFlight: fc.constantFrom(1, 7, 50),
    extendBy: fc.constant('1m'),
    plan: fc.constant(plan),
  });
  return fc.oneof(anyJson(), wrong, rightOnes);
}

function describeCause(error: Error): string {
  return String((error.cause as Error | undefined)?.message ?? error.message);
}
