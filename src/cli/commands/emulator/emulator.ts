import type { Command } from 'commander';
import type { EmulatorFlags } from '../../../emulator/main';
import type { CommandShell } from '../../command-shell';
import { addCommandGroup } from '../../emulator/command-group';
import { addStartFlags } from '../../emulator/start-flags';
import { addEmulatorAccounts } from './accounts';
import { addEmulatorConfig } from './config';
import { addEmulatorFaults } from './faults';
import { addEmulatorInstances } from './instances';
import { addEmulatorLog } from './log';
import { addEmulatorReset } from './reset';
import { addEmulatorStats } from './stats';

/** Adds `emulator`: starts the stand-in for the cloud, and looks at and changes one that runs. */
export function addEmulatorCommands(program: Command, shell: CommandShell): void {
  const group = addCommandGroup(program, {
    name: 'emulator',
    description: 'run the stand-in for the cloud, or look at one that runs: stats, log, faults, …',
    unasked: {
      name: 'start',
      description: 'run it until it is told to stop; the same as without a word',
      describe: (command) => addStart(command, shell),
    },
  });
  addEmulatorStats(group, shell);
  addEmulatorInstances(group, shell);
  addEmulatorLog(group, shell);
  addEmulatorAccounts(group, shell);
  addEmulatorConfig(group, shell);
  addEmulatorFaults(group, shell);
  addEmulatorReset(group, shell);
}

function addStart(command: Command, { context, finish }: CommandShell): void {
  addStartFlags(command).action(async (flags: EmulatorFlags) => {
    const exitCode = await context.runEmulator(flags);
    finish({ exitCode, data: {}, lines: [], isSilent: true }, {});
  });
}
