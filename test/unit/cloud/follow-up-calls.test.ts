import { inspect } from 'node:util';
import { SecretValue } from '../../../src/outbound/secret-value';
import { answerJson, startScriptedServer, type ScriptedServer } from './scripted-server';
import { createTestCloud } from './test-cloud';

const PLACE = { account: 'prod', region: 'cn-hangzhou' };
const PASSWORD = 'Correct-Horse-9';

let server: ScriptedServer;
beforeEach(async () => {
  server = await startScriptedServer();
});
afterEach(() => server.close());

describe('follow-up calls', () => {
  it('send the password in the body and nowhere else', async () => {
    server.script(answerJson(200, { RequestId: 'REQ-1' }));
    const call = { ...PLACE, id: 'r-1', password: new SecretValue(PASSWORD) };
    const answer = await createTestCloud(server.url).resetPassword(call);
    expect(answer).toEqual({ kind: 'ok', value: null, calls: 1 });
    expect(server.requests[0]?.form).toMatchObject({
      Action: 'ModifyInstanceAttribute',
      InstanceId: 'r-1',
      NewPassword: PASSWORD,
    });
    expect(server.requests[0]?.url ?? '').not.toContain('Horse');
  });

  it('keep the password out of a refusal that quotes it', async () => {
    server.script((response, request, socket) =>
      answerJson(400, { Code: 'InvalidPassword.Malformed', Message: request.body, RequestId: 'R' })(
        response,
        request,
        socket,
      ),
    );
    const call = { ...PLACE, id: 'r-1', password: new SecretValue(PASSWORD) };
    const answer = await createTestCloud(server.url).resetPassword(call);
    expect(answer).toMatchObject({ kind: 'failed', class: 'invalid', requestId: 'R' });
    expect(inspect(answer, { depth: 9 })).not.toContain('Horse');
  });

  it('number ids and tags from 1', async () => {
    server.script(answerJson(200, { RequestId: 'REQ-1' }));
    const call = { ...PLACE, ids: ['r-1', 'r-2'], tags: { team: 'x', empty: '' } };
    await createTestCloud(server.url).tagInstances(call);
    expect(server.requests[0]?.form).toMatchObject({
      Action: 'TagResources',
      RegionId: 'cn-hangzhou',
      ResourceType: 'INSTANCE',
      'ResourceId.1': 'r-1',
      'ResourceId.2': 'r-2',
      'Tag.1.Key': 'team',
      'Tag.1.Value': 'x',
      'Tag.2.Key': 'empty',
      'Tag.2.Value': '',
    });
  });

  it.each([0, 51])('tag no %i instances at once', async (count) => {
    const ids = Array.from({ length: count }, (_, index) => `r-${index}`);
    const cloud = createTestCloud(server.url);
    await expect(async () => cloud.tagInstances({ ...PLACE, ids, tags: {} })).rejects.toThrow(
      RangeError,
    );
  });

  it('replace one whitelist, so that repeating changes nothing', async () => {
    server.script(answerJson(200, { RequestId: 'REQ-1' }));
    const call = { ...PLACE, id: 'r-1', ips: ['10.0.0.0/8', '192.168.1.7'] };
    await createTestCloud(server.url).setSecurityIps(call);
    expect(server.requests[0]?.form).toMatchObject({
      Action: 'ModifySecurityIps',
      SecurityIps: '10.0.0.0/8,192.168.1.7',
      SecurityIpGroupName: 'tairfleet',
      ModifyMode: 'Cover',
    });
  });
});
