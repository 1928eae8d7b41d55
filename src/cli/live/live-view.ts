import { stripVTControlCharacters } from 'node:util';
import type { CliIo } from '../cli-io';

/** One state of what is shown. */
export interface LiveFrame {
  /** For a terminal: drawn over the lines before. */
  readonly lines: readonly string[];
  /** For a log: written when `key` has changed, at most once a second, and at least every minute. */
  readonly line: string;
  /** What counts as a change; time that passes does not. */
  readonly key: string;
}

/** The lines that change while a command runs, on stderr. */
export interface LiveView {
  /**
   * Shows the current state.
   *
   * @param frame - the state, for a terminal and for a log
   */
  show(frame: LiveFrame): void;
  /** Writes a line that stays. */
  note(line: string): void;
  /** Leaves the last state where it is and stops drawing. */
  end(): void;
}

const LINE_INTERVAL_MS = 1_000;
const LINE_SILENCE_MAX_MS = 60_000;
const CURSOR_UP_AND_CLEAR = '\u001b[1A\u001b[2K';

/**
 * Builds the view: redrawn in place on a terminal, one line per change elsewhere.
 *
 * @param io - where to write
 * @param now - milliseconds since 1970
 */
export function createLiveView(io: CliIo, now: () => number = Date.now): LiveView {
  return io.isLive ? createTerminalView(io) : createLogView(io, now);
}

function createTerminalView(io: CliIo): LiveView {
  let drawn: readonly string[] = [];
  const clear = (): void => io.writeError(CURSOR_UP_AND_CLEAR.repeat(drawn.length));
  const draw = (lines: readonly string[]): void => {
    // A line that wraps would be two lines to clear, so it is cut.
    drawn = lines.map((line) => cutToWidth(line, io.columns() - 1));
    io.writeError(drawn.map((line) => `${line}\n`).join(''));
  };
  return {
    show({ lines }) {
      clear();
      draw(lines);
    },
    note(line) {
      const shown = drawn;
      clear();
      io.writeError(`${line}\n`);
      draw(shown);
    },
    end() {
      drawn = [];
    },
  };
}

function createLogView(io: CliIo, now: () => number): LiveView {
  let lastKey: string | undefined;
  let lastAtMs = -Infinity;
  return {
    show({ line, key }) {
      const silenceMs = now() - lastAtMs;
      const isDue = key === lastKey ? silenceMs >= LINE_SILENCE_MAX_MS : true;
      if (!isDue || silenceMs < LINE_INTERVAL_MS) return;
      lastKey = key;
      lastAtMs = now();
      io.writeError(`${line}\n`);
    },
    note: (line) => io.writeError(`${line}\n`),
    end: () => {},
  };
}

/** Cuts what is seen; a cut line loses its colours, since half an escape would stain the rest. */
function cutToWidth(line: string, width: number): string {
  const plain = stripVTControlCharacters(line);
  return plain.length <= width ? line : `${plain.slice(0, Math.max(0, width - 1))}…`;
}
