import type { Command } from 'commander';
import { createFailureReport } from '../command-report';
import type { CommandReport } from '../command-report';
import { JSON_FLAG } from '../command-shell';
import type { CommandContext, OutputOptions } from '../command-shell';
import { createControlClient } from './control-client';
import type { ControlClient } from './control-client';
import { PORT_DEFAULT, URL_VARIABLE, findEmulatorPlace } from './emulator-place';

/** The flags of every command about a running emulator. */
export interface EmulatorOptions extends OutputOptions {
  readonly url?: string;
}

/**
 * Adds the flags that every command about a running emulator takes.
 *
 * @param command - the command
 */
export function addEmulatorFlags(command: Command): Command {
  return command
    .option(
      '--url <url>',
      `address of the emulator (or ${URL_VARIABLE}); else that of "tairfleet up" in this folder, ` +
        `else port ${PORT_DEFAULT} of this machine`,
    )
    .option(...JSON_FLAG);
}

/**
 * Runs a command about an emulator.
 *
 * @param context - environment and folder
 * @param url - value of `--url`
 * @param work - the command; its report is passed on
 */
export async function withEmulator(
  context: CommandContext,
  url: string | undefined,
  work: (client: ControlClient) => Promise<CommandReport>,
): Promise<CommandReport> {
  const found = findEmulatorPlace(url, context);
  if (!found.ok) return createFailureReport(found.failure);
  const report = await work(createControlClient(found.place));
  return url === undefined ? report : withUrlFlag(report, url);
}

/** Without the flag the commands that a report advises would be about another emulator. */
function withUrlFlag(report: CommandReport, url: string): CommandReport {
  const advise = (text: string): string =>
    text.replaceAll(/"(tairfleet emulator [^"]*)"/g, `"$1 --url ${url}"`);
  const { next, lines, isFailure } = report;
  return {
    ...report,
    ...(isFailure === true ? { lines: lines.map(advise) } : {}),
    ...(next === undefined ? {} : { next: advise(next) }),
  };
}
