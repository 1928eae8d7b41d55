import type { Command } from 'commander';
import type { ActionName } from '../../service/act-on-batch';
import { parseBatchArgument } from '../batch-argument';
import { createFailureReport, createReport } from '../command-report';
import { JSON_FLAG, TENANT_FLAG, withService } from '../command-shell';
import type { CommandShell, OutputOptions } from '../command-shell';
import { addNoteFlags, toActionNote } from '../note-flags';
import type { NoteOptions } from '../note-flags';

interface ActionOptions extends OutputOptions, NoteOptions {
  readonly tenant?: string;
}

interface ActionCommand {
  readonly name: Exclude<ActionName, 'retryFailed'>;
  readonly description: string;
  /** What happens next, given `tenant/batchId`. */
  readonly toNext: (batch: string) => string;
}

const ACTIONS: readonly ActionCommand[] = [
  {
    name: 'pause',
    description: 'make no new calls; what is under way goes on',
    toNext: (batch) => `"tairfleet resume ${batch}" goes on.`,
  },
  {
    name: 'resume',
    description: 'go on after a pause',
    toNext: (batch) => `"tairfleet watch ${batch}" follows it.`,
  },
  {
    name: 'cancel',
    description: 'buy nothing more and end; what was bought stays and is listed',
    toNext: (batch) => `"tairfleet watch ${batch}" shows how it ends. Nothing is released.`,
  },
];

/** Adds `pause`, `resume` and `cancel`. */
export function addOperatorCommands(program: Command, shell: CommandShell): void {
  for (const action of ACTIONS) addActionCommand(program, shell, action);
}

function addActionCommand(program: Command, shell: CommandShell, action: ActionCommand): void {
  const command = program
    .command(action.name)
    .description(action.description)
    .argument('<batch>', 'tenant/batchId')
    .option(...TENANT_FLAG)
    .option(...JSON_FLAG);
  addNoteFlags(command).action(async (batch: string, options: ActionOptions) => {
    const named = parseBatchArgument(batch, options.tenant);
    const report = named.ok
      ? await withService(shell.context, async (service) => {
          const { key } = named;
          const input = toActionNote(options);
          const answer = await service.act(key, { name: action.name, input });
          if (!answer.ok) return createFailureReport(answer);
          return createReport(
            { action: action.name, ...key, ...answer.value },
            [answer.value.message],
            { next: action.toNext(`${key.tenant}/${key.batchId}`) },
          );
        })
      : createFailureReport(named.failure);
    shell.finish(report, options);
  });
}
