import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { ResultInstance } from '../../../src/domain/result';
import { toResultPieces } from '../../../src/output/result-pieces';
import { createFailure, createSuccess } from '../../../src/service/service-result';
import type { BatchService } from '../../../src/service/batch-service';
import { runFakeCli } from '../../support/fake-cli';
import { createResultDocument } from '../../support/result-document';
import { createTempFolder } from '../../support/temp-folder';

/** Several times what may be open at once. */
const MANY = 20_000;

const BATCH = 'payments/sessions-2026-11';
const DOCUMENT = createResultDocument();

function createInstance(slot: number, changes: Partial<ResultInstance> = {}): ResultInstance {
  const place = { region: 'cn-hangzhou', zone: 'cn-hangzhou-h' };
  const base = { slot, group: 'sessions', id: `r-${slot}`, name: 'sessions-x', state: 'ready' };
  return { ...base, ...place, ...changes };
}

async function* createInstances(count: number, onEach = (): void => {}) {
  for (let slot = 0; slot < count; slot += 1) {
    onEach();
    yield createInstance(slot, slot === 0 ? { endpoint: 'r-0.redis:6379' } : {});
    // A store reads from a disk, so others get their turn.
    if (slot % 1_000 === 0) await new Promise(setImmediate);
  }
}

function createService(instances = () => createInstances(2)): Partial<BatchService> {
  const finished = { document: DOCUMENT, location: '/r/d.json', instancesLocation: '/r/i.ndjson' };
  return {
    result: () => Promise.resolve(createSuccess(finished)),
    instances: () => Promise.resolve(createSuccess(instances())),
  };
}

const run = (...args: readonly string[]) =>
  runFakeCli(['result', BATCH, ...args], { service: createService() });

describe('result --format', () => {
  it('csv: a header, then one instance a line', async () => {
    const { exitCode, stdout } = await run('--format', 'csv');
    expect(exitCode).toBe(0);
    expect(stdout.split('\n')).toEqual([
      'group,slot,id,name,region,zone,state,endpoint',
      'sessions,0,r-0,sessions-x,cn-hangzhou,cn-hangzhou-h,ready,r-0.redis:6379',
      'sessions,1,r-1,sessions-x,cn-hangzhou,cn-hangzhou-h,ready,',
      '',
    ]);
  });

  it('ndjson: one object a line, as the store keeps it', async () => {
    const { stdout } = await run('--format', 'ndjson');
    const lines = stdout.trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
      createInstance(0, { endpoint: 'r-0.redis:6379' }),
      createInstance(1),
    ]);
  });

  it('json: the document with all its instances', async () => {
    const { stdout } = await run('--format', 'json', '--json');
    const instances = [createInstance(0, { endpoint: 'r-0.redis:6379' }), createInstance(1)];
    expect(JSON.parse(stdout)).toEqual({ ...DOCUMENT, instances });
  });

  it('is written to a file that appears whole, and said so', async () => {
    const folder = createTempFolder();
    try {
      const out = join(folder.path, 'fleet.csv');
      const { exitCode, stdout } = await run('--format', 'csv', '--out', out, '--json');
      expect(exitCode).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject({ out, format: 'csv', outcome: 'succeeded' });
      expect(readFileSync(out, 'utf8').split('\n')).toHaveLength(4);
    } finally {
      folder.remove();
    }
  });

  it('refuses what contradicts itself, and a format that does not exist', async () => {
    expect(await run('--format', 'csv', '--json')).toMatchObject({ exitCode: 64 });
    expect(await run('--format', 'xlsx')).toMatchObject({ exitCode: 64, stdout: '' });
  });

  it('says where the list lies when the store here does not have it', async () => {
    const failure = createFailure('not-found', 'It lies elsewhere.');
    const service = { ...createService(), instances: () => Promise.resolve(failure) };
    const { exitCode, stderr } = await runFakeCli(['result', BATCH, '--format', 'csv'], {
      service,
    });
    expect(exitCode).toBe(66);
    expect(stderr).toContain('It lies elsewhere.');
  });
});

describe('a result of many instances', () => {
  it.each(['json', 'csv', 'ndjson'] as const)(
    'is never gathered as %s: what was read and not yet written stays small',
    async (format) => {
      let read = 0;
      let written = 0;
      let openMax = 0;
      let longest = 0;
      const instances = createInstances(MANY, () => (read += 1));
      for await (const piece of toResultPieces(format, DOCUMENT, instances)) {
        written += piece.split(/r-\d+(?=["',])/).length - 1;
        openMax = Math.max(openMax, read - written);
        longest = Math.max(longest, piece.length);
        await Promise.resolve();
      }
      expect(read).toBe(MANY);
      expect(longest).toBeLessThan(256 * 1024);
      expect(openMax).toBeLessThan(5_000);
    },
  );

  it('ends with the failure of its source, and not with a short list', async () => {
    async function* breaking() {
      yield createInstance(0);
      throw new Error('the disk is gone');
    }
    for (const format of ['json', 'csv', 'ndjson'] as const) {
      const pieces = toResultPieces(format, DOCUMENT, breaking());
      const reading = Readable.from(pieces).toArray();
      await expect(reading).rejects.toThrow('the disk is gone');
    }
  });
});
