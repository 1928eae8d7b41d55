import { judgePreflight } from '../../src/domain/preflight';
import { listPreflightQuestions } from '../../src/domain/preflight-questions';
import { createBatchService } from '../../src/service/batch-service';
import {
  createCheckedRequest,
  createFrozen,
  createSubmittedGroup,
} from '../support/batch-requests';
import { createByHand, type ByHand } from '../support/by-hand';
import { startFleet, type Fleet } from '../support/fleet';
import { expectExactly, startScenario, type Scenario } from '../support/scenario';
import { createTestRequest, SPEC } from '../support/test-request';
import { waitFor } from '../support/wait-for';

/** Instances that begin with the data of others: from a backup set, and out of the recycle bin. */

let fleet: Fleet;
let hand: ByHand;
beforeAll(async () => {
  fleet = await startFleet({ emulator: { readyTimeMs: 1_000, readyJitter: 0 } });
  hand = createByHand(fleet.control.url);
});
afterAll(() => fleet.close());

/** An instance that serves, of which a backup set is complete. */
async function backUp(name: string): Promise<{ sourceInstanceId: string; backupId: string }> {
  const sourceInstanceId = await hand.buy(name);
  await hand.untilNormal(sourceInstanceId);
  await hand.call('CreateBackup', { InstanceId: sourceInstanceId });
  const { Backups } = await hand.call<BackupList>('DescribeBackups', {
    InstanceId: sourceInstanceId,
    StartTime: '2020-01-01T00:00Z',
    EndTime: '2100-01-01T00:00Z',
  });
  return { sourceInstanceId, backupId: String(Backups.Backup[0]?.BackupId) };
}

interface BackupList {
  readonly Backups: { readonly Backup: readonly { readonly BackupId: number }[] };
}

/** An instance that is in the recycle bin. */
async function release(name: string): Promise<string> {
  const id = await hand.buy(name);
  await hand.untilNormal(id);
  await hand.call('DeleteInstance', { InstanceId: id });
  return id;
}

function rebuild(
  group: string,
  sourceInstanceId: string,
  faults: object[] = [],
): Promise<Scenario> {
  const spec = { ...SPEC, sourceInstanceId, rebuildInstance: true };
  return startScenario(fleet, group, { count: 1, changes: { spec }, faults });
}

async function listEntries(scenario: Scenario): Promise<Record<string, unknown>[]> {
  return (await scenario.listCreates()).flatMap(
    ({ params }) => JSON.parse(params['Instances'] ?? '[]') as Record<string, unknown>[],
  );
}

describe('a restore from a backup set', () => {
  test.concurrent(
    'gives exactly as many as asked, each ready only when its data is there',
    async () => {
      const source = await backUp('source-a');
      const scenario = await startScenario(fleet, 'restored', {
        changes: { spec: { ...SPEC, ...source } },
        faults: [{ kind: 'drop', when: 'after', count: 1 }],
      });
      await waitFor(scenario.listLiving, (living) =>
        living.some(({ InstanceStatus }) => InstanceStatus === 'BackupRecovering'),
      );
      expect((await scenario.batch.progress()).counts.ready).toBe(0);
      await expectExactly(scenario, await scenario.batch.result());
      for (const entry of await listEntries(scenario)) {
        expect(entry).toMatchObject({
          SrcDBInstanceId: source.sourceInstanceId,
          BackupId: source.backupId,
        });
      }
    },
  );

  test.concurrent('is looked at before: whether its source and its set are there', async () => {
    const source = await backUp('source-d');
    const wrong = { ...source, backupId: '1' };
    const groups = [source, wrong].map((from, index) =>
      createSubmittedGroup({ name: `g${index}`, spec: { ...SPEC, ...from } }),
    );
    const request = createCheckedRequest({ groups });
    const service = createBatchService({
      client: fleet.client,
      resultStore: fleet.dependencies.results,
      taskQueue: fleet.taskQueue,
    });
    const questions = listPreflightQuestions(request, createFrozen(request));
    const facts = await service.preflight({ tenant: 'default', account: 'default', questions });
    expect(facts.ok ? judgePreflight(request, facts.value).groups : facts).toMatchObject([
      { verdict: 'ok', checks: [{ about: 'source' }, { about: 'backup', verdict: 'ok' }] },
      {
        verdict: 'impossible',
        checks: [{ verdict: 'ok' }, { about: 'backup', verdict: 'impossible' }],
      },
    ]);
  });

  test.concurrent('waits while somebody changes the source', async () => {
    const source = await backUp('source-b');
    const scenario = await startScenario(fleet, 'patient', {
      changes: { spec: { ...SPEC, ...source } },
      faults: [{ kind: 'refuse', when: 'before', status: 400, code: 'InvalidStatus', count: 1 }],
    });
    await expectExactly(scenario, await scenario.batch.result());
  });

  test.concurrent(
    'of a set that is not there parks after one call, and says where to look',
    async () => {
      const { sourceInstanceId } = await backUp('source-c');
      const scenario = await startScenario(fleet, 'unknown', {
        changes: { spec: { ...SPEC, sourceInstanceId, backupId: '1' } },
      });
      const { parked } = await scenario.batch.until(({ phase }) => phase === 'parked');
      expect(parked[0]).toMatchObject({
        ...{ class: 'invalid', code: 'InvalidBackupLogStatus' },
        nextStep: expect.stringContaining('backup sets') as unknown,
      });
      expect(await scenario.listCreates()).toHaveLength(1);
      await scenario.batch.update('cancel');
      expect((await scenario.batch.result()).counts).toMatchObject({ ready: 0, orphans: 0 });
      expect(await scenario.listLiving()).toEqual([]);
    },
  );
});

