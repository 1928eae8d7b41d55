/** What the demo reads and changes in the emulator, over its public control API. */
export interface EmulatorControl {
  /** Counts of instances and calls. */
  stats(): Promise<EmulatorStats>;
  /** Ids of all instances that are not deleted. */
  liveIds(): Promise<ReadonlySet<string>>;
  /** Changes any part of its config. */
  configure(patch: object): Promise<void>;
  /** Replaces its script of faults. */
  setFaults(faults: readonly object[]): Promise<void>;
}

/** The part of `GET /_emulator/stats` that the demo uses. */
export interface EmulatorStats {
  readonly instances: { readonly live: number };
  readonly calls: Readonly<
    Record<
      string,
      { readonly received: number; readonly throttled: number; readonly faulted: number }
    >
  >;
}

/**
 * Builds the control of a running emulator. Rejects when the emulator refuses or is gone, which is
 * an error of the demo itself.
 *
 * @param url - address of the emulator
 */
export function createEmulatorControl(url: string): EmulatorControl {
  return {
    stats: async () => (await send(url, '/_emulator/stats')).json() as Promise<EmulatorStats>,
    liveIds: async () => toLiveIds(await (await send(url, '/_emulator/instances')).text()),
    configure: async (patch) => void (await send(url, '/_emulator/config', patch)),
    setFaults: async (faults) => void (await send(url, '/_emulator/faults', faults)),
  };
}

async function send(url: string, path: string, body?: object): Promise<Response> {
  const change =
    body === undefined
      ? {}
      : {
          method: 'PUT',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        };
  const response = await fetch(`${url}${path}`, change);
  if (response.ok) return response;
  throw new Error(`The emulator refused ${path} (${response.status}): ${await response.text()}`);
}

/** As DescribeInstances names them. */
interface ListedInstance {
  readonly InstanceId: string;
  readonly InstanceStatus: string;
}

function toLiveIds(ndjson: string): ReadonlySet<string> {
  const instances = ndjson
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as ListedInstance);
  const living = instances.filter(({ InstanceStatus }) => InstanceStatus !== 'Released');
  return new Set(living.map(({ InstanceId }) => InstanceId));
}
