import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { parse } from 'yaml';
import { checkBatchRequest } from '../../src/domain/check-batch-request';
import { formatProblem } from '../../src/domain/problem';
import type { Problem } from '../../src/domain/problem';
import { PUBLISHED_SCHEMAS } from '../../src/input/schema/published-schemas';
import { compileSchema } from '../support/json-schemas';

const validate = compileSchema(PUBLISHED_SCHEMAS.request.schema);

const PLACE = { region: 'cn-hangzhou', zone: 'cn-hangzhou-h', vpcId: 'vpc-1', vSwitchId: 'vsw-1' };

/** Every key of the format is in one of these. */
const SPECS = [
  { instanceClass: 'redis.master.small.default', engine: 'Redis', engineVersion: '5.0' },
  { capacityMb: 1_024, nodeType: 'STAND_ALONE', resourceGroupId: 'rg-1', businessInfo: 'x y' },
  {
    instanceClass: 'redis.master.small.default',
    chargeType: 'PrePaid',
    periodMonths: 12,
    autoPay: false,
    autoRenew: true,
    couponNo: 'c-1',
  },
  { capacityMb: 1, chargeType: 'PostPaid', sourceInstanceId: 'r-1', backupId: '1' },
  { capacityMb: 1, sourceInstanceId: 'r-1', rebuildInstance: true },
];

const POLICIES = [
  { minReady: '100%', readyDeadline: '30m', deadline: '24h' },
  { minReady: 0.5, readyDeadline: ' 1h 30m ', deadline: '1.5d', onShortfall: 'keep' },
  { minReady: '007.25 %', onCancel: 'keep' },
];

const NOTIFY = [
  { signal: { workflowId: 'order-77', name: 'fleetReady' } },
  { signal: { workflowId: 'order-77', name: 'fleetReady' }, events: ['finished'] },
  { webhook: { url: 'https://example.com/hook', secretFrom: { env: 'TAIRFLEET_SECRET_HOOK' } } },
  {
    webhook: { url: 'HTTPS://[::1]:8443/a?b=c', secretFrom: { file: '/run/secrets/hook' } },
    events: ['needsAttention', 'finished'],
  },
];

const FOLLOW_UPS = [
  { passwordFrom: { env: 'TAIRFLEET_SECRET_PASSWORD' }, tags: { team: 'payments', empty: '' } },
  { securityIps: ['10.0.0.0/8', '192.168.1.7'] },
  { securityIps: ['0.0.0.0/0'], allowAnywhere: true },
  { parameters: { 'maxmemory-policy': 'allkeys-lru', '#no_loose_x': '' }, ping: 'tls' },
  { maintenanceWindow: { start: '23:30Z', end: '01:00Z' }, resourceGroupId: 'rg-2' },
  { releaseProtection: true, ping: 'tcp' },
];

const anyGroup = fc.record(
  {
    name: fc.stringMatching(/^[a-z][a-z0-9-]{0,29}$/),
    count: fc.integer({ min: 1, max: 1_000 }),
    spec: fc.constantFrom(...SPECS),
    placements: fc.constantFrom(
      [PLACE],
      [PLACE, { ...PLACE, zone: 'cn-hangzhou-i' }],
      [{ ...PLACE, instanceClass: 'redis.master.mid.default' }],
    ),
    followUps: fc.constantFrom(...FOLLOW_UPS),
  },
  { requiredKeys: ['name', 'count', 'spec', 'placements'] },
);

const anyDocument = fc.record(
  {
    apiVersion: fc.constant('tairfleet/v1'),
    batchId: fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/),
    account: fc.constantFrom('blue', 'Blue.1'),
    tenant: fc.constantFrom('payments', '0'),
    groups: fc.array(anyGroup, { minLength: 1, maxLength: 3 }),
    policy: fc.constantFrom(...POLICIES),
    notify: fc.array(fc.constantFrom(...NOTIFY), { maxLength: 3 }),
  },
  { requiredKeys: ['apiVersion', 'batchId', 'groups'] },
);

/** Values that are wrong almost everywhere, and some that are right somewhere else. */
const anyValue = fc.oneof(
  fc.constantFrom<unknown>(null, '', 'x', 'a b', 'a/b', '\n', '5.0', '1h', '101%', '50%', 'keep'),
  fc.constantFrom<unknown>('PrePaid', 'PostPaid', 'Memcache', 'https://x', 'ftp://x', '/a/../b'),
  fc.constantFrom<unknown>(0, 1, -1, 1.5, 13, 5, 1e9, true, false, [], {}, ['finished'], [null]),
  fc.constantFrom<unknown>({ env: 'A' }, { env: 'A', file: '/a' }, { signal: {} }, 'x'.repeat(256)),
);

type Path = readonly (string | number)[];

