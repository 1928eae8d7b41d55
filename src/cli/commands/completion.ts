import { Argument } from 'commander';
import type { Command } from 'commander';
import type { SupportedShell } from '@pnpm/tabtab';
import { findCandidates } from '../completion/find-candidates';
import type { CliContext } from '../cli-context';

const SHELLS = ['bash', 'zsh', 'fish'] as const satisfies readonly SupportedShell[];

/** What the scripts take for "complete names of files"; bash does so when it is told nothing. */
const FILES = '__tabtab_complete_files__';

const CLOSING_HELP = `
For this session:   source <(tairfleet completion bash)
For good, in bash:  tairfleet completion bash > /etc/bash_completion.d/tairfleet
For good, in zsh:   tairfleet completion zsh >> ~/.zshrc
For good, in fish:  tairfleet completion fish > ~/.config/fish/completions/tairfleet.fish`;

/**
 * Adds `completion`, which prints the script of a shell, and the hidden command that the script asks for
 * words.
 */
export function addCompletionCommands(program: Command, { io, env }: CliContext): void {
  program
    .command('completion')
    .description('print the script that lets a shell complete commands, flags and files')
    .addArgument(new Argument('<shell>', 'which one').choices(SHELLS))
    .addHelpText('after', CLOSING_HELP)
    .action(async (shell: SupportedShell) => {
      const { getCompletionScript } = await import('@pnpm/tabtab');
      const name = program.name();
      io.writeOut(await getCompletionScript({ name, completer: name, shell }));
    });
  program
    .command('completion-server', { hidden: true })
    .argument('[words...]')
    .action(async () => {
      const { getShellFromEnv, log, parseEnv } = await import('@pnpm/tabtab');
      const { partial, lastPartial } = parseEnv({ ...env });
      const before = partial.trimStart().split(/\s+/).slice(1, -1);
      const candidates = findCandidates(program, before, lastPartial);
      const shell = getShellFromEnv({ ...env });
      if (candidates.kind === 'words') {
        log([...candidates.words], shell, (line) => io.writeOut(`${line}\n`));
      } else if (shell !== 'bash') io.writeOut(`${FILES}\n`);
    });
}
