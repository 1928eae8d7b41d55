import type { Finding } from '../../../service/doctor/finding';
import type { Colors } from '../../cli-io';

/**
 * What the doctor found: a line each, and below it what to do.
 *
 * @param findings - in the order they are shown
 * @param colors - of the stream they are written to
 */
export function toDoctorLines(findings: readonly Finding[], colors: Colors): string[] {
  const marks = { ok: colors.green('OK  '), warn: colors.yellow('WARN'), fail: colors.red('FAIL') };
  const width = Math.max(...findings.map(({ check }) => check.length));
  return findings.flatMap(({ check, level, message, advice }) => [
    `${marks[level]}  ${check.padEnd(width)}  ${message}`,
    ...(advice === null ? [] : [`${' '.repeat(width + 8)}${advice}`]),
  ]);
}
