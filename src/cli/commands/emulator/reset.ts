import type { Command } from 'commander';
import type { EmulatorStats } from '../../../emulator/stats';
import type { CliIo } from '../../cli-io';
import { createFailureReport, createReport } from '../../command-report';
import type { CommandReport } from '../../command-report';
import type { CommandContext, CommandShell } from '../../command-shell';
import type { ControlClient } from '../../emulator/control-client';
import { addEmulatorFlags, withEmulator } from '../../emulator/with-emulator';
import type { EmulatorOptions } from '../../emulator/with-emulator';
import { formatCountOf } from '../../views/human/numbers';

interface ResetOptions extends EmulatorOptions {
  readonly yes?: boolean;
}

/** Adds `emulator reset`: everything as it was at the start. */
export function addEmulatorReset(group: Command, { context, finish }: CommandShell): void {
  const command = group
    .command('reset')
    .description('forget instances, tokens and log; settings and faults are those of the start')
    .option('--yes', 'do it without asking; a script needs it');
  addEmulatorFlags(command).action(async (options: ResetOptions) => {
    const work = (client: ControlClient) => reset(context, client, options);
    finish(await withEmulator(context, options.url, work), options);
  });
}

async function reset(
  { io }: CommandContext,
  client: ControlClient,
  { yes }: ResetOptions,
): Promise<CommandReport> {
  const stats = await client.stats();
  if (!stats.ok) return createFailureReport(stats);
  const { url } = client.place;
  const loss = toLossText(stats.value);
  if (yes !== true && !(await isConfirmed(io, `It forgets ${loss}, at ${url}.`))) {
    const message = `Nobody confirmed the reset of the emulator at ${url}, which has ${loss}: nothing was done; --yes confirms it.`;
    return createFailureReport({ code: 'not-confirmed', message });
  }
  const fresh = await client.reset();
  if (!fresh.ok) return createFailureReport(fresh);
  return createReport(fresh.value, [`The emulator at ${url} is as it was at its start.`]);
}

async function isConfirmed(io: CliIo, consequence: string): Promise<boolean> {
  if (io.ask === null) return false;
  io.writeError(`${consequence}\n`);
  return (await io.ask('Type reset to go on: ')).trim() === 'reset';
}

function toLossText({ instances, calls }: EmulatorStats): string {
  const received = Object.values(calls).reduce((sum, { received: count }) => sum + count, 0);
  return `${formatCountOf(instances.live, 'living instance')} and ${formatCountOf(received, 'call')}`;
}
