import { createFolderResultStore } from '../../src/outbound/folder-result-store';
import { createBatchService } from '../../src/service/batch-service';
import { startTestApi } from '../support/api-server';
import type { TestApi } from '../support/api-server';
import { startFleet } from '../support/fleet';
import type { Fleet } from '../support/fleet';
import { createNamespace } from '../support/namespace';
import { createTempFolder } from '../support/temp-folder';
import { waitFor } from '../support/wait-for';

/** Whose keys the API knows. */
const KEYS = {
  payments: { role: 'operator', tenants: ['payments'] },
  watcher: { role: 'viewer', tenants: ['payments'] },
  games: { role: 'admin', tenants: ['games'] },
  both: { role: 'operator', tenants: ['games', 'payments'] },
  root: { role: 'admin', tenants: ['*'] },
} as const;

/** An answer that was read as JSON. */
interface Answer<Body> {
  readonly status: number;
  readonly body: Body;
}

interface Sent {
  readonly body: object;
  readonly headers?: object | undefined;
}

/** The whole way: HTTP over a socket, the Temporal server, a worker, the emulator. */
export interface Platform {
  readonly fleet: Fleet;
  readonly api: TestApi;
  /** Posts a JSON body. */
  post(name: string, path: string, sent: Sent): Promise<Response>;
  submit(name: string, body: object, headers?: object): Promise<Response>;
  read<Body = Record<string, unknown>>(name: string, path: string): Promise<Answer<Body>>;
  /** Waits for the end of a batch of the tenant `payments`. */
  untilEnded(batchId: string): Promise<Answer<{ status: string; result: unknown }>>;
  close(): Promise<void>;
}

/** Starts everything; the service starts batches on the queue of an installation, so the namespace is one of its own. */
export async function startPlatform(): Promise<Platform> {
  const folder = createTempFolder();
  const results = createFolderResultStore(folder.path);
  const fleet = await startFleet({
    namespace: await createNamespace('api'),
    taskQueue: 'tairfleet',
    tuning: { isSearchable: false },
    dependencies: { results },
  });
  const service = createBatchService({ client: fleet.client, resultStore: results });
  const api = await startTestApi({ service, keys: KEYS });
  const post: Platform['post'] = (name, path, { body, headers = {} }) =>
    api.send(name, path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  const read = async <Body>(name: string, path: string): Promise<Answer<Body>> => {
    const response = await api.send(name, path);
    return { status: response.status, body: (await response.json()) as Body };
  };
  return {
    fleet,
    api,
    post,
    read,
    submit: (name, body, headers) =>
      post(name, '/v1/batches', { body: { apiVersion: 'tairfleet/v1', ...body }, headers }),
    untilEnded: (batchId) =>
      waitFor(
        () => read<{ status: string; result: unknown }>('payments', `/v1/batches/${batchId}`),
        ({ body }) => body.result !== null,
      ),
    async close() {
      await api.close();
      await fleet.close();
      folder.remove();
    },
  };
}
