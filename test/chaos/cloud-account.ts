/** What the emulator says of its own: the only witness that a test of money may trust. */

/** One create call as the emulator logged it. */
export interface CreateCall {
  readonly seq: number;
  readonly params: Readonly<Record<string, string>>;
  /** Null while it runs, 0 when its connection was cut. */
  readonly status: number | null;
  readonly code: string | null;
  readonly ids: readonly string[];
  /** What it bought, whatever was answered. */
  readonly committedIds: readonly string[];
}

interface ListedInstance {
  readonly InstanceId: string;
  readonly InstanceStatus: string;
}

interface Stats {
  readonly instances: { readonly live: number; readonly normal: number };
  readonly calls: Readonly<Record<string, { readonly faulted: number }>>;
}

/** The account at the end of a batch. */
export interface CloudAccount {
  readonly liveIds: ReadonlySet<string>;
  readonly createCalls: readonly CreateCall[];
  /** Calls whose answer was spoilt by the emulator. */
  readonly callsSpoilt: number;
  /** Tokens that were sent with more than one body: rule R1 allows none. */
  readonly tokensOfTwoBodies: readonly string[];
}

/** How many instances there are, ready or not. */
export async function countLive(url: string): Promise<number> {
  return (await readStats(url)).instances.live;
}

/** Every create call so far, in order of arrival. */
export function readCreateCalls(url: string): Promise<readonly CreateCall[]> {
  return readLines<CreateCall>(url, 'log?action=CreateInstances');
}

/** Reads the whole account. */
export async function readCloudAccount(url: string): Promise<CloudAccount> {
  const { calls } = await readStats(url);
  const createCalls = await readCreateCalls(url);
  const listed = await readLines<ListedInstance>(url, 'instances');
  const living = listed.filter(({ InstanceStatus }) => InstanceStatus !== 'Released');
  return {
    liveIds: new Set(living.map(({ InstanceId }) => InstanceId)),
    createCalls,
    callsSpoilt: Object.values(calls).reduce((sum, { faulted }) => sum + faulted, 0),
    tokensOfTwoBodies: listTokensOfTwoBodies(createCalls),
  };
}

/** Changes the emulator's config, or replaces its fault script. */
export async function putToEmulator(
  url: string,
  what: 'config' | 'faults',
  value: object,
): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  await read(url, what, { method: 'PUT', headers, body: JSON.stringify(value) });
}

function listTokensOfTwoBodies(calls: readonly CreateCall[]): readonly string[] {
  const bodies = new Map<string, Set<string>>();
  for (const { params } of calls) {
    const { Token = '', Instances = '', RegionId = '', AutoPay = '' } = params;
    const body = JSON.stringify([Instances, RegionId, AutoPay]);
    bodies.set(Token, (bodies.get(Token) ?? new Set()).add(body));
  }
  return [...bodies].filter(([, different]) => different.size > 1).map(([token]) => token);
}

async function readStats(url: string): Promise<Stats> {
  return JSON.parse(await read(url, 'stats')) as Stats;
}

async function readLines<Line>(url: string, path: string): Promise<readonly Line[]> {
  const lines = (await read(url, path)).split('\n').filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line) as Line);
}

async function read(url: string, path: string, init: RequestInit = {}): Promise<string> {
  const response = await fetch(`${url}/_emulator/${path}`, init);
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return response.text();
}
