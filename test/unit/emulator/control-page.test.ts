import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { PAGE_FILES } from '../../../src/emulator/control/page';
import { startBench } from './api-client';
import type { Bench } from './api-client';

const FOLDER = join(__dirname, '../../../src/emulator/control/page');

describe('the control page over its socket', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await startBench();
  });
  afterEach(() => bench.close());

  it('is found with and without the slash', async () => {
    const response = await fetch(`${bench.url}/_emulator`);
    expect(response.url).toBe(`${bench.url}/_emulator/`);
    expect(response.headers.get('content-type')).toBe('text/html;charset=utf-8');
    expect(await response.text()).toContain('<title>tairfleet emulator</title>');
  });

  it('lets a browser load nothing but files of the emulator', async () => {
    const { headers } = await bench.control('GET', '');
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy.split('; ')).toEqual([
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "connect-src 'self'",
      'img-src data:',
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ]);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('serves every file of its folder, with no host and no markup from text in it', async () => {
    expect([...PAGE_FILES].sort()).toEqual(readdirSync(FOLDER).sort());
    for (const file of PAGE_FILES) {
      const { status, text, headers } = await bench.control('GET', file);
      expect({ file, status }).toEqual({ file, status: 200 });
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(text).not.toMatch(/\/\/[a-z0-9-]+\.|https?:|innerHTML|outerHTML|insertAdjacentHTML/);
    }
    expect((await bench.control('GET', '..%2Fcontrol.ts')).status).toBe(404);
  });

  it('is the only page that may call the control API', async () => {
    const reset = (origin: string): Promise<Response> =>
      fetch(`${bench.url}/_emulator/reset`, { method: 'POST', headers: { origin } });
    const refused = await reset('http://evil.example');
    expect(refused.status).toBe(403);
    expect(await refused.json()).toMatchObject({ code: 'ForeignPage' });
    expect((await reset('null')).status).toBe(403);
    expect((await reset(bench.url)).status).toBe(200);
  });

  it('gets accounts with what their quota counts, without keys', async () => {
    await bench.create({ quantity: 2 });
    const accounts = (await bench.control('GET', 'accounts')).json;
    expect(accounts).toEqual([{ accountId: '1000000000000001', livingPostPaid: 2 }]);
  });

  it('gets the latest calls that match, oldest first', async () => {
    for (const Token of ['a1', 'a2', 'b1']) await bench.create({}, { Token });
    await bench.create({ quantity: 0 }, { Token: 'a3' });
    const tokensOf = async (query: string): Promise<unknown[]> =>
      (await bench.lines(`log?${query}`)).map(({ params }) => params.Token);
    expect(await tokensOf('last=2')).toEqual(['b1', 'a3']);
    expect(await tokensOf('find=a&last=2&status=200')).toEqual(['a1', 'a2']);
    expect(await tokensOf('since=1&status=200&action=&code=')).toEqual(['a2', 'b1']);
    expect((await bench.control('GET', 'log?status=ok')).json.code).toBe('InvalidStatus');
  });
});
