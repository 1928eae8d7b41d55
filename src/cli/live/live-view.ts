import { stripVTControlCharacters } from 'node:util';
import type { CliIo } from '../cli-io';

/** The lines that change while a command runs, on stderr. */
export interface LiveView {
  /**
   * Shows the current state.
   *
   * @param lines - for a terminal: drawn over the lines before
   * @param line - for a log: written when it differs from the last one, at most once a second
   */
  show(lines: readonly string[], line: string): void;
  /** Writes a line that stays. */
  note(line: string): void;
  /** Leaves the last state where it is and stops drawing. */
  end(): void;
}

const LINE_INTERVAL_MS = 1_000;
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
    show(lines) {
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
  let lastLine = '';
  let lastAtMs = -Infinity;
  return {
    show(_lines, line) {
      if (line === lastLine || now() - lastAtMs < LINE_INTERVAL_MS) return;
      lastLine = line;
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
