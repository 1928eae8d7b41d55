import { readFileSync } from 'node:fs';
import type { ApiPlace } from '../remote/api-connection';
import type { CliFailure } from './command-report';
import { toPlainUrl } from './plain-url';
import type { ServerOptions } from './server-options';

/** Where the HTTP API is, null when nobody named one, or what is wrong with what was named. */
export type FoundApi =
  | { readonly ok: true; readonly place: ApiPlace | null }
  | { readonly ok: false; readonly failure: CliFailure };

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Finds out whether a command works over the HTTP API, and by which key. A flag wins over a variable,
 * and a file over a key.
 *
 * @param options - the flags
 * @param env - `TAIRFLEET_SERVER`, `TAIRFLEET_API_KEY_FILE`, `TAIRFLEET_API_KEY`
 */
export function findApiPlace(options: ServerOptions, env: Environment): FoundApi {
  const server = options.server ?? toText(env['TAIRFLEET_SERVER']);
  if (server === undefined) {
    if (options.apiKeyFile === undefined) return { ok: true, place: null };
    return refuse('usage', '--api-key-file goes with --server (or TAIRFLEET_SERVER) only.');
  }
  const url = toPlainUrl(server);
  if (url === null) {
    const message = `"${server}" is no address of a server: write it as https://tairfleet.internal, without a key in it.`;
    return refuse('usage', message);
  }
  const key = findKey(options, env);
  return key.ok ? { ok: true, place: { url, key: key.key } } : key;
}

type FoundKey =
  { readonly ok: true; readonly key: string | null } | (FoundApi & { readonly ok: false });

function findKey({ apiKeyFile }: ServerOptions, env: Environment): FoundKey {
  const file = apiKeyFile ?? toText(env['TAIRFLEET_API_KEY_FILE']);
  const found = file === undefined ? env['TAIRFLEET_API_KEY'] : readKeyFile(file);
  if (found === null) {
    return refuse('no-such-file', `The file of the API key, ${file}, cannot be read.`);
  }
  const key = toText(found);
  if (key === undefined && file === undefined) return { ok: true, key: null };
  // What a header may hold; the key itself is never repeated.
  if (key !== undefined && /^[\x21-\x7e]+$/.test(key)) return { ok: true, key };
  const where = file === undefined ? 'TAIRFLEET_API_KEY' : `The file ${file}`;
  return refuse('invalid-config', `${where} must hold one API key or token, and nothing else.`);
}

function readKeyFile(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

/** An empty variable counts as not set. */
function toText(text: string | undefined): string | undefined {
  const trimmed = text?.trim();
  return trimmed === '' ? undefined : trimmed;
}

function refuse(code: string, message: string): FoundApi & { readonly ok: false } {
  return { ok: false, failure: { code, message } };
}
