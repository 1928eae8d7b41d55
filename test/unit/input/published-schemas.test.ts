import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PUBLISHED_SCHEMAS } from '../../../src/input/schema/published-schemas';
import type { BatchProgress } from '../../../src/domain/progress';
import type { ResultDocument } from '../../../src/domain/result';
import { createBatchProgress } from '../../support/batch-progress';
import { closeSchema, compileSchema } from '../../support/json-schemas';
import { listFiles } from '../../support/repository';
import { createResultDocument } from '../../support/result-document';

const ROOT = join(__dirname, '../../..');
const PARKED = {
  chunk: 'sessions/0-89',
  slots: 90,
  class: 'quota',
  code: 'QuotaExceed',
  message: 'no more',
  requestId: 'ABC',
  nextStep: 'Raise the quota.',
};
const LOG = [{ atMs: 1, action: 'pause', by: 'ada', why: 'w', ticket: 'T-1', detail: 'paused' }];

/** Documents in which every key of the format has a value. */
const RESULTS: readonly ResultDocument[] = [
  createResultDocument({ instancesUrl: 'file:///r/instances.ndjson' }),
  createResultDocument({
    outcome: 'partial',
    parked: [PARKED],
    log: LOG,
    missing: ['r-2'],
    orphans: [{ id: 'r-3', name: 'n', region: 'cn-hangzhou', status: 'Normal' }],
    instances: [
      {
        ...{ slot: 0, group: 'sessions', id: 'r-1', name: 'n', region: 'cn-hangzhou' },
        ...{ zone: 'cn-hangzhou-h', state: 'ready', endpoint: 'r-1.redis.rds.aliyuncs.com:6379' },
      },
    ],
  }),
];
const GATE = { cause: 'quota', code: 'QuotaExceed', sinceMs: 1, nextProbeAtMs: null, probes: 2 };
const PROGRESSES: readonly BatchProgress[] = [
  createBatchProgress(),
  createBatchProgress({
    account: null,
    phase: 'parked',
    gate: { ...GATE, cause: 'quota' },
    hold: 'paused by ada',
    holdSinceMs: 1,
    parked: [PARKED],
    log: LOG,
    delays: { throttled: 2, waitedMs: 1_500 },
    groups: [{ name: 'sessions', counts: createBatchProgress().counts }],
  }),
];

describe('the published schemas', () => {
  it.each(Object.entries(PUBLISHED_SCHEMAS))(
    '%s is in its file as it is in the code (UPDATE_SCHEMAS=1 writes it)',
    (_name, { fileName, schema }) => {
      const path = join(ROOT, 'schemas', fileName);
      const text = `${JSON.stringify(schema, null, 2)}\n`;
      if (process.env['UPDATE_SCHEMAS'] === '1') writeFileSync(path, text);
      expect(existsSync(path) ? readFileSync(path, 'utf8') : 'no file').toBe(text);
    },
  );

  it('are all that the folder holds, beside the description of the API', () => {
    const schemas = Object.values(PUBLISHED_SCHEMAS).map(({ fileName }) => fileName);
    const names = [...schemas, 'openapi.v1.json'];
    expect(readdirSync(join(ROOT, 'schemas')).sort()).toEqual(names.sort());
  });

  it('describe every key of a request', () => {
    const undescribed: string[] = [];
    const walk = (schema: unknown, path: string): void => {
      if (typeof schema !== 'object' || schema === null) return;
      if (Object.keys(schema).length === 0) undescribed.push(path);
      for (const [key, inner] of Object.entries(schema)) walk(inner, `${path}/${key}`);
    };
    walk(PUBLISHED_SCHEMAS.request.schema, '');
    expect(undescribed).toEqual([]);
  });

  it.each([
    ['result', RESULTS],
    ['progress', PROGRESSES],
  ] as const)('describe every key of a %s, and accept it', (name, documents) => {
    const validate = compileSchema(closeSchema(PUBLISHED_SCHEMAS[name].schema));
    for (const document of documents) {
      expect({ isValid: validate(document), errors: validate.errors }).toEqual({
        isValid: true,
        errors: null,
      });
    }
  });

  it('refuse a result without its counts, and allow keys of a later version', () => {
    const validate = compileSchema(PUBLISHED_SCHEMAS.result.schema);
    const { counts, ...rest } = createResultDocument();
    expect(validate(rest)).toBe(false);
    expect(validate({ ...rest, counts, laterKey: 1 })).toBe(true);
  });
});

describe('the examples in YAML', () => {
  it('tell editors where their schema is', () => {
    const files = listFiles('examples', '.yaml');
    expect(files.length).toBeGreaterThan(2);
    for (const file of files) {
      const hint = /^# yaml-language-server: \$schema=(\S+)\n/.exec(
        readFileSync(join(ROOT, file), 'utf8'),
      )?.[1];
      const isThere = hint !== undefined && existsSync(join(ROOT, 'examples', hint));
      expect({ file, isThere }).toEqual({ file, isThere: true });
    }
  });
});
