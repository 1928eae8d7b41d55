import { formatProblem, type Problem } from '../domain/problem';

/** A problem with its place in a file. */
export interface LocatedProblem extends Problem {
  /** As it was given, or `<stdin>`. */
  readonly fileName: string;
  /** From 1; 0 when the trouble is the file as a whole. */
  readonly line: number;
  /** From 1, counted in UTF-16 units as editors do; 0 as for the line. */
  readonly column: number;
}

/** `batch.yaml:12:5`, or the file alone. */
export function formatPlace({
  fileName,
  line,
  column,
}: Omit<LocatedProblem, keyof Problem>): string {
  return line === 0 ? fileName : `${fileName}:${line}:${column}`;
}

/** `batch.yaml:12:5: groups[0].count: must be …`: editors jump to it. */
export function formatLocatedProblem(problem: LocatedProblem): string {
  return `${formatPlace(problem)}: ${formatProblem(problem)}`;
}
