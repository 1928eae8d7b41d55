import { runFakeCli } from '../../support/fake-cli';

/** What the script of a shell is told for a line whose end is the cursor. */
async function complete(line: string, shell = 'fish'): Promise<readonly string[]> {
  const env = { SHELL: shell, COMP_CWORD: '1', COMP_LINE: line, COMP_POINT: String(line.length) };
  const { stdout } = await runFakeCli(['completion-server', '--', ...line.split(' ')], {
    context: { env },
  });
  return stdout
    .split('\n')
    .filter((word) => word !== '')
    .map((word) => word.split('\t')[0]!);
}

describe('completion', () => {
  it('knows commands, also those below another one, and no hidden ones', async () => {
    const commands = await complete('tairfleet ');
    expect(commands).toEqual(expect.arrayContaining(['apply', 'schedule', 'completion']));
    expect(commands).not.toContain('completion-server');
    expect(await complete('tairfleet schedule ')).toEqual(
      expect.arrayContaining(['plan', 'backfill']),
    );
  });

  it('knows both what a group does without a word and the words below it', async () => {
    expect(await complete('tairfleet emulator ')).toEqual(
      expect.arrayContaining(['start', 'stats', 'config', 'faults', 'reset']),
    );
    expect(await complete('tairfleet emulator --')).toContain('--port');
    expect(await complete('tairfleet emulator faults add --kind ')).toContain('reset');
    expect(await complete('tairfleet emulator config set --')).toContain('--file');
  });

  it('knows the flags of the command, after a flag of the whole program too', async () => {
    expect(await complete('tairfleet --server http://127.0.0.1:8080 list --')).toEqual(
      expect.arrayContaining(['--tenant', '--phase', '--json', '--help']),
    );
    expect(await complete('tairfleet --')).toContain('--server');
  });

  it('knows the values that a flag or an argument takes, and none where it knows none', async () => {
    expect(await complete('tairfleet list --output ')).toContain('csv');
    expect(await complete('tairfleet schema ')).toContain('request');
    expect(await complete('tairfleet status ')).toEqual([]);
  });

  it('asks the shell for files where a file belongs; bash does that by itself', async () => {
    const files = '__tabtab_complete_files__';
    expect(await complete('tairfleet apply first.yaml ')).toEqual([files]);
    expect(await complete('tairfleet plan first.yaml --out ')).toEqual([files]);
    expect(await complete('tairfleet apply ', 'bash')).toEqual([]);
  });

  it('has a script for each shell, and says which ones there are', async () => {
    for (const shell of ['bash', 'zsh', 'fish']) {
      const { stdout, exitCode } = await runFakeCli(['completion', shell]);
      expect([exitCode, stdout]).toEqual([0, expect.stringContaining('completion-server')]);
    }
    const { exitCode, stderr } = await runFakeCli(['completion', 'tcsh']);
    expect([exitCode, stderr]).toEqual([64, expect.stringContaining('bash, zsh, fish')]);
  });
});
