import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runFakeCli } from '../../support/fake-cli';
import { createTempFolder } from '../../support/temp-folder';
import type { TempFolder } from '../../support/temp-folder';

let folder: TempFolder;
beforeEach(() => void (folder = createTempFolder()));
afterEach(() => folder.remove());

const SECRETS = {
  ALIBABA_CLOUD_ACCESS_KEY_ID: 'LTAI-the-id',
  ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'the-secret',
};

const run = (env: Record<string, string>, ...args: readonly string[]) =>
  runFakeCli(['config', 'print', ...args], {
    context: { env: { ...SECRETS, ...env }, cwd: folder.path },
  });

describe('config print', () => {
  it('says of each setting whether it comes from the default, the file or a variable', async () => {
    const file = 'plan: { chunkSlots: 60, shardSlots: 4000 }\naccounts: { blue: {} }\n';
    writeFileSync(join(folder.path, 'tairfleet.config.yaml'), file);
    const { exitCode, stdout } = await run({ TAIRFLEET_PLAN_CHUNK_SLOTS: '30' });
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^plan\.chunkSlots +30 +TAIRFLEET_PLAN_CHUNK_SLOTS$/m);
    expect(stdout).toMatch(/^plan\.shardSlots +4000 +file$/m);
    expect(stdout).toMatch(/^log\.level +info +default$/m);
    expect(stdout).toMatch(/^accounts\.blue\.credentials +env +file$/m);
  });

  it('gives a script the same as one object', async () => {
    const { stdout } = await run({ TAIRFLEET_INSTALLATION_ID: 'blue' }, '--json');
    const { file, settings } = JSON.parse(stdout) as { file: null; settings: { key: string }[] };
    expect(file).toBeNull();
    expect(settings.find(({ key }) => key === 'installationId')).toEqual({
      key: 'installationId',
      variable: 'TAIRFLEET_INSTALLATION_ID',
      value: 'blue',
      source: 'env',
      range: 'text',
      meaning: expect.stringContaining('Permanent'),
    });
    expect(settings.find(({ key }) => key === 'cloud.endpoint')).toMatchObject({ value: null });
  });

  it('never prints a secret', async () => {
    for (const args of [[], ['--json']]) {
      const { stdout, stderr } = await run({}, ...args);
      expect(stdout).toContain('ALIBABA_CLOUD_ACCESS_KEY_SECRET');
      for (const secret of Object.values(SECRETS)) expect(stdout + stderr).not.toContain(secret);
    }
  });

  it('lists every problem of a configuration that is not valid, and exits with 78', async () => {
    const { exitCode, stderr } = await run({ TAIRFLEET_PLAN_CHUNK_SLOTS: '9999' });
    expect(exitCode).toBe(78);
    expect(stderr).toContain('TAIRFLEET_PLAN_CHUNK_SLOTS');
  });
});

describe('schema', () => {
  it('prints the schema of the request, or of what comes back', async () => {
    const request = await runFakeCli(['schema']);
    expect(JSON.parse(request.stdout)).toMatchObject({ title: 'tairfleet batch request' });
    const result = await runFakeCli(['schema', 'result', '--json']);
    expect(JSON.parse(result.stdout)).toMatchObject({ title: 'tairfleet result' });
    expect(await runFakeCli(['schema', 'nothing'])).toMatchObject({ exitCode: 64 });
  });
});
