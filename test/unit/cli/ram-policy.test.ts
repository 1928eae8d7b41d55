import { runFakeCli } from '../../support/fake-cli';

const ARGV = ['ram-policy', 'examples/first-batch.yaml'];

describe('ram-policy', () => {
  it('prints the policy alone on stdout, and what each operation is for on stderr', async () => {
    const { exitCode, stdout, stderr } = await runFakeCli(ARGV);
    expect(exitCode).toBe(0);
    const policy = JSON.parse(stdout) as object;
    expect(policy).toMatchObject({ Version: '1', Statement: [{ Effect: 'Allow' }, {}] });
    expect(stderr).toMatch(/^kvstore:CreateInstances +buys instances\n/);
    const json = await runFakeCli([...ARGV, '--json']);
    expect(JSON.parse(json.stdout)).toEqual(policy);
    expect(json.stderr).toBe('');
  });

  it('takes what else is wanted by flags', async () => {
    const flags = ['--preflight', '--release', '--spend-cap', '--no-conditions'];
    const { stdout } = await runFakeCli([...ARGV, ...flags]);
    for (const action of ['DescribeZones', 'DeleteInstance', 'DescribePrice']) {
      expect(stdout).toContain(`"kvstore:${action}"`);
    }
    expect(stdout).not.toContain('Condition');
  });

  it('refuses what is no request', async () => {
    expect((await runFakeCli(['ram-policy', 'README.md'])).exitCode).toBe(65);
  });
});
