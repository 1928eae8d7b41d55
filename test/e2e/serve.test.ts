import { CONFIG_DEFAULTS } from '../../src/config/defaults';
import { findFreePort } from '../../src/local/free-port';
import { runServer } from '../../src/server';
import { waitFor } from '../support/wait-for';

describe('the HTTP API as a program', () => {
  const stop = new AbortController();
  let ports: { readonly health: number; readonly metrics: number };
  let url = '';
  let ended: Promise<void>;

  beforeAll(async () => {
    ports = { health: await findFreePort(), metrics: await findFreePort() };
    const host = '127.0.0.1';
    const config = {
      ...CONFIG_DEFAULTS,
      log: { level: 'error' as const },
      health: { host, port: ports.health },
      metrics: { host, port: ports.metrics },
      server: { ...CONFIG_DEFAULTS.server, port: 0, authentication: 'none' as const },
    };
    const address = process.env['TAIRFLEET_TEST_TEMPORAL_ADDRESS']!;
    const temporal = { connectionOptions: { address }, namespace: 'default' };
    const onReady = (at: string): void => void (url = at);
    const origin = { file: null, variables: [] };
    ended = runServer(config, temporal, {
      ...{ signal: stop.signal, version: '0.0.0', origin, onReady },
    });
    await waitFor(
      () => url,
      (found) => found !== '',
    );
  });

  afterAll(() => {
    stop.abort();
    return ended;
  });

  it('says at its health port that it is ready, as a container asks every program', async () => {
    const response = await fetch(`http://127.0.0.1:${ports.health}/readyz`);
    expect([response.status, await response.json()]).toEqual([
      200,
      { ready: true, connected: true, workers: {} },
    ]);
  });

  it('shows its requests to Prometheus at a port of its own, and not at that of the API', async () => {
    await fetch(`${url}/v1/batches?limit=1`);
    const shown = (): Promise<string> =>
      fetch(`http://127.0.0.1:${ports.metrics}/metrics`).then((response) => response.text());
    const series =
      'tairfleet_http_request_duration_seconds_count{method="GET",route="/v1/batches",status="200"} 1';
    expect(await waitFor(shown, (text) => text.includes('_seconds_count'))).toContain(series);
    expect((await fetch(`${url}/metrics`)).status).toBe(404);
  });
});
