import { createBatchService, type BatchService } from '../../src/service/batch-service';
import type { BatchSelection, SelectedBatch } from '../../src/service/batch-selection';
import { startFleet, type Fleet, type StartedBatch, type TestRequest } from '../support/fleet';
import { createNamespace } from '../support/namespace';
import { waitFor } from '../support/wait-for';
import { createTestRequest, PLACEMENT, SPEC } from '../support/test-request';

/** One order for many batches, in a namespace of its own, since it means all batches of one. */

const NOTE = { by: 'ada', why: 'the account was refilled' };
const NO_SUCH_CLASS = { ...SPEC, instanceClass: 'redis.no.such.class' };

let fleet: Fleet;
let service: BatchService;
beforeAll(async () => {
  const namespace = await createNamespace('bulk');
  fleet = await startFleet({
    namespace,
    emulator: { balance: 0 },
    tuning: { isSearchable: false },
  });
  const { client, taskQueue, dependencies } = fleet;
  service = createBatchService({ client, taskQueue, resultStore: dependencies.results });
}, 60_000);
afterAll(() => fleet.close());

test('One retry brings every batch home that waited for the money, and only those.', async () => {
  const held = await startAll(['sessions', 'carts', 'queues'], {});
  const [wrong] = await startAll(['wrong'], { spec: NO_SUCH_CLASS });
  await Promise.all(
    [...held, wrong!].map((batch) => batch.until(({ phase }) => phase === 'parked')),
  );
  await fleet.control.put('config', { balance: null });

  const code = 'InsufficientBalance';
  const found = await waitFor(
    () => select({ code }),
    ({ length }) => length === held.length,
  );
  expect(toIds(found)).toEqual(toIds(held.map(toKey)));
  expect(found.every(({ codes }) => codes.includes(code))).toBe(true);
  expect(await select({ region: 'cn-beijing' })).toEqual([]);
  expect(toIds(await select({ code, region: PLACEMENT.region }))).toEqual(toIds(found));
  expect(await select({ tenant: 'nobody' })).toEqual([]);

  const rows = await service.actOnAll(found, { name: 'retryFailed', input: NOTE });
  expect(rows.every(({ answer }) => answer.ok)).toBe(true);
  for (const batch of held) {
    const document = await batch.result();
    expect(document).toMatchObject({ outcome: 'succeeded', counts: { ready: 2 } });
    expect(document.log).toContainEqual(
      expect.objectContaining({ action: 'retryFailed', ...NOTE }),
    );
  }
  // Each of them has ended since: the same order again is refused one by one, and starts none again.
  const again = await service.actOnAll(found, { name: 'retryFailed', input: {} });
  expect(again.map(({ answer }) => answer)).toEqual(
    held.map(() => expect.objectContaining({ ok: false, code: 'already-finished' }) as unknown),
  );
  await wrong!.update('cancel');
  await wrong!.result();
}, 60_000);

test('Parked for two causes, only the chunks of the wanted code are tried again.', async () => {
  const batch = await fleet.start({
    groups: [
      toGroup('fine', { spec: NO_SUCH_CLASS }),
      toGroup('poor', { placements: [{ ...PLACEMENT, vSwitchId: 'vsw-none' }] }),
    ],
  });
  const { parked } = await batch.until((progress) => progress.parked.length === 2);
  const [first] = parked;
  const [selected] = await waitFor(
    () => select({ code: first!.code }),
    ({ length }) => length === 1,
  );
  expect(selected).toMatchObject({ chunks: [first!.chunk] });
  const [row] = await service.actOnAll([selected!], { name: 'skip', input: NOTE });
  expect(row?.answer).toMatchObject({ ok: true, value: { chunks: [first!.chunk] } });
  await batch.update('skip');
  await batch.result();
}, 60_000);

test('All are paused by one order and go on by another.', async () => {
  await fleet.control.put('config', { balance: 0 });
  const batches = await startAll(['a', 'b'], {});
  await Promise.all(batches.map((batch) => batch.until(({ hold }) => hold !== null)));
  const open = await waitFor(
    () => select({ state: 'unpaused' }),
    ({ length }) => length === 2,
  );
  await service.actOnAll(open, { name: 'pause', input: NOTE });
  const paused = await batches[0]!.until(({ phase }) => phase === 'paused');
  expect(paused.holdSinceMs).toBe(paused.log.at(-1)?.atMs);
  expect(await select({ state: 'unpaused' })).toEqual([]);
  const found = await select({ state: 'paused' });
  expect(toIds(found)).toEqual(toIds(open));
  await service.actOnAll(found, { name: 'resume', input: NOTE });
  expect(await select({ state: 'waiting' })).toHaveLength(2);
  await service.actOnAll(found, { name: 'cancel', input: NOTE });
  for (const batch of batches) expect(await batch.result()).toMatchObject({ outcome: 'cancelled' });
  expect(await select({ state: 'open' })).toEqual([]);
}, 60_000);

function startAll(names: readonly string[], changes: object): Promise<StartedBatch[]> {
  return Promise.all(
    names.map((name) => fleet.start(createTestRequest(2, { name, ...changes }) as TestRequest)),
  );
}

function toGroup(name: string, changes: object): object {
  return { name, count: 1, spec: SPEC, placements: [PLACEMENT], ...changes };
}

async function select(selection: Partial<BatchSelection>): Promise<readonly SelectedBatch[]> {
  const found = await service.select({ state: 'parked', limit: 100, ...selection });
  if (!found.ok) throw new Error(found.message);
  expect(found.value).toMatchObject({ unanswered: [], isCut: false });
  return found.value.batches;
}

function toKey({ workflowId }: StartedBatch): { readonly batchId: string } {
  return { batchId: workflowId.split('/').at(-1)! };
}

function toIds(batches: readonly { readonly batchId: string }[]): string[] {
  return batches.map(({ batchId }) => batchId).sort();
}
