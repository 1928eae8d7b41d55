import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatLocatedProblem } from '../../../src/input/located-problem';
import { readRequestFiles } from '../../../src/input/read-request-files';
import { FILE_BYTES_MAX } from '../../../src/input/read-text';

const EXAMPLES = join(__dirname, '../../../examples');

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tairfleet-input-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

async function readBytes(bytes: Uint8Array | string) {
  const path = join(folder, 'batch.yaml');
  await writeFile(path, bytes);
  return readRequestFiles([path]);
}

async function* toStream(text: string): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(Buffer.from(text));
}

describe('reading a request file', () => {
  it('accepts every example', async () => {
    // Schedules hold requests, and are none.
    const names = (await readdir(EXAMPLES)).filter(
      (name) => /\.(ya?ml|json)$/.test(name) && name !== 'schedules.yaml',
    );
    expect(names.length).toBeGreaterThanOrEqual(4);
    for (const name of names) {
      const read = await readRequestFiles([join(EXAMPLES, name)]);
      expect(read.ok ? [] : read.problems.map(formatLocatedProblem)).toEqual([]);
    }
  });

  it('finds a thousand instances in the example of that name', async () => {
    const read = await readRequestFiles([join(EXAMPLES, 'sessions-1000.yaml')]);
    const counts = read.ok ? read.request.groups.map(({ name, count }) => [name, count]) : [];
    expect(counts).toEqual([
      ['sessions', 600],
      ['carts', 300],
      ['limits', 100],
    ]);
  });

  it('tells a file that is not there from one that is wrong', async () => {
    const path = join(folder, 'missing.yaml');
    const missing = await readRequestFiles([path]);
    expect(missing).toMatchObject({ ok: false, reason: 'unreadable' });
    expect(missing.ok || missing.problems.map(formatLocatedProblem)).toEqual([
      `${path}: there is no such file; check the path.`,
    ]);
    expect(await readRequestFiles([folder])).toMatchObject({ ok: false, reason: 'unreadable' });
    expect(await readBytes('a: 1')).toMatchObject({ ok: false, reason: 'invalid' });
  });

  it.each([
    ['binary junk', Buffer.from([0xff, 0xfe, 0x00, 0x41])],
    ['zero bytes', 'apiVersion: \0'],
  ])('says of %s that it is no text', async (_name, bytes) => {
    expect(await readBytes(bytes)).toMatchObject({
      reason: 'invalid',
      problems: [{ message: expect.stringMatching(/^is not a text file in UTF-8/) }],
    });
  });

  it('stops reading what is larger than any request', async () => {
    expect(await readBytes('x'.repeat(FILE_BYTES_MAX + 1))).toMatchObject({
      reason: 'invalid',
      problems: [{ message: 'is larger than 4 MB.', line: 0 }],
    });
  });

  it('reads a text with a byte order mark', async () => {
    expect(await readBytes('\ufeff{"apiVersion": "tairfleet/v1"}')).toMatchObject({
      problems: [{ path: ['groups'] }, { path: ['batchId'] }],
    });
  });

  it('reads standard input for a dash', async () => {
    const read = await readRequestFiles(['-'], { stdin: toStream('tenant: a/b') });
    expect(read.ok || read.problems.at(-1)).toMatchObject({
      fileName: '<stdin>',
      path: ['tenant'],
    });
  });

  it('takes the batch id from outside for a file without one', async () => {
    const text = JSON.stringify({
      apiVersion: 'tairfleet/v1',
      groups: [
        {
          name: 'a',
          count: 1,
          spec: { capacityMb: 1024 },
          placements: [{ region: 'r', zone: 'z', vpcId: 'v', vSwitchId: 's' }],
        },
      ],
    });
    const options = { fallbackBatchId: 'nightly', stdin: toStream(text) };
    expect(await readRequestFiles(['-'], options)).toMatchObject({
      request: { batchId: 'nightly' },
    });
  });
});

describe('standard input', () => {
  it.each([
    '# of a spreadsheet\ngroup,capacityMb,tag.team\na,1024,${x}\n',
    'group;capacityMb\na;1024\n',
  ])('that looks like CSV hints at the flag, and at nothing else: %j', async (csv) => {
    const read = await readRequestFiles(['-'], { stdin: toStream(csv) });
    expect(read.ok || read.problems[0]).toMatchObject({
      fileName: '<stdin>',
      message: 'looks like CSV and is read as YAML; say so by --csv.',
    });
  });

  it('is CSV when somebody says so, and can be one of several files', async () => {
    const csv = 'group,capacityMb,region,zone,vpcId,vSwitchId\na,1024,r,z,v,s\n';
    const head = join(folder, 'head.yaml');
    await writeFile(head, 'apiVersion: tairfleet/v1\nbatchId: b\n');
    const options = { stdin: toStream(csv), isStdinCsv: true };
    expect(await readRequestFiles([head, '-'], options)).toMatchObject({
      request: { batchId: 'b', groups: [{ name: 'a', count: 1 }] },
    });
  });
});
