import { createStringToSign, signV1 } from '../../../src/emulator/protocol/signature-v1';
import { startBench } from './api-client';
import type { Bench } from './api-client';

/** Verified against pop-core 1.8.0. */
const VECTOR = new Map([
  ['Action', 'DescribeRegions'],
  ['Version', '2015-01-01'],
  ['Format', 'JSON'],
  ['SignatureMethod', 'HMAC-SHA1'],
  ['SignatureVersion', '1.0'],
  ['SignatureNonce', 'nonce-1'],
  ['Timestamp', '2025-01-02T03:04:05Z'],
  ['AccessKeyId', 'testid'],
  ['AcceptLanguage', "a b+c*~'()!/é"],
]);

describe('signature version 1.0', () => {
  it('gives the published vector its signature', () => {
    const stringToSign = createStringToSign('POST', VECTOR);
    expect(signV1(stringToSign, 'testsecret')).toBe('yI+8nJ0csAxyT22ewoYhWsjYJEA=');
    expect(stringToSign).toContain('a%2520b%252Bc%252A~%2527%2528%2529%2521%252F%25C3%25A9');
  });

  it('leaves the signature itself out and signs the method', () => {
    const signed = new Map([...VECTOR, ['Signature', 'anything']]);
    expect(createStringToSign('POST', signed)).toBe(createStringToSign('POST', VECTOR));
    expect(createStringToSign('GET', VECTOR)).not.toBe(createStringToSign('POST', VECTOR));
  });
});

describe('the gateway', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await startBench();
  });
  afterAll(() => bench.close());

  it.each([
    ['GET', 'query'],
    ['POST', 'query'],
    ['POST', 'form'],
    ['POST', 'split'],
  ] as const)('accepts a %s with its parameters in the %s', async (method, place) => {
    const answer = await bench.call(
      'DescribeInstances',
      { SearchKey: "é *'!~" },
      { method, place },
    );
    expect(answer.status).toBe(200);
    expect(answer.json.TotalCount).toBe(0);
  });

  it('accepts an empty SignatureType, which is part of what is signed', async () => {
    const answer = await bench.call('DescribeInstances', {}, { common: { SignatureType: '' } });
    expect(answer.status).toBe(200);
  });

  it('echoes the string to sign of a wrong signature, and no secret', async () => {
    const answer = await bench.call('DescribeInstances', {}, { secret: 'wrong' });
    expect(answer.status).toBe(400);
    expect(answer.json.Code).toBe('SignatureDoesNotMatch');
    expect(answer.json.Message).toContain('POST&%2F&AccessKeyId%3Dtestid');
    expect(answer.text).not.toContain('testsecret');
  });

  it('refuses a nonce that was accepted before, and lets one of a failed call pass', async () => {
    const common = { SignatureNonce: 'once' };
    const wrong = await bench.call('DescribeInstances', {}, { common, secret: 'wrong' });
    expect(wrong.json.Code).toBe('SignatureDoesNotMatch');
    expect((await bench.call('DescribeInstances', {}, { common })).status).toBe(200);
    const again = await bench.call('DescribeInstances', {}, { common });
    expect([again.status, again.json.Code]).toEqual([400, 'SignatureNonceUsed']);
  });

  it.each([
    ['InvalidTimeStamp.Expired', 400, { Timestamp: toTimestamp(-15.1) }],
    ['InvalidTimeStamp.Expired', 400, { Timestamp: toTimestamp(15.1) }],
    ['InvalidTimeStamp.Format', 400, { Timestamp: '2025-01-02 03:04:05' }],
    ['InvalidAccessKeyId.NotFound', 404, { AccessKeyId: 'nobody' }],
    ['InvalidSignatureMethod', 400, { SignatureMethod: 'HMAC-SHA256' }],
    ['IncompleteSignature', 400, { SignatureVersion: '2.0' }],
    ['MissingSignatureNonce', 400, { SignatureNonce: undefined }],
    ['MissingAccessKeyId', 400, { AccessKeyId: undefined }],
    ['MissingTimestamp', 400, { Timestamp: '' }],
    ['MissingSignature', 400, { Signature: undefined }],
  ])('answers %s with %d', async (code, status, common) => {
    const answer = await bench.call('DescribeInstances', {}, { common });
    expect([answer.json.Code, answer.status]).toEqual([code, status]);
  });

  it('accepts a clock that is 14 minutes off', async () => {
    const common = { Timestamp: toTimestamp(-14) };
    expect((await bench.call('DescribeInstances', {}, { common })).status).toBe(200);
  });

  it.each([
    ['MissingAction', 400, { Action: '' }],
    ['MissingVersion', 400, { Version: '' }],
    ['InvalidVersion', 400, { Version: '2014-05-26' }],
    ['InvalidAction.NotFound', 404, { Action: 'CreateEverything' }],
  ])('answers %s with %d', async (code, status, parameters) => {
    const answer = await bench.call('DescribeInstances', parameters);
    expect([answer.json.Code, answer.status]).toEqual([code, status]);
  });

  it('wraps a refusal into the error envelope, with the request id in a header too', async () => {
    const answer = await bench.call('Nothing');
    expect(answer.json).toEqual({
      RequestId: answer.headers.get('x-acs-request-id'),
      HostId: new URL(bench.url).host,
      Code: 'InvalidAction.NotFound',
      Message: 'Specified api is not found, please check your url and method.',
      Recommend: expect.stringContaining('q=InvalidAction.NotFound&product='),
    });
    expect(answer.json.RequestId).toMatch(/^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/);
    expect(Date.parse(answer.headers.get('date') ?? '')).not.toBeNaN();
  });

  it('refuses other methods and paths', async () => {
    const put = await bench.call('DescribeInstances', {}, { method: 'PUT' });
    expect(put.json.Code).toBe('UnsupportedHTTPMethod');
    const elsewhere = await fetch(`${bench.url}/elsewhere`);
    expect(elsewhere.status).toBe(404);
  });

  it('takes a request whose URL is far beyond 16 KiB', async () => {
    const name = `a${'b'.repeat(79)}`;
    const entries = Array.from({ length: 300 }, () => ({
      InstanceName: name,
      RegionId: 'x',
      IzNo: 'y',
    }));
    const answer = await bench.call(
      'CreateInstances',
      { Instances: JSON.stringify(entries) },
      { place: 'query' },
    );
    expect(answer.json.Code).toBe('InvalidRegion.NotFound');
  });
});

function toTimestamp(offsetMin: number): string {
  return `${new Date(Date.now() + offsetMin * 60_000).toISOString().slice(0, 19)}Z`;
}
