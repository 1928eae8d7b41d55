import type { BatchService } from '../../../src/service/batch-service';
import { startTestApi } from '../../support/api-server';
import type { TestApi } from '../../support/api-server';

const KEYS = {
  ci: { role: 'operator', tenants: ['payments'] },
  both: { role: 'viewer', tenants: ['payments', 'games'] },
  root: { role: 'admin', tenants: ['*'] },
} as const;

const apis: TestApi[] = [];
afterAll(() => Promise.all(apis.map((api) => api.close())));

async function start(server: Parameters<typeof startTestApi>[0]['server'] = {}): Promise<TestApi> {
  const api = await startTestApi({ service: {} as BatchService, keys: KEYS, server });
  apis.push(api);
  return api;
}

describe('GET /v1/me', () => {
  it.each([
    ['ci', { subject: 'key:ci', role: 'operator', tenants: ['payments'] }],
    ['both', { subject: 'key:both', role: 'viewer', tenants: ['payments', 'games'] }],
    ['root', { subject: 'key:root', role: 'admin', tenants: ['*'] }],
  ])('says who the caller is, what it may do, and for whom: %s', async (name, me) => {
    const response = await (await start()).send(name, '/v1/me');
    expect([response.status, await response.json()]).toEqual([200, me]);
  });

  it('says nothing to whom nobody knows', async () => {
    const response = await (await start()).send(null, '/v1/me');
    expect([response.status, await response.json()]).toMatchObject([
      401,
      { code: 'unauthenticated' },
    ]);
  });

  it('says that everybody of this host may do everything, where nobody is asked', async () => {
    const response = await (await start({ authentication: 'none' })).send(null, '/v1/me');
    expect(await response.json()).toEqual({ subject: 'local', role: 'admin', tenants: ['*'] });
  });

  it('is described as a route that needs a key', async () => {
    const response = await (await start()).send(null, '/openapi.json');
    const { paths } = (await response.json()) as { paths: Record<string, { get: object }> };
    expect(paths['/v1/me']!.get).not.toHaveProperty('security');
  });
});
