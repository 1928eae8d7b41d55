import com.aliyun.r_kvstore20150101.Client;
import com.aliyun.r_kvstore20150101.models.*;
import com.aliyun.tea.TeaException;
import com.aliyun.teaopenapi.models.Config;
import java.util.List;

/** The same life with the official Java SDK. */
class Life {
  public static void main(String[] args) throws Exception {
    Client client = new Client(new Config().setAccessKeyId("testid").setAccessKeySecret("testsecret")
        .setEndpoint(System.getenv("ENDPOINT")).setProtocol("HTTPS"));
    String entries = "[{\"RegionId\":\"cn-hangzhou\",\"IzNo\":\"cn-hangzhou-h\",\"Quantity\":2,\"InstanceClass\":\"redis.master.small.default\","
        + "\"EngineVersion\":\"5.0\",\"ChargeType\":\"PostPaid\",\"VpcId\":\"vpc-1\",\"VSwitchId\":\"vsw-1\",\"InstanceName\":\"life-java\"}]";
    CreateInstancesRequest order = new CreateInstancesRequest().setInstances(entries).setToken("life-java-1").setAutoPay(true);
    List<String> ids = client.createInstances(order).body.instanceIds.instanceId;
    check(ids.size() == 2 && client.createInstances(order).body.instanceIds.instanceId.equals(ids), "created twice");
    DescribeInstancesRequest list = new DescribeInstancesRequest().setRegionId("cn-hangzhou").setInstanceIds(String.join(",", ids));
    while (!client.describeInstances(list).body.instances.KVStoreInstance.stream().allMatch(i -> i.instanceStatus.equals("Normal"))) Thread.sleep(200);
    DescribeInstanceAttributeRequest read = new DescribeInstanceAttributeRequest().setInstanceId(ids.get(0));
    client.modifyInstanceAttribute(new ModifyInstanceAttributeRequest().setInstanceId(ids.get(0)).setInstanceName("renamed-java"));
    client.modifySecurityIps(new ModifySecurityIpsRequest().setInstanceId(ids.get(0)).setSecurityIps("10.0.0.0/8"));
    client.tagResources(new TagResourcesRequest().setRegionId("cn-hangzhou").setResourceType("INSTANCE").setResourceId(ids)
        .setTag(List.of(new TagResourcesRequest.TagResourcesRequestTag().setKey("team").setValue("a b"))));
    var after = client.describeInstanceAttribute(read).body.instances.DBInstanceAttribute.get(0);
    check(after.instanceName.equals("renamed-java") && after.tags.tag.get(0).value.equals("a b"), after.instanceName);
    for (String id : ids) client.deleteInstance(new DeleteInstanceRequest().setInstanceId(id));
    try {
      client.describeInstanceAttribute(read);
      throw new IllegalStateException("still there");
    } catch (TeaException e) {
      check(e.code.equals("InvalidInstanceId.NotFound") && e.statusCode == 404, e.code);
    }
    System.out.println("ok " + ids);
  }

  static void check(boolean isSo, String otherwise) {
    if (!isSo) throw new IllegalStateException(otherwise);
  }
}
