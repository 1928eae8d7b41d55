import { startFleet, type Fleet, type FleetOptions } from '../support/fleet';
import { answerAs, startRedisStandIn, type RedisStandIn } from '../support/redis-stand-in';
import { createTestRequest } from '../support/test-request';
import { waitFor } from '../support/wait-for';

/** What is done to instances once they are ready, against the emulator and a real server. */

const PASSWORD = 'Correct-Horse-9';
const PASSWORD_VARIABLE = 'TAIRFLEET_SECRET_FOLLOW_UPS';
const WRITES = ['ModifyInstanceAttribute', 'TagResources', 'ModifySecurityIps'];
const SETTINGS = ['ModifyInstanceConfig', 'ModifyInstanceMaintainTime', 'ModifyResourceGroup'];

const FOLLOW_UPS = {
  passwordFrom: { env: PASSWORD_VARIABLE },
  securityIps: ['10.0.0.0/8'],
  tags: { team: 'payments' },
};

const REQUEST = createTestRequest(25, { followUps: FOLLOW_UPS });

let fleet: Fleet;
beforeEach(() => {
  process.env[PASSWORD_VARIABLE] = PASSWORD;
});
afterEach(async () => {
  delete process.env[PASSWORD_VARIABLE];
  await fleet.close();
});

async function start(options: FleetOptions = {}, request: object = REQUEST) {
  fleet = await startFleet(options);
  return fleet.start({ ...request });
}

/** The names of the operations that configured each instance, in their order. */
async function readSteps(): Promise<Map<string, string[]>> {
  const steps = new Map<string, string[]>();
  for (const { action, code, params } of await fleet.control.log()) {
    if (![...WRITES, ...SETTINGS].includes(action) || code !== null) continue;
    const ids = Object.entries(params)
      .filter(([name]) => name === 'InstanceId' || name.startsWith('ResourceId.'))
      .map(([, id]) => id);
    for (const id of ids) steps.set(id, [...(steps.get(id) ?? []), action]);
  }
  return steps;
}

/** Everything that a history holds as text. */
async function readHistory(workflowId: string): Promise<string> {
  const { events } = await fleet.client.workflow.getHandle(workflowId).fetchHistory();
  return listTexts(events).join('\n');
}

function listTexts(value: unknown): string[] {
  if (value instanceof Uint8Array) return [Buffer.from(value).toString('utf8')];
  if (typeof value !== 'object' || value === null) return [String(value)];
  return Object.values(value).flatMap(listTexts);
}

describe('follow-ups', () => {
  it('set the password first and the whitelist last, also when instances are busy', async () => {
    const batch = await start({ emulator: { busyTimeMs: 300 } });
    expect(await batch.result()).toMatchObject({ outcome: 'succeeded', counts: { ready: 25 } });
    const steps = await readSteps();
    expect(steps.size).toBe(25);
    for (const made of steps.values()) expect([...new Set(made)]).toEqual(WRITES);
  });

  it('never let the password into a history, a log or a document', async () => {
    const batch = await start();
    const document = await batch.result();
    const log = JSON.stringify(await fleet.control.log());
    const history = await readHistory(batch.workflowId);
    // Only what is wanted is compared: a failure must not print a whole history.
    expect(history.includes(PASSWORD_VARIABLE)).toBe(true);
    const texts = { history, log, document: JSON.stringify(document) };
    const leaks = Object.entries(texts).filter(([, text]) => text.includes(PASSWORD));
    expect(leaks.map(([where]) => where)).toEqual([]);
  });

  it('tag with batch, tenant and installation beside what is asked for', async () => {
    const batch = await start();
    await batch.result();
    const [call] = await fleet.control.log('TagResources');
    const tags = Object.values(call?.params ?? {});
    const [, , batchId] = batch.workflowId.split('/');
    expect(tags).toEqual(
      expect.arrayContaining(['team', 'payments', 'tairfleet:batch', batchId, 'tairfleet:tenant']),
    );
  });

  it('make no call that nobody asked for', async () => {
    const followUps = { securityIps: ['10.0.0.1'] };
    const batch = await start({}, createTestRequest(25, { followUps }));
    await batch.result();
    const { calls } = await fleet.control.stats();
    expect(Object.keys(calls)).not.toContain('TagResources');
    expect(Object.keys(calls)).not.toContain('ModifyInstanceAttribute');
  });
});

