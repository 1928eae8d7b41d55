import { Option } from 'commander';
import type { Command } from 'commander';
import { createFailureReport, createReport } from '../../command-report';
import type { CommandReport } from '../../command-report';
import type { CommandContext, CommandShell } from '../../command-shell';
import type { ControlClient, EmulatorInstance } from '../../emulator/control-client';
import { addEmulatorFlags, withEmulator } from '../../emulator/with-emulator';
import type { EmulatorOptions } from '../../emulator/with-emulator';
import { createLimitParser } from '../../limit-flag';
import { addRowFlags, isRowWanted } from '../../rows/row-flags';
import type { RowOptions } from '../../rows/row-flags';
import { toRowLines } from '../../rows/row-lines';
import { EMULATOR_INSTANCE_ROWS } from '../../views/human/emulator-instance-rows';

interface InstancesOptions extends Omit<EmulatorOptions, 'output'>, RowOptions {
  readonly state?: string;
  readonly status?: string;
  readonly find?: string;
  readonly after?: string;
  readonly limit: number;
}

const LIMIT_DEFAULT = 1_000;
const LIMIT_MAX = 100_000;

/** As the emulator's own counts have them. */
const STATES = ['live', 'creating', 'normal', 'failed', 'deleted'] as const;

/** Adds `emulator instances`: all it has, visible to clients or not. */
export function addEmulatorInstances(group: Command, { context, finish }: CommandShell): void {
  const command = group
    .command('instances')
    .description('what it has, in order of creation, visible to clients or not, deleted ones too')
    .addOption(new Option('--state <state>', 'only those counted as this').choices(STATES))
    .option('--status <status>', 'only those of this very status, such as Changing')
    .option('--find <text>', 'only those with this in their id or name')
    .option('--after <id>', 'only those made after this one')
    .option(
      '--limit <n>',
      `most rows, 1 to ${LIMIT_MAX}`,
      createLimitParser(LIMIT_MAX),
      LIMIT_DEFAULT,
    );
  addRowFlags(command, EMULATOR_INSTANCE_ROWS);
  addEmulatorFlags(command).action(async (options: InstancesOptions) => {
    const work = (client: ControlClient) => listInstances(context, client, options);
    finish(await withEmulator(context, options.url, work), options);
  });
}

async function listInstances(
  { io }: CommandContext,
  client: ControlClient,
  options: InstancesOptions,
): Promise<CommandReport> {
  const { state, status, find, after, limit, filter } = options;
  const matches = (row: EmulatorInstance): boolean =>
    isRowWanted(row, EMULATOR_INSTANCE_ROWS.columns, filter);
  const taken = await client.instances(
    { state, status, find, after, limit: filter === undefined ? limit + 1 : undefined },
    { limit, end: 'first', matches },
  );
  if (!taken.ok) return createFailureReport(taken);
  const { rows, isCut } = taken.value;
  const isMarked = ({ InstanceStatus }: EmulatorInstance): boolean => InstanceStatus === 'Error';
  return createReport(
    { instances: rows, isCut },
    toRowLines(rows, EMULATOR_INSTANCE_ROWS, { options, colors: io.outColors, isMarked }),
    isCut ? { next: `There are more: --after ${rows.at(-1)?.InstanceId ?? ''} goes on.` } : {},
  );
}
