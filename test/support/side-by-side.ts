type Title = string;
type Work<Row extends readonly [unknown, ...unknown[]]> = (...row: Row) => Promise<void>;

/** Seconds alone; five of them share a machine that may be busy with others. */
const TIMEOUT_MS = 120_000;

/** Declares tests of one subject. */
export interface SideBySide {
  (title: Title, work: () => Promise<void>): void;
  each<Row extends readonly [unknown, ...unknown[]]>(
    rows: readonly Row[],
  ): (title: Title, work: Work<Row>) => void;
}

/**
 * As `describe`, for tests that wait most of their time: those of a file run side by side, five at once.
 * Jest runs concurrent tests only beside those of their own `describe`, so there is none.
 *
 * @param subject - what the titles of its tests begin with
 * @param declare - declares them
 */
export function about(subject: string, declare: (it: SideBySide) => void): void {
  const it = (title: Title, work: () => Promise<void>): void =>
    test.concurrent(`${subject} ${title}`, work, TIMEOUT_MS);
  const each =
    <Row extends readonly [unknown, ...unknown[]]>(rows: readonly Row[]) =>
    (title: Title, work: Work<Row>): void =>
      test.concurrent.each(rows as unknown as [unknown][])(
        `${subject} ${title}`,
        work as unknown as (row: unknown) => Promise<void>,
        TIMEOUT_MS,
      );
  declare(Object.assign(it, { each }));
}
