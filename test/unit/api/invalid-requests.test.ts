import { createSuccess } from '../../../src/service/service-result';
import { startTestApi, type TestApi } from '../../support/api-server';

/** What is not as the description says is refused, in words for people, and nothing is done. */

const KEYS = { root: { role: 'admin', tenants: ['payments'] } } as const;

let api: TestApi;
let asked: unknown[];
beforeAll(async () => {
  const service = {
    list: (filter: unknown) => {
      asked.push(filter);
      return Promise.resolve(createSuccess({ batches: [], isCut: false }));
    },
    act: (...args: unknown[]) => {
      asked.push(args);
      return Promise.resolve(createSuccess({ message: 'Done.', chunks: [] }));
    },
    result: () => Promise.resolve(createSuccess({ document: {} })),
  };
  api = await startTestApi({ service: service as never, keys: KEYS });
});
beforeEach(() => (asked = []));
afterAll(() => api.close());

interface Refusal {
  readonly code: string;
  readonly detail: string;
  readonly problems?: readonly { readonly path: string; readonly code: string }[];
}

async function refuse(path: string, init: RequestInit = {}): Promise<Refusal> {
  const response = await api.send('root', path, init);
  const refusal = (await response.json()) as Refusal;
  expect([path, response.status, refusal.code]).toEqual([path, 400, 'invalid-request']);
  expect(asked).toEqual([]);
  return refusal;
}

const post = (body?: unknown): RequestInit => ({
  method: 'POST',
  ...(body === undefined
    ? {}
    : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
});

describe('a query', () => {
  it.each([
    ['needs-operator=true', 'needs-operator', 'Did you mean needsOperator?'],
    ['state=parked', 'state', 'tenant, phase, needsOperator, limit, cursor'],
  ])('that the list does not know is refused with what it knows: %s', async (query, path, said) => {
    const { detail, problems } = await refuse(`/v1/batches?${query}`);
    expect(detail).toContain(`The query is not valid: ${path} is not known here; there are`);
    expect(detail).toContain(said);
    expect(problems).toMatchObject([{ path, code: 'unknown-key' }]);
  });

  it('is refused on every route where it is not known', async () => {
    const description = await (await api.send(null, '/openapi.json')).json();
    const { paths } = description as {
      paths: Record<string, Record<string, { readonly security?: readonly unknown[] }>>;
    };
    const routes = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods)
        .filter(([, { security }]) => security === undefined)
        .map(([method]) => [method.toUpperCase(), path.replace(/\{\w+\}/g, 'x')] as const),
    );
    expect(routes.length).toBeGreaterThan(20);
    for (const [method, path] of routes) {
      const response = await api.send('root', `${path}?unheard=1`, { method });
      const text = await response.text();
      const isBodyFirst = text.includes('The body is not valid');
      expect([method, path, response.status]).toEqual([method, path, 400]);
      if (!isBodyFirst) expect([path, text]).toEqual([path, expect.stringContaining('unheard')]);
    }
    expect(asked).toEqual([]);
  });

  it('for the phase of an open batch does not ask for one that no open batch has', async () => {
    const { detail } = await refuse('/v1/batches?phase=done');
    expect(detail).toMatch(
      /^The query is not valid: phase must be one of starting, .*releasing\.$/,
    );
  });

  it.each(['format=csv&limit=5', 'format=ndjson&cursor=x'])(
    'does not ask for a page of what comes all at once: %s',
    async (query) => {
      const { detail } = await refuse(`/v1/batches/b/instances?${query}`);
      expect(detail).toMatch(/There are pages as json only, and \w+ gives all instances at once/);
    },
  );
});

describe('what is wrong is said in words for people:', () => {
  const act = (name: string): string => `/v1/batches/b/actions/${name}`;

  it.each([
    [
      act('extendDeadline'),
      post(),
      'The body is not valid: it is missing; it has why, ticket, extendBy.',
    ],
    [act('extendDeadline'), post({ extendBy: 'abc' }), /: extendBy must be a duration with units/],
    [
      act('pause'),
      post({ by: 'me' }),
      'The body is not valid: by is not known here; there are why, ticket.',
    ],
    [act('pause'), post([]), 'The body is not valid: it must be an object.'],
    [act('pause'), post({ why: 7 }), 'The body is not valid: why must be a text.'],
    [act('pause'), post({ why: 'x'.repeat(501) }), /: why must have at most 500 characters\.$/],
    [act('setConcurrency'), post({ chunksInFlight: 0 }), /: chunksInFlight must be at least 1\.$/],
    [act('setConcurrency'), post({ chunksInFlight: 1.5 }), /must be a whole number\.$/],
    [act('cancel'), post({ instances: 'sell' }), /: instances must be one of keep, release\.$/],
    ['/v1/batches?limit=many', {}, 'The query is not valid: limit must be a number.'],
    ['/v1/batches?limit=1001', {}, 'The query is not valid: limit must be at most 1000.'],
    ['/v1/batches?tenant=a%2Fb', {}, /: tenant must be 1 to 100 letters, digits/],
    ['/v1/batches/b%20c', {}, /^The address is not valid: batchId must be 1 to 100 letters/],
    [
      '/v1/batches',
      post(),
      'The body is not valid: it must be a batch request, with its content-type.',
    ],
  ] as const)('%s', async (path, init, said) => {
    const { detail } = await refuse(path, init);
    if (typeof said === 'string') expect(detail).toBe(said);
    else expect(detail).toMatch(said);
  });
});
