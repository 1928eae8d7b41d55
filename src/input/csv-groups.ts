import { LIMITS } from '../domain/limits';
import type { Problem } from '../domain/problem';
import { toCsvColumn } from './csv-columns';
import type { CsvColumn } from './csv-columns';
import { toFollowUpColumn, toFollowUps } from './csv-follow-ups';
import type { CsvRow } from './csv-text';
import { toCellValue } from './csv-values';

/** A problem of a cell; an offset of null means the file as a whole. */
export interface CsvProblem extends Problem {
  readonly offset: number;
}

interface CsvGroup {
  readonly first: CsvRow;
  /** The rows that repeat the first one. */
  readonly repeats: CsvRow[];
  /** Numbers of its placements, in order: the columns may leave some out. */
  readonly placements: readonly number[];
  count: number;
}

/** Lines that a message names; more are counted. */
const LINES_NAMED_MAX = 10;

/**
 * Gathers rows into groups, and knows for each value of the document the cell it came from.
 *
 * @param names - of the columns; what is unknown was reported, and is passed over here
 */
export class CsvGroups {
  private readonly groups = new Map<string, CsvGroup>();
  private readonly columns: readonly (CsvColumn | null)[];

  constructor(private readonly names: readonly string[]) {
    this.columns = names.map(toCsvColumn);
  }

  /** Adds a row, and says what is wrong with it as a row. */
  add(row: CsvRow): readonly CsvProblem[] {
    const at = this.names.indexOf('group');
    const name = row.cells[at]?.text ?? '';
    // Without the column the header was told so, once.
    if (at === -1) return [];
    if (name === '') {
      const message = 'is missing; write the name of the group that the row belongs to.';
      return [{ path: ['group'], code: 'missing', message, offset: row.cells[at]!.offset }];
    }
    const group = this.groups.get(name);
    const [count, problems] = this.readCount(row);
    if (group === undefined) {
      this.groups.set(name, {
        ...{ first: row, repeats: [], count },
        placements: this.listPlacements(row),
      });
      return problems;
    }
    group.count += count;
    group.repeats.push(row);
    return [...problems, ...this.compare(row, group.first, name)];
  }

  /** The groups as a request has them. */
  toDocument(): readonly object[] {
    return [...this.groups].map(([name, group]) => ({
      name,
      count: group.count,
      spec: this.toObject(group.first, (column) => column.kind === 'spec'),
      placements: group.placements.map((number) => this.toPlacement(group.first, number)),
      ...this.toObject(group.first, (column) => column.kind === 'key'),
      ...toGiven({ followUps: this.toFollowUps(group.first) }),
    }));
  }

  /** Finds the cell of a problem of the document; null for a column that was missed as a whole. */
  locate(problem: Problem): (Problem & { readonly offset: number | null }) | null {
    const [root, index, ...rest] = problem.path;
    const group = root === 'groups' ? [...this.groups.values()][Number(index)] : undefined;
    if (group === undefined) return { ...problem, ...toRootHint(problem), offset: null };
    const name = toColumnName(rest, group.placements);
    const at = this.names.indexOf(name);
    if (at === -1 && toCsvColumn(name)?.kind === 'placement' && !/\d$/.test(name)) return null;
    const offset = group.first.cells[Math.max(at, 0)]!.offset;
    const path = name === '' ? [] : [name];
    const message = `${problem.message}${toRepeats(name, group.repeats)}`;
    return { path, code: problem.code, message, offset };
  }

  private readCount({ cells }: CsvRow): readonly [number, readonly CsvProblem[]] {
    const cell = cells[this.names.indexOf('count')];
    if (cell === undefined || cell.text === '') return [1, []];
    const count = /^\d{1,9}$/.test(cell.text) ? Number(cell.text) : NaN;
    if (count >= 1 && count <= LIMITS.slotsMax) return [count, []];
    const message = `must be a whole number from 1 to ${LIMITS.slotsMax}; leave it empty for one.`;
    return [1, [{ path: ['count'], code: 'out-of-range', message, offset: cell.offset }]];
  }

  /** The first placement is always there, so that its missing cells are told. */
  private listPlacements({ cells }: CsvRow): readonly number[] {
    const numbers = this.columns.map((column, index) =>
      column?.kind === 'placement' && cells[index]!.text !== '' ? column.number : 1,
    );
    return [...new Set([1, ...numbers])].sort((left, right) => left - right);
  }

  private compare(row: CsvRow, first: CsvRow, group: string): readonly CsvProblem[] {
    return row.cells.flatMap((cell, index) => {
      const { text } = cell;
      const column = this.columns[index];
      if (column === null || column?.kind === 'count') return [];
      if (text === first.cells[index]!.text) return [];
      const message =
        `differs from line ${first.line}; rows of the group ${group} may differ in count alone, ` +
        'so give this row another group.';
      return [{ path: [this.names[index]!], code: 'conflict', message, offset: cell.offset }];
    });
  }

  private toPlacement(row: CsvRow, number: number): object {
    const first = this.toObject(row, (column) => isOfPlacement(column, 1));
    if (number === 1) return first;
    const { region, vpcId } = first as { region?: unknown; vpcId?: unknown };
    const own = this.toObject(row, (column) => isOfPlacement(column, number));
    return { ...toGiven({ region, vpcId }), ...own };
  }

  private toFollowUps({ cells }: CsvRow): object | undefined {
    return toFollowUps(
      this.columns.flatMap((column, index) => {
        const { text } = cells[index]!;
        if (column?.kind !== 'followUp' || text === '') return [];
        return [[column.path, toCellValue(column.path[0], text)] as const];
      }),
    );
  }

  private toObject({ cells }: CsvRow, isWanted: (column: CsvColumn) => boolean): object {
    const entries = this.columns.flatMap((column, index) => {
      if (column === null || !('key' in column) || !isWanted(column)) return [];
      const { text } = cells[index]!;
      return text === '' ? [] : [[column.key, toCellValue(column.key, text)] as const];
    });
    return Object.fromEntries(entries);
  }
}

function isOfPlacement(column: CsvColumn, number: number): boolean {
  return column.kind === 'placement' && column.number === number;
}

function toGiven(values: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

/** The column of a path below a group, such as `vSwitchId2`; empty when it is the group as a whole. */
function toColumnName(path: Problem['path'], placements: readonly number[]): string {
  const [first, second, third] = path;
  if (first === 'name') return 'group';
  if (first === 'spec') return String(second ?? '');
  if (first === 'followUps') return second === undefined ? '' : toFollowUpColumn(path.slice(1));
  if (first !== 'placements') return String(first ?? '');
  const number = placements[Number(second)] ?? 1;
  return third === undefined ? '' : `${String(third)}${number === 1 ? '' : number}`;
}

function toRepeats(name: string, rows: readonly CsvRow[]): string {
  if (rows.length === 0 || name === 'count') return '';
  const first = rows.slice(0, LINES_NAMED_MAX);
  const named = first.map(({ line }) => line).join(', ');
  const more = rows.length - LINES_NAMED_MAX;
  return ` So it is in line ${named}${more > 0 ? ` and ${more} more` : ''}.`;
}

/** A CSV file says nothing but groups, so that the usual gap gets its cure. */
function toRootHint({ path, code }: Problem): Partial<Problem> {
  if (path[0] !== 'batchId' || code !== 'missing') return {};
  const message =
    'is missing, since a CSV file holds none; give --batch-id, or a YAML file that says it.';
  return { message };
}
