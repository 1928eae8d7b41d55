import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runTairfleet, startTairfleet } from '../support/tairfleet-program';
import type { RunningTairfleet } from '../support/tairfleet-program';
import { createTempFolder } from '../support/temp-folder';
import { PLACEMENT, SPEC } from '../support/test-request';
import { waitFor } from '../support/wait-for';
import { openTemporalUi } from './temporal-ui';
import type { TemporalUi } from './temporal-ui';

const START_TIMEOUT_MS = 60_000;
const STEP_TIMEOUT_MS = 30_000;

/** As docs/operations.md gives it. */
const NEEDS_OPERATOR = 'BatchNeedsOperator = true';

const HEALTHY = 'batch/shop/carts-2026-11';
const PARKED = 'batch/payments/sessions-2026-11';
const UNWANTED = 'batch/search/suggestions-2026-11';

describe('an operator who has nothing but the Temporal UI', () => {
  const folder = createTempFolder();
  let up: RunningTairfleet | undefined;
  let ui: TemporalUi | undefined;

  beforeAll(async () => {
    up = await startTairfleet(['up', '--json'], { cwd: folder.path });
    await configureCloud({ readyTimeMs: 500 });
    await submit(HEALTHY, []);
    await configureCloud({ ramPolicy: { deny: ['CreateInstances'] } });
    await submit(PARKED);
    await submit(UNWANTED);
    ui = await openTemporalUi(String(up.ready['uiUrl']));
  }, START_TIMEOUT_MS);

  afterAll(async () => {
    await ui?.close();
    await up?.stop();
    folder.remove();
  }, STEP_TIMEOUT_MS);

  it(
    'finds in the list what waits for a person, and nothing else',
    async () => {
      await untilListed(NEEDS_OPERATOR, [PARKED, UNWANTED]);
      await ui!.photograph('list');
      await untilListed('BatchTenant = "shop" AND BatchPhase = "done"', [HEALTHY]);
    },
    STEP_TIMEOUT_MS,
  );

  it(
    "reads on the batch's page what is wrong, since when, and what to press",
    async () => {
      await openWaiting(PARKED);
      const details = await ui!.readDetails();
      await ui!.photograph('parked');
      expect(details).toMatch(/needs a person.*0 of 9 instances are ready/);
      expect(details).toContain('Forbidden.RAM');
      const requestIds = details.match(/[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}/g) ?? [];
      expect(requestIds).toHaveLength(2);
      expect(await listRefusedIds()).toEqual(expect.arrayContaining(requestIds));
      expect(details).toMatch(/since 20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ/);
      expect(details).toContain('owner correct the keys or their policy');
      expect(details).toMatch(/More Actions.*Send an Update.*retryFailed/);
    },
    STEP_TIMEOUT_MS,
  );

  it(
    "mends the cause, sends retryFailed by the UI's own form, and sees the batch complete",
    async () => {
      await openWaiting(PARKED);
      await configureCloud({ ramPolicy: { deny: [] } });
      await ui!.sendUpdate('retryFailed', { by: 'ada', ticket: 'OPS-17' }, () =>
        ui!.photograph('update'),
      );
      await ui!.untilStatus('Completed');
      expect(await ui!.readDetails()).toMatch(/9 of 9 instances are ready/);
      await ui!.photograph('completed');
    },
    STEP_TIMEOUT_MS,
  );

  it(
    "ends a batch that nobody wants any more by the UI's own button",
    async () => {
      await openWaiting(UNWANTED);
      await ui!.requestCancellation();
      await waitFor(
        () => ui!.readDetails(),
        (details) => details.includes('skipped 9'),
      );
    },
    STEP_TIMEOUT_MS,
  );

  async function openWaiting(workflowId: string): Promise<void> {
    await ui!.openList(NEEDS_OPERATOR);
    await ui!.openFromList(workflowId);
  }

  /** The list is as late as the server's visibility is. */
  async function untilListed(filter: string, workflowIds: readonly string[]): Promise<void> {
    const wanted = [...workflowIds].sort();
    const listed = await waitFor(
      async () => {
        await ui!.openList(filter);
        return [...(await ui!.readList())].sort();
      },
      (ids) => ids.length === wanted.length,
      STEP_TIMEOUT_MS / 2,
    );
    expect(listed).toEqual(wanted);
  }

  async function submit(workflowId: string, flags = ['--detach']): Promise<void> {
    const [, tenant = '', batchId = ''] = workflowId.split('/');
    const file = join(folder.path, `${batchId}.json`);
    const group = { spec: SPEC, placements: [PLACEMENT] };
    const groups = [
      { name: 'sessions', count: 6, ...group },
      { name: 'tokens', count: 3, ...group },
    ];
    writeFileSync(file, JSON.stringify({ apiVersion: 'tairfleet/v1', tenant, batchId, groups }));
    const applied = await runTairfleet(['apply', file, ...flags], { cwd: folder.path });
    expect(applied).toMatchObject({ exitCode: 0 });
  }

  async function listRefusedIds(): Promise<readonly string[]> {
    const url = `${String(up!.ready['emulatorUrl'])}/_emulator/log?action=CreateInstances`;
    const lines = (await (await fetch(url)).text()).trim().split('\n');
    const calls = lines.map((line) => JSON.parse(line) as { code: string; requestId: string });
    return calls.filter(({ code }) => code === 'Forbidden.RAM').map(({ requestId }) => requestId);
  }

  async function configureCloud(part: object): Promise<void> {
    const url = `${String(up!.ready['emulatorUrl'])}/_emulator/config`;
    const response = await fetch(url, { method: 'PUT', body: JSON.stringify(part) });
    expect(response.status).toBe(200);
  }
});
