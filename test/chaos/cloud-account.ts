/** What the emulator says of its own: the only witness that a test of money may trust. */

/** One call as the emulator logged it. */
interface LoggedCall {
  readonly params: Readonly<Record<string, string>>;
  readonly committedIds: readonly string[];
}

interface ListedInstance {
  readonly InstanceId: string;
  readonly InstanceStatus: string;
}

/** The account at the end of a batch. */
export interface CloudAccount {
  readonly liveIds: ReadonlySet<string>;
  /** Names that instances of more than one order bear. */
  readonly namesTwice: number;
  readonly callsSpoilt: number;
  /** Tokens that were sent with more than one body: rule R1 allows none. */
  readonly tokensOfTwoBodies: readonly string[];
}

/** How many create calls have bought something so far, whatever was answered. */
export async function countCommits(url: string): Promise<number> {
  const calls = await readLines<LoggedCall>(url, 'log?action=CreateInstances');
  return calls.filter(({ committedIds }) => committedIds.length > 0).length;
}

/** Reads the whole account. */
export async function readCloudAccount(url: string): Promise<CloudAccount> {
  const stats = JSON.parse(await read(url, 'stats')) as {
    readonly namesTwice: number;
    readonly calls: Readonly<Record<string, { faulted: number; throttled: number }>>;
  };
  const listed = await readLines<ListedInstance>(url, 'instances');
  const living = listed.filter(({ InstanceStatus }) => InstanceStatus !== 'Released');
  return {
    liveIds: new Set(living.map(({ InstanceId }) => InstanceId)),
    namesTwice: stats.namesTwice,
    callsSpoilt: Object.values(stats.calls).reduce((sum, { faulted }) => sum + faulted, 0),
    tokensOfTwoBodies: listTokensOfTwoBodies(
      await readLines<LoggedCall>(url, 'log?action=CreateInstances'),
    ),
  };
}

function listTokensOfTwoBodies(calls: readonly LoggedCall[]): readonly string[] {
  const bodies = new Map<string, Set<string>>();
  for (const { params } of calls) {
    const { Token = '', Instances = '', RegionId = '', AutoPay = '' } = params;
    const body = JSON.stringify([Instances, RegionId, AutoPay]);
    bodies.set(Token, (bodies.get(Token) ?? new Set()).add(body));
  }
  return [...bodies].filter(([, different]) => different.size > 1).map(([token]) => token);
}

async function readLines<Line>(url: string, path: string): Promise<readonly Line[]> {
  const lines = (await read(url, path)).split('\n').filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line) as Line);
}

async function read(url: string, path: string): Promise<string> {
  const response = await fetch(`${url}/_emulator/${path}`);
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return response.text();
}