/** Something done to a document at a place: a value replaced, a key removed, a key added. */
const anySlip = fc.record({
  at: fc.nat(),
  kind: fc.constantFrom('replace', 'remove', 'add'),
  key: fc.constantFrom(
    'extra',
    'instanceClass',
    'capacityMb',
    'backupId',
    'periodMonths',
    'events',
  ),
  value: anyValue,
});

/**
 * What no JSON Schema can say, or not without a monster: ranges of written durations, places that
 * differ within a list, totals, one region a group, which hosts are this one, rules of addresses and
 * tags.
 */
function isBeyondSchema({ path, code }: Problem): boolean {
  const key = path.at(-1);
  if (code === 'duplicate') return ['name', 'zone', 'sourceInstanceId'].includes(String(key));
  if (code === 'conflict') return BEYOND_CONFLICTS.has(String(key));
  if (code === 'out-of-range') {
    return ['readyDeadline', 'deadline', 'minReady', 'groups', 'end'].includes(String(key));
  }
  // Passwords that are called parameters.
  if (path.includes('parameters')) return code === 'not-allowed';
  if (path.includes('tags')) return code === 'not-allowed' || path.at(-1) === 'tags';
  return (key === 'url' || path.includes('securityIps')) && code === 'not-allowed';
}

/** What is said by one part of a group, or of the batch, about another. */
const BEYOND_CONFLICTS: ReadonlySet<string> = new Set([
  ...['region', 'releaseProtection', 'ping', 'rebuildInstance', 'onShortfall', 'onCancel'],
  'resourceGroupId',
]);

function listPlaces(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const entries: [string | number, unknown][] = Array.isArray(value)
    ? [...value.entries()]
    : Object.entries(value);
  return [path, ...entries.flatMap(([key, inner]) => listPlaces(inner, [...path, key]))];
}

function slip(
  document: object,
  { at, kind, key, value }: { at: number; kind: string; key: string; value: unknown },
): unknown {
  const copy = structuredClone(document);
  const places = listPlaces(copy).slice(1);
  const place = places[at % places.length]!;
  const parent = place.slice(0, -1).reduce<unknown>((inner, step) => {
    return (inner as Record<string | number, unknown>)[step];
  }, copy) as Record<string | number, unknown>;
  const last = place.at(-1)!;
  if (kind === 'replace') parent[last] = value;
  else if (Array.isArray(parent)) parent.splice(Number(last), kind === 'remove' ? 1 : 0, value);
  else if (kind === 'remove') delete parent[last];
  else parent[key] = value;
  return copy;
}

/** What the check says and the schema says must fit together. */
function expectAgreement(document: unknown): void {
  const checked = checkBatchRequest(document);
  const isValid = validate(document);
  const said = { document, errors: validate.errors };
  if (checked.ok) {
    expect({ ...said, isValid }).toEqual({ ...said, isValid: true });
    return;
  }
  const problems = checked.problems.filter((problem) => !isBeyondSchema(problem));
  if (problems.length > 0) {
    const reasons = problems.map(formatProblem);
    expect({ document, reasons, isValid }).toEqual({ document, reasons, isValid: false });
  }
}

interface Document {
  readonly apiVersion: string;
}

describe('the JSON Schema of the batch request', () => {
  it('accepts whatever the check accepts', () => {
    let accepted = 0;
    fc.assert(
      fc.property(anyDocument, (document) => {
        if (checkBatchRequest(document).ok) accepted += 1;
        expectAgreement(document);
      }),
      { numRuns: 500 },
    );
    // Else the documents above would prove nothing.
    expect(accepted).toBeGreaterThan(20);
  });

  it('refuses what the check refuses, as far as a schema can say it', () => {
    fc.assert(
      fc.property(anyDocument, fc.array(anySlip, { minLength: 1, maxLength: 2 }), (...args) => {
        const [document, slips] = args;
        const spoilt = slips.reduce<object>((inner, change) => {
          const next = slip(inner, change);
          return typeof next === 'object' && next !== null ? next : inner;
        }, document);
        expectAgreement(spoilt);
      }),
      { numRuns: 1_500 },
    );
  });

  it('refuses what is no object at all', () => {
    fc.assert(fc.property(fc.jsonValue(), expectAgreement));
  });

  it('accepts every example', () => {
    const folder = join(__dirname, '../../examples');
    const files = readdirSync(folder).filter((name) => /\.(yaml|json)$/.test(name));
    const documents = files
      .map((file) => ({
        file,
        document: parse(readFileSync(join(folder, file), 'utf8')) as Document,
      }))
      .filter(({ document }) => document.apiVersion === 'tairfleet/v1');
    expect(documents.length).toBeGreaterThan(3);
    for (const { file, document } of documents) {
      const isValid = validate(document);
      expect({ file, isValid, errors: validate.errors }).toEqual({
        file,
        isValid: true,
        errors: null,
      });
    }
  });
});
