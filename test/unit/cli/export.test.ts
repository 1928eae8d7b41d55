import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from '@cdktn/hcl2json';
import { checkBatchRequest } from '../../../src/domain/check-batch-request';
import type { BatchRequest } from '../../../src/domain/batch-request';
import { hashRequest } from '../../../src/domain/request-hash';
import type { ResultInstance } from '../../../src/domain/result';
import { toHclString } from '../../../src/output/hcl';
import type { BatchService } from '../../../src/service/batch-service';
import { createFailure, createSuccess } from '../../../src/service/service-result';
import { startTestApi, toTestKey } from '../../support/api-server';
import { runFakeCli } from '../../support/fake-cli';
import { createResultDocument } from '../../support/result-document';
import { createTempFolder } from '../../support/temp-folder';

const BATCH = 'payments/sessions-2026-11';
const PLACE = { region: 'cn-hangzhou', zone: 'cn-hangzhou-h', vpcId: 'vpc-1', vSwitchId: 'vsw-1' };
const SESSIONS = {
  name: 'sessions',
  count: 2,
  spec: { instanceClass: 'redis.master.small.default', engineVersion: '5.0' },
  placements: [
    PLACE,
    { ...PLACE, zone: 'cn-hangzhou-i', vSwitchId: 'vsw-2', instanceClass: 'other' },
  ],
  followUps: {
    tags: { 'cost ${center}': '%{x} "a\\b"' },
    securityIps: ['10.0.0.0/8'],
    maintenanceWindow: { start: '18:00Z', end: '22:00Z' },
    releaseProtection: true,
  },
};

function createRequest(...groups: readonly object[]): BatchRequest {
  const checked = checkBatchRequest({
    ...{ apiVersion: 'tairfleet/v1', batchId: 'sessions-2026-11', tenant: 'payments' },
    groups: groups.length === 0 ? [SESSIONS] : groups,
  });
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
  return checked.request;
}

function createInstance(slot: number, changes: Partial<ResultInstance> = {}): ResultInstance {
  const place = { region: 'cn-hangzhou', zone: 'cn-hangzhou-h' };
  return {
    ...{ slot, group: 'sessions', id: `r-${slot}`, name: 'sessions-x', state: 'ready' },
    ...{ ...place, ...changes },
  };
}

async function* iterate(instances: readonly ResultInstance[]) {
  yield* await Promise.resolve(instances);
}

interface Run {
  readonly request?: BatchRequest;
  readonly instances?: readonly ResultInstance[];
  readonly args?: readonly string[];
  readonly isForgotten?: boolean;
}

function run(how: Run) {
  return runFakeCli(['export', BATCH, ...(how.args ?? ['--terraform'])], {
    service: createService(how),
  });
}

function createService({ request = createRequest(), instances, isForgotten }: Run) {
  const { frozen } = createResultDocument();
  const document = createResultDocument({
    frozen: { ...(frozen as object), requestHash: hashRequest(createRequest()) },
  });
  const hashed = { ...(frozen as object), requestHash: hashRequest(request) };
  const finished = {
    document: isForgotten === true ? document : { ...document, frozen: hashed },
    ...{ location: null, instancesLocation: null },
  };
  return {
    result: () => Promise.resolve(createSuccess(finished)),
    request: () =>
      Promise.resolve(
        isForgotten === true ? createFailure('not-found', 'Forgotten.') : createSuccess(request),
      ),
    instances: () => Promise.resolve(createSuccess(iterate(instances ?? [createInstance(0)]))),
  };
}

/** What a parser that nobody here wrote makes of it: one resource by its name. */
async function parseResource(text: string, name: string) {
  const parsed = await parse('fleet.tf', text);
  const resources = parsed['resource'] as Record<string, Record<string, readonly object[]>>;
  return resources['alicloud_kvstore_instance']![name]![0];
}

