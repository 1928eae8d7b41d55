import type { ListedAccount } from '../../emulator/control/listed-accounts';
import type { Fault } from '../../emulator/faults';
import type { LogEntry } from '../../emulator/request-log';
import type { EmulatorStats } from '../../emulator/stats';
import { toRefusal, toUnanswered } from './control-failure';
import type { ControlResult } from './control-failure';
import type { EmulatorPlace } from './emulator-place';
import { takeRows } from './ndjson-rows';
import type { TakenRows, Wanted } from './ndjson-rows';

/** Settings by their names (docs/emulator.md, Config). */
export type EmulatorSettings = Readonly<Record<string, unknown>>;

/** An instance as DescribeInstances shows it, and what only the control API tells. */
export interface EmulatorInstance {
  readonly InstanceId: string;
  readonly InstanceName: string;
  readonly InstanceStatus: string;
  readonly InstanceClass: string;
  readonly RegionId: string;
  readonly ZoneId: string;
  readonly VSwitchId: string;
  readonly PrivateIp: string;
  readonly ChargeType: string;
  readonly EngineVersion: string;
  readonly CreateTime: string;
  readonly OrderId: string;
  readonly AccountId: string;
}

/** Parameters of a query; what is undefined is left out. */
export type ControlQuery = Readonly<Record<string, string | number | undefined>>;

/** The control API of one emulator; failures are values. */
export interface ControlClient {
  readonly place: EmulatorPlace;
  stats(): Promise<ControlResult<EmulatorStats>>;
  accounts(): Promise<ControlResult<readonly ListedAccount[]>>;
  config(): Promise<ControlResult<EmulatorSettings>>;
  /** Changes any part of the config; gives the whole. */
  patchConfig(patch: object): Promise<ControlResult<EmulatorSettings>>;
  /** Takes settings back to the start, all of them without keys; gives the whole. */
  restoreConfig(keys: readonly string[]): Promise<ControlResult<EmulatorSettings>>;
  faults(): Promise<ControlResult<readonly Fault[]>>;
  /** Adds rules at the end of the script; gives the whole. */
  addFaults(rules: readonly unknown[]): Promise<ControlResult<readonly Fault[]>>;
  replaceFaults(rules: readonly unknown[]): Promise<ControlResult<readonly Fault[]>>;
  /** Forgets everything; gives the fresh counts. */
  reset(): Promise<ControlResult<EmulatorStats>>;
  instances(
    query: ControlQuery,
    wanted: Wanted<EmulatorInstance>,
  ): Promise<ControlResult<TakenRows<EmulatorInstance>>>;
  log(query: ControlQuery, wanted: Wanted<LogEntry>): Promise<ControlResult<TakenRows<LogEntry>>>;
}

/** The emulator answers at once; a longer silence is that of something else. */
const ANSWER_TIMEOUT_MS = 30_000;

interface Call {
  readonly method?: 'PUT' | 'POST' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
}

/**
 * Builds the client of a control API; nothing is sent yet.
 *
 * @param place - where the emulator is
 */
export function createControlClient(place: EmulatorPlace): ControlClient {
  const ask = <Value>(call: Call) => askFor<Value>(place, call);
  const put = <Value>(path: string, body: unknown) => ask<Value>({ method: 'PUT', path, body });
  return {
    place,
    stats: () => ask({ path: 'stats' }),
    accounts: () => ask({ path: 'accounts' }),
    config: () => ask({ path: 'config' }),
    patchConfig: (patch) => put('config', patch),
    restoreConfig: (keys) => {
      const query = new URLSearchParams(keys.map((key): [string, string] => ['key', key]));
      return ask({ method: 'DELETE', path: `config?${query}` });
    },
    faults: () => ask({ path: 'faults' }),
    addFaults: (rules) => ask({ method: 'POST', path: 'faults', body: rules }),
    replaceFaults: (rules) => put('faults', rules),
    reset: () => ask({ method: 'POST', path: 'reset' }),
    instances: (query, wanted) => askForRows(place, toPath('instances', query), wanted),
    log: (query, wanted) => askForRows(place, toPath('log', query), wanted),
  };
}

async function askFor<Value>(place: EmulatorPlace, call: Call): Promise<ControlResult<Value>> {
  try {
    const response = await send(place, call);
    const text = await response.text();
    if (!response.ok) return toRefusal(place, response.status, text);
    return { ok: true, value: JSON.parse(text) as Value };
  } catch (error) {
    return explain(place, error);
  }
}

async function askForRows<Row>(
  place: EmulatorPlace,
  path: string,
  wanted: Wanted<Row>,
): Promise<ControlResult<TakenRows<Row>>> {
  try {
    const response = await send(place, { path });
    if (!response.ok) return toRefusal(place, response.status, await response.text());
    return { ok: true, value: await takeRows(response.body, wanted) };
  } catch (error) {
    return explain(place, error);
  }
}

/** Limits the wait for an answer, and not the time that a long one takes to arrive. */
async function send({ url }: EmulatorPlace, { method, path, body }: Call): Promise<Response> {
  const abort = new AbortController();
  const silence = new Error(`silent for ${ANSWER_TIMEOUT_MS / 1_000} s`);
  const timer = setTimeout(() => abort.abort(silence), ANSWER_TIMEOUT_MS);
  try {
    return await fetch(`${url}/_emulator/${path}`, {
      ...{ signal: abort.signal, method: method ?? 'GET' },
      ...(body === undefined
        ? {}
        : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
  } finally {
    clearTimeout(timer);
  }
}

/** What answers everything with 200 and no JSON is somebody else. */
function explain(place: EmulatorPlace, error: unknown): ControlResult<never> {
  return error instanceof SyntaxError ? toRefusal(place, 200, '') : toUnanswered(place, error);
}

function toPath(path: string, query: ControlQuery): string {
  const given = Object.entries(query).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, String(value)]],
  );
  return `${path}?${new URLSearchParams(given)}`;
}
