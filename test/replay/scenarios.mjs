/** What the recorded histories show: together every activity, update and kind of wait. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { loadBuilt, waitUntil } from '../../scripts/local-fleet.mjs';
import { ROOT } from '../../scripts/setup.mjs';

/** Short times, so that a recording takes seconds; S is 5 s. */
export const WORKER_CONFIG = {
  installationId: 'fixtures',
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

/** Each starts a batch, brings it to its end and says under which workflow id it ran. */
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
    await batch.until(({ gate }) => gate !== null && gate.probes > 1);
    await batch.update('cancel', { why: 'enough' });
    await batch.handle.result();
    await fleet.control.configure({ quota: null });
    return batch.handle.workflowId;
  },
};

async function start({ client }, request) {
  const { MAIN_QUEUE, PROGRESS_QUERY, PROVISION_BATCH } = loadBuilt('contract/names');
  const { toWorkflowId } = loadBuilt('contract/workflow-id');
  const handle = await client.workflow.start(PROVISION_BATCH, {
    workflowId: toWorkflowId(request.tenant, request.batchId),
    taskQueue: MAIN_QUEUE,
    args: [{ request }],
  });
  return {
    handle,
    until: (isReached) => waitUntil(() => handle.query(PROGRESS_QUERY), isReached),
    update: (name, input) =>
      handle.executeUpdate(name, { args: input === undefined ? [] : [input] }),
  };
}

function createRequest(batchId, count) {
  return {
    apiVersion: 'tairfleet/v1',
    batchId,
    tenant: 'payments',
    groups: [
      {
        name: 'sessions',
        count,
        spec: { instanceClass: 'redis.master.small.default', engineVersion: '5.0' },
        placements: [
          { region: 'cn-hangzhou', zone: 'cn-hangzhou-h', vpcId: 'vpc-1', vSwitchId: 'vsw-1' },
        ],
      },
    ],
  };
}
