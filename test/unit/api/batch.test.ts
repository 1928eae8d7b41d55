import type { BatchService } from '../../../src/service/batch-service';
import type { BatchStatus } from '../../../src/service/read-status';
import { createFailure, createSuccess } from '../../../src/service/service-result';
import { startTestApi, type TestApi } from '../../support/api-server';
import { createBatchProgress } from '../../support/batch-progress';
import { KEY } from '../../support/service-fixture';

/** One look at a batch over the API: how long it waits, and how it says how old something is. */

const STATUS: BatchStatus = {
  ...{ key: KEY, run: null, finished: null },
  ...{ progress: createBatchProgress(), progressAtMs: 1_000 },
  gap: createFailure('worker-busy', 'Meant for whoever runs the server.'),
};

let api: TestApi;
let waits: (number | undefined)[];
beforeAll(async () => {
  const service: Partial<BatchService> = {
    status: (_key, options) => {
      waits.push(options?.waitMs);
      return Promise.resolve(createSuccess(STATUS));
    },
  };
  const keys = { viewer: { role: 'viewer', tenants: ['payments'] } } as const;
  api = await startTestApi({ service: service as BatchService, keys });
});
beforeEach(() => (waits = []));
afterAll(() => api.close());

const look = (query: string) => api.send('viewer', `/v1/batches/${KEY.batchId}${query}`);

describe('one look at a batch', () => {
  it('waits a moment for its worker, or as long as the client says, and 5 s at most', async () => {
    const statuses = [];
    for (const query of ['', '?waitMs=0', '?waitMs=5000', '?waitMs=5001', '?waitMs=-1'])
      statuses.push((await look(query)).status);
    expect(statuses).toEqual([200, 200, 200, 400, 400]);
    expect(waits).toEqual([75, 0, 5_000]);
  });

  it('says of when the progress is, and why it is not of now', async () => {
    expect(await (await look('')).json()).toMatchObject({
      progress: { counts: { ready: 640 } },
      progressAt: '1970-01-01T00:00:01.000Z',
      gap: { code: 'worker-busy', detail: expect.stringContaining('has not answered yet') },
    });
  });
});
