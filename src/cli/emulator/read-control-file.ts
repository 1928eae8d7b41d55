import { readTextFile, readTextStream } from '../../input/read-text';
import { parseYaml } from '../../input/yaml-document';
import type { CliFailure } from '../command-report';
import { toReadFailure } from '../read-failure';

/** What a file for the control API says; the emulator itself checks what it means. */
export type ReadControlFile =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly failure: CliFailure };

/**
 * Reads a file for the control API.
 *
 * @param path - JSON or YAML; `-` for standard input
 * @returns `no-such-file`, or `invalid-input` with each problem of the syntax and its place
 */
export async function readControlFile(path: string): Promise<ReadControlFile> {
  const isStdin = path === '-';
  const fileName = isStdin ? '<stdin>' : path;
  const read = isStdin ? await readTextStream(process.stdin) : await readTextFile(path);
  if (!read.ok) {
    const problem = { path: [], code: 'syntax', message: read.message } as const;
    const problems = [{ ...problem, fileName, line: 0, column: 0 }];
    return { ok: false, failure: toReadFailure(fileName, { reason: read.reason, problems }) };
  }
  const parsed = parseYaml(read.text);
  if (parsed.ok) return { ok: true, value: parsed.document.value };
  const problems = parsed.problems.map(({ problem, ...place }) => ({
    ...{ ...problem, fileName },
    ...place,
  }));
  return { ok: false, failure: toReadFailure(fileName, { reason: 'invalid', problems }) };
}
