import type { Client } from '@temporalio/client';
import { HALT_WORKFLOW_ID } from '../contract/operations';
import { withinTime } from './batch-run';
import { classifyTemporalError } from './temporal-failure';

/** Says whether somebody has stopped new creates. */
export interface HaltSwitch {
  /** @throws Error when Temporal cannot be asked: then nothing may be sent */
  isHalted(): Promise<boolean>;
}

/** How long "not halted" is believed: a halt is in force on every worker after that. */
export const HALT_BELIEF_MS = 2_000;

const ASK_TIMEOUT_MS = 5_000;

/**
 * The halt of a namespace, as a worker asks for it: with thousands of creates, one question in two
 * seconds. "Halted" is never remembered, so that an unhalt counts at once.
 *
 * @param client - the worker's Temporal client
 * @param nowMs - a clock that never goes back, ms
 */
export function createHaltSwitch(
  client: Client,
  nowMs: () => number = () => performance.now(),
): HaltSwitch {
  let believedUntilMs = -Infinity;
  let asked: Promise<boolean> | null = null;
  const ask = async (): Promise<boolean> => {
    const askedAtMs = nowMs();
    const isHalted = await isHaltOpen(client);
    believedUntilMs = isHalted ? -Infinity : askedAtMs + HALT_BELIEF_MS;
    return isHalted;
  };
  return {
    isHalted() {
      if (nowMs() < believedUntilMs) return Promise.resolve(false);
      asked ??= ask().finally(() => (asked = null));
      return asked;
    },
  };
}

async function isHaltOpen(client: Client): Promise<boolean> {
  try {
    const handle = client.workflow.getHandle(HALT_WORKFLOW_ID);
    const { status } = await withinTime(client, () => handle.describe(), ASK_TIMEOUT_MS);
    return status.name === 'RUNNING' || status.name === 'PAUSED';
  } catch (error) {
    if (classifyTemporalError(error) === 'not-found') return false;
    const message = 'Temporal does not say whether new creates are halted; nothing is sent';
    throw new Error(message, { cause: error });
  }
}
