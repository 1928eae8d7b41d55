import { randomUUID } from 'node:crypto';
import { toScheduleId } from '../../src/contract/schedule-id';
import { toWorkflowId } from '../../src/contract/workflow-id';
import type { Schedule } from '../../src/domain/schedule/schedule';
import { createBatchService, type BatchService } from '../../src/service/batch-service';
import type { SchedulePlan } from '../../src/service/schedules/plan-schedules';
import type { ScheduleState } from '../../src/service/schedules/schedule-state';
import type { ServiceResult } from '../../src/service/service-result';
import { startFleet, type Fleet } from '../support/fleet';
import { openBooks } from '../support/scenario';
import { createScheduleFile, writeRequest, writeSchedule } from '../support/schedule-samples';
import { waitFor } from '../support/wait-for';

/** Schedules of a file on a real server, which fires them; instances are counted by the emulator. */

const SLOTS = 2;
const TENANT = `t-${randomUUID().slice(0, 8)}`;

let fleet: Fleet;
let service: BatchService;

beforeAll(async () => {
  fleet = await startFleet();
  service = createBatchService({
    client: fleet.client,
    resultStore: fleet.dependencies.results,
    taskQueue: fleet.taskQueue,
  });
});
afterAll(async () => {
  const left = await service.listSchedules(TENANT);
  for (const key of left.ok ? left.value : []) await service.deleteSchedule(key);
  await fleet.close();
});

test('Three firings are three batches of their own, and to fill their times in again buys nothing.', async () => {
  const books = openBooks(fleet, 'ticks');
  const request = writeRequest(SLOTS, { groups: [{ ...toGroup(), name: 'ticks' }] });
  await apply({ name: 'ticks', every: '1s', firings: 3, overlap: 'allowAll', request });
  const { firings } = await until('ticks', (state) => state.firings.length === 3);
  expect(new Set(firings.map(({ batchId }) => batchId)).size).toBe(3);

  for (const { batchId } of firings) {
    const result = fleet.client.workflow.getHandle(toWorkflowId(TENANT, batchId)).result();
    expect(await result).toMatchObject({ batchId, counts: { ready: SLOTS, orphans: 0 } });
    const status = take(await service.status({ tenant: TENANT, batchId }));
    expect(status.run).toMatchObject({ schedule: 'ticks', submittedBy: 'ada' });
  }
  expect(await books.listLiving()).toHaveLength(3 * SLOTS);
  const creates = (await books.listCreates()).length;

  const key = { tenant: TENANT, name: 'ticks' };
  const times = firings.map(({ batchId }) => Date.parse(batchId.slice('ticks-'.length)));
  for (const atMs of times) {
    const order = { fromMs: atMs, toMs: atMs, isParallel: true };
    expect(take(await service.backfillSchedule(key, order))).toEqual({
      filledMs: [],
      knownMs: [atMs],
    });
  }
  expect(await books.listCreates()).toHaveLength(creates);

  const [firstMs = 0] = times;
  const order = { fromMs: firstMs - 1_000, toMs: firstMs, isParallel: true };
  expect(take(await service.backfillSchedule(key, order)).filledMs).toEqual([firstMs - 1_000]);
  await waitFor(
    () => books.listLiving(),
    (living) => living.length === 4 * SLOTS,
  );
  expect(take(await service.schedule(key)).remaining).toBe(0);
});

test('A time is skipped while its batch before is open, and a trigger starts beside it.', async () => {
  const request = writeRequest(SLOTS, { policy: { approvalAbove: 0 } });
  await apply({ name: 'skips', every: '1s', request });
  const { firings } = await until('skips', ({ counts }) => counts.skipped > 0);
  expect(firings).toHaveLength(1);
  const key = { tenant: TENANT, name: 'skips' };
  take(await service.pauseSchedule(key, { by: 'ada', why: 'enough' }));
  const triggered = take(await service.triggerSchedule(key));
  expect(triggered.batchId).toMatch(/^skips-\d{4}/);
  expect(triggered.batchId).not.toBe(firings[0]?.batchId);
  const paused = take(await service.schedule(key));
  expect(paused).toMatchObject({ isPaused: true, note: 'paused by ada: enough' });
  for (const { batchId } of paused.firings) {
    await fleet.client.workflow.getHandle(toWorkflowId(TENANT, batchId)).terminate();
  }
});

