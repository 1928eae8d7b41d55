import { InvalidArgumentError, type Command } from 'commander';
import type { BatchPhase } from '../../domain/progress';
import type { ListFilter } from '../../service/list-batches';
import { createFailureReport, createReport } from '../command-report';
import { JSON_FLAG, withService } from '../command-shell';
import type { CommandShell, OutputOptions } from '../command-shell';
import { toHaltLine } from '../views/human/halt-lines';
import { toListLines } from '../views/human/list-lines';

interface ListOptions extends OutputOptions {
  readonly tenant?: string;
  readonly phase?: BatchPhase;
  readonly needsOperator?: boolean;
  readonly limit: number;
}

const LIMIT_DEFAULT = 20;
const LIMIT_MAX = 1_000;

/** Phases of a batch that is open; an ended one has an outcome. */
const PHASES: readonly BatchPhase[] = [
  ...([
    'starting',
    'awaitingApproval',
    'provisioning',
    'paused',
    'parked',
    'auditing',
    'finishing',
    'releasing',
  ] as const),
];

/** Adds `list`: batches with how far they are. */
export function addListCommand(program: Command, shell: CommandShell): void {
  program
    .command('list')
    .description('batches, open ones first, each kind newest first')
    .option('--tenant <name>', 'only those of a tenant')
    .option('--phase <phase>', `only open ones in this phase: ${PHASES.join(', ')}`, toPhase)
    .option('--needs-operator', 'only those that wait for a person')
    .option('--limit <n>', `most rows, 1 to ${LIMIT_MAX}`, toLimit, LIMIT_DEFAULT)
    .option(...JSON_FLAG)
    .action(async (options: ListOptions) => {
      const { context } = shell;
      const report = await withService(context, async (service) => {
        const list = await service.list(toFilter(options));
        if (!list.ok) return createFailureReport(list);
        const halt = await service.haltState();
        const state = halt.ok ? halt.value : null;
        const { batches, isCut } = list.value;
        const lines = toListLines(batches, { nowMs: Date.now(), colors: context.io.outColors });
        return createReport(
          { batches, isCut, halt: state },
          [...(state === null ? [] : [toHaltLine(state, context.io.outColors), '']), ...lines],
          isCut ? { next: `There are more: --limit ${options.limit * 2} shows them.` } : {},
        );
      });
      shell.finish(report, options);
    });
}

function toFilter({ tenant, phase, needsOperator, limit }: ListOptions): ListFilter {
  return {
    limit,
    ...(tenant === undefined ? {} : { tenant }),
    ...(phase === undefined ? {} : { phase }),
    ...(needsOperator === undefined ? {} : { needsOperator }),
  };
}

function toPhase(text: string): BatchPhase {
  const phase = PHASES.find((known) => known === text);
  if (phase === undefined)
    throw new InvalidArgumentError(`It must be one of ${PHASES.join(', ')}.`);
  return phase;
}

function toLimit(text: string): number {
  const limit = Number(text);
  if (Number.isInteger(limit) && limit >= 1 && limit <= LIMIT_MAX) return limit;
  throw new InvalidArgumentError(`It must be a whole number from 1 to ${LIMIT_MAX}.`);
}
