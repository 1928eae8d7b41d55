import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { ERROR_TABLE } from '../../src/domain/error-table';
import { anyJson, PROTOTYPE_KEYS, toNested } from './fuzz';
import type { RawAnswer } from './raw-server';

/** Bytes that answer a call, with what they were made of. */
export interface CloudAnswer extends RawAnswer {
  readonly status: number;
  readonly body: Buffer;
  /** Whether the whole answer arrives as HTTP says, so that its body can be judged. */
  readonly isWhole: boolean;
}

const CODES = ERROR_TABLE.flatMap(({ codes }) => Object.keys(codes));

/** Answers of a service, a broken service, a proxy, and of nobody who knows HTTP. */
export function anyCloudAnswer(): fc.Arbitrary<CloudAnswer> {
  return fc.oneof(
    { weight: 6, arbitrary: fc.tuple(anyStatus(), anyBody(), anyDress()).map(toWhole) },
    { weight: 2, arbitrary: fc.tuple(anyStatus(), anyBody(), anyDress()).chain(anyCut) },
    { weight: 1, arbitrary: anyNoHttp() },
  );
}

function anyStatus(): fc.Arbitrary<number> {
  return fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(200, 400, 403, 404, 500, 502, 503) },
    { weight: 1, arbitrary: fc.constantFrom(101, 103, 201, 204, 206, 301, 302, 304, 307, 418) },
    { weight: 1, arbitrary: fc.integer({ min: 200, max: 599 }) },
  );
}

function anyBody(): fc.Arbitrary<Buffer> {
  const text = fc.oneof(
    { weight: 6, arbitrary: anyServiceLike().map((value) => JSON.stringify(value)) },
    { weight: 2, arbitrary: anyPage().map((value) => JSON.stringify(value)) },
    { weight: 2, arbitrary: anyJson().map((value) => JSON.stringify(value)) },
    { weight: 1, arbitrary: fc.constantFrom('', 'null', '[]', '{', '<html>Bad Gateway</html>') },
    { weight: 1, arbitrary: anyHugeNumber() },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.constantFrom(100, 20_000), fc.constantFrom('list' as const, 'object' as const))
        .map(([depth, kind]) => toNested(depth, kind)),
    },
  );
  return fc.oneof(
    { weight: 9, arbitrary: text.map((value) => Buffer.from(value)) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)) },
  );
}

/** Members of true answers, present or not, right or odd. */
function anyServiceLike(): fc.Arbitrary<object> {
  const odd = anyJson();
  const ids = fc.array(fc.oneof(fc.constantFrom('r-1', 'r-2', 'r 3', '../r', '$REQUEST'), odd), {
    maxLength: 4,
  });
  const order = fc.oneof(
    fc.constant({ InstanceId: ['r-1', 'r-2'] }),
    ids.map((InstanceId) => ({ InstanceId })),
    odd,
  );
  const instance = fc.oneof(
    anyInstance(),
    fc.record({ InstanceId: odd, InstanceStatus: odd, InstanceName: odd }),
  );
  const list = fc.oneof(
    fc.array(instance, { maxLength: 3 }).map((KVStoreInstance) => ({ KVStoreInstance })),
    odd,
  );
  return fc.record(
    {
      RequestId: fc.oneof({ weight: 4, arbitrary: fc.constant('REQ-1') }, odd),
      Code: fc.oneof(fc.constantFrom(...CODES, 'Success', 200, 'New.Code', '$REQUEST'), odd),
      Message: fc.oneof(fc.constant('to sign: $REQUEST'), odd),
      InstanceIds: order,
      OrderId: fc.oneof(fc.constant('20741'), odd),
      TotalCount: fc.oneof(fc.constantFrom(0, 1, 2, 500, 1e9), odd),
      Instances: list,
      '__proto__.x': odd,
    },
    { requiredKeys: [] },
  );
}

/** Pages that are right by themselves, and contradict each other. */
function anyPage(): fc.Arbitrary<object> {
  return fc.record({
    RequestId: fc.constant('REQ-1'),
    TotalCount: fc.constantFrom(0, 1, 2, 60, 1e9),
    Instances: fc
      .array(anyInstance(), { maxLength: 3 })
      .map((KVStoreInstance) => ({ KVStoreInstance })),
  });
}

function anyInstance(): fc.Arbitrary<object> {
  const id = fc.constantFrom('r-1', 'r-2');
  return id.map((InstanceId) => ({ InstanceId, InstanceStatus: 'Normal', InstanceName: 'tag' }));
}

