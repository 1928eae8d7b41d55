import { Option, type Command } from 'commander';
import { CHUNKS_IN_FLIGHT_MAX } from '../../contract/messages';
import type { ActionNote, CancelInput } from '../../contract/messages';
import { parseDuration } from '../../domain/duration';
import type { ActionName } from '../../service/act-on-batch';
import { ORDER_FLAGS, findApiFlagProblem } from '../api-flags';
import { parseBatchArgument } from '../batch-argument';
import { addBulkFlags, findBulkProblem, isGiven } from '../bulk/bulk-flags';
import type { BulkKind, BulkOptions } from '../bulk/bulk-flags';
import { runBulk } from '../bulk/run-bulk';
import { createFailureReport, createReport } from '../command-report';
import type { CliFailure, CommandReport } from '../command-report';
import { JSON_FLAG, TENANT_FLAG } from '../command-shell';
import type { CommandShell, OutputOptions } from '../command-shell';
import { toChunkPaths } from '../chunk-paths';
import { addNoteFlags, toActionNote } from '../note-flags';
import type { NoteOptions } from '../note-flags';
import { withNamed } from '../own-tenant';

interface ActionOptions extends OutputOptions, NoteOptions, BulkOptions {
  readonly chunks?: string;
  readonly instances?: CancelInput['instances'];
}

/** What the person gave beyond the batch. */
interface Given {
  readonly options: ActionOptions;
  /** The argument after the batch. */
  readonly value: string | number | undefined;
}

/** The argument after the batch. */
interface ActionValue {
  readonly name: string;
  readonly about: string;
  /** Null for what it cannot be. */
  readonly parse?: (text: string) => string | number | null;
}

interface ActionCommand {
  readonly name: Exclude<ActionName, 'retryFailed'>;
  readonly description: string;
  readonly value?: ActionValue;
  /** How it is given to many batches, if it is. */
  readonly bulk?: BulkKind;
  /** Adds what only this action takes. */
  readonly extend?: (command: Command) => Command;
  /** What the update takes beyond the note. */
  readonly toInput?: (given: Given) => object;
  /** What happens next, given `tenant/batchId`. */
  readonly toNext: (batch: string) => string;
}

const toFollow = (batch: string): string => `"tairfleet watch ${batch}" follows it.`;

const PLAN: ActionValue = { name: 'plan', about: 'the plan, as status shows it' };

