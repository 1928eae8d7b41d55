import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { WorkflowHandle } from '@temporalio/client';
import { classifyTemporalError } from './temporal-failure';

/** Tries before the failure counts, and the pause between two, ms. */
const TRIES_MAX = 10;
const PAUSE_MS = 200;

/**
 * Sends an update and waits for its answer. One that arrives in the moment in which a run hands over to
 * the next is turned away by the server, unread, as if there were no worker; it is sent again under the
 * same update id.
 *
 * @param handle - of the workflow, by its id alone
 * @param name - of the update
 * @param input - its one argument
 * @throws what the client throws
 */
export async function sendUpdate<Answer>(
  handle: WorkflowHandle,
  name: string,
  input: unknown,
): Promise<Answer> {
  const updateId = randomUUID();
  for (let tries = 1; ; tries += 1) {
    try {
      return await handle.executeUpdate<Answer, [unknown]>(name, { args: [input], updateId });
    } catch (error) {
      if (tries === TRIES_MAX || classifyTemporalError(error) !== 'no-poller') throw error;
      await setTimeout(PAUSE_MS);
    }
  }
}
