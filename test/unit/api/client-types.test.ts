import { execFile } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const ROOT = join(__dirname, '../../..');
const FILE = join(ROOT, 'src/client/api-types.ts');
/** As a program of its own: it is made of modules that jest does not load. */
const GENERATOR = join(ROOT, 'node_modules/openapi-typescript/bin/cli.js');

it('The types of the client are those of the description (UPDATE_SCHEMAS=1 writes them).', async () => {
  const description = join(ROOT, 'schemas/openapi.v1.json');
  const run = await promisify(execFile)(process.execPath, [GENERATOR, description]);
  if (process.env['UPDATE_SCHEMAS'] === '1') writeFileSync(FILE, run.stdout);
  expect(existsSync(FILE) ? readFileSync(FILE, 'utf8') : 'no file').toBe(run.stdout);
});