const ACTIONS: readonly ActionCommand[] = [
  {
    name: 'retryNow',
    description:
      'ask at a closed gate at once whether it is over; parked chunks stay parked (retry)',
    bulk: {
      flag: 'all-waiting',
      about: 'every batch at a closed gate or on hold',
      state: 'waiting',
    },
    toNext: toFollow,
  },
  {
    name: 'skip',
    description: 'give up parked chunks: their slots stay empty',
    bulk: {
      ...{ flag: 'all-parked', about: 'every batch that waits for a person', state: 'parked' },
      isFinal: true,
    },
    extend: (command) =>
      command.option('--chunks <paths>', 'only these parked chunks, such as sessions/0-89'),
    toInput: ({ options: { chunks } }) =>
      chunks === undefined ? {} : { chunks: toChunkPaths(chunks) },
    toNext: toFollow,
  },
  {
    name: 'pause',
    description: 'make no new calls; what is under way goes on',
    bulk: { flag: 'all', about: 'every open batch that is not paused', state: 'unpaused' },
    toNext: (batch) => `"tairfleet resume ${batch}" goes on.`,
  },
  {
    name: 'resume',
    description: 'go on after a pause',
    bulk: { flag: 'all-paused', about: 'every paused batch', state: 'paused' },
    toNext: toFollow,
  },
  {
    name: 'setConcurrency',
    description: 'how many create calls of each shard may be in flight',
    value: {
      name: 'calls',
      about: `a whole number from 1 to ${CHUNKS_IN_FLIGHT_MAX}`,
      parse: toCalls,
    },
    toInput: ({ value }) => ({ chunksInFlight: value }),
    toNext: toFollow,
  },
  {
    name: 'extendDeadline',
    description: 'let the batch go on for longer before it ends with what it has',
    value: { name: 'duration', about: 'how much longer, such as 90m or 6h', parse: toDuration },
    bulk: { flag: 'all', about: 'every open batch', state: 'open' },
    toInput: ({ value }) => ({ extendBy: value }),
    toNext: toFollow,
  },
  {
    name: 'approve',
    description: 'let a batch that waits for an approval buy; --by says who decides',
    value: PLAN,
    toInput: ({ value }) => ({ plan: value }),
    toNext: toFollow,
  },
  {
    name: 'reject',
    description: 'end a batch that waits for an approval; --by says who decides',
    value: PLAN,
    toInput: ({ value }) => ({ plan: value }),
    toNext: (batch) => `"tairfleet result ${batch}" shows how it ended.`,
  },
  {
    name: 'cancel',
    description: 'buy nothing more and end; what was bought is listed, and kept or released',
    bulk: { flag: 'all', about: 'every open batch', state: 'open', isFinal: true },
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
  const { bulk, value } = action;
  // Where many batches can be meant, the batch may be left out, and then nothing after it is required.
  const toArgument = (name: string): string => (bulk === undefined ? `<${name}>` : `[${name}]`);
  const bare = program
    .command(toCommandName(action.name))
    .description(action.description)
    .argument(toArgument('batch'), 'tenant/batchId');
  if (value !== undefined) bare.argument(toArgument(value.name), value.about);
  const command = (action.extend?.(bare) ?? bare).option(...TENANT_FLAG).option(...JSON_FLAG);
  if (bulk !== undefined) addBulkFlags(command, bulk);
  addNoteFlags(command).action(async () => {
    shell.finish(await run(shell, action, command), command.opts<ActionOptions>());
  });
}

function run(
  shell: CommandShell,
  action: ActionCommand,
  command: Command,
): Promise<CommandReport> | CommandReport {
  const { bulk } = action;
  const options = command.opts<ActionOptions>();
  const isBulk = bulk !== undefined && isGiven(command, bulk.flag);
  const [batch, text] = readArguments(command, { hasBatch: !isBulk, action });
  const parse = action.value?.parse;
  const value = text === undefined || parse === undefined ? text : parse(text);
  const problem =
    findProblem(command, { action, batch, value }) ??
    findApiFlagProblem(shell.context, command, ORDER_FLAGS);
  if (problem !== undefined) return createFailureReport(problem);
  const given = { options, value: value ?? undefined };
  const input = { ...action.toInput?.(given), ...toActionNote(options) };
  if (bulk === undefined || batch !== undefined) {
    return act(shell, { action, batch: batch ?? '', options, input });
  }
  const order = { name: action.name, input };
  return runBulk(shell, { command: command.name(), kind: bulk, action: order, options });
}

/** With the flag for many batches, the first argument is the value. */
function readArguments(
  { processedArgs }: Command,
  { hasBatch, action }: { readonly hasBatch: boolean; readonly action: ActionCommand },
): readonly [string | undefined, string | undefined] {
  const [first, second] = processedArgs as [string | undefined, string | undefined];
  const isShifted = !hasBatch && action.value !== undefined && second === undefined;
  return isShifted ? [undefined, first] : [first, second];
}

function findProblem(
  command: Command,
  given: {
    readonly action: ActionCommand;
    readonly batch: string | undefined;
    /** Null for one that cannot be. */
    readonly value: Given['value'] | null;
  },
): CliFailure | undefined {
  const { action, batch, value } = given;
  const problem =
    action.bulk === undefined ? undefined : findBulkProblem(command, action.bulk, batch);
  if (problem !== undefined) return problem;
  if (action.value === undefined || (value !== undefined && value !== null)) return undefined;
  const { name, about } = action.value;
  const what = value === null ? 'is wrong' : 'is missing';
  return { code: 'usage', message: `The argument "${name}" ${what}: ${about}.` };
}

async function act(
  shell: CommandShell,
  order: {
    readonly action: ActionCommand;
    readonly batch: string;
    readonly options: ActionOptions;
    readonly input: ActionNote;
  },
): Promise<CommandReport> {
  const { action, batch, options, input } = order;
  const named = parseBatchArgument(batch, options.tenant);
  return withNamed(shell.context, named, async ({ batches }, key) => {
    const answer = await batches.act(key, { name: action.name, input });
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

function toCalls(text: string): number | null {
  const calls = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  return calls >= 1 && calls <= CHUNKS_IN_FLIGHT_MAX ? calls : null;
}

/** As it was written: the batch reads it itself. */
function toDuration(text: string): string | null {
  return (parseDuration(text) ?? 0) > 0 ? text : null;
}
