import type { Command } from 'commander';
import { createFailureReport, createReport } from '../command-report';
import type { CommandReport } from '../command-report';
import { JSON_FLAG, withService } from '../command-shell';
import type { CommandShell, OutputOptions } from '../command-shell';
import { addNoteFlags, toActionNote } from '../note-flags';
import type { NoteOptions } from '../note-flags';
import { toHaltLine } from '../views/human/halt-lines';

type HaltOptions = OutputOptions & NoteOptions;

/** Adds `halt` and `unhalt`: the switch for a bad night. */
export function addHaltCommands(program: Command, shell: CommandShell): void {
  const halt = program
    .command('halt')
    .description('stop new creates by every worker, within two seconds; open calls are finished')
    .option(...JSON_FLAG);
  addNoteFlags(halt).action(async (options: HaltOptions) => {
    shell.finish(await haltFleet(shell, options), options);
  });
  const unhalt = program
    .command('unhalt')
    .description('let workers send new creates again; batches that wait for it go on at once')
    .option(...JSON_FLAG);
  addNoteFlags(unhalt).action(async (options: HaltOptions) => {
    shell.finish(await unhaltFleet(shell, options), options);
  });
}

function haltFleet({ context }: CommandShell, options: HaltOptions): Promise<CommandReport> {
  return withService(context, async (service) => {
    const halted = await service.halt(toActionNote(options));
    if (!halted.ok) return createFailureReport(halted);
    const { halt, isNew } = halted.value;
    const line = toHaltLine(halt, context.io.outColors);
    return createReport(
      { halted: true, isNew, halt },
      isNew ? [line] : [line, 'It was halted before; nothing has changed.'],
      { next: 'Nothing is lost meanwhile: batches wait. "tairfleet unhalt" goes on.' },
    );
  });
}

function unhaltFleet({ context }: CommandShell, options: HaltOptions): Promise<CommandReport> {
  return withService(context, async (service) => {
    const unhalted = await service.unhalt(toActionNote(options));
    if (!unhalted.ok) return createFailureReport(unhalted);
    const { resumed } = unhalted.value;
    const lines = resumed.map(({ tenant, batchId }) => `${tenant}/${batchId} goes on`);
    return createReport({ halted: false, resumed }, ['New creates are allowed again.', ...lines]);
  });
}
