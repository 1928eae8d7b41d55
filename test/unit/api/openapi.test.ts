import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createApi } from '../../../src/api/create-api';
import { CONFIG_DEFAULTS } from '../../../src/config/defaults';
import { toPlanConfig } from '../../../src/config/plan-config';
import { createLogger } from '../../../src/observability/logger';
import type { BatchService } from '../../../src/service/batch-service';
import { createKeptMetrics } from '../../support/kept-metrics';

const FILE = join(__dirname, '../../../schemas/openapi.v1.json');

async function describeApi(): Promise<string> {
  const api = await createApi({
    service: {} as BatchService,
    plan: toPlanConfig(CONFIG_DEFAULTS, 'the test'),
    server: CONFIG_DEFAULTS.server,
    authenticate: () => Promise.resolve(null),
    logger: createLogger('error'),
    metrics: createKeptMetrics().metrics,
  });
  await api.ready();
  try {
    return `${JSON.stringify(api.swagger(), null, 2)}\n`;
  } finally {
    await api.close();
  }
}

it('The description of the API is in its file as the routes have it (UPDATE_SCHEMAS=1 writes it).', async () => {
  const text = await describeApi();
  if (process.env['UPDATE_SCHEMAS'] === '1') writeFileSync(FILE, text);
  expect(existsSync(FILE) ? readFileSync(FILE, 'utf8') : 'no file').toBe(text);
});