describe('a rebuild out of the recycle bin', () => {
  test.concurrent('brings back one instance, also when the answer is lost', async () => {
    const id = await release('old-a');
    const scenario = await rebuild('rebuilt', id, [{ kind: 'drop', when: 'after', count: 1 }]);
    await expectExactly(scenario, await scenario.batch.result(), 1);
    expect((await listEntries(scenario))[0]).toMatchObject({
      ...{ SrcDBInstanceId: id, RebuildInstance: 'true', Quantity: 1 },
    });
    expect(await scenario.countTokens()).toBe(1);
  });

  test.concurrent('of an instance that lives parks, and goes on once it is released', async () => {
    const id = await hand.buy('old-b');
    await hand.untilNormal(id);
    const scenario = await rebuild('early', id);
    const { parked } = await scenario.batch.until(({ phase }) => phase === 'parked');
    expect(parked[0]).toMatchObject({ class: 'invalid', code: 'InvalidInstanceId.NotFound' });
    expect(await scenario.listCreates()).toHaveLength(1);
    await hand.call('DeleteInstance', { InstanceId: id });
    await scenario.batch.update('retryFailed');
    await expectExactly(scenario, await scenario.batch.result(), 1);
  });

  test.concurrent('that bears another name than was ordered is missing in the result', async () => {
    const id = await release('old-c');
    const variable = 'TAIRFLEET_SECRET_REBUILD';
    const spec = { ...SPEC, sourceInstanceId: id, rebuildInstance: true };
    const followUps = { passwordFrom: { env: variable } };
    const changes = { spec, followUps };
    const scenario = await startScenario(fleet, 'renamed', { count: 1, changes });
    await scenario.batch.until(({ parked }) =>
      parked.some(({ code }) => code === 'secret-missing'),
    );
    const [rebuilt] = await scenario.listLiving();
    const InstanceId = rebuilt?.InstanceId ?? '';
    await hand.call('ModifyInstanceAttribute', { InstanceId, InstanceName: 'old-c' });
    process.env[variable] = 'Correct-Horse-9';
    await scenario.batch.update('retryFailed');
    const document = await scenario.batch.result();
    delete process.env[variable];
    expect(document).toMatchObject({ missing: [InstanceId], counts: { ready: 0, orphans: 0 } });
    expect(await scenario.listCreates()).toHaveLength(1);
  });

  it('that ends in Error cannot be ordered again, and parks', async () => {
    const id = await release('old-d');
    await fleet.control.put('config', { errorShare: 1 });
    const spec = { ...SPEC, sourceInstanceId: id, rebuildInstance: true };
    const [group] = createTestRequest(1, { name: 'broken', spec })['groups'] as object[];
    const batch = await fleet.start({ groups: [group], policy: { replaceFailed: 1 } });
    const { parked } = await batch.until(({ phase }) => phase === 'parked');
    await fleet.control.put('config', { errorShare: 0 });
    expect(parked[0]).toMatchObject({ class: 'invalid', code: 'InvalidInstanceId.NotFound' });
    await batch.update('cancel');
    expect((await batch.result()).counts).toMatchObject({ ready: 0, orphans: 1 });
  });
});
