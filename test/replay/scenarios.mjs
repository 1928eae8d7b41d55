/** What the recorded histories show: together every activity, update and kind of wait. */
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import RPCClient from '@alicloud/pop-core';
import { parse } from 'yaml';
import { loadBuilt, waitUntil } from '../../scripts/local-fleet.mjs';
import { ROOT } from '../../scripts/setup.mjs';
import { createRequest, start } from './scenario-batch.mjs';

/** Where the signing key of the webhook scenario lies while it is recorded. */
const SECRETS_FOLDER = realpathSync(mkdtempSync(join(tmpdir(), 'tairfleet-secrets-')));
process.once('exit', () => rmSync(SECRETS_FOLDER, { recursive: true, force: true }));

/** Short times, so that a recording takes seconds; S is 5 s. */
export const WORKER_CONFIG = {
  installationId: 'fixtures',
  webhooks: { privateNetworks: ['127.0.0.0/8'] },
  secrets: { folders: [SECRETS_FOLDER], byTenant: { '*': [SECRETS_FOLDER] } },
  cloud: { callTimeoutMs: 3_000 },
  safety: {
    sendWindowMs: 2_000,
    signatureValidityMs: 1_000,
    clockSkewMs: 1_000,
    commitLagMs: 500,
    visibilityLagMs: 500,
    timerMarginMs: 200,
  },
  tuning: {
    roundBackOffMinMs: 100,
    roundBackOffMaxMs: 500,
    gateBackOffMinMs: 300,
    gateBackOffMaxMs: 1_000,
  },
  readiness: { pollMinMs: 300, pollMaxMs: 600 },
  log: { level: 'error' },
};

export const EMULATOR_CONFIG = { readyTimeMs: 1_000, visibilityLagMs: 100 };

const FAULTS = [
  { action: 'CreateInstances', when: 'after', kind: 'partial', commitFewerBy: 3, count: 1 },
  { action: 'CreateInstances', when: 'after', kind: 'drop', probability: 0.2 },
  {
    action: 'CreateInstances',
    when: 'before',
    kind: 'refuse',
    status: 400,
    code: 'VpcServiceError',
    probability: 0.3,
  },
];

