import type { Command } from 'commander';
import { toWorst, type Finding, type FindingLevel } from '../../service/doctor/finding';
import { createFailureReport, createReport } from '../command-report';
import type { CommandReport } from '../command-report';
import { JSON_FLAG, withService } from '../command-shell';
import type { CommandShell, OutputOptions } from '../command-shell';
import { EXIT } from '../exit-code';
import { toDoctorLines } from '../views/human/doctor-lines';

interface DoctorOptions extends OutputOptions {
  readonly region: string;
}

const REGION_DEFAULT = 'cn-hangzhou';

/** Adds `doctor`: everything that batches need, line by line. */
export function addDoctorCommand(program: Command, shell: CommandShell): void {
  program
    .command('doctor')
    .description(
      'look at server, namespace, workers, accounts, clocks and results, and say what to do',
    )
    .option('--region <region>', 'where accounts are asked, but for own endpoints', REGION_DEFAULT)
    .option(...JSON_FLAG)
    .action(async (options: DoctorOptions) => {
      shell.finish(await examine(shell, options), options);
    });
}

function examine({ context }: CommandShell, { region }: DoctorOptions): Promise<CommandReport> {
  return withService(context, async (service) => {
    const found = await service.examine({ version: context.version, region });
    if (!found.ok) return createFailureReport(found);
    const own = createOwnFinding(context.version);
    const findings = [own, ...found.value];
    const level = toWorst(findings);
    return createReport({ level, findings }, toDoctorLines(findings, context.io.outColors), {
      exitCode: level === 'fail' ? EXIT.failure : EXIT.done,
      next: NEXT_STEPS[level],
    });
  });
}

const NEXT_STEPS: Readonly<Record<FindingLevel, string>> = {
  ok: 'Everything is as it should be.',
  warn: 'Batches can run; have a look at the warnings.',
  fail: 'Mend what failed before you order anything; docs/operations.md has more.',
};

function createOwnFinding(version: string): Finding {
  const message = `tairfleet ${version} (Node ${process.versions.node})`;
  return { check: 'program', level: 'ok', message, advice: null };
}
