import { join } from 'node:path';
import { createColors } from 'picocolors';
import type { CliContext, OpenedService } from '../../src/cli/cli-context';
import { createRemoteBatches } from '../../src/remote/remote-batches';
import { runCli } from '../../src/cli/run-cli';
import type { BatchService } from '../../src/service/batch-service';

/** What a command line printed, and how it ended. */
export interface CliRun {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a test puts in place of the world. */
export interface FakeCliOptions {
  readonly service?: Partial<BatchService>;
  /** Instead of a service: why there is none. */
  readonly openFailure?: OpenedService & { readonly ok: false };
  readonly context?: Partial<CliContext>;
  /** What of the terminal is another one. */
  readonly io?: Partial<CliContext['io']>;
}

const ROOT = join(__dirname, '..', '..');

/** Runs a command line in this process with a service of the test's own. */
export async function runFakeCli(
  argv: readonly string[],
  options: FakeCliOptions = {},
): Promise<CliRun> {
  const printed = { stdout: '', stderr: '' };
  const exitCode = await runCli(argv, createFakeContext(printed, options));
  return { exitCode, ...printed };
}

function createFakeContext(
  printed: { stdout: string; stderr: string },
  { service = {}, openFailure, context = {}, io = {} }: FakeCliOptions,
): CliContext {
  return {
    io: {
      writeOut: (text) => void (printed.stdout += text),
      writeError: (text) => void (printed.stderr += text),
      writePieces: async (pieces) => {
        for await (const piece of pieces) printed.stdout += piece;
      },
      isLive: false,
      ask: null,
      columns: () => 100,
      outColors: createColors(false),
      errorColors: createColors(false),
      ...io,
    },
    version: '1.2.3',
    env: {},
    cwd: ROOT,
    packageRoot: ROOT,
    programPath: join(ROOT, 'dist', 'bin.js'),
    openService: () => Promise.resolve(openFailure ?? toOpened(service)),
    openApi: (place) => Promise.resolve(createRemoteBatches(place)),
    runWorker: () => Promise.resolve(0),
    runServer: () => Promise.resolve(0),
    runEmulator: () => Promise.resolve(0),
    catchInterrupt: () => new AbortController().signal,
    ...context,
  };
}

/** A method the test did not give is one that the command must not call. */
function toOpened(service: Partial<BatchService>): OpenedService {
  return {
    ok: true,
    value: {
      service: service as BatchService,
      server: { address: '127.0.0.1:7233', namespace: 'default' },
      close: () => Promise.resolve(),
    },
  };
}