test('Of the triggers of one second one has ordered, and the others name its batch.', async () => {
  const request = writeRequest(SLOTS, { policy: { approvalAbove: 0 } });
  await apply({ name: 'twice', every: '24h', request });
  const key = { tenant: TENANT, name: 'twice' };
  const answers = await Promise.all([1, 2, 3].map(() => service.triggerSchedule(key)));
  const { firings } = take(await service.schedule(key));
  const started = answers.filter((answer) => answer.ok).map(({ value }) => value.batchId);
  expect(started.sort()).toEqual(firings.map(({ batchId }) => batchId).sort());
  const refused = answers.filter((answer) => !answer.ok);
  expect(refused.length).toBeGreaterThan(0);
  for (const { code, message } of refused) {
    expect(code).toBe('conflict');
    expect(started.some((batchId) => message.includes(`${TENANT}/${batchId}.`))).toBe(true);
  }
  for (const { batchId } of firings) {
    await fleet.client.workflow.getHandle(toWorkflowId(TENANT, batchId)).terminate();
  }
});

test('A batch that is refused at its door pauses its schedule, and buys nothing.', async () => {
  const books = openBooks(fleet, 'refused');
  const request = writeRequest(SLOTS, {
    groups: [{ ...toGroup(), name: 'refused', count: 20_001 }],
  });
  await apply({ name: 'refused', every: '1s', request });
  const { note } = await until('refused', ({ isPaused }) => isPaused);
  expect(note).toMatch(/fail/i);
  expect(await books.listCreates()).toEqual([]);
});

test('What is changed on the server is shown as drift, and what somebody else has made is left alone.', async () => {
  const key = { tenant: TENANT, name: 'drifts' };
  await apply({ name: 'drifts' });
  expect(await toKinds([writeSchedule('drifts')])).toContain('drifts same');

  const handle = fleet.client.schedule.getHandle(toScheduleId(TENANT, 'drifts'));
  await handle.update((before) => ({
    ...before,
    spec: { ...before.spec, calendars: [{ hour: 4 }] },
    policies: { ...before.policies, overlap: 'ALLOW_ALL' },
  }));
  const plan = take(await service.planSchedules({ file: toFile([writeSchedule('drifts')]) }));
  expect(plan.steps[0]).toMatchObject({
    kind: 'change',
    differences: [
      { path: ['times'], now: '30 2 * * 1-5' },
      { path: ['overlap'], before: 'allowAll', now: 'skip' },
    ],
  });
  take(await service.pauseSchedule(key, {}));
  await apply({ name: 'drifts' });
  expect(await toKinds([writeSchedule('drifts')])).toContain('drifts same');
  expect(take(await service.schedule(key)).isPaused).toBe(true);

  await fleet.client.schedule.create({
    scheduleId: toScheduleId(TENANT, 'alien'),
    spec: { intervals: [{ every: '1d' }] },
    action: { type: 'startWorkflow', workflowType: 'other', taskQueue: 'nobody' },
  });
  const file = toFile([writeSchedule('alien'), writeSchedule('more')]);
  const refused = await service.applySchedules({ file, isPruned: true });
  expect(refused).toMatchObject({ ok: false, code: 'conflict' });
  const alien = { tenant: TENANT, name: 'alien' };
  expect(await service.deleteSchedule(alien)).toMatchObject({ ok: false, code: 'not-found' });
  expect(await service.schedule({ tenant: TENANT, name: 'more' })).toMatchObject({ ok: false });

  await waitFor(
    () => toKinds([]),
    (kinds) => kinds.includes('drifts gone'),
  );
  take(await service.applySchedules({ file: toFile([]), isPruned: true }));
  expect(await service.schedule(key)).toMatchObject({ ok: false, code: 'not-found' });
  const left = fleet.client.schedule.getHandle(toScheduleId(TENANT, 'alien'));
  expect((await left.describe()).scheduleId).toBe(toScheduleId(TENANT, 'alien'));
  await left.delete();
});

function toGroup(): object {
  return (writeRequest(SLOTS)['groups'] as readonly object[])[0]!;
}

function toFile(schedules: readonly object[]): { tenant: string; schedules: readonly Schedule[] } {
  return createScheduleFile(TENANT, schedules);
}

async function apply({
  name,
  ...changes
}: {
  name: string;
  [key: string]: unknown;
}): Promise<SchedulePlan> {
  const written =
    Object.keys(changes).length === 0
      ? writeSchedule(name)
      : { name, pauseOnFailure: true, ...changes };
  const order = { file: toFile([written]), isPruned: false, submittedBy: 'ada' };
  return take(await service.applySchedules(order));
}

async function toKinds(schedules: readonly object[]): Promise<readonly string[]> {
  const { steps } = take(await service.planSchedules({ file: toFile(schedules) }));
  return steps.map(({ name, kind }) => `${name} ${kind}`);
}

function until(name: string, isReached: (state: ScheduleState) => boolean): Promise<ScheduleState> {
  return waitFor(async () => take(await service.schedule({ tenant: TENANT, name })), isReached);
}

function take<Value>(result: ServiceResult<Value>): Value {
  if (!result.ok) throw new Error(`${result.code}: ${result.message}`);
  return result.value;
}
