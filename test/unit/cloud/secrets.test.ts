import { inspect } from 'node:util';
import type { CallReport } from '../../../src/cloud/rpc-caller';
import { answerJson, answerText, CUT, HANG, startScriptedServer } from './scripted-server';
import type { Answerer, ScriptedServer } from './scripted-server';
import { createCall, createTestCloud, SECRETS } from './test-cloud';

const BODY_SECRET = 'Pa55word-of-an-instance';
const ALL_SECRETS = [...Object.values(SECRETS), BODY_SECRET, 'leaked-by-the-service'];

describe('secrets', () => {
  let server: ScriptedServer;

  beforeEach(async () => {
    server = await startScriptedServer();
  });

  afterEach(() => server.close());

  /** The service quotes the string to sign, and with it the whole form. */
  const quoteRequest: Answerer = (response, request, socket) =>
    answerJson(400, {
      Code: 'SignatureDoesNotMatch',
      Message: `server string to sign is: POST&%2F&${request.body} ${request.form['Instances']}`,
      Recommend: `https://next.api.aliyun.com/troubleshoot?q=${request.body}`,
      RequestId: 'REQ-1',
    })(response, request, socket);

  const ANSWERS: readonly [string, Answerer][] = [
    ['a quoted string to sign', quoteRequest],
    [
      'the request in Code and RequestId',
      (response, request, socket) =>
        answerJson(400, { Code: request.body, RequestId: request.body })(response, request, socket),
    ],
    [
      'the request in a body that is no JSON',
      (response, request, socket) => answerText(502, request.body)(response, request, socket),
    ],
    [
      'the request in an answer of a wrong shape',
      (response, request, socket) =>
        answerJson(200, { RequestId: request.body, Echo: request.form })(response, request, socket),
    ],
    ['no answer', HANG],
    ['a cut connection', CUT],
  ];

  it.each(ANSWERS)('do not come back with %s', async (_name, answerer) => {
    server.script(answerer);
    const reports: CallReport[] = [];
    const cloud = createTestCloud(server.url, { onCall: (report) => reports.push(report) });
    const answer = await cloud.createInstances(
      createCall({ timeoutMs: 60, body: { Instances: `[{"Password":"${BODY_SECRET}"}]` } }),
    );
    expect(answer.kind).toBe('failed');
    expect(reports).toHaveLength(1);
    expectNoSecret({ answer, reports });
    expect(inspect(answer, { depth: 9 })).not.toContain(server.url);
  });

  it('do not come back from a source of keys that quotes them', async () => {
    const credentials = {
      resolve: () => Promise.reject(new Error(`bad key ${SECRETS.accessKeySecret}`)),
    };
    const cloud = createTestCloud(server.url, { credentials });
    const answer = await cloud.createInstances(createCall());
    expect(answer).toMatchObject({ class: 'denied', code: 'no-credentials', isUnexecuted: false });
    expectNoSecret(answer);
  });

  it.each([
    ['none', null],
    ['an empty secret', { accessKeyId: 'a', accessKeySecret: '' }],
    ['an empty id', { accessKeyId: '', accessKeySecret: 'b' }],
  ])('are never missing from a call: nothing is sent with %s', async (_name, keys) => {
    const cloud = createTestCloud(server.url, { credentials: { resolve: async () => keys } });
    expect(await cloud.createInstances(createCall())).toMatchObject({
      class: 'denied',
      code: 'no-credentials',
      isUnexecuted: false,
    });
    expect(server.requests).toEqual([]);
  });

  it('that worked once and cannot be fetched now are a passing fault', async () => {
    let isUp = true;
    const credentials = {
      resolve: () => (isUp ? Promise.resolve(SECRETS) : Promise.reject(new Error('metadata'))),
    };
    const cloud = createTestCloud(server.url, { credentials });
    await cloud.createInstances(createCall());
    isUp = false;
    expect(await cloud.createInstances(createCall())).toMatchObject({
      class: 'transient',
      code: 'credentials-unavailable',
      isUnexecuted: true,
    });
  });

  it('of an account that the worker lacks stop the call', async () => {
    const cloud = createTestCloud(server.url);
    const answer = await cloud.createInstances(createCall({ account: 'constructor' }));
    expect(answer).toMatchObject({ class: 'denied', code: 'unknown-account', isUnexecuted: false });
    expect(server.requests).toEqual([]);
  });
});

function expectNoSecret(value: unknown): void {
  const texts = [JSON.stringify(value), inspect(value, { depth: 9, showHidden: true })];
  for (const text of texts) {
    for (const secret of ALL_SECRETS) expect(text).not.toContain(secret);
  }
}