describe('export --terraform', () => {
  it('gives each ready instance an import block and a resource with what was ordered', async () => {
    const instances = [
      createInstance(0),
      createInstance(1, { zone: 'cn-hangzhou-i' }),
      createInstance(2, { state: 'Error' }),
    ];
    const { exitCode, stdout } = await run({ instances });
    expect(exitCode).toBe(0);
    const parsed = await parse('fleet.tf', stdout);
    expect(parsed['import']).toEqual([
      { to: '${alicloud_kvstore_instance.sessions_0}', id: 'r-0' },
      { to: '${alicloud_kvstore_instance.sessions_1}', id: 'r-1' },
    ]);
    expect(await parseResource(stdout, 'sessions_0')).toEqual({
      db_instance_name: 'sessions-x',
      instance_class: 'redis.master.small.default',
      instance_type: 'Redis',
      engine_version: '5.0',
      zone_id: 'cn-hangzhou-h',
      vswitch_id: 'vsw-1',
      payment_type: 'PostPaid',
      maintain_start_time: '18:00Z',
      maintain_end_time: '22:00Z',
      instance_release_protection: true,
      security_ips: ['10.0.0.0/8'],
      tags: {
        'cost $${center}': '%%{x} "a\\b"',
        'tairfleet:batch': 'sessions-2026-11',
        'tairfleet:tenant': 'payments',
        'tairfleet:installation': 'default',
      },
      lifecycle: [{ prevent_destroy: true }],
    });
    expect(await parseResource(stdout, 'sessions_1')).toMatchObject({
      ...{ instance_class: 'other', vswitch_id: 'vsw-2', zone_id: 'cn-hangzhou-i' },
    });
  });

  it('leaves alone what nobody here knows, so that no plan replaces an instance for it', async () => {
    const plain = { ...SESSIONS, followUps: undefined };
    const twins = [PLACE, { ...PLACE, vSwitchId: 'vsw-2' }];
    const ambiguous = await run({ request: createRequest({ ...plain, placements: twins }) });
    expect(await parseResource(ambiguous.stdout, 'sessions_0')).toMatchObject({
      lifecycle: [
        { prevent_destroy: true, ignore_changes: ['${vswitch_id}', '${instance_class}'] },
      ],
    });
    const bySize = { ...plain, spec: { capacityMb: 1024 }, placements: [PLACE] };
    const sized = await run({ request: createRequest(bySize) });
    const resource = await parseResource(sized.stdout, 'sessions_0');
    expect(resource).not.toHaveProperty('capacity');
    expect(resource).toMatchObject({
      lifecycle: [{ ignore_changes: ['${instance_class}', '${capacity}'] }],
    });
  });

  it('names the months of PrePaid, and a provider for each of several regions', async () => {
    const prepaid = { chargeType: 'PrePaid', periodMonths: 12, autoPay: true, autoRenew: true };
    const there = { ...PLACE, region: 'cn-beijing', zone: 'cn-beijing-h' };
    const request = createRequest(SESSIONS, {
      ...{ ...SESSIONS, name: 'carts', placements: [there], followUps: { tags: {} } },
      spec: { ...SESSIONS.spec, ...prepaid },
    });
    const place = { group: 'carts', region: 'cn-beijing', zone: 'cn-beijing-h' };
    const { stdout } = await run({ request, instances: [createInstance(0, place)] });
    expect(stdout).toContain('wants an alias for cn-beijing: alias = "cn_beijing".');
    expect(await parseResource(stdout, 'carts_0')).toMatchObject({
      ...{ provider: '${alicloud.cn_beijing}', payment_type: 'PrePaid' },
      ...{ period: '12', auto_renew: true },
      lifecycle: [{ ignore_changes: ['${period}', '${auto_renew_period}'] }],
    });
  });

  it('writes a file whole, and says what to look for next', async () => {
    const folder = createTempFolder();
    try {
      const out = join(folder.path, 'fleet.tf');
      const { stdout, stderr } = await run({ args: ['--terraform', '--out', out] });
      expect(stdout).toBe(`wrote 2 instances to ${out}\n`);
      expect(stderr).toContain('0 to add, 0 to change, 0 to destroy');
      expect(readFileSync(out, 'utf8')).toContain('resource "alicloud_kvstore_instance"');
    } finally {
      folder.remove();
    }
  });

  it('refuses a request that is not the one of the batch', async () => {
    const args = ['--terraform', '--file', 'examples/first-batch.yaml'];
    const { exitCode, stderr } = await run({ args, isForgotten: true });
    expect(exitCode).toBe(73);
    expect(stderr).toContain('is not the one that payments/sessions-2026-11 was submitted with');
    expect((await run({ isForgotten: true })).exitCode).toBe(66);
  });

  it('wants to know for which tool, and prints no JSON object of HCL', async () => {
    expect((await run({ args: [] })).exitCode).toBe(64);
    expect((await run({ args: ['--terraform', '--json'] })).exitCode).toBe(64);
  });
});

describe('a text in HCL', () => {
  it.each([
    'plain',
    'a "quoted" \\ text',
    '${var.x} %{ if } $${y} $ % {',
    'line\nbreak\r\ttab\u0000\u001f',
    'ümläut 漢字 🙂',
  ])('of %j comes back as it was', async (text) => {
    const parsed = await parse('x.tf', `x = ${toHclString(text)}\n`);
    // The parser gives a template back as it is written.
    const value = (parsed['x'] as string).replaceAll('$${', '${').replaceAll('%%{', '%{');
    expect(value).toBe(text);
  });
});

describe('export over the HTTP API', () => {
  it('works with the request at hand, whose tenant is that of the key, and sends nothing without it', async () => {
    const folder = createTempFolder();
    const file = join(folder.path, 'request.json');
    const request = { apiVersion: 'tairfleet/v1', batchId: 'sessions-2026-11', groups: [SESSIONS] };
    writeFileSync(file, JSON.stringify(request));
    const keys = { payments: { role: 'viewer', tenants: ['payments'] } } as const;
    const instances = [createInstance(0), createInstance(1)];
    const service = createService({ instances }) as unknown as BatchService;
    const api = await startTestApi({ service, keys });
    const context = {
      env: { TAIRFLEET_SERVER: api.url, TAIRFLEET_API_KEY: toTestKey('payments') },
    };
    const words = ['export', 'sessions-2026-11', '--terraform'];
    const exported = await runFakeCli([...words, '--file', file], { context });
    expect(exported).toMatchObject({ exitCode: 0, stdout: (await run({ instances })).stdout });
    const without = await runFakeCli(words, { context });
    expect(without.exitCode).toBe(64);
    expect(without.stderr).toContain('export without --file works next to Temporal only');
    await api.close();
    folder.remove();
  });
});
