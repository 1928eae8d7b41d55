import { createRequire } from 'node:module';
import { SecretValue } from '../../../src/outbound/secret-value';
import { signEvent } from '../../../src/outbound/webhook-signature';
import { readSnippets } from '../../support/snippets';

const KEY = `whsec_${Buffer.from('0123456789abcdef0123456789abcdef').toString('base64')}`;
const BODY = JSON.stringify({ id: 'evt_1', data: { outcome: 'succeeded' } });

function sign(body: string, nowMs: number, { key = KEY, id = 'evt_1' } = {}) {
  const signed = signEvent({ id, body, nowMs, secret: new SecretValue(key) });
  if (signed.kind === 'failed') throw new Error('the key is none');
  return signed.headers;
}

describe('a signature', () => {
  it('is the one that the test of another implementation expects (svix, "sign function works")', () => {
    const key = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
    const id = 'msg_p5jXN8AQM9LWM0D4loKWxJek';
    expect(sign('{"test": 2432232314}', 1_614_265_330_000, { key, id })).toEqual({
      'webhook-id': id,
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });
});

describe('each check of a signature in the documents', () => {
  const snippets = readSnippets('docs/webhooks.md', 'js');

  /** Runs a snippet as a receiver would, with what its framework gives it. */
  function check(snippet: string, rawBody: string, headers: Readonly<Record<string, string>>) {
    const run = new Function(
      ...['require', 'process', 'rawBody', 'headers'],
      `${snippet}\nreturn event;`,
    ) as (...given: unknown[]) => unknown;
    return run(createRequire(__filename), { env: { HOOK_KEY: KEY } }, rawBody, headers);
  }

  it.each(snippets.map(({ place, text }) => [place, text]))(
    'takes what is ours: %s',
    (_at, text) => {
      expect(check(text, BODY, sign(BODY, Date.now()))).toEqual(JSON.parse(BODY));
      const old = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;
      const twice = sign(BODY, Date.now(), { key: `${old} ${KEY}` });
      expect(check(text, BODY, twice)).toEqual(JSON.parse(BODY));
    },
  );

  it.each(snippets.map(({ place, text }) => [place, text]))('refuses the rest: %s', (_at, text) => {
    const headers = sign(BODY, Date.now());
    const other = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;
    expect(() => check(text, `${BODY} `, headers)).toThrow();
    expect(() => check(text, BODY, { ...headers, 'webhook-id': 'evt_2' })).toThrow();
    expect(() => check(text, BODY, sign(BODY, Date.now(), { key: other }))).toThrow();
    expect(() => check(text, BODY, sign(BODY, Date.now() - 3_600_000))).toThrow();
  });

  it('are there with a library and without one', () => {
    expect(snippets).toHaveLength(2);
  });
});
