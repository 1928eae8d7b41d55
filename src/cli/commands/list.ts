import { InvalidArgumentError, type Command } from 'commander';
import type { ListedBatch } from '../../service/list-batches';
import type { ListFilter, OpenPhase } from '../../service/list-filter';
import { createFailureReport, createReport } from '../command-report';
import type { CommandReport } from '../command-report';
import { JSON_FLAG, withFacade } from '../command-shell';
import type { CommandContext, CommandShell, OutputOptions } from '../command-shell';
import { createLimitParser } from '../limit-flag';
import { addRowFlags, isRowWanted } from '../rows/row-flags';
import type { RowOptions } from '../rows/row-flags';
import { toRowLines } from '../rows/row-lines';
import { formatCountOf } from '../views/human/numbers';
import { toHaltLine } from '../views/human/halt-lines';
import { createBatchRows } from '../views/human/batch-rows';

interface ListOptions extends Omit<OutputOptions, 'output'>, RowOptions {
  readonly tenant?: string;
  readonly phase?: OpenPhase;
  readonly needsOperator?: boolean;
  readonly limit: number;
}

const LIMIT_DEFAULT = 20;
const LIMIT_MAX = 1_000;

/** Phases of a batch that is open; an ended one has an outcome. */
const PHASES: readonly OpenPhase[] = [
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
  const command = program
    .command('list')
    .description('batches, open ones first, each kind newest first')
    .option('--tenant <name>', 'only those of a tenant')
    .option('--phase <phase>', `only open ones in this phase: ${PHASES.join(', ')}`, toPhase)
    .option('--needs-operator', 'only those that wait for a person')
    .option(
      '--limit <n>',
      `most batches that are looked at, 1 to ${LIMIT_MAX}`,
      createLimitParser(LIMIT_MAX),
      LIMIT_DEFAULT,
    );
  addRowFlags(command, createBatchRows(0))
    .option(...JSON_FLAG)
    .action(async (options: ListOptions) => {
      shell.finish(await list(shell.context, options), options);
    });
}

function list(context: CommandContext, options: ListOptions): Promise<CommandReport> {
  return withFacade(context, async ({ batches: facade, local }) => {
    const found = await facade.list(toFilter(options));
    if (!found.ok) return createFailureReport(found);
    const halt = await local?.service.haltState();
    const state = halt?.ok === true ? halt.value : null;
    const kind = createBatchRows(Date.now());
    const { isCut } = found.value;
    const batches = found.value.batches.filter((row) =>
      isRowWanted(row, kind.columns, options.filter),
    );
    const looked = found.value.batches.length;
    const isFiltered = options.filter !== undefined && looked > 0;
    const none = isFiltered
      ? `none of the ${formatCountOf(looked, 'batch', 'batches')} looked at`
      : kind.none;
    const colors = context.io.outColors;
    const isMarked = (row: ListedBatch): boolean => row.needsOperator;
    // In what a script reads line by line there is nothing but rows.
    const isHaltShown = state !== null && isForPeople(options);
    return createReport(
      { batches, isCut, ...(halt === undefined ? {} : { halt: state }) },
      [
        ...(isHaltShown ? [toHaltLine(state, colors), ''] : []),
        ...toRowLines(batches, { ...kind, none }, { options, colors, isMarked }),
      ],
      isCut ? { next: toNext(options) } : {},
    );
  });
}

function isForPeople({ output }: ListOptions): boolean {
  return output === 'table' || output === 'wide';
}

function toNext({ limit }: ListOptions): string {
  const narrow = 'narrow them down by --tenant, --phase or --needs-operator';
  return limit === LIMIT_MAX
    ? `There are more: ${narrow}.`
    : `There are more: --limit ${LIMIT_MAX} looks at so many, or ${narrow}.`;
}

function toFilter({ tenant, phase, needsOperator, limit }: ListOptions): ListFilter {
  return {
    limit,
    ...(tenant === undefined ? {} : { tenant }),
    ...(phase === undefined ? {} : { phase }),
    ...(needsOperator === undefined ? {} : { needsOperator }),
  };
}

function toPhase(text: string): OpenPhase {
  const phase = PHASES.find((known) => known === text);
  if (phase === undefined)
    throw new InvalidArgumentError(`It must be one of ${PHASES.join(', ')}.`);
  return phase;
}