/** Each starts a batch, brings it to its end and says which workflow to keep: its own, or another. */
export const SCENARIOS = {
  /** The thousand of the demo: faults, a settle, a quota that is used up and raised. */
  'demo-batch': async (fleet) => {
    const text = readFileSync(join(ROOT, 'examples', 'sessions-1000.yaml'), 'utf8');
    await fleet.control.setFaults(FAULTS);
    await fleet.control.configure({ quota: 700 });
    const batch = await start(fleet, parse(text));
    await batch.until(({ gate }) => gate !== null && gate.probes > 0);
    await fleet.control.configure({ quota: null });
    await batch.handle.result();
    await fleet.control.setFaults([]);
    return batch.handle.workflowId;
  },
  /** A problem of the account parks the batch; a person mends it and says so. */
  'park-and-retry': async (fleet) => {
    await fleet.control.configure({ ramPolicy: { deny: ['CreateInstances'] } });
    const batch = await start(fleet, createRequest('park-and-retry', 200));
    await batch.until(({ phase }) => phase === 'parked');
    await fleet.control.configure({ ramPolicy: { deny: [] } });
    await batch.update('retryFailed', { by: 'ann', why: 'policy mended' });
    await batch.handle.result();
    return batch.handle.workflowId;
  },
  /** A batch that is paused at a closed gate, resumed, and ended with what it has. */
  'pause-and-cancel': async (fleet) => {
    const { live } = (await fleet.control.stats()).instances;
    await fleet.control.configure({ quota: live + 100 });
    const batch = await start(fleet, createRequest('pause-and-cancel', 200));
    await batch.until(({ counts, gate }) => counts.ready >= 90 && gate !== null);
    await batch.update('pause', { by: 'ann' });
    await batch.update('resume');
    await batch.update('setConcurrency', { chunksInFlight: 2 });
    await batch.update('extendDeadline', { extendBy: '1h' });
    await batch.update('retryNow');
    await batch.until(({ gate }) => gate !== null && gate.probes > 1);
    await batch.update('cancel', { why: 'enough' });
    await batch.handle.result();
    await fleet.control.configure({ quota: null });
    return batch.handle.workflowId;
  },
  /** A batch that is approved, whose one group is given up, and that is released for falling short. */
  'approve-skip-release': async (fleet) => {
    const request = createRequest('approve-skip-release', 20);
    const [group] = request.groups;
    const spec = { ...group.spec, instanceClass: 'redis.no.such.class' };
    const batch = await start(fleet, {
      ...request,
      groups: [group, { ...group, name: 'wrong', spec }],
      policy: { approvalAbove: 10, onShortfall: 'release' },
    });
    const { approval } = await batch.until(({ phase }) => phase === 'awaitingApproval');
    await batch.update('approve', { plan: approval.plan, by: 'ann' });
    await batch.until(({ counts }) => counts.parked === 20 && counts.ready === 20);
    await batch.update('skip', { chunks: ['wrong/0-19'] });
    await batch.handle.result();
    return batch.handle.workflowId;
  },
  /** A batch whose price is approved, and whose one placement costs too much until it is asked again. */
  caps: async (fleet) => {
    const ramPolicy = { deny: ['DescribePrice'], statements: [] };
    await fleet.control.configure({ ramPolicy });
    const request = createRequest('caps', 5);
    const [group] = request.groups;
    const batch = await start(fleet, {
      ...request,
      groups: [{ ...group, maxPrice: '100 CNY' }],
      policy: { approvalAbovePrice: '1 CNY' },
    });
    const { approval } = await batch.until(({ phase }) => phase === 'awaitingApproval');
    await batch.update('approve', { plan: approval.plan, by: 'ann' });
    await batch.until(({ phase }) => phase === 'parked');
    await fleet.control.configure({ ramPolicy: { deny: [], statements: [] } });
    await batch.update('retryFailed', { why: 'the worker may ask for prices now' });
    await batch.handle.result();
    return batch.handle.workflowId;
  },
  /** A batch that is rejected. */
  reject: async (fleet) => {
    const request = { ...createRequest('reject', 5), policy: { approvalAbove: 0 } };
    const batch = await start(fleet, request);
    const { approval } = await batch.until(({ phase }) => phase === 'awaitingApproval');
    await batch.update('reject', { plan: approval.plan, by: 'ann' });
    await batch.handle.result();
    return batch.handle.workflowId;
  },
  /** Instances that end in Error and are bought again. */
  'replace-failed': async (fleet) => {
    await fleet.control.configure({ errorShare: 0.3 });
    const request = { ...createRequest('replace-failed', 30), policy: { replaceFailed: 5 } };
    const batch = await start(fleet, request);
    await batch.handle.result();
    await fleet.control.configure({ errorShare: 0 });
    return batch.handle.workflowId;
  },
  /** A batch that was terminated: its next run settles and adopts what is there. */
  'settle-and-adopt': async (fleet) => {
    const { live } = (await fleet.control.stats()).instances;
    await fleet.control.configure({ quota: live + 100 });
    const request = createRequest('settle-and-adopt', 200);
    const first = await start(fleet, request);
    await first.until(({ counts, gate }) => counts.ready >= 90 && gate !== null);
    await first.handle.terminate('a crash that nobody saw');
    await fleet.control.configure({ quota: null });
    const batch = await start(fleet, request);
    await batch.handle.result();
    return batch.handle.workflowId;
  },
  /** An ended batch that is compared with the cloud. */
  'reconcile-batch': async (fleet) => {
    const request = await finishBatch(fleet, 'reconcile-batch');
    const { RECONCILE_BATCH, toReconcileId } = loadBuilt('contract/operations');
    const { tenant, batchId } = request;
    const input = { tenant, batchId, action: 'report', request };
    return execute(fleet, RECONCILE_BATCH, { workflowId: toReconcileId(tenant, batchId), input });
  },
  /** An ended batch that is undone. */
  'release-batch': async (fleet) => {
    const { tenant, batchId } = await finishBatch(fleet, 'release-batch');
    const { RELEASE_BATCH, toReleaseId } = loadBuilt('contract/operations');
    const input = { tenant, batchId, generation: 0, revision: 0, by: 'ann' };
    return execute(fleet, RELEASE_BATCH, { workflowId: toReleaseId(tenant, batchId), input });
  },
  /** A look that finds nothing, and one that finds an orphan, writes it down and tells of it. */
  'sweep-orphans': async (fleet) => {
    const receiver = await startReceiver([]);
    try {
      const file = join(SECRETS_FOLDER, 'sweep');
      writeFileSync(file, `whsec_${Buffer.alloc(32, 7).toString('base64')}\n`);
      const webhook = { url: receiver.url, secretFrom: { file } };
      const request = { ...createRequest('sweep-orphans', 5), notify: [{ webhook }] };
      const { instances } = await (await start(fleet, request)).handle.result();
      const sweep = await startSweep(fleet, request);
      const isLookedAt = ({ events }) =>
        events.some((event) => event.activityTaskCompletedEventAttributes);
      await waitUntil(() => sweep.fetchHistory(), isLookedAt);
      await buyByHand(fleet, request, instances[0].name);
      await sweep.result();
      return sweep.workflowId;
    } finally {
      receiver.close();
    }
  },
  /** A worker that asks the cloud what a batch would meet. */
  'preflight-batch': async (fleet) => {
    const { PREFLIGHT_BATCH, toPreflightId } = loadBuilt('contract/operations');
    const region = 'cn-hangzhou';
    const none = { sales: [], networks: [], prices: [], names: [] };
    const input = {
      tenant: 'payments',
      account: 'default',
      questions: { regions: [{ region }], ...none },
    };
    const workflowId = toPreflightId('payments', 'recorded');
    return execute(fleet, PREFLIGHT_BATCH, { workflowId, input });
  },
  /** A worker that is asked how it is. */
  'check-worker': async (fleet) => {
    const { CHECK_WORKER, toCheckId } = loadBuilt('contract/operations');
    const input = { region: 'cn-hangzhou' };
    return execute(fleet, CHECK_WORKER, { workflowId: toCheckId('recorded'), input });
  },
  /** A webhook that fails at first: the workflow of the delivery, which the batch does not wait for. */
  'notify-receiver': async (fleet) => {
    const receiver = await startReceiver([500, 204]);
    try {
      const file = join(SECRETS_FOLDER, 'hook');
      writeFileSync(file, `whsec_${Buffer.alloc(32, 7).toString('base64')}\n`);
      const webhook = { url: receiver.url, secretFrom: { file } };
      const request = createRequest('notify-receiver', 5);
      const { handle } = await start(fleet, { ...request, notify: [{ webhook }] });
      await handle.result();
      const isTaken = (deliveries) => deliveries.length === 2;
      const [event] = await waitUntil(() => receiver.deliveries, isTaken);
      const id = `notify/${request.tenant}/${request.batchId}/${event.id}/0`;
      await fleet.client.workflow.getHandle(id).result();
      return id;
    } finally {
      receiver.close();
    }
  },
  /** A secret that is missing at first, then password, tags and whitelist. */
  'follow-ups': async (fleet) => {
    const file = join(SECRETS_FOLDER, 'password');
    const request = createRequest('follow-ups', 100);
    const [group] = request.groups;
    const followUps = { passwordFrom: { file }, tags: {}, securityIps: ['10.0.0.0/8'] };
    const batch = await start(fleet, { ...request, groups: [{ ...group, followUps }] });
    await batch.until(({ phase }) => phase === 'parked');
    writeFileSync(file, 'Correct-Horse-9');
    await batch.update('retryFailed', { chunks: ['sessions follow-up password'] });
    await batch.handle.result();
    return batch.handle.workflowId;
  },
  /** Every other step: parameters, window, group, protection, and a PING that somebody answers. */
  settings: async (fleet) => {
    const redis = createTcpServer((socket) => socket.on('data', () => socket.write('+PONG\r\n')));
    await new Promise((resolve) => redis.listen(0, '127.0.0.1', resolve));
    await fleet.control.configure({ redisAddress: `127.0.0.1:${redis.address().port}` });
    const request = createRequest('settings', 20);
    const [group] = request.groups;
    const followUps = {
      parameters: { timeout: '300' },
      maintenanceWindow: { start: '18:00Z', end: '22:00Z' },
      resourceGroupId: 'rg-default',
      releaseProtection: true,
      ping: 'tcp',
    };
    const batch = await start(fleet, { ...request, groups: [{ ...group, followUps }] });
    await batch.handle.result();
    await fleet.control.configure({ redisAddress: null });
    redis.close();
    return batch.handle.workflowId;
  },
};

