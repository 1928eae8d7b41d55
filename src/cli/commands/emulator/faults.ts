import type { Command } from 'commander';
import type { Fault } from '../../../emulator/faults';
import type { CliFailure } from '../../command-report';
import { createFailureReport, createReport } from '../../command-report';
import type { CommandReport } from '../../command-report';
import type { CommandContext, CommandShell } from '../../command-shell';
import { addCommandGroup } from '../../emulator/command-group';
import type { ControlClient } from '../../emulator/control-client';
import { addFaultFlags, toFaultRule } from '../../emulator/fault-flags';
import type { FaultOptions } from '../../emulator/fault-flags';
import { readControlFile } from '../../emulator/read-control-file';
import { addEmulatorFlags, withEmulator } from '../../emulator/with-emulator';
import type { EmulatorOptions } from '../../emulator/with-emulator';
import { addRowFlags, isRowWanted } from '../../rows/row-flags';
import type { RowOptions } from '../../rows/row-flags';
import { toRowLines } from '../../rows/row-lines';
import { EMULATOR_FAULT_ROWS } from '../../views/human/emulator-fault-rows';
import { formatCountOf } from '../../views/human/numbers';

type ListOptions = Omit<EmulatorOptions, 'output'> & RowOptions;

interface AddOptions extends EmulatorOptions, FaultOptions {
  readonly file?: string;
}

/** The rules to add, or why there are none. */
type ReadRules =
  | { readonly ok: true; readonly rules: readonly unknown[] }
  | { readonly ok: false; readonly failure: CliFailure };

/** Adds `emulator faults`: the script of faults, its list, new rules, and its end. */
export function addEmulatorFaults(group: Command, shell: CommandShell): void {
  const { context } = shell;
  const faults = addCommandGroup(group, {
    name: 'faults',
    description: 'what goes wrong by intent: list, add, clear',
    unasked: {
      name: 'list',
      description: 'the rules in force; the first that matches and fires wins',
      describe: (command) => addList(command, shell),
    },
  });
  const add = faults
    .command('add')
    .description('add one rule by flags, or those of a file, after the ones in force')
    .option('--file <file>', 'rules as JSON or YAML, a list or one; - reads stdin');
  addEmulatorFlags(addFaultFlags(add)).action(async (options: AddOptions) => {
    shell.finish(await addFaults(context, options), options);
  });
  const clear = faults.command('clear').description('take all rules away');
  addEmulatorFlags(clear).action(async (options: EmulatorOptions) => {
    const report = await withEmulator(context, options.url, clearFaults);
    shell.finish(report, options);
  });
}

function addList(command: Command, { context, finish }: CommandShell): void {
  addRowFlags(command, EMULATOR_FAULT_ROWS);
  addEmulatorFlags(command).action(async (options: ListOptions) => {
    const report = await withEmulator(context, options.url, async (client) => {
      const faults = await client.faults();
      return faults.ok ? reportFaults(context, faults.value, options) : createFailureReport(faults);
    });
    finish(report, options);
  });
}

function reportFaults(
  { io }: CommandContext,
  faults: readonly Fault[],
  options: RowOptions,
): CommandReport {
  const rows = faults
    .map((fault, index) => ({ ...fault, number: index + 1 }))
    .filter((row) => isRowWanted(row, EMULATOR_FAULT_ROWS.columns, options.filter));
  return createReport(
    // Without their numbers, so that a file of them can be added again.
    { faults: rows.map(({ number: _number, ...fault }) => fault) },
    toRowLines(rows, EMULATOR_FAULT_ROWS, { options, colors: io.outColors }),
  );
}

async function addFaults(context: CommandContext, options: AddOptions): Promise<CommandReport> {
  const read = await readRules(options);
  if (!read.ok) return createFailureReport(read.failure);
  return withEmulator(context, options.url, async (client) => {
    const faults = await client.addFaults(read.rules);
    if (!faults.ok) return createFailureReport(faults);
    const report = reportFaults(context, faults.value, { output: 'table' });
    return { ...report, next: '"tairfleet emulator faults clear" takes all of them away.' };
  });
}

async function readRules({ file, ...options }: AddOptions): Promise<ReadRules> {
  const rule = toFaultRule(options);
  if (file === undefined) {
    return rule['kind'] === undefined
      ? refuse('Say what goes wrong by --kind, or give --file with rules.')
      : { ok: true, rules: [rule] };
  }
  const [stray] = Object.keys(rule);
  if (stray !== undefined) return refuse('Give --file or the flags of one rule, not both.');
  const read = await readControlFile(file);
  if (!read.ok) return read;
  return { ok: true, rules: toRules(read.value) };
}

/** A list of rules, or one, or what `faults --json` or a config file of the emulator has. */
function toRules(value: unknown): readonly unknown[] {
  const { faults = value } = (value ?? { faults: [] }) as { readonly faults?: unknown };
  return [faults].flat();
}

function refuse(message: string): ReadRules {
  return { ok: false, failure: { code: 'usage', message } };
}

async function clearFaults(client: ControlClient): Promise<CommandReport> {
  const before = await client.faults();
  if (!before.ok) return createFailureReport(before);
  const after = await client.replaceFaults([]);
  if (!after.ok) return createFailureReport(after);
  const cleared = before.value.length;
  const text =
    cleared === 0 ? 'There were no rules.' : `${formatCountOf(cleared, 'rule')} cleared.`;
  return createReport({ cleared, faults: after.value }, [text]);
}
