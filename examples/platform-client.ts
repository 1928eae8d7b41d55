/** Orders a batch over the HTTP API and waits for it. Run again, it orders nothing and says the same. */
import { readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { createTairfleetClient } from '../src/client/create-client';

export async function order(url: string, key: string, file: string): Promise<unknown> {
  const client = createTairfleetClient({ url, key });
  const body = JSON.parse(readFileSync(file, 'utf8'));
  const submitted = await client.POST('/v1/batches', { body });
  if (submitted.error) throw new Error(submitted.error.detail);
  const { tenant, batchId } = submitted.data;
  const params = { path: { batchId }, query: { tenant } };
  for (;;) {
    const { data, error } = await client.GET('/v1/batches/{batchId}', { params });
    if (error) throw new Error(error.detail);
    if (data.result !== null) return data.result;
    await setTimeout(1_000);
  }
}
