import { toCallFailure, toCallTrouble } from '../../../src/cloud/error-mapping';

const TARGET = { account: 'prod', region: 'cn-hangzhou' };

/** What the port would say about something thrown. */
function judge(thrown: unknown) {
  return toCallFailure(toCallTrouble(thrown), 'CreateInstances', TARGET);
}

describe('what the client library throws', () => {
  const connecting = (code: string) => Object.assign(new Error(), { code, syscall: 'connect' });

  it.each([
    ['ENOTFOUND', 'unknown-host'],
    ['EAI_AGAIN', 'unknown-host'],
    ['ECONNREFUSED', 'connection-refused'],
    ['EHOSTUNREACH', 'unreachable'],
    ['ENETUNREACH', 'unreachable'],
    ['ETIMEDOUT', 'unreachable'],
  ])('was never sent when connecting failed with %s', (code, expected) => {
    expect(judge(connecting(code))).toMatchObject({
      class: 'transient',
      code: expected,
      isUnexecuted: true,
    });
  });

  it('was never sent when connecting to every address of the host failed', () => {
    const errors = [connecting('ETIMEDOUT'), connecting('ENETUNREACH')];
    const all = Object.assign(new AggregateError(errors), { code: 'ETIMEDOUT' });
    expect(judge(all)).toMatchObject({ code: 'unreachable', isUnexecuted: true });
  });

  it.each(['ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'EPROTO', 'ERR_STREAM_DESTROYED'])(
    'may have executed when an open connection failed with %s',
    (code) => {
      const error = Object.assign(new Error(), { code, syscall: 'read' });
      expect(judge(error)).toMatchObject({
        class: 'ambiguous',
        code: 'connection-reset',
        isUnexecuted: false,
      });
    },
  );

  it.each([
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'SELF_SIGNED_CERT_IN_CHAIN',
    'CERT_HAS_EXPIRED',
    'ERR_TLS_CERT_ALTNAME_INVALID',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  ])('needs a person when the certificate failed with %s', (code) => {
    const error = Object.assign(new Error(), { code });
    expect(judge(error)).toMatchObject({ class: 'denied', code: 'tls', isUnexecuted: false });
  });

  it('may have executed when it calls itself a time-out of connecting', () => {
    const error = { name: 'RequestTimeoutError', message: 'ConnectTimeout: Connect x failed.' };
    expect(judge(error)).toMatchObject({ code: 'timeout', class: 'ambiguous' });
  });

  it('stops the group when the text could not be encoded', () => {
    expect(judge(new URIError('URI malformed'))).toMatchObject({
      class: 'invalid',
      code: 'unsendable',
      isUnexecuted: false,
    });
  });

  it("is not fooled by a service that answers with a socket's code", () => {
    const error = {
      code: 'ECONNREFUSED',
      data: { Code: 'ECONNREFUSED', RequestId: 'R' },
      entry: { response: { statusCode: 200, headers: {} } },
    };
    expect(judge(error)).toMatchObject({ class: 'ambiguous', isUnexecuted: false });
  });

  it.each([
    ['nothing', undefined],
    ['a text', 'boom'],
    ['a plain object', { name: 'SyntaxError', at: 1, text: '<html>' }],
    ['a broken HTTP answer', Object.assign(new Error(), { code: 'HPE_INVALID_CONSTANT' })],
    ['a broken gzip', Object.assign(new Error(), { code: 'Z_DATA_ERROR' })],
  ])('is a bad answer when it is %s', (_name, thrown) => {
    expect(judge(thrown)).toMatchObject({ class: 'ambiguous', code: 'bad-answer' });
  });
});