function anyHugeNumber(): fc.Arbitrary<string> {
  return fc
    .tuple(
      fc.constantFrom('9'.repeat(400), '-0', '1e999', '-1e-999', '12345678901234567890.5'),
      fc.constantFrom('TotalCount', 'OrderId', 'Code', 'RequestId', ...PROTOTYPE_KEYS),
    )
    .map(([number, key]) => `{"RequestId":"R","${key}":${number},"InstanceIds":{"InstanceId":[]}}`);
}

interface Dress {
  readonly headers: readonly string[];
  readonly isGzipped: boolean;
  readonly framing: 'length' | 'chunked' | 'close';
}

function anyDress(): fc.Arbitrary<Dress> {
  const header = fc.constantFrom(
    'content-type: text/html',
    'content-type: application/json; charset=utf-16',
    'x-acs-retry-after: 999999999',
    'x-acs-retry-after: -1',
    'date: Thu, 01 Jan 1970 00:00:00 GMT',
    'date: never',
    'location: http://127.0.0.1:1/',
    'set-cookie: a=b',
    `x-long: ${'x'.repeat(20_000)}`,
    'connection: keep-alive',
    'content-encoding: gzip',
    'content-encoding: deflate',
    'content-encoding: br',
  );
  return fc.record({
    headers: fc.uniqueArray(header, { maxLength: 2, selector: (text) => text.split(':')[0] }),
    isGzipped: fc.boolean(),
    framing: fc.constantFrom('length' as const, 'chunked' as const, 'close' as const),
  });
}

function toWhole([status, body, dress]: [number, Buffer, Dress]): CloudAnswer {
  const head = [`HTTP/1.1 ${status} Text`, ...dress.headers].join('\r\n');
  const isEncoded = /^content-encoding: (gzip|deflate)/m.test(head);
  return {
    toParts: (request) => toMessage(head, withRequest(body, request), dress),
    end: 'close',
    status,
    body,
    isWhole: !isEncoded && ![101, 103, 204, 304].includes(status) && !head.includes('x-long'),
  };
}

function toMessage(head: string, body: Buffer, { framing, isGzipped }: Dress): Buffer[] {
  const sent = isGzipped && head.includes('content-encoding: gzip') ? gzipSync(body) : body;
  const frame = {
    length: `content-length: ${sent.length}`,
    chunked: 'transfer-encoding: chunked',
    close: 'connection: close',
  }[framing];
  return [
    Buffer.from(`${head}\r\n${frame}\r\n\r\n`, 'latin1'),
    framing === 'chunked' ? toChunks(sent) : sent,
  ];
}

/** The service quotes the whole request in its messages. */
function withRequest(body: Buffer, request: string): Buffer {
  if (!body.includes('$REQUEST')) return body;
  return Buffer.from(body.toString('utf8').replaceAll('$REQUEST', request));
}

function toChunks(body: Buffer): Buffer {
  const chunk = [Buffer.from(`${body.length.toString(16)}\r\n`), body, Buffer.from('\r\n')];
  return Buffer.concat([...(body.length === 0 ? [] : chunk), Buffer.from('0\r\n\r\n')]);
}

/** A part of a whole answer, and then nothing, an end or a reset. */
function anyCut(made: [number, Buffer, Dress]): fc.Arbitrary<CloudAnswer> {
  const whole = toWhole(made);
  return fc
    .record({
      share: fc.double({ min: 0, max: 0.99, noNaN: true }),
      end: fc.constantFrom('open' as const, 'close' as const, 'reset' as const),
    })
    .map(({ share, end }) => ({
      ...whole,
      toParts: (request) => {
        const bytes = Buffer.concat(whole.toParts(request));
        const at = Math.floor(bytes.length * share);
        return [bytes.subarray(0, at >> 1), bytes.subarray(at >> 1, at)];
      },
      end,
      isWhole: false,
    }));
}

function anyNoHttp(): fc.Arbitrary<CloudAnswer> {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 60 }),
    fc
      .constantFrom(
        'HTTP/1.1 100 Continue\r\n\r\n',
        'HTTP/1.1 100 Continue\r\n\r\n'.repeat(50),
        'HTTP/1.1 101 Switching Protocols\r\nupgrade: h2\r\nconnection: upgrade\r\n\r\n',
        'HTTP/9.9 200 OK\r\n\r\n{}',
        'HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n{}',
        'HTTP/1.1 200 OK\r\ncontent-length: 2\r\ntransfer-encoding: chunked\r\n\r\n{}',
        'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n{}',
        'SSH-2.0-OpenSSH_9.9\r\n',
        '\x16\x03\x01\x02\x00\x01',
      )
      .map((text) => Buffer.from(text, 'latin1')),
  );
  return fc
    .tuple(bytes, fc.constantFrom('open' as const, 'close' as const, 'reset' as const))
    .map(([sent, end]) => ({
      toParts: () => [sent],
      end,
      status: 0,
      body: Buffer.from(sent),
      isWhole: false,
    }));
}
