import type { Command } from 'commander';
import { createFailureReport, createReport } from '../../command-report';
import type { CommandReport } from '../../command-report';
import type { CommandContext, CommandShell } from '../../command-shell';
import { addCommandGroup } from '../../emulator/command-group';
import type { ControlClient, EmulatorSettings } from '../../emulator/control-client';
import { findSettings } from '../../emulator/find-settings';
import { readControlFile } from '../../emulator/read-control-file';
import { readAssignments } from '../../emulator/setting-assignments';
import type { ReadPatch } from '../../emulator/setting-assignments';
import { addEmulatorFlags, withEmulator } from '../../emulator/with-emulator';
import type { EmulatorOptions } from '../../emulator/with-emulator';
import { toNamedSettingLines, toSettingLines } from '../../views/human/emulator-setting-lines';

interface SetOptions extends EmulatorOptions {
  readonly file?: string;
}

/** Adds `emulator config`: shows settings, changes them, and takes them back. */
export function addEmulatorConfig(group: Command, shell: CommandShell): void {
  const { context } = shell;
  const config = addCommandGroup(group, {
    name: 'config',
    description: 'its settings: show, set, restore',
    unasked: {
      name: 'show',
      description: 'the settings in force; those that are named as YAML',
      describe: (command) => addShow(command, shell),
    },
  });
  const set = config
    .command('set')
    .description('change settings; objects merge member by member, all else replaces')
    .argument(
      '[assignments...]',
      'setting=value or setting.member=value, the value as JSON or YAML',
    )
    .option('--file <file>', 'settings as JSON or YAML instead; - reads stdin');
  addEmulatorFlags(set).action(async (assignments: readonly string[], options: SetOptions) => {
    shell.finish(await setConfig(context, assignments, options), options);
  });
  const restore = config
    .command('restore')
    .description('take settings back to the start; all of them when none is named')
    .argument('[keys...]', 'setting, or setting.member');
  addEmulatorFlags(restore).action(async (keys: readonly string[], options: EmulatorOptions) => {
    const report = await withEmulator(context, options.url, async (client) => {
      const restored = await client.restoreConfig(keys);
      if (!restored.ok) return createFailureReport(restored);
      if (keys.length > 0) return reportSettings(restored.value, keys);
      return createReport(restored.value, ['All settings are those of the start.']);
    });
    shell.finish(report, options);
  });
}

function addShow(command: Command, { context, finish }: CommandShell): void {
  const isWordless = command.name() === 'config';
  if (!isWordless) command.argument('[keys...]', 'only these: setting, or setting.member');
  addEmulatorFlags(command).action(async () => {
    const options = command.opts<EmulatorOptions>();
    const keys = isWordless ? [] : command.args;
    const work = (client: ControlClient) => showConfig(context, client, keys);
    finish(await withEmulator(context, options.url, work), options);
  });
}

async function showConfig(
  { io }: CommandContext,
  client: ControlClient,
  keys: readonly string[],
): Promise<CommandReport> {
  const config = await client.config();
  if (!config.ok) return createFailureReport(config);
  if (keys.length > 0) return reportSettings(config.value, keys);
  return createReport(config.value, toSettingLines(config.value, io.columns()), {
    next: '"tairfleet emulator config show rateLimits" shows the whole of one.',
  });
}

async function setConfig(
  context: CommandContext,
  assignments: readonly string[],
  { file, url }: SetOptions,
): Promise<CommandReport> {
  if ((file === undefined) === (assignments.length === 0)) {
    const message = 'Give settings, such as quota=500, or --file instead.';
    return createFailureReport({ code: 'usage', message });
  }
  const read = file === undefined ? readAssignments(assignments) : await readPatchFile(file);
  if (!read.ok) return createFailureReport(read.failure);
  return withEmulator(context, url, async (client) => {
    const changed = await client.patchConfig(read.patch);
    if (!changed.ok) return createFailureReport(changed);
    return reportSettings(changed.value, read.keys);
  });
}

async function readPatchFile(path: string): Promise<ReadPatch> {
  const read = await readControlFile(path);
  if (!read.ok) return read;
  const { value } = read;
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return { ok: true, patch: value, keys: Object.keys(value) };
  }
  const message = `${path} must hold settings, such as "quota: 500".`;
  return { ok: false, failure: { code: 'invalid-input', message } };
}

/** The whole config is the answer of each change; people and scripts want what they named. */
function reportSettings(config: EmulatorSettings, keys: readonly string[]): CommandReport {
  const found = findSettings(config, keys);
  if (!found.ok) return createFailureReport(found.failure);
  return createReport(found.settings, toNamedSettingLines(found.settings));
}
