import type { Command } from 'commander';
import { createReport } from '../command-report';
import { JSON_FLAG } from '../command-shell';
import type { CommandShell, OutputOptions } from '../command-shell';

/** Adds `version`. */
export function addVersionCommand(program: Command, shell: CommandShell): void {
  program
    .command('version')
    .description('print the version')
    .option(...JSON_FLAG)
    .action((options: OutputOptions) => {
      const { version } = shell.context;
      const data = { name: 'tairfleet', version, node: process.versions.node };
      shell.finish(createReport(data, [`tairfleet ${version}`]), options);
    });
}
