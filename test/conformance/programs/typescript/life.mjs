/** The same life with the official TypeScript SDK. */
import sdk from '@alicloud/r-kvstore20150101';
import { $OpenApiUtil } from '@alicloud/openapi-core';
import assert from 'node:assert';
const Client = sdk.default;
const client = new Client(
  new $OpenApiUtil.Config({
    accessKeyId: 'testid',
    accessKeySecret: 'testsecret',
    endpoint: process.env.ENDPOINT,
    protocol: 'HTTPS',
  }),
);
const entry = {
  RegionId: 'cn-hangzhou',
  IzNo: 'cn-hangzhou-h',
  Quantity: 2,
  InstanceClass: 'redis.master.small.default',
  EngineVersion: '5.0',
  ChargeType: 'PostPaid',
  VpcId: 'vpc-1',
  VSwitchId: 'vsw-1',
  InstanceName: 'life-ts',
  Password: 'Sw0rdfish!*()',
};
const order = new sdk.CreateInstancesRequest({
  instances: JSON.stringify([entry]),
  token: 'life-ts-1',
  autoPay: true,
});
const ids = (await client.createInstances(order)).body.instanceIds.instanceId;
assert.deepEqual((await client.createInstances(order)).body.instanceIds.instanceId, ids);
assert.equal(ids.length, 2);
const listed = async () =>
  (
    await client.describeInstances(
      new sdk.DescribeInstancesRequest({ regionId: 'cn-hangzhou', instanceIds: ids.join(',') }),
    )
  ).body.instances.KVStoreInstance;
while (!(await listed()).every((i) => i.instanceStatus === 'Normal'))
  await new Promise((r) => setTimeout(r, 200));
const attribute = async () =>
  (
    await client.describeInstanceAttribute(
      new sdk.DescribeInstanceAttributeRequest({ instanceId: ids[0] }),
    )
  ).body.instances.DBInstanceAttribute[0];
await client.modifyInstanceAttribute(
  new sdk.ModifyInstanceAttributeRequest({ instanceId: ids[0], instanceName: 'renamed-ts' }),
);
await client.modifySecurityIps(
  new sdk.ModifySecurityIpsRequest({ instanceId: ids[0], securityIps: '10.0.0.0/8' }),
);
await client.tagResources(
  new sdk.TagResourcesRequest({
    regionId: 'cn-hangzhou',
    resourceType: 'INSTANCE',
    resourceId: ids,
    tag: [new sdk.TagResourcesRequestTag({ key: 'team', value: 'a b' })],
  }),
);
const after = await attribute();
assert.equal(after.instanceName, 'renamed-ts');
assert.equal(after.tags.tag[0].value, 'a b');
for (const id of ids)
  await client.deleteInstance(new sdk.DeleteInstanceRequest({ instanceId: id }));
await assert.rejects(
  attribute(),
  (e) => e.code === 'InvalidInstanceId.NotFound' && e.statusCode === 404,
);
console.log('ok', ids);
