import type { Colors } from '../../cli-io';
import { isExact } from '../../demo/demo-account';
import type { DemoRun } from '../../demo/run-demo';
import { formatCount } from './numbers';
import { toCountList } from './result-lines';

/**
 * The demo's account for people. What exists was counted by the emulator, not by us.
 *
 * @param run - the demo that came to its end
 * @param colors - colours of the stream it is written to
 * @param isKept - whether everything runs on
 */
export function toDemoLines(
  run: DemoRun,
  { colors, isKept }: { readonly colors: Colors; readonly isKept: boolean },
): string[] {
  const { account, finished } = run;
  const verdict = isExact(account) ? colors.green('exactly as asked') : colors.red('NOT as asked');
  return [
    '',
    `${colors.bold(verdict)}, in ${run.seconds} s`,
    '',
    ...toCountLines(run),
    '',
    `calls       ${toCountList(account.apiCallsByAction)}`,
    `retries     ${toCountList(account.retries)}`,
    `result      ${finished.location ?? 'in Temporal only'}`,
    `UI          ${toUi(run, isKept)}`,
  ];
}

function toUi({ stack }: DemoRun, isKept: boolean): string {
  const { uiUrl } = stack.temporal;
  if (uiUrl === undefined) return 'that of the Temporal server that was there';
  return isKept ? uiUrl : `was at ${uiUrl}; --keep leaves it up`;
}

function toCountLines({ account, historyEvents }: DemoRun): string[] {
  const rows: readonly (readonly [string, number, string])[] = [
    ['asked', account.asked, ''],
    ['ready', account.ready, 'in the result'],
    ['live', account.live, 'counted by the emulator'],
    ['duplicates', account.duplicates, 'live beyond what was asked'],
    ['orphans', account.orphans, 'live and not in the result'],
    ['API calls', account.apiCalls, `${formatCount(account.faults)} of them throttled or spoilt`],
    ['history', historyEvents, 'events in Temporal'],
  ];
  const width = Math.max(...rows.map(([, count]) => formatCount(count).length));
  return rows.map(([name, count, remark]) =>
    `${name.padEnd(11)} ${formatCount(count).padStart(width)}  ${remark}`.trimEnd(),
  );
}
