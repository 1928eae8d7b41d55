import type { Client } from '@temporalio/client';
import { createHaltSwitch, HALT_BELIEF_MS } from '../../../src/service/halt-switch';
import { createTemporalError } from '../../support/fake-temporal-client';

/** A server with one workflow, the halt; null: there is none. */
function createServer(): { client: Client; asked: () => number; set: (status: string) => void } {
  let status: string | null = null;
  let asked = 0;
  const describe = () => {
    asked += 1;
    if (status === null) return Promise.reject(createTemporalError('WorkflowNotFoundError'));
    if (status === 'BROKEN')
      return Promise.reject(createTemporalError('ServiceError', { code: 14 }));
    return Promise.resolve({ status: { name: status } });
  };
  const client = {
    workflow: { getHandle: () => ({ describe }) },
    withDeadline: (_deadline: unknown, call: () => unknown) => call(),
  };
  return {
    client: client as unknown as Client,
    asked: () => asked,
    set: (next) => void (status = next),
  };
}

describe('the halt, as a worker asks for it', () => {
  it('is not there before anybody has halted, and is asked for once in two seconds', async () => {
    const server = createServer();
    let nowMs = 0;
    const halt = createHaltSwitch(server.client, () => nowMs);
    expect(await Promise.all([halt.isHalted(), halt.isHalted()])).toEqual([false, false]);
    nowMs = HALT_BELIEF_MS - 1;
    expect(await halt.isHalted()).toBe(false);
    expect(server.asked()).toBe(1);
  });

  it('is in force two seconds after it was ordered at the latest', async () => {
    const server = createServer();
    let nowMs = 0;
    const halt = createHaltSwitch(server.client, () => nowMs);
    await halt.isHalted();
    server.set('RUNNING');
    nowMs = HALT_BELIEF_MS;
    expect(await halt.isHalted()).toBe(true);
  });

  it('is over as soon as it was ended', async () => {
    const server = createServer();
    server.set('RUNNING');
    const halt = createHaltSwitch(server.client, () => 0);
    expect(await halt.isHalted()).toBe(true);
    server.set('COMPLETED');
    expect(await halt.isHalted()).toBe(false);
  });

  it('lets nothing be sent when Temporal cannot be asked', async () => {
    const server = createServer();
    server.set('BROKEN');
    await expect(createHaltSwitch(server.client, () => 0).isHalted()).rejects.toThrow(
      /nothing is sent/,
    );
  });
});
