import { createSignatureV3 } from '../../../src/emulator/protocol/signature-v3';
import { ENTRY, idsOf, startBench } from './api-client';
import type { Bench, Json } from './api-client';
import { callV3, signV3 } from './v3-client';
import type { V3Call } from './v3-client';

const EMPTY_HASH = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

/** Checked against requests of the official TypeScript SDK 6.4.0. */
const VECTOR_HEADERS = {
  host: 'r-kvstore.aliyuncs.com',
  'x-acs-action': 'DescribeRegions',
  'x-acs-content-sha256': EMPTY_HASH,
  'x-acs-date': '2025-01-02T03:04:05Z',
  'x-acs-signature-nonce': 'nonce-1',
  'x-acs-version': '2015-01-01',
};
const VECTOR_QUERY = "AcceptLanguage=a%20b%2Bc*~'()!%2F%C3%A9";
const VECTOR_SIGNATURE = '3b0cf5304f05de8e6f5f20147879885ffdfe528260c6146127f25115151ab9d8';

describe('signature version 3', () => {
  it('gives the published vector its signature', () => {
    const signedHeaders = Object.keys(VECTOR_HEADERS).join(';');
    const authorization = `ACS3-HMAC-SHA256 Credential=testid,SignedHeaders=${signedHeaders},Signature=00`;
    const signature = createSignatureV3({
      method: 'POST',
      query: VECTOR_QUERY,
      headers: { ...VECTOR_HEADERS, authorization },
      body: Buffer.alloc(0),
      connection: {},
    });
    expect(signature.malformed).toBeUndefined();
    expect(signature.stringToSign).toBe(
      'ACS3-HMAC-SHA256\nb3968ed575accb5acb66d3368f9458e1be703f28beef2c29b2b7c9ceb2c9b1a2',
    );
    expect(signature.sign('testsecret')).toBe(VECTOR_SIGNATURE);
  });

  it('is the same for the client that the other tests sign with', () => {
    const { authorization } = signV3({
      host: VECTOR_HEADERS.host,
      query: VECTOR_QUERY,
      headers: VECTOR_HEADERS,
    });
    expect(authorization).toContain(`Signature=${VECTOR_SIGNATURE}`);
  });
});

