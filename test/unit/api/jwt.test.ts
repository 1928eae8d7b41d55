import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SignJWT, exportJWK, generateKeyPair } from 'jose';
import type { CryptoKey, JWTPayload } from 'jose';
import { createAuthenticate } from '../../../src/api/auth/authenticator';
import type { Authenticate } from '../../../src/api/auth/authenticator';
import { CONFIG_DEFAULTS } from '../../../src/config/defaults';

const ISSUER = 'https://id.example';
const AUDIENCE = 'tairfleet';
const KEYS_FILE = { isOnlyEmulator: false, onProblem: () => {} };
const CLAIMS = { sub: 'ada', tairfleet_role: 'operator', tairfleet_tenants: ['payments'] };

/** An issuer that serves its keys over a socket. */
describe('a JSON Web Token', () => {
  let server: Server;
  let privateKey: CryptoKey;
  let strangersKey: CryptoKey;
  let authenticate: Authenticate;
  let isAnswering = true;

  beforeAll(async () => {
    const pair = await generateKeyPair('ES256');
    privateKey = pair.privateKey;
    strangersKey = (await generateKeyPair('ES256')).privateKey;
    const jwks = { keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'k1', alg: 'ES256' }] };
    server = createServer((_request, response) => {
      response.writeHead(isAnswering ? 200 : 500, { 'content-type': 'application/json' });
      response.end(JSON.stringify(jwks));
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  });

  afterAll(() => new Promise((done) => server.close(done)));

  beforeEach(async () => {
    isAnswering = true;
    const { port } = server.address() as AddressInfo;
    const { jwt } = CONFIG_DEFAULTS.server;
    const jwksUrl = `http://127.0.0.1:${port}/keys`;
    const issuer = { jwksUrl, issuer: ISSUER, audience: AUDIENCE };
    const config = { ...CONFIG_DEFAULTS.server, jwt: { ...jwt, ...issuer } };
    authenticate = (await createAuthenticate(config, KEYS_FILE))!;
  });

  const sign = (claims: JWTPayload, { key = privateKey, aud = AUDIENCE, exp = '5m' } = {}) =>
    new SignJWT(claims)
      .setProtectedHeader({ alg: 'ES256', kid: 'k1' })
      .setIssuer(ISSUER)
      .setAudience(aud)
      .setExpirationTime(exp)
      .sign(key);
  const ask = async (token: Promise<string> | string) => authenticate(`Bearer ${await token}`);

  it('says who asks, with role and tenants', async () => {
    expect(await ask(sign(CLAIMS))).toEqual({
      ...{ name: 'jwt:ada', role: 'operator', tenants: ['payments'] },
    });
  });

  it('counts for nothing when anything about it is wrong, and it is known what', async () => {
    const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(
      JSON.stringify({ ...CLAIMS, iss: ISSUER, aud: AUDIENCE, exp: 9_999_999_999 }),
    ).toString('base64url')}.`;
    const shared = new SignJWT(CLAIMS)
      .setProtectedHeader({ alg: 'HS256', kid: 'k1' })
      .setIssuer(ISSUER)
      .setAudience(AUDIENCE)
      .setExpirationTime('5m')
      .sign(new TextEncoder().encode('0123456789abcdef0123456789abcdef'));
    const wrong: readonly (readonly [Promise<string> | string, string, string | null])[] = [
      [sign(CLAIMS, { key: strangersKey }), 'signature', null],
      [sign(CLAIMS, { aud: 'others' }), 'audience', 'aud'],
      [sign(CLAIMS, { exp: '-2m' }), 'expired', null],
      [unsigned, 'algorithm', null],
      [shared, 'algorithm', null],
      ['a.b.c', 'malformed', null],
    ];
    for (const [token, reason, claim] of wrong) {
      expect([reason, await ask(token)]).toEqual([reason, { reason, claim, isGenuine: false }]);
    }
  });

  it('that is genuine, and lacks what the server needs, is told which claim that is', async () => {
    const lacking: readonly (readonly [JWTPayload, string])[] = [
      [{ ...CLAIMS, tairfleet_role: undefined }, 'tairfleet_role'],
      [{ ...CLAIMS, tairfleet_role: 'god' }, 'tairfleet_role'],
      [{ ...CLAIMS, tairfleet_tenants: 'payments' }, 'tairfleet_tenants'],
      [{ ...CLAIMS, sub: '' }, 'sub'],
    ];
    for (const [claims, claim] of lacking) {
      expect(await ask(sign(claims))).toEqual({ reason: 'claim', claim, isGenuine: true });
    }
  });

  it('is not refused when its keys cannot be fetched: that may pass', async () => {
    isAnswering = false;
    await expect(ask(sign(CLAIMS))).rejects.toMatchObject({ code: 'no-keys' });
    isAnswering = true;
    const token = sign(CLAIMS);
    expect(await ask(token)).toMatchObject({ name: 'jwt:ada' });
  });
});

it('A server that could let nobody in is none.', async () => {
  expect(await createAuthenticate(CONFIG_DEFAULTS.server, KEYS_FILE)).toBeNull();
});
