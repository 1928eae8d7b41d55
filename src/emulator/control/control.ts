import type { IncomingMessage, ServerResponse } from 'node:http';
import { applyConfigPatch, restoreConfig } from '../config-patch';
import type { ConfigPatchResult } from '../config-patch';
import type { EmulatorConfig } from '../config';
import type { EmulatorState } from '../emulator-state';
import { parseFaults } from '../faults';
import { createStats } from '../stats';
import { listAccounts } from './listed-accounts';
import { parseInstancesQuery } from './instances-query';
import { findAny, listInstances } from './listed-instances';
import { toBriefEntries } from './brief-log';
import { parseLogQuery } from './log-query';
import { writeNdjson } from './ndjson';
import { PAGE_FILES, sendPageFile } from './page';

/** Every path below it belongs to the control API and needs no signature. */
export const CONTROL_PREFIX = '/_emulator';

/** What the control API works on. */
export interface ControlHost {
  readonly state: EmulatorState;
  /** The config that it was started with. */
  readonly originConfig: EmulatorConfig;
  /** True when callers from other hosts may use the control API. */
  readonly allowsRemoteControl: boolean;
  /** Forgets everything and goes back to how the emulator was started. */
  reset(): void;
}

/** One request to the control API. */
export interface ControlRequest {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly path: string;
  readonly query: string;
  readonly body: string;
}

type Route = (call: ControlRequest, host: ControlHost) => Promise<void> | void;

const ROUTES: Readonly<Record<string, Route>> = {
  'GET /_emulator/stats': ({ response }, host) => {
    sendJson(response, 200, createStats(host.state));
  },
  'GET /_emulator/accounts': ({ response }, host) => {
    sendJson(response, 200, listAccounts(host.state));
  },
  'GET /_emulator/log': getLog,
  'GET /_emulator/instances': getInstances,
  'GET /_emulator/config': ({ response }, host) => {
    sendJson(response, 200, host.state.config);
  },
  'PUT /_emulator/config': putConfig,
  'DELETE /_emulator/config': deleteConfig,
  'GET /_emulator/faults': ({ response }, host) => {
    sendJson(response, 200, host.state.faults.list());
  },
  'PUT /_emulator/faults': changeFaults('replace'),
  'POST /_emulator/faults': changeFaults('add'),
  'POST /_emulator/reset': ({ response }, host) => {
    host.reset();
    sendJson(response, 200, createStats(host.state));
  },
};

/** The page for people, its files, and its address without the slash that they are relative to. */
const PAGE_ROUTES: Readonly<Record<string, Route>> = {
  'GET /_emulator': ({ response }) => {
    response.writeHead(308, { location: `${CONTROL_PREFIX}/` }).end();
  },
  'GET /_emulator/': ({ response }) => {
    sendPageFile(response, 'page.html');
  },
  ...Object.fromEntries(
    PAGE_FILES.map((file): [string, Route] => [
      `GET ${CONTROL_PREFIX}/${file}`,
      ({ response }) => {
        sendPageFile(response, file);
      },
    ]),
  ),
};

/** Answers one request to the control API. */
export async function runControl(call: ControlRequest, host: ControlHost): Promise<void> {
  if (!host.allowsRemoteControl && !isLoopback(call.request.socket.remoteAddress)) {
    sendProblem(call.response, 403, {
      code: 'RemoteControlOff',
      message:
        'The control API answers this machine only. Start the emulator with --allow-remote-control to open it.',
    });
    return;
  }
  if (isForeignPage(call.request)) {
    sendProblem(call.response, 403, {
      code: 'ForeignPage',
      message: 'A page of another origin must not change the emulator. Call it without a browser.',
    });
    return;
  }
  const name = `${call.request.method ?? ''} ${call.path}`;
  const route = ROUTES[name] ?? PAGE_ROUTES[name];
  if (route === undefined) {
    sendProblem(call.response, 404, {
      code: 'UnknownControl',
      message: `No such control call. There are: ${Object.keys(ROUTES).join(', ')}.`,
    });
    return;
  }
  await route(call, host);
}

async function getLog({ response, query }: ControlRequest, host: ControlHost): Promise<void> {
  const result = parseLogQuery(query);
  if (!result.ok) {
    const { parameter } = result;
    sendInvalid(
      response,
      parameter,
      `${parameter} must be an integer of 0 or more: since is the seq of the last entry already read, last a number of entries, status an HTTP status.`,
    );
    return;
  }
  const { since, last, isBrief, matches } = result.query;
  const { log } = host.state;
  const entries =
    last === undefined ? log.list(since, matches) : log.listLatest(since, { last, matches });
  await writeNdjson(response, isBrief ? toBriefEntries(entries) : entries);
}

async function getInstances({ response, query }: ControlRequest, host: ControlHost): Promise<void> {
  const result = parseInstancesQuery(query);
  if (!result.ok) {
    sendInvalid(response, result.parameter, result.problem);
    return;
  }
  const { after } = result.query;
  if (after !== undefined && findAny(after, host.state) === undefined) {
    sendInvalid(response, 'after', 'after must be the InstanceId of the last one already read.');
    return;
  }
  await writeNdjson(response, listInstances(host.state, result.query));
}

function putConfig(call: ControlRequest, host: ControlHost): void {
  useConfig(call, host, applyConfigPatch(host.state.config, parseJson(call.body)));
}

/** Each `key` of the query names a setting; none: all. */
function deleteConfig(call: ControlRequest, host: ControlHost): void {
  const keys = new URLSearchParams(call.query).getAll('key');
  useConfig(call, host, restoreConfig(host.state.config, host.originConfig, keys));
}

function useConfig(
  { response }: ControlRequest,
  { state }: ControlHost,
  result: ConfigPatchResult,
): void {
  if (!result.ok) {
    sendProblem(response, 400, { code: 'InvalidConfig', message: result.problem });
    return;
  }
  state.config = result.config;
  state.queries.forget();
  sendJson(response, 200, state.config);
}

function changeFaults(change: 'replace' | 'add'): Route {
  return ({ response, body }, { state }) => {
    const result = parseFaults(parseJson(body));
    if (!result.ok) {
      sendProblem(response, 400, { code: 'InvalidFaults', message: result.problem });
      return;
    }
    state.faults[change](result.faults);
    sendJson(response, 200, state.faults.list());
  };
}

/** What is no JSON is undefined, which every schema refuses with a sentence of its own. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Browsers name the origin of the page that calls; programs send none. */
function isForeignPage({ headers }: IncomingMessage): boolean {
  const { origin, host } = headers;
  return origin !== undefined && origin !== `http://${host}` && origin !== `https://${host}`;
}

function isLoopback(address: string | undefined): boolean {
  return address === '::1' || (address?.replace('::ffff:', '').startsWith('127.') ?? false);
}

function sendInvalid(response: ServerResponse, parameter: string, message: string): void {
  const code = `Invalid${parameter.charAt(0).toUpperCase()}${parameter.slice(1)}`;
  sendProblem(response, 400, { code, message });
}

function sendProblem(
  response: ServerResponse,
  status: number,
  problem: { readonly code: string; readonly message: string },
): void {
  sendJson(response, status, problem);
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json;charset=utf-8' });
  response.end(`${JSON.stringify(value)}\n`);
}
