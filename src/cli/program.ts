import { Command } from 'commander';
import { findApiPlace } from './api-place';
import type { CliContext } from './cli-context';
import { withServerFlags } from './command-report';
import type { CommandShell } from './command-shell';
import { addGuides, showGlobalFlags } from './help/describe-commands';
import type { ServerOptions } from './server-options';
import { addApplyCommand } from './commands/apply';
import { addCompletionCommands } from './commands/completion';
import { addConfigCommand } from './commands/config';
import { addDemoCommand } from './commands/demo';
import { addDescribeCommand } from './commands/describe';
import { addDoctorCommand } from './commands/doctor';
import { addEmulatorCommands } from './commands/emulator/emulator';
import { addExportCommand } from './commands/export';
import { addHaltCommands } from './commands/halt';
import { addInstancesCommand } from './commands/instances';
import { addListCommand } from './commands/list';
import { addOperatorCommands } from './commands/operator-actions';
import { addPlanCommand } from './commands/plan';
import { addProgramCommands } from './commands/programs';
import { addRamPolicyCommand } from './commands/ram-policy';
import { addReconcileCommand } from './commands/reconcile';
import { addReleaseCommand } from './commands/release';
import { addResultCommand } from './commands/result';
import { addRetryCommand } from './commands/retry';
import { addScheduleCommand } from './commands/schedule';
import { addSchemaCommand } from './commands/schema';
import { addStatusCommand } from './commands/status';
import { addSweepCommand } from './commands/sweep';
import { addUpCommand } from './commands/up';
import { addValidateCommand } from './commands/validate';
import { addVersionCommand } from './commands/version';
import { addWatchCommand } from './commands/watch';

const CLOSING_HELP = `
First steps:
  tairfleet up                                in one terminal: Temporal, emulator, worker
  tairfleet plan examples/first-batch.yaml    what it would order
  tairfleet apply examples/first-batch.yaml   in another one

Exit codes: 0 done, 1 failure, 2 fewer than asked, 3 cancelled, 64 usage, 65 invalid file,
66 not found, 69 nobody answers, 73 batch id taken, 77 refused, 78 invalid config.`;

/**
 * Builds the command line with all its commands.
 *
 * @param context - what comes from outside
 * @param finish - takes what a command gave back
 */
export function createProgram(context: CliContext, finish: CommandShell['finish']): Command {
  const program = new Command('tairfleet');
  const toOptions = (): ServerOptions => program.opts<ServerOptions>();
  const shell: CommandShell = {
    context: { ...context, findApi: () => findApiPlace(toOptions(), context.env) },
    finish: (report, options) => finish(withServerFlags(report, toOptions()), options),
  };
  describeProgram(program, context);
  showGlobalFlags(program);
  addCommands(program, shell);
  addGuides(program);
  program.addHelpText('after', CLOSING_HELP);
  return program;
}

function describeProgram(program: Command, { io, version }: CliContext): void {
  program
    .description('Order thousands of Tair/Redis instances in one request. Get exactly that many.')
    .exitOverride()
    .configureOutput({ writeOut: io.writeOut, writeErr: io.writeError })
    .showHelpAfterError('Run the command with --help to see what it takes.')
    .version(version, '-V, --version', 'print the version')
    .option('--server <url>', 'work over the HTTP API at this address (or TAIRFLEET_SERVER)')
    .option(
      '--api-key-file <file>',
      'file with the API key or token for it (or TAIRFLEET_API_KEY)',
    );
}

function addCommands(program: Command, shell: CommandShell): void {
  program.commandsGroup('Run locally:');
  addDemoCommand(program, shell);
  addUpCommand(program, shell);
  addProgramCommands(program);
  addEmulatorCommands(program, shell);
  program.commandsGroup('Batches:');
  addValidateCommand(program, shell);
  addPlanCommand(program, shell);
  addApplyCommand(program, shell);
  addRamPolicyCommand(program, shell);
  addListCommand(program, shell);
  addWatchCommand(program, shell);
  addStatusCommand(program, shell);
  addDescribeCommand(program, shell);
  addInstancesCommand(program, shell);
  addResultCommand(program, shell);
  addExportCommand(program, shell);
  program.commandsGroup('Schedules:');
  addScheduleCommand(program, shell);
  program.commandsGroup('Operate:');
  addRetryCommand(program, shell);
  addOperatorCommands(program, shell);
  addReleaseCommand(program, shell);
  addReconcileCommand(program, shell);
  addSweepCommand(program, shell);
  addHaltCommands(program, shell);
  addDoctorCommand(program, shell);
  program.commandsGroup('About:');
  addSchemaCommand(program, shell);
  addConfigCommand(program, shell);
  addVersionCommand(program, shell);
  addCompletionCommands(program, shell.context);
  // Else "help" is unknown, and the nearest word to it is "halt".
  program.helpCommand('help [command]', 'print the help, or that of a command');
}
