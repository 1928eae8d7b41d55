import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createInterface } from 'node:readline/promises';
import { createColors } from 'picocolors';

/** Colours that are plain text where nobody wants them. */
export type Colors = ReturnType<typeof createColors>;

/** Where a command writes: data on stdout, everything on the way there on stderr. */
export interface CliIo {
  readonly writeOut: (text: string) => void;
  readonly writeError: (text: string) => void;
  /** Writes to stdout no faster than it is read; nothing is gathered. */
  readonly writePieces: (pieces: AsyncIterable<string>) => Promise<void>;
  /** Whether stderr is a terminal, so that lines can be drawn again. */
  readonly isLive: boolean;
  /** Asks on the terminal and gives the line that was typed; null where nobody sits. */
  readonly ask: ((question: string) => Promise<string>) | null;
  /** Columns of the terminal. */
  readonly columns: () => number;
  /** Colours for stdout. */
  readonly outColors: Colors;
  /** Colours for stderr. */
  readonly errorColors: Colors;
}

/** The streams and the environment of a process. */
export interface ProcessStreams {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly env: Readonly<Record<string, string | undefined>>;
}

const COLUMNS_DEFAULT = 100;

/**
 * Builds the output of a process. Colours only on a terminal, and never with NO_COLOR set
 * (no-color.org).
 *
 * @param streams - stdin, stdout, stderr and the environment
 */
export function createCliIo({ stdin, stdout, stderr, env }: ProcessStreams): CliIo {
  const areColorsWanted = !env.NO_COLOR && env.TERM !== 'dumb';
  return {
    writeOut: (text) => void stdout.write(text),
    writeError: (text) => void stderr.write(text),
    writePieces: (pieces) => pipeline(Readable.from(pieces), stdout, { end: false }),
    isLive: stderr.isTTY && env.TERM !== 'dumb',
    ask: stdin.isTTY && stderr.isTTY ? (question) => askOn(stdin, stderr, question) : null,
    columns: () => stderr.columns || COLUMNS_DEFAULT,
    outColors: createColors(areColorsWanted && stdout.isTTY),
    errorColors: createColors(areColorsWanted && stderr.isTTY),
  };
}

/** Ctrl-C and the end of the input are an empty answer. */
async function askOn(
  input: NodeJS.ReadStream,
  output: NodeJS.WriteStream,
  question: string,
): Promise<string> {
  const terminal = createInterface({ input, output });
  const ended = new Promise<string>((resolve) => terminal.once('close', () => resolve('')));
  try {
    return await Promise.race([terminal.question(question), ended]);
  } finally {
    terminal.close();
  }
}
