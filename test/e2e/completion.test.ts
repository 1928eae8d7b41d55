import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const BIN = join(__dirname, '../../bin');

/** Presses Tab as bash does, by calling the function that the script has registered. */
const PRESS_TAB = `
source <(tairfleet completion bash)
COMP_LINE="$1"; COMP_POINT=\${#1}
read -ra COMP_WORDS <<< "$1"; COMP_CWORD=$(( \${#COMP_WORDS[@]} - 1 ))
_tairfleet_completion
printf '%s\\n' "\${COMPREPLY[@]}"`;

it('A real bash completes a command by the script that it was given.', async () => {
  const env = { ...process.env, PATH: `${BIN}:${process.env['PATH'] ?? ''}` };
  const options = ['--norc', '-c', PRESS_TAB, 'bash', 'tairfleet retry-n'];
  const { stdout } = await promisify(execFile)('bash', options, { env });
  expect(stdout.trim()).toBe('retry-now');
});
