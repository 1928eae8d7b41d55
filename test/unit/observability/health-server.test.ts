import {
  startHealthServer,
  type HealthServer,
  type HealthSource,
} from '../../../src/observability/health-server';

let server: HealthServer | undefined;

afterEach(() => server?.close());

async function ask(path: string, source: Partial<HealthSource> = {}): Promise<Response> {
  server = await startHealthServer(
    { port: 0, host: '127.0.0.1' },
    {
      workers: () => ({ tairfleet: 'RUNNING' }),
      isConnected: () => Promise.resolve(true),
      ...source,
    },
  );
  return fetch(`http://127.0.0.1:${server.port}${path}`);
}

describe('the health of a worker', () => {
  it('is alive as long as the process is, whatever the rest', async () => {
    const response = await ask('/healthz', { isConnected: () => Promise.resolve(false) });
    expect(response.status).toBe(200);
  });

  it('is ready when all its workers run and Temporal answers', async () => {
    const response = await ask('/readyz');
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      ...{ ready: true, connected: true },
      workers: { tairfleet: 'RUNNING' },
    });
  });

  it('is not ready once one of its workers stops', async () => {
    const workers = () => ({ tairfleet: 'RUNNING', 'tairfleet-cloud': 'DRAINING' });
    const response = await ask('/readyz', { workers });
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ ready: false });
  });

  it('is not ready while Temporal does not answer', async () => {
    const isConnected = () => Promise.reject(new Error('gone'));
    expect((await ask('/readyz', { isConnected })).status).toBe(503);
  });

  it('answers nothing else', async () => {
    expect((await ask('/')).status).toBe(404);
  });
});
