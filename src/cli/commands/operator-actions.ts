import { InvalidArgumentError, Option, type Command } from 'commander';
import type { ActionNote, CancelInput } from '../../contract/messages';
import type { ActionName } from '../../service/act-on-batch';
import { parseBatchArgument } from '../batch-argument';
import { createFailureReport, createReport } from '../command-report';
import { JSON_FLAG, TENANT_FLAG, withService } from '../command-shell';
import type { CommandShell, OutputOptions } from '../command-shell';
import { toChunkPaths } from '../chunk-paths';
import { addNoteFlags, toActionNote } from '../note-flags';
import type { NoteOptions } from '../note-flags';

interface ActionOptions extends OutputOptions, NoteOptions {
  readonly tenant?: string;
  readonly chunks?: string;
  readonly instances?: CancelInput['instances'];
}

/** What the person gave beyond the batch. */
interface Given {
  readonly options: ActionOptions;
  /** The argument after the batch. */
  readonly value: string | number | undefined;
}

interface ActionCommand {
  readonly name: Exclude<ActionName, 'retryFailed'>;
  readonly description: string;
  /** Adds what only this action takes. */
  readonly extend?: (command: Command) => Command;
  /** What the update takes beyond the note. */
  readonly toInput?: (given: Given) => object;
  /** What happens next, given `tenant/batchId`. */
  readonly toNext: (batch: string) => string;
}

const toFollow = (batch: string): string => `"tairfleet watch ${batch}" follows it.`;

const ACTIONS: readonly ActionCommand[] = [
  {
    name: 'retryNow',
    description: 'ask at once whether quota, stock or account are back',
    toNext: toFollow,
  },
  {
    name: 'skip',
    description: 'give up parked chunks: their slots stay empty',
    extend: (command) =>
      command.option('--chunks <paths>', 'only these parked chunks, such as sessions/0-89'),
    toInput: ({ options: { chunks } }) =>
      chunks === undefined ? {} : { chunks: toChunkPaths(chunks) },
    toNext: toFollow,
  },
  {
    name: 'pause',
    description: 'make no new calls; what is under way goes on',
    toNext: (batch) => `"tairfleet resume ${batch}" goes on.`,
  },
  { name: 'resume', description: 'go on after a pause', toNext: toFollow },
  {
    name: 'setConcurrency',
    description: 'how many create calls of each shard may be in flight',
    extend: (command) => command.argument('<calls>', 'a whole number from 1 to 40', toWholeNumber),
    toInput: ({ value }) => ({ chunksInFlight: value }),
    toNext: toFollow,
  },
  {
    name: 'extendDeadline',
    description: 'let the batch go on for longer before it ends with what it has',
    extend: (command) => command.argument('<duration>', 'how much longer, such as 90m or 6h'),
    toInput: ({ value }) => ({ extendBy: value }),
    toNext: toFollow,
  },
  {
    name: 'approve',
    description: 'let a batch that waits for an approval buy; --by says who decides',
    extend: (command) => command.argument('<plan>', 'the plan, as status shows it'),
    toInput: ({ value }) => ({ plan: value }),
    toNext: toFollow,
  },
  {
    name: 'reject',
    description: 'end a batch that waits for an approval; --by says who decides',
    extend: (command) => command.argument('<plan>', 'the plan, as status shows it'),
    toInput: ({ value }) => ({ plan: value }),
    toNext: (batch) => `"tairfleet result ${batch}" shows how it ended.`,
  },
  {
    name: 'cancel',
    description: 'buy nothing more and end; what was bought is listed, and kept or released',
    extend: (command) =>
      command.addOption(
        new Option(
          '--instances <fate>',
          'what becomes of what was bought; as the request says when left out',
        ).choices(['keep', 'release']),
      ),
    toInput: ({ options: { instances } }) => (instances === undefined ? {} : { instances }),
    toNext: (batch) => `"tairfleet watch ${batch}" shows how it ends.`,
  },
];

/** Adds every operator action but `retry`, which is more than one. */
export function addOperatorCommands(program: Command, shell: CommandShell): void {
  for (const action of ACTIONS) addActionCommand(program, shell, action);
}

function addActionCommand(program: Command, shell: CommandShell, action: ActionCommand): void {
  const bare = program
    .command(toCommandName(action.name))
    .description(action.description)
    .argument('<batch>', 'tenant/batchId');
  const command = (action.extend?.(bare) ?? bare).option(...TENANT_FLAG).option(...JSON_FLAG);
  addNoteFlags(command).action(async (batch: string) => {
    const options = command.opts<ActionOptions>();
    const value = command.processedArgs[1] as Given['value'];
    const input = { ...action.toInput?.({ options, value }), ...toActionNote(options) };
    shell.finish(await act(shell, { action, batch, options, input }), options);
  });
}

async function act(
  shell: CommandShell,
  order: {
    readonly action: ActionCommand;
    readonly batch: string;
    readonly options: ActionOptions;
    readonly input: ActionNote;
  },
): Promise<Parameters<CommandShell['finish']>[0]> {
  const { action, batch, options, input } = order;
  const named = parseBatchArgument(batch, options.tenant);
  if (!named.ok) return createFailureReport(named.failure);
  const { key } = named;
  return withService(shell.context, async (service) => {
    const answer = await service.act(key, { name: action.name, input });
    if (!answer.ok) return createFailureReport(answer);
    return createReport({ action: action.name, ...key, ...answer.value }, [answer.value.message], {
      next: action.toNext(`${key.tenant}/${key.batchId}`),
    });
  });
}

/** `retryNow` is the command `retry-now`. */
function toCommandName(action: string): string {
  return action.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function toWholeNumber(text: string): number {
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be a whole number.');
}
