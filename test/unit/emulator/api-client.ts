import { waitFor } from '../../support/wait-for';
import { createHmac, randomUUID } from 'node:crypto';
import { startEmulator } from '../../../src/emulator/main';
import type { EmulatorOptions, RunningEmulator } from '../../../src/emulator/main';

/** A parsed answer, looked at by path: each `expect` checks what it finds there. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Json = Record<string, any>;

/** An answer as the client saw it. */
export interface ApiAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** In how many reads the body came. */
  readonly pieces: number;
  /** The parsed body; empty when it is no JSON. */
  readonly json: Json;
}

/** How a call is put on the wire. */
export interface WireOptions {
  readonly method?: 'GET' | 'POST' | 'PUT';
  readonly place?: 'query' | 'form' | 'split';
  readonly secret?: string;
  /** Replaces common parameters; `undefined` leaves one out. */
  readonly common?: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal;
}

export type Parameters = Readonly<Record<string, string>>;

/** An emulator under test, a clock to move, and a client that signs by the published rules. */
export interface Bench {
  readonly url: string;
  call(action: string, parameters?: Parameters, wire?: WireOptions): Promise<ApiAnswer>;
  /** CreateInstances with one entry, a valid one unless told otherwise. */
  create(entry?: object, parameters?: Parameters, wire?: WireOptions): Promise<ApiAnswer>;
  control(method: string, path: string, body?: unknown): Promise<ApiAnswer>;
  lines(path: string): Promise<Json[]>;
  advance(ms: number): void;
  close(): Promise<void>;
}

/** A valid entry in the default world. */
export const ENTRY = {
  RegionId: 'cn-hangzhou',
  izNo: 'cn-hangzhou-h',
  quantity: 1,
  instanceClass: 'redis.master.small.default',
  EngineVersion: '5.0',
  ChargeType: 'PostPaid',
  vpcId: 'vpc-1',
  vSwitchId: 'vsw-1',
};

/** The usual account, and one that is not called for. */
export const TWO_ACCOUNTS = [
  { accessKeyId: 'testid', accessKeySecret: 'testsecret', accountId: '1000000000000001' },
  { accessKeyId: 'otherid', accessKeySecret: 'othersecret', accountId: '1000000000000002' },
];

export async function startBench(options: EmulatorOptions = {}): Promise<Bench> {
  const clock = { nowMs: Date.parse('2026-01-01T00:00:00Z') };
  const emulator = await startEmulator({ nowMs: () => clock.nowMs, ...options });
  const call: Bench['call'] = (action, parameters = {}, wire = {}) =>
    callApi(emulator, { Action: action, Version: '2015-01-01', ...parameters }, wire);
  return {
    url: emulator.url,
    call,
    create: (entry = {}, parameters = {}, wire = {}) =>
      call(
        'CreateInstances',
        { Instances: JSON.stringify([{ ...ENTRY, ...entry }]), ...parameters },
        wire,
      ),
    control: (method, path, body) => callControl(emulator, method, { path, body }),
    lines: async (path) => toLines((await callControl(emulator, 'GET', { path })).text),
    advance: (ms) => {
      clock.nowMs += ms;
    },
    close: () => emulator.close(),
  };
}

/** The ids of a CreateInstances answer. */
export function idsOf(answer: ApiAnswer): string[] {
  return answer.json.InstanceIds.InstanceId;
}

/** The ids of a DescribeInstances answer. */
export function listedIds(answer: ApiAnswer): string[] {
  return answer.json.Instances.KVStoreInstance.map((i: { InstanceId: string }) => i.InstanceId);
}

/** Waits until a condition holds; fails after two seconds. */
export async function until(condition: () => Promise<boolean>): Promise<void> {
  await waitFor(condition, (isTrue) => isTrue, 2_000);
}

async function callApi(
  emulator: RunningEmulator,
  parameters: Parameters,
  wire: WireOptions,
): Promise<ApiAnswer> {
  const method = wire.method ?? 'POST';
  const common = createCommon(wire.common ?? {});
  const signature = sign(method, { ...parameters, ...common }, wire.secret ?? 'testsecret');
  const signed = { ...common, ...(wire.common && 'Signature' in wire.common ? {} : signature) };
  const place = wire.place ?? (method === 'GET' ? 'query' : 'form');
  const query = place === 'query' ? { ...parameters, ...signed } : place === 'split' ? signed : {};
  const form =
    place === 'form' ? { ...parameters, ...signed } : place === 'split' ? parameters : {};
  const response = await fetch(`${emulator.url}/?${new URLSearchParams(query)}`, {
    method,
    ...(method === 'GET' ? {} : { body: new URLSearchParams(form) }),
    ...(wire.signal === undefined ? {} : { signal: wire.signal }),
  });
  return toAnswer(response);
}

function createCommon(replaced: Readonly<Record<string, string | undefined>>): Parameters {
  const common = {
    AccessKeyId: 'testid',
    Format: 'JSON',
    SignatureMethod: 'HMAC-SHA1',
    SignatureVersion: '1.0',
    SignatureNonce: randomUUID(),
    Timestamp: `${new Date().toISOString().slice(0, 19)}Z`,
    ...replaced,
  };
  return Object.fromEntries(
    Object.entries(common).filter((pair): pair is [string, string] => pair[1] !== undefined),
  );
}

/** Written on its own, from the rules: it must not share a mistake with what it checks. */
function sign(method: string, parameters: Parameters, secret: string): Parameters {
  const encode = (text: string): string =>
    [...Buffer.from(text)]
      .map((byte) => String.fromCharCode(byte))
      .map((c) => (/[A-Za-z0-9\-_.~]/.test(c) ? c : toPercent(c)))
      .join('');
  const canonical = Object.keys(parameters)
    .sort()
    .map((name) => `${encode(name)}=${encode(parameters[name] ?? '')}`)
    .join('&');
  const hmac = createHmac('sha1', `${secret}&`).update(`${method}&%2F&${encode(canonical)}`);
  return { Signature: hmac.digest('base64') };
}

function toPercent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}

async function callControl(
  emulator: RunningEmulator,
  method: string,
  call: { path: string; body?: unknown },
): Promise<ApiAnswer> {
  const init = call.body === undefined ? {} : { body: JSON.stringify(call.body) };
  return toAnswer(await fetch(`${emulator.url}/_emulator/${call.path}`, { method, ...init }));
}

async function toAnswer(response: Response): Promise<ApiAnswer> {
  const parts: Uint8Array[] = [];
  for await (const part of response.body ?? []) parts.push(part);
  const text = Buffer.concat(parts).toString();
  const { status, headers } = response;
  return { status, headers, text, pieces: parts.length, json: toJson(text) };
}

function toJson(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

function toLines(text: string): Json[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}
