import type { PopCoreCloud } from '../../../src/cloud/pop-core-cloud';
import {
  answerJson,
  answerText,
  createdBody,
  CUT,
  DRIBBLE,
  HANG,
  startScriptedServer,
} from './scripted-server';
import type { Answerer, ScriptedServer } from './scripted-server';
import { createCall, createTestCloud, SECRETS } from './test-cloud';

let server: ScriptedServer;
let cloud: PopCoreCloud;

beforeEach(async () => {
  server = await startScriptedServer();
  cloud = createTestCloud(server.url);
});

afterEach(async () => {
  cloud.close();
  await server.close();
});

describe('a create call that succeeds', () => {
  it('returns ids, order and request id of a success', async () => {
    server.script(answerJson(200, createdBody(['r-1', 'r-2'])));
    expect(await cloud.createInstances(createCall())).toEqual({
      kind: 'created',
      calls: 1,
      ids: ['r-1', 'r-2'],
      orderId: '20741',
      requestId: 'REQ-1',
    });
  });

  it('sends exactly the frozen body, the token and what a signature needs, in the form', async () => {
    server.script(answerJson(200, createdBody(['r-1'])));
    const call = createCall();
    await cloud.createInstances(call);
    const [request] = server.requests;
    expect(request).toMatchObject({ method: 'POST', url: '/' });
    const { Signature, SignatureNonce, Timestamp, ...rest } = request!.form;
    expect(rest).toEqual({
      ...call.body,
      Token: call.token,
      Action: 'CreateInstances',
      Version: '2015-01-01',
      Format: 'JSON',
      SignatureMethod: 'HMAC-SHA1',
      SignatureVersion: '1.0',
      AccessKeyId: SECRETS.accessKeyId,
      SecurityToken: SECRETS.securityToken,
    });
    expect(Signature).toMatch(/^[\w+/]+=*$/);
    expect(SignatureNonce).toMatch(/^[0-9a-f-]{36}$/);
    expect(Timestamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  });

  it('sends the same bytes again but for nonce, time and signature', async () => {
    server.script(answerJson(200, createdBody(['r-1'])));
    const call = createCall();
    await cloud.createInstances(call);
    await cloud.createInstances(call);
    const [first, second] = server.requests.map(({ body }) =>
      body.split('&').filter((pair) => !/^(Signature|SignatureNonce|Timestamp)=/.test(pair)),
    );
    expect(second).toEqual(first);
    const nonces = server.requests.map(({ form }) => form['SignatureNonce']);
    expect(new Set(nonces).size).toBe(2);
  });

  it('opens a connection for each create call, since a kept one may be stale', async () => {
    server.script(answerJson(200, createdBody(['r-1'])));
    await cloud.createInstances(createCall());
    await cloud.createInstances(createCall());
    expect(server.connections()).toBe(2);
    expect(server.requests.map(({ headers }) => headers.connection)).toEqual(['close', 'close']);
  });

  it('returns fewer ids than asked for as they are, and repeated ids once', async () => {
    server.script(answerJson(200, createdBody(['r-1', 'r-1'])));
    expect(await cloud.createInstances(createCall())).toMatchObject({ ids: ['r-1'] });
  });

  it('takes an order that waits for its payment as created without ids', async () => {
    server.script(answerJson(200, { RequestId: 'REQ-1', OrderId: '20741' }));
    const body = { ...createCall().body, AutoPay: 'false' };
    expect(await cloud.createInstances(createCall({ body }))).toMatchObject({
      kind: 'created',
      ids: [],
      orderId: '20741',
    });
  });

  it('keeps a long order number as text, digit by digit', async () => {
    const text =
      '{"RequestId":"R","OrderId":207412345678901234,"InstanceIds":{"InstanceId":["r-1"]}}';
    server.script(answerText(200, text));
    expect(await cloud.createInstances(createCall())).toMatchObject({
      kind: 'created',
      orderId: '207412345678901234',
    });
  });

  it('takes a body whose Code says Success by its shape', async () => {
    server.script(answerJson(200, createdBody(['r-1'], { Code: 'Success' })));
    expect(await cloud.createInstances(createCall())).toMatchObject({ kind: 'created' });
  });
});

describe('a create call that fails', () => {
  const BAD_ANSWERS: readonly [string, Answerer][] = [
    ['an empty body', answerText(200, '')],
    ['204', answerText(204, '')],
    ['the HTML of a proxy', answerText(502, '<html>Bad Gateway</html>')],
    ['JSON null', answerText(200, 'null')],
    ['a list', answerText(200, '[]')],
    ['an empty object', answerJson(200, {})],
    ['a 503 without a Code', answerJson(503, {})],
    ['a 503 that otherwise looks like a success', answerJson(503, createdBody(['r-1']))],
    ['a 404 without a Code', answerJson(404, { message: 'no route' })],
    ['a lower-case code', answerJson(500, { code: 'Throttling', message: 'no' })],
    ['Code Success without ids', answerJson(200, { Code: 'Success', RequestId: 'REQ-1' })],
    ['no RequestId', answerJson(200, { InstanceIds: { InstanceId: ['r-1'] } })],
    [
      'ids that are no strings',
      answerJson(200, { ...createdBody([]), InstanceIds: { InstanceId: [1] } }),
    ],
    ['ids that are no list', answerJson(200, { ...createdBody([]), InstanceIds: 'r-1' })],
    ['a key __proto__', answerText(200, '{"__proto__":{"InstanceIds":1},"RequestId":"R"}')],
    ['a Code that is a number', answerJson(400, { Code: 17, RequestId: 'REQ-1' })],
    ['a Code that is a text', answerJson(400, { Code: 'no code at all', RequestId: 'REQ-1' })],
    ['a Code that only we give', answerJson(200, { Code: 'unknown-host', RequestId: 'REQ-1' })],
    ['a refusal with ids', answerJson(400, { ...createdBody(['r-1']), Code: 'QuotaExceed' })],
    ['a paid order without ids', answerJson(200, { RequestId: 'REQ-1', OrderId: '20741' })],
  ];

  it.each(BAD_ANSWERS)('takes %s as ambiguous', async (_name, answerer) => {
    server.script(answerer);
    expect(await cloud.createInstances(createCall())).toMatchObject({
      kind: 'failed',
      class: 'ambiguous',
      code: 'bad-answer',
      isUnexecuted: false,
    });
  });

  it.each([
    ['no answer', HANG],
    ['an answer without an end', DRIBBLE],
  ])('takes %s in time as ambiguous', async (_name, answerer) => {
    server.script(answerer);
    expect(await cloud.createInstances(createCall({ timeoutMs: 60 }))).toMatchObject({
      class: 'ambiguous',
      code: 'timeout',
      isUnexecuted: false,
    });
  });

  it('takes an answer that stops in the middle as ambiguous', async () => {
    server.script((response) => {
      response.writeHead(200, { 'content-length': 1000 }).write('{"RequestId":');
    });
    expect(await cloud.createInstances(createCall({ timeoutMs: 60 }))).toMatchObject({
      class: 'ambiguous',
      isUnexecuted: false,
    });
  });

  it('waits longer than the three seconds of the library when told to', async () => {
    server.script((response) => {
      setTimeout(() => response.end(JSON.stringify(createdBody(['r-1']))), 3_300);
    });
    expect(await cloud.createInstances(createCall())).toMatchObject({ kind: 'created' });
  });

  it('takes a cut connection as ambiguous', async () => {
    server.script(CUT);
    expect(await cloud.createInstances(createCall())).toMatchObject({
      class: 'ambiguous',
      code: 'connection-reset',
      isUnexecuted: false,
    });
  });

  it('knows that a refused connection sent nothing', async () => {
    await server.close();
    expect(await cloud.createInstances(createCall())).toMatchObject({
      class: 'transient',
      code: 'connection-refused',
      isUnexecuted: true,
    });
    server = await startScriptedServer();
  });

  it('gives code, status and request id of a refusal', async () => {
    server.script(answerJson(400, { Code: 'QuotaExceed', RequestId: 'REQ-9', Message: 'quota' }));
    expect(await cloud.createInstances(createCall())).toMatchObject({
      kind: 'failed',
      class: 'quota',
      code: 'QuotaExceed',
      httpStatus: 400,
      requestId: 'REQ-9',
      retryAfterMs: null,
      message:
        "CreateInstances in cn-hangzhou with account prod: QuotaExceed (HTTP 400). The account's " +
        'cap on living PostPaid instances is reached.',
    });
  });

  it('reads how long a throttled call is to wait', async () => {
    const headers = { 'x-acs-retry-after': '1500' };
    server.script(answerJson(400, { Code: 'Throttling.User', RequestId: 'R' }, headers));
    expect(await cloud.createInstances(createCall())).toMatchObject({
      class: 'throttled',
      isUnexecuted: true,
      retryAfterMs: 1500,
    });
  });

  it('takes a refusal with HTTP 503 as ambiguous', async () => {
    server.script(answerJson(503, { Code: 'QuotaNotEnough', RequestId: 'R' }));
    expect(await cloud.createInstances(createCall())).toMatchObject({
      class: 'ambiguous',
      code: 'QuotaNotEnough',
      isUnexecuted: false,
    });
  });
});
