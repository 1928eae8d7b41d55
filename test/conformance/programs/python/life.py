"""The whole life of two instances with the official Python SDK, signature version 3."""
import json
import os
import time

from alibabacloud_r_kvstore20150101.client import Client
from alibabacloud_r_kvstore20150101 import models as m
from alibabacloud_tea_openapi.models import Config

client = Client(Config(access_key_id="testid", access_key_secret="testsecret", endpoint=os.environ["ENDPOINT"], protocol="HTTPS"))
entry = {"RegionId": "cn-hangzhou", "IzNo": "cn-hangzhou-h", "Quantity": 2, "InstanceClass": "redis.master.small.default",
         "EngineVersion": "5.0", "ChargeType": "PostPaid", "VpcId": "vpc-1", "VSwitchId": "vsw-1", "InstanceName": "life-tea",
         "Password": "Sw0rdfish!*()"}
order = m.CreateInstancesRequest(instances=json.dumps([entry]), token="life-tea-1", auto_pay=True)
ids = client.create_instances(order).body.instance_ids.instance_id
assert client.create_instances(order).body.instance_ids.instance_id == ids and len(ids) == 2
def listed():
    return client.describe_instances(m.DescribeInstancesRequest(region_id="cn-hangzhou", instance_ids=",".join(ids))).body.instances.kvstore_instance
while not all(i.instance_status == "Normal" for i in listed()): time.sleep(0.2)
def attribute(): return client.describe_instance_attribute(m.DescribeInstanceAttributeRequest(instance_id=ids[0])).body.instances.dbinstance_attribute[0]
assert attribute().instance_name == "life-tea"
client.modify_instance_attribute(m.ModifyInstanceAttributeRequest(instance_id=ids[0], instance_name="renamed-tea"))
client.modify_security_ips(m.ModifySecurityIpsRequest(instance_id=ids[0], security_ips="10.0.0.0/8,10.1.2.3"))
client.tag_resources(m.TagResourcesRequest(region_id="cn-hangzhou", resource_type="INSTANCE", resource_id=ids, tag=[m.TagResourcesRequestTag(key="team", value="a b")]))
after = attribute()
assert after.instance_name == "renamed-tea" and after.tags.tag[0].value == "a b", after.to_map()
groups = client.describe_security_ips(m.DescribeSecurityIpsRequest(instance_id=ids[0])).body.security_ip_groups.security_ip_group
assert groups[0].security_ip_list == "10.0.0.0/8,10.1.2.3", groups[0].to_map()
for i in ids: client.delete_instance(m.DeleteInstanceRequest(instance_id=i))
try:
    attribute(); raise SystemExit("still there")
except Exception as e:
    assert e.code == "InvalidInstanceId.NotFound", e
print("ok", ids)