describe('all follow-ups together', () => {
  const EVERYTHING = {
    ...FOLLOW_UPS,
    parameters: { 'maxmemory-policy': 'allkeys-lru' },
    maintenanceWindow: { start: '18:00Z', end: '22:00Z' },
    resourceGroupId: 'rg-default',
    releaseProtection: true,
    ping: 'tcp',
  };
  let standIn: RedisStandIn;
  beforeEach(async () => {
    standIn = await startRedisStandIn(() => answerAs(PASSWORD));
  });
  afterEach(() => standIn.close());

  it('set everything, protect last but for the whitelist, and wait until each answers a PING', async () => {
    const nobody = '127.0.0.1:1';
    const batch = await start(
      { emulator: { busyTimeMs: 100, redisAddress: nobody } },
      createTestRequest(10, { followUps: EVERYTHING }),
    );
    await waitFor(
      async () => [...(await readSteps()).values()],
      (steps) => steps.filter((made) => made.includes('ModifySecurityIps')).length === 10,
    );
    expect((await batch.progress()).counts).toMatchObject({ starting: 10, ready: 0 });
    await fleet.control.put('config', { redisAddress: standIn.address });
    expect(await batch.result()).toMatchObject({ outcome: 'succeeded', counts: { ready: 10 } });
    const order = ['ModifyInstanceAttribute', ...SETTINGS, 'TagResources', ...WRITES.slice(0, 1)];
    for (const made of (await readSteps()).values()) {
      expect(made.filter((action, index) => action !== made[index - 1])).toEqual([
        ...order,
        'ModifySecurityIps',
      ]);
    }
    expect(standIn.commands.filter(([name]) => name === 'PING')).toHaveLength(10);
    expect(standIn.commands).toContainEqual(['AUTH', PASSWORD]);
  });

  it('leave protected instances where they are, and list them, when somebody releases', async () => {
    const followUps = { releaseProtection: true, tags: {} };
    const spec = { instanceClass: 'redis.no.such.class', engineVersion: '5.0' };
    const groups = [{ followUps }, { name: 'caches' }, { name: 'wrong', spec }].flatMap(
      (group) => createTestRequest(5, group)['groups'] as object[],
    );
    const batch = await start({}, { groups });
    await batch.until(({ counts }) => counts.ready === 10 && counts.parked === 5);
    await batch.update('cancel', { instances: 'release' });
    const document = await batch.result();
    expect(document.counts).toMatchObject({ released: 5, ready: 5 });
    const [kept] = (await fleet.control.log('DeleteInstance')).filter(({ code }) => code !== null);
    expect(kept?.code).toBe('InstanceReleaseProtection');
    expect((await fleet.control.stats()).instances.live).toBe(5);
  });
});

describe('a refused follow-up', () => {
  const NAME = 'sessions follow-up password';

  it('parks with its reason, keeps the instances, and goes on by retryFailed', async () => {
    const batch = await start({ emulator: { ramPolicy: { deny: ['ModifyInstanceAttribute'] } } });
    const parked = await batch.until(({ phase }) => phase === 'parked');
    expect(parked).toMatchObject({ needsOperator: true, counts: { starting: 25, ready: 0 } });
    expect(parked.parked).toEqual([
      expect.objectContaining({ chunk: NAME, slots: 25, class: 'denied', code: 'Forbidden.RAM' }),
    ]);
    await fleet.control.put('config', { ramPolicy: { deny: [] } });
    await batch.update('retryFailed', { chunks: [NAME] });
    expect(await batch.result()).toMatchObject({
      outcome: 'succeeded',
      counts: { ready: 25, orphans: 0 },
      parked: [],
    });
    expect((await fleet.control.stats()).instances.live).toBe(25);
  });

  it('is a failed instance when the batch ends before somebody mends it', async () => {
    delete process.env[PASSWORD_VARIABLE];
    const batch = await start();
    await batch.until(({ parked }) => parked.some(({ code }) => code === 'secret-missing'));
    await batch.update('cancel');
    const document = await batch.result();
    expect(document.counts).toMatchObject({ ready: 0, failed: 25, orphans: 0 });
    expect(document.instances?.map(({ state }) => state)).toEqual(
      Array.from({ length: 25 }, () => 'followUpFailed:password'),
    );
    expect((await fleet.control.stats()).instances.live).toBe(25);
    expect((await fleet.control.stats()).calls['ModifySecurityIps']).toBeUndefined();
  });

  it('is begun again by a run that continues as new', async () => {
    const batch = await start({
      emulator: { ramPolicy: { deny: ['ModifyInstanceAttribute'] } },
      tuning: { continueAfterEvents: 120 },
    });
    const handle = fleet.client.workflow.getHandle(batch.workflowId);
    // Nothing is parked in the moments in which it is being tried, and then there is nothing to retry.
    const retry = (): Promise<unknown> => handle.executeUpdate('retryFailed').catch(() => null);
    await waitFor(
      () => retry().then(() => handle.describe()),
      ({ runId }) => runId !== batch.runId,
    );
    await fleet.control.put('config', { ramPolicy: { deny: [] } });
    await waitFor(
      () => retry().then(() => handle.describe()),
      ({ status }) => status.name === 'COMPLETED',
    );
    expect(await handle.result()).toMatchObject({ outcome: 'succeeded', counts: { ready: 25 } });
    expect((await fleet.control.stats()).instances.live).toBe(25);
  });
});

describe('a pause', () => {
  it('holds follow-ups too', async () => {
    const batch = await start({ emulator: { readyTimeMs: 2_000 } });
    await batch.until(({ counts }) => counts.starting === 25);
    await batch.update('pause');
    await waitFor(
      () => fleet.control.stats(),
      ({ instances }) => instances.normal === 25,
    );
    const before = await readSteps();
    await batch.update('resume');
    expect(await batch.result()).toMatchObject({ counts: { ready: 25 } });
    expect(before.size).toBe(0);
    expect((await readSteps()).size).toBe(25);
  });
});
