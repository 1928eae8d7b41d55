import type { WorkflowHandle } from '@temporalio/client';
import { sendUpdate } from '../../../src/service/send-update';

/** gRPC's FAILED_PRECONDITION: as the server turns an update away while a run hands over. */
const TURNED_AWAY = Object.assign(new Error('Workflow Update failed'), { cause: { code: 9 } });

/** A handle that answers with these, one a try. */
function createHandle(answers: readonly (string | Error)[]): {
  handle: WorkflowHandle;
  ids: unknown[];
} {
  const ids: unknown[] = [];
  const executeUpdate = (_name: string, { updateId }: { updateId: string }): Promise<string> => {
    const answer = answers[ids.push(updateId) - 1] ?? TURNED_AWAY;
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  };
  return { handle: { executeUpdate } as unknown as WorkflowHandle, ids };
}

it('sends an update again, as the same one, that came while a run handed over to the next', async () => {
  const { handle, ids } = createHandle([TURNED_AWAY, TURNED_AWAY, 'done']);
  expect(await sendUpdate(handle, 'pause', {})).toBe('done');
  expect(ids).toHaveLength(3);
  expect(new Set(ids).size).toBe(1);
});

it('does not send again what was refused', async () => {
  const refused = new Error('the batch is paused already');
  const { handle, ids } = createHandle([refused]);
  await expect(sendUpdate(handle, 'pause', {})).rejects.toBe(refused);
  expect(ids).toHaveLength(1);
});

it('gives up in the end', async () => {
  const { handle, ids } = createHandle([]);
  await expect(sendUpdate(handle, 'pause', {})).rejects.toBe(TURNED_AWAY);
  expect(ids).toHaveLength(10);
});
