import type { Command } from 'commander';
import { createFailureReport, createReport } from '../../command-report';
import type { CommandShell } from '../../command-shell';
import { addEmulatorFlags, withEmulator } from '../../emulator/with-emulator';
import type { EmulatorOptions } from '../../emulator/with-emulator';
import { toEmulatorStatsLines } from '../../views/human/emulator-stats-lines';

/** Adds `emulator stats`: counts of instances, orders, tokens and calls. */
export function addEmulatorStats(group: Command, { context, finish }: CommandShell): void {
  const command = group.command('stats').description('counts of instances, orders and calls');
  addEmulatorFlags(command).action(async (options: EmulatorOptions) => {
    const report = await withEmulator(context, options.url, async (client) => {
      const stats = await client.stats();
      if (!stats.ok) return createFailureReport(stats);
      return createReport(stats.value, toEmulatorStatsLines(stats.value, context.io.outColors));
    });
    finish(report, options);
  });
}
