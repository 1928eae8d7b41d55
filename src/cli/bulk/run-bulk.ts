import type { Action } from '../../service/act-on-batch';
import type { BulkRow } from '../../service/act-on-batches';
import type { BatchFacade } from '../../service/batch-facade';
import type { SelectedBatches } from '../../service/batch-selection';
import { createFailureReport, createReport } from '../command-report';
import type { CommandReport } from '../command-report';
import { withFacade } from '../command-shell';
import type { CommandShell } from '../command-shell';
import { EXIT, toFailureExitCode } from '../exit-code';
import { formatCountOf } from '../views/human/numbers';
import { toBulkRowLines, toSelectedLines } from '../views/human/bulk-lines';
import { toSelection } from './bulk-flags';
import type { BulkKind, BulkOptions } from './bulk-flags';

/** One order for many batches. */
export interface BulkOrder {
  /** Name of the command, such as `retry`. */
  readonly command: string;
  readonly kind: BulkKind;
  readonly action: Action;
  readonly options: BulkOptions;
}

/**
 * Finds the batches, has the number confirmed where somebody sits at a terminal, and gives each the
 * order. What one of them refuses costs no other anything.
 *
 * @param shell - what the commands work with
 * @param order - what to do, and with which
 * @returns a row for each batch
 */
export function runBulk(shell: CommandShell, order: BulkOrder): Promise<CommandReport> {
  return withFacade(shell.context, async ({ batches }) => {
    const found = await batches.select(toSelection(order.options, order.kind));
    if (!found.ok) return createFailureReport(found);
    const selected = found.value;
    if (order.options.dryRun === true || selected.batches.length === 0) {
      return reportSelected(order, selected);
    }
    const refusal = await findRefusal(shell, order, selected);
    return refusal ?? act(batches, order, selected);
  });
}

function reportSelected(order: BulkOrder, selected: SelectedBatches): CommandReport {
  const { batches, unanswered, isCut } = selected;
  const data = {
    ...{ action: order.action.name, isDryRun: order.options.dryRun === true },
    batches,
    unanswered: unanswered.map(({ failure, ...key }) => toFailedRow(key, failure)),
    isCut,
  };
  const next =
    batches.length === 0 ? {} : { next: 'Nothing was done. Without --dry-run it is done.' };
  const exitCode = unanswered.length === 0 ? EXIT.done : EXIT.partial;
  return createReport(data, toSelectedLines(selected), { exitCode, ...next });
}

/** Asks on a terminal; in a script only what cannot be taken back needs `--yes`. */
async function findRefusal(
  { context: { io } }: CommandShell,
  { command, kind, options }: BulkOrder,
  selected: SelectedBatches,
): Promise<CommandReport | undefined> {
  const count = selected.batches.length;
  if (options.yes === true) return undefined;
  if (io.ask !== null) {
    io.writeError(`${toSelectedLines(selected).join('\n')}\n`);
    const many = formatCountOf(count, 'batch', 'batches');
    const answer = await io.ask(`${command} ${many}? Type ${count} to go on: `);
    if (answer.trim() === `${count}`) return undefined;
  } else if (kind.isFinal === undefined) {
    return undefined;
  }
  return createFailureReport({
    code: 'not-confirmed',
    message: `Nobody confirmed "${command}" for ${count} batches, so nothing was done; --yes confirms it.`,
    data: { batches: selected.batches },
  });
}

async function act(
  facade: BatchFacade,
  { action }: BulkOrder,
  { batches, unanswered, isCut }: SelectedBatches,
): Promise<CommandReport> {
  const silent = unanswered.map(({ failure, ...key }) => ({ key, answer: failure }));
  const rows: readonly BulkRow[] = [...(await facade.actOnAll(batches, action)), ...silent];
  const done = rows.filter(({ answer }) => answer.ok).length;
  const data = {
    ...{ action: action.name, isDryRun: false, done, failed: rows.length - done, isCut },
    batches: rows.map(toRow),
  };
  const next = isCut ? { next: 'There are more batches than --limit allows.' } : {};
  return createReport(data, toBulkRowLines(rows), { exitCode: toExitCode(rows), ...next });
}

function toRow({ key, answer }: BulkRow): object {
  return answer.ok ? { ...key, ok: true, ...answer.value } : toFailedRow(key, answer);
}

function toFailedRow(
  key: BulkRow['key'],
  { code, message }: { readonly code: string; readonly message: string },
): object {
  return { ...key, ok: false, error: { code, message } };
}

/** Some failed is as a batch with fewer than asked; if all have, the first one says why. */
function toExitCode(rows: readonly BulkRow[]): number {
  const failures = rows.flatMap(({ answer }) => (answer.ok ? [] : [answer]));
  const [first] = failures;
  if (first === undefined) return EXIT.done;
  return failures.length === rows.length ? toFailureExitCode(first.code) : EXIT.partial;
}
