import type { Cell } from '../views/human/table';

/** One column of a list: what a script gets, and what people see. */
export interface Column<Row> {
  /** By which `--columns` and `--filter` call it; also the header. */
  readonly name: string;
  /** Plain value, as in CSV and for a filter; null for what nobody knows. */
  readonly toValue: (row: Row) => string | number | boolean | null;
  /** What a table shows; the value itself when left out. */
  readonly toCell?: (row: Row) => Cell;
  /** Header of a table, when it is not the name. */
  readonly header?: string;
  /** In which output it stands unasked: in every one, in wide ones and CSV, or only when it is named. */
  readonly shown: 'always' | 'wide' | 'named';
}

/** A list as commands give it: its columns, and the id that leads to each row. */
export interface RowKind<Row> {
  readonly columns: readonly Column<Row>[];
  /** What `--output ids` prints. */
  readonly toId: (row: Row) => string;
  /** What is said when there are none. */
  readonly none: string;
}