/** A small batch that has ended. */
async function finishBatch(fleet, batchId) {
  const request = createRequest(batchId, 10);
  await (await start(fleet, request)).handle.result();
  return request;
}

/** As the end of a batch starts it, but for the times. */
async function startSweep({ client }, request) {
  const { MAIN_QUEUE } = loadBuilt('contract/names');
  const { SWEEP_ORPHANS, toSweepNowId } = loadBuilt('contract/operations');
  const { toSweepScope } = loadBuilt('contract/sweep-scope');
  const { checkBatchRequest } = loadBuilt('domain/check-batch-request');
  const { hashRequest } = loadBuilt('domain/request-hash');
  const { tenant, batchId } = request;
  const checked = checkBatchRequest(request).request;
  const scope = toSweepScope(checked, hashRequest(checked));
  const input = {
    tenant,
    batchId,
    generation: 0,
    afterMs: [100, 3_000],
    isCountEnough: false,
    scope,
  };
  const workflowId = toSweepNowId(tenant, batchId);
  return client.workflow.start(SWEEP_ORPHANS, { workflowId, taskQueue: MAIN_QUEUE, args: [input] });
}

/** Buys an instance past us, under the name of a batch. */
async function buyByHand({ control }, { groups: [{ spec, placements }] }, instanceName) {
  const [{ region, zone, vpcId, vSwitchId }] = placements;
  const client = new RPCClient({
    endpoint: control.url,
    apiVersion: '2015-01-01',
    accessKeyId: 'testid',
    accessKeySecret: 'testsecret',
  });
  const entry = {
    ...{
      RegionId: region,
      izNo: zone,
      vpcId,
      vSwitchId,
      networkType: 'VPC',
      instanceType: 'Redis',
    },
    ...{ instanceClass: spec.instanceClass, EngineVersion: spec.engineVersion },
    ...{ ChargeType: 'PostPaid', quantity: 1, instanceName },
  };
  const parameters = { RegionId: region, Instances: JSON.stringify([entry]) };
  await client.request('CreateInstances', parameters, { method: 'POST' });
}

/** Runs a workflow to its end. */
async function execute({ client }, type, { workflowId, input }) {
  const { MAIN_QUEUE } = loadBuilt('contract/names');
  await client.workflow.execute(type, { workflowId, taskQueue: MAIN_QUEUE, args: [input] });
  return workflowId;
}

/** Answers each delivery with the next status. */
async function startReceiver(statuses) {
  const deliveries = [];
  const server = createServer(async (request, response) => {
    const pieces = [];
    for await (const piece of request) pieces.push(piece);
    deliveries.push(JSON.parse(Buffer.concat(pieces).toString()));
    response.writeHead(statuses[deliveries.length - 1] ?? 204).end();
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}/hook`,
    deliveries,
    close: () => server.close(),
  };
}