describe('the gateway, for calls signed with version 3', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await startBench();
  });
  afterAll(() => bench.close());

  const send = (call: Omit<V3Call, 'url'> = {}): ReturnType<typeof callV3> =>
    callV3({ url: bench.url, ...call });
  const logged = async (): Promise<Json | undefined> => (await bench.lines('log')).at(-1);

  it.each(["SearchKey=a!'()*&PageSize=7", 'SearchKey=a+b&PageSize=7', 'PageSize=7&Empty='])(
    'accepts the query %s however the client spells and sorts it',
    async (query) => {
      const { status, json } = await send({ query });
      expect([status, json['PageSize']]).toEqual([200, 7]);
    },
  );

  it('accepts GET, and a chunked empty body', async () => {
    expect((await send({ method: 'GET' })).status).toBe(200);
    expect((await send({ isChunked: true })).status).toBe(200);
  });

  it.each([
    ['application/x-www-form-urlencoded', `PageSize=9&Instances=${encodeURIComponent('[]')}`],
    ['application/json; charset=utf-8', JSON.stringify({ PageSize: 9, Instances: [], No: null })],
  ])('reads parameters out of a body of %s, whose hash it checks', async (contentType, body) => {
    const { status, json } = await send({ contentType, body });
    expect([status, json['PageSize']]).toEqual([200, 9]);
    expect((await logged())?.['params']).toMatchObject({ Instances: '[]', PageSize: '9' });
    const other = { 'x-acs-content-sha256': EMPTY_HASH };
    expect((await send({ contentType, body, headers: other })).json['Code']).toBe(
      'IncompleteSignature',
    );
  });

  it.each(['[1]', 'null', 'no json'])(
    'takes no parameters out of the JSON body %s',
    async (body) => {
      expect((await send({ contentType: 'application/json', body })).status).toBe(200);
    },
  );

  it('lets a token be used again by the other version: the request is the same', async () => {
    const parameters = { Instances: JSON.stringify([ENTRY]), Token: 'both-versions' };
    const first = await send({
      action: 'CreateInstances',
      query: new URLSearchParams(parameters).toString(),
    });
    const second = await bench.call('CreateInstances', parameters);
    expect(first.json['InstanceIds'].InstanceId).toEqual(idsOf(second));
  });

  it('logs the headers as the parameters they stand for, without the signature', async () => {
    await send({ headers: { 'x-acs-security-token': 'sts-secret' } });
    const { action, params } = (await logged()) ?? {};
    expect(action).toBe('DescribeInstances');
    expect(params).toMatchObject({ AccessKeyId: 'testid', SecurityToken: '***' });
    expect(params).not.toHaveProperty('Signature');
  });

  it('quotes all that it signed when the signature is wrong', async () => {
    const { status, json } = await send({ secret: 'wrong', query: 'SearchKey=x' });
    expect([status, json['Code']]).toEqual([400, 'SignatureDoesNotMatch']);
    expect(json['Message']).toContain('ACS3-HMAC-SHA256\n');
    expect(json['Message']).toContain('POST\n/\nSearchKey=x\nhost:');
    expect(json['Message']).not.toContain('testsecret');
  });

  it.each([
    ['the query', { forged: {}, query: 'SearchKey=x' }],
    ['a signed header', { forged: { 'x-acs-date': minuteAgo() } }],
    ['the action', { forged: { 'x-acs-action': 'DescribeInstanceAttribute' } }],
  ])('does not accept a signature after %s was changed', async (_what, change) => {
    const { host } = new URL(bench.url);
    const { authorization = '', ...headers } = signV3({ host });
    const answer = await send({ ...change, headers, forged: { ...change.forged, authorization } });
    expect(answer.json['Code']).toBe('SignatureDoesNotMatch');
  });

  it.each(['x-acs-action', 'x-acs-date', 'x-acs-signature-nonce', 'host', 'x-acs-content-sha256'])(
    'demands that %s is signed',
    async (name) => {
      const { status, json } = await send({ unsigned: [name] });
      expect([status, json['Code']]).toEqual([400, 'IncompleteSignature']);
    },
  );

  it.each([
    ['MissingVersion', 400, { 'x-acs-version': undefined }],
    ['MissingTimestamp', 400, { 'x-acs-date': undefined }],
    ['MissingSignatureNonce', 400, { 'x-acs-signature-nonce': undefined }],
    ['IncompleteSignature', 400, { 'x-acs-content-sha256': undefined }],
    ['InvalidTimeStamp.Format', 400, { 'x-acs-date': 'today' }],
    ['InvalidTimeStamp.Expired', 400, { 'x-acs-date': '2025-01-02T03:04:05Z' }],
    ['InvalidAction.NotFound', 404, { 'x-acs-action': 'CreateEverything' }],
  ])('answers %s with %d', async (code, status, headers) => {
    const answer = await send({ headers });
    expect([answer.json['Code'], answer.status]).toEqual([code, status]);
  });

  it('answers a call without an authorization, and one that it cannot read', async () => {
    const { host } = new URL(bench.url);
    const headers = new Headers(signV3({ host }));
    headers.delete('authorization');
    const bare = await fetch(bench.url, { method: 'POST', headers });
    expect(await bare.json()).toMatchObject({ Code: 'MissingAccessKeyId' });
    const garbled = await send({ forged: { authorization: 'ACS3-HMAC-SHA256 nonsense' } });
    expect(garbled.json['Code']).toBe('MissingAccessKeyId');
  });

  it('refuses a nonce that either version has used', async () => {
    const common = { SignatureNonce: 'shared-nonce' };
    expect((await bench.call('DescribeInstances', {}, { common })).status).toBe(200);
    const again = await send({ headers: { 'x-acs-signature-nonce': 'shared-nonce' } });
    expect(again.json['Code']).toBe('SignatureNonceUsed');
  });
});

function minuteAgo(): string {
  return `${new Date(Date.now() - 60_000).toISOString().slice(0, 19)}Z`;
}
