import { randomUUID } from 'node:crypto';
import type { ScheduleHandle } from '@temporalio/client';
import { toWorkflowId } from '../../src/contract/workflow-id';
import type { ResultDocument } from '../../src/domain/result';
import { startFleet, type Fleet } from '../support/fleet';
import { expectExactly, openBooks, SCENARIO_SLOTS } from '../support/scenario';
import { createTestRequest } from '../support/test-request';
import { waitFor } from '../support/wait-for';

/** A real Temporal schedule of a batch that has no id of its own: each time it fires is a batch. */

const GROUP = 'nightly';

/** The time that is filled in. */
const SLOT = '2026-11-24T01:00:00Z';

let fleet: Fleet;
let scheduleId: string;
let schedule: ScheduleHandle;

beforeAll(async () => {
  fleet = await startFleet();
  scheduleId = `nightly-${randomUUID().slice(0, 8)}`;
  schedule = await fleet.client.schedule.create({
    scheduleId,
    spec: { calendars: [{ hour: 1 }] },
    state: { paused: true },
    action: {
      type: 'startWorkflow',
      workflowType: 'provisionBatch',
      workflowId: toWorkflowId('default', scheduleId),
      taskQueue: fleet.taskQueue,
      args: [{ apiVersion: 'tairfleet/v1', ...createTestRequest(SCENARIO_SLOTS, { name: GROUP }) }],
    },
  });
});
afterAll(async () => {
  await schedule.delete();
  await fleet.close();
});

test('A time that has run buys nothing when it is filled in again, and another time is another batch.', async () => {
  const books = openBooks(fleet, GROUP);
  await Promise.all([fillIn(), fillIn()]);
  const [first] = await listDocuments(1);
  expect(first).toMatchObject({ batchId: `${scheduleId}-${SLOT}`, generation: 0 });
  await expectExactly(books, first!);

  const calls = (await books.listCreates()).length;
  await fillIn();
  const [again] = await listDocuments(2);
  expect(again).toMatchObject({ batchId: `${scheduleId}-${SLOT}`, generation: 1 });
  await expectExactly(books, again!);
  expect(await books.listCreates()).toHaveLength(calls);

  await schedule.trigger();
  const [triggered] = await listDocuments(3);
  expect(triggered).toMatchObject({ generation: 0, counts: { ready: SCENARIO_SLOTS } });
  expect(triggered?.batchId).not.toBe(first?.batchId);
  expect(await books.listLiving()).toHaveLength(2 * SCENARIO_SLOTS);
});

function fillIn(): Promise<void> {
  const start = new Date(SLOT);
  return schedule.backfill({ start, end: start, overlap: 'ALLOW_ALL' });
}

/** The documents of the schedule's runs, latest first, once so many have ended. */
async function listDocuments(count: number): Promise<readonly ResultDocument[]> {
  const ended = await waitFor(listEndedRuns, (runs) => runs.length >= count);
  expect(ended).toHaveLength(count);
  return Promise.all(
    ended.map(({ workflowId, runId }) =>
      fleet.client.workflow.getHandle(workflowId, runId).result(),
    ),
  );
}

interface EndedRun {
  readonly workflowId: string;
  readonly runId: string;
  readonly startedAtMs: number;
}

async function listEndedRuns(): Promise<readonly EndedRun[]> {
  const query = `TemporalScheduledById = '${scheduleId}' AND ExecutionStatus = 'Completed'`;
  const runs: EndedRun[] = [];
  for await (const { workflowId, runId, startTime } of fleet.client.workflow.list({ query })) {
    runs.push({ workflowId, runId, startedAtMs: startTime.getTime() });
  }
  return runs.sort((left, right) => right.startedAtMs - left.startedAtMs);
}
