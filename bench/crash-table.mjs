/** The figures of the crash benchmark for people. */
import { toLines, toNotes } from './figures-table.mjs';

const COLUMNS = {
  'tokens kept': ({ tokensKept }) => tokensKept,
  'killed at': ({ killedAtPercent }) => `${killedAtPercent} %`,
  live: ({ live }) => live,
  duplicates: ({ duplicates }) => duplicates,
  unknown: ({ unknownInstances }) => unknownInstances,
  'steps by hand': ({ manualSteps }) => manualSteps,
  seconds: ({ secondsToRecover }) => secondsToRecover ?? '–',
};

/**
 * A table for each program, a line for each time it was killed.
 *
 * @param {{ asked: number, programs: object, how: object }} figures - as the benchmark gives them
 */
export function toTable({ asked, programs, how }) {
  const tables = Object.entries(programs).map(([name, { runs }]) => {
    const rows = runs.map((run) => Object.values(COLUMNS).map((toCell) => `${toCell(run)}`));
    return `${name}\n${toLines([Object.keys(COLUMNS), ...rows])}`;
  });
  return `${asked} instances asked for\n\n${tables.join('\n')}\n${toNotes(how)}`;
}
