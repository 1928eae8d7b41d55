import { inspect } from 'node:util';
import type { PopCoreCloud } from '../../../src/cloud/pop-core-cloud';
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

  it.each<[string, (cloud: PopCoreCloud) => Promise<unknown>, Record<string, string>]>([
    [
      'name parameters in one JSON object',
      (cloud) => cloud.setParameters({ ...PLACE, id: 'r-1', parameters: { timeout: '300' } }),
      { Action: 'ModifyInstanceConfig', Config: '{"timeout":"300"}' },
    ],
    [
      'say when the cloud may work',
      (cloud) =>
        cloud.setMaintenanceWindow({
          ...{ ...PLACE, id: 'r-1' },
          window: { start: '18:00Z', end: '22:00Z' },
        }),
      {
        Action: 'ModifyInstanceMaintainTime',
        MaintainStartTime: '18:00Z',
        MaintainEndTime: '22:00Z',
      },
    ],
    [
      'move to a resource group',
      (cloud) => cloud.moveToResourceGroup({ ...PLACE, id: 'r-1', resourceGroupId: 'rg-2' }),
      { Action: 'ModifyResourceGroup', RegionId: 'cn-hangzhou', ResourceGroupId: 'rg-2' },
    ],
    [
      'protect from release, and change nothing else',
      (cloud) => cloud.protectFromRelease({ ...PLACE, id: 'r-1' }),
      { Action: 'ModifyInstanceAttribute', InstanceReleaseProtection: 'true' },
    ],
  ])('%s', async (_what, call, form) => {
    server.script(answerJson(200, { RequestId: 'REQ-1' }));
    expect(await call(createTestCloud(server.url))).toMatchObject({ kind: 'ok', calls: 1 });
    expect(server.requests[0]?.form).toMatchObject({ ...form, InstanceId: 'r-1' });
    expect(server.requests[0]?.form).not.toHaveProperty('NewPassword');
  });
});
