"""The same life with the earlier Python SDK (aliyun-python-sdk-core and -r-kvstore), signature version 1.0."""
import json
import os
import time

from aliyunsdkcore.client import AcsClient
from aliyunsdkcore.http import protocol_type
from aliyunsdkcore.acs_exception.exceptions import ServerException
from aliyunsdkr_kvstore.request.v20150101.CreateInstancesRequest import CreateInstancesRequest
from aliyunsdkr_kvstore.request.v20150101.DescribeInstancesRequest import DescribeInstancesRequest
from aliyunsdkr_kvstore.request.v20150101.DescribeInstanceAttributeRequest import DescribeInstanceAttributeRequest
from aliyunsdkr_kvstore.request.v20150101.ModifyInstanceAttributeRequest import ModifyInstanceAttributeRequest
from aliyunsdkr_kvstore.request.v20150101.ModifySecurityIpsRequest import ModifySecurityIpsRequest
from aliyunsdkr_kvstore.request.v20150101.TagResourcesRequest import TagResourcesRequest
from aliyunsdkr_kvstore.request.v20150101.DeleteInstanceRequest import DeleteInstanceRequest

client = AcsClient("testid", "testsecret", "cn-hangzhou", verify=os.environ["CA_FILE"])
def send(request, **values):
    request.set_endpoint(os.environ["ENDPOINT"]); request.set_protocol_type(protocol_type.HTTPS); request.set_accept_format("JSON")
    for k, v in values.items(): getattr(request, "set_" + k)(v)
    return json.loads(client.do_action_with_exception(request))
entry = {"RegionId": "cn-hangzhou", "IzNo": "cn-hangzhou-h", "Quantity": 2, "InstanceClass": "redis.master.small.default",
         "EngineVersion": "5.0", "ChargeType": "PostPaid", "VpcId": "vpc-1", "VSwitchId": "vsw-1", "InstanceName": "life-core"}
order = dict(Instances=json.dumps([entry]), Token="life-core-1", AutoPay=True)
ids = send(CreateInstancesRequest(), **order)["InstanceIds"]["InstanceId"]
assert send(CreateInstancesRequest(), **order)["InstanceIds"]["InstanceId"] == ids and len(ids) == 2
while not all(i["InstanceStatus"] == "Normal" for i in send(DescribeInstancesRequest(), InstanceIds=",".join(ids))["Instances"]["KVStoreInstance"]): time.sleep(0.2)
def attribute(): return send(DescribeInstanceAttributeRequest(), InstanceId=ids[0])["Instances"]["DBInstanceAttribute"][0]
send(ModifyInstanceAttributeRequest(), InstanceId=ids[0], InstanceName="renamed-core")
send(ModifySecurityIpsRequest(), InstanceId=ids[0], SecurityIps="10.0.0.0/8")
send(TagResourcesRequest(), ResourceType="INSTANCE", ResourceIds=ids, Tags=[{"Key": "team", "Value": "a b"}])
after = attribute(); assert after["InstanceName"] == "renamed-core" and after["Tags"]["Tag"][0]["Value"] == "a b", after
for i in ids: send(DeleteInstanceRequest(), InstanceId=i)
try:
    attribute(); raise SystemExit("still there")
except ServerException as e:
    assert e.get_error_code() == "InvalidInstanceId.NotFound" and e.get_http_status() == 404
print("ok", ids)
