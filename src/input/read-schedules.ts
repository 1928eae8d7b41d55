import { checkScheduleFile } from '../domain/schedule/check-schedule-file';
import type { ScheduleFile } from '../domain/schedule/schedule';
import { CRON_GRAMMAR } from './cron-grammar';
import { createLocate } from './locate';
import type { LocatedProblem } from './located-problem';
import { readTextFile, readTextStream } from './read-text';
import { parseYaml } from './yaml-document';

/** Checked schedules. */
export interface CheckedSchedules {
  readonly file: ScheduleFile;
  /** The same as it was written. */
  readonly document: unknown;
}

/** Checked schedules, or all that is wrong with them. */
export type ReadSchedules =
  | ({ readonly ok: true } & CheckedSchedules)
  | {
      readonly ok: false;
      /** `unreadable`: there is no such file, or it may not be read. */
      readonly reason: 'unreadable' | 'invalid';
      /** At least one, in the order of the file. */
      readonly problems: readonly LocatedProblem[];
    };

/** Where a text came from, and what it does not say itself. */
export interface ReadSchedulesOptions {
  /** Name for messages. */
  readonly fileName: string;
  /** Tenant of a text without one; `default` when left out. */
  readonly fallbackTenant?: string;
}

/**
 * Reads schedules from a YAML or JSON file.
 *
 * @param path - file, or `-` for standard input
 */
export async function readSchedulesFile(path: string): Promise<ReadSchedules> {
  const isStdin = path === '-';
  const fileName = isStdin ? '<stdin>' : path;
  const read = isStdin ? await readTextStream(process.stdin) : await readTextFile(path);
  if (read.ok) return readSchedulesText(read.text, { fileName });
  const problem = { path: [], code: 'syntax', message: read.message } as const;
  const problems = [{ ...problem, fileName, line: 0, column: 0 }];
  return { ok: false, reason: read.reason, problems };
}

/** Reads schedules from a YAML or JSON text. */
export function readSchedulesText(text: string, options: ReadSchedulesOptions): ReadSchedules {
  const { fileName, ...rest } = options;
  const parsed = parseYaml(text);
  if (!parsed.ok) {
    return toInvalid(
      parsed.problems.map(({ problem, line, column }) => ({ ...problem, fileName, line, column })),
    );
  }
  const checked = checkScheduleFile(parsed.document.value, { ...rest, grammar: CRON_GRAMMAR });
  if (checked.ok) return { ...checked, document: parsed.document.value };
  const locate = createLocate(parsed.document);
  return toInvalid(
    checked.problems.map((problem) => ({ ...problem, fileName, ...locate(problem) })),
  );
}

/**
 * Reads schedules again for a tenant that their file does not name.
 *
 * @param written - the schedules
 * @param tenant - whose they are
 * @returns the same with the tenant written into them; null when they are not valid for it
 */
export function rereadSchedules(
  written: CheckedSchedules,
  tenant: string,
): CheckedSchedules | null {
  const document = { ...(written.document as object), tenant };
  const checked = checkScheduleFile(document, { grammar: CRON_GRAMMAR });
  return checked.ok ? { file: checked.file, document } : null;
}

function toInvalid(problems: readonly LocatedProblem[]): ReadSchedules {
  const inOrder = [...problems].sort(
    (left, right) => left.line - right.line || left.column - right.column,
  );
  return { ok: false, reason: 'invalid', problems: inOrder };
}
