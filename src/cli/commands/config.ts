import type { Command } from 'commander';
import { describeConfig } from '../../config/description';
import type { SourcedSetting } from '../../config/description';
import type { CliContext } from '../cli-context';
import { createFailureReport, createReport } from '../command-report';
import type { CommandReport } from '../command-report';
import { JSON_FLAG } from '../command-shell';
import type { CommandShell, OutputOptions } from '../command-shell';
import { findRunningStack } from '../stack/running-stack';
import { toTable } from '../views/human/table';

/** Adds `config print`: the settings in force, each with where it comes from. */
export function addConfigCommand(program: Command, shell: CommandShell): void {
  const config = program
    .command('config')
    .helpCommand(false)
    .description('the configuration that a worker of this folder and environment has');
  config
    .command('print')
    .description('print each setting with its value and where that comes from; never a secret')
    .option(...JSON_FLAG)
    .action((options: OutputOptions) => shell.finish(printConfig(shell.context), options));
}

function printConfig({ env, cwd }: CliContext): CommandReport {
  const described = describeConfig({ env, cwd });
  if (!described.ok) {
    const message = 'The configuration is not valid.';
    return createFailureReport({ code: 'invalid-config', message, lines: described.problems });
  }
  const { settings, fileName } = described;
  const isUp = findRunningStack(cwd) !== undefined;
  const file =
    fileName === null
      ? 'There is no file; docs/configuration.md says what each setting does.'
      : `The file is ${fileName}; a variable goes before it.`;
  const next = isUp ? `${file} The worker of "tairfleet up" has none of these.` : file;
  const rows = settings.map((setting) => [setting.key, toText(setting.value), toSource(setting)]);
  const table = toTable([['setting', 'value', 'from'], ...rows]);
  return createReport({ file: fileName, settings: settings.map(withNull) }, table, { next });
}

function toText(value: unknown): string {
  if (value === undefined) return '-';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function toSource({ source, variable }: SourcedSetting): string {
  return source === 'env' && variable !== null ? variable : source;
}

/** JSON has no undefined, and a key that is left out looks like a setting that does not exist. */
function withNull(setting: SourcedSetting): object {
  return { ...setting, value: setting.value ?? null };
}
