// The same life with the official Go SDK (alibaba-cloud-sdk-go), signature version 1.0.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/errors"
	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/requests"
	kv "github.com/aliyun/alibaba-cloud-sdk-go/services/r-kvstore"
)

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func main() {
	client, err := kv.NewClientWithAccessKey("cn-hangzhou", "testid", "testsecret")
	must(err)
	client.Domain = os.Getenv("ENDPOINT")
	client.GetConfig().Scheme = "HTTPS"
	entries, _ := json.Marshal([]map[string]any{{"RegionId": "cn-hangzhou", "IzNo": "cn-hangzhou-h", "Quantity": 2,
		"InstanceClass": "redis.master.small.default", "EngineVersion": "5.0", "ChargeType": "PostPaid", "VpcId": "vpc-1",
		"VSwitchId": "vsw-1", "InstanceName": "life-go"}})
	var ids []string
	for i := 0; i < 2; i++ {
		order := kv.CreateCreateInstancesRequest()
		order.Instances, order.Token, order.AutoPay = string(entries), "life-go-1", requests.NewBoolean(true)
		answer, err := client.CreateInstances(order)
		must(err)
		if ids != nil && strings.Join(ids, ",") != strings.Join(answer.InstanceIds.InstanceId, ",") {
			panic("created twice")
		}
		ids = answer.InstanceIds.InstanceId
	}
	for ready := false; !ready; time.Sleep(200 * time.Millisecond) {
		list := kv.CreateDescribeInstancesRequest()
		list.InstanceIds = strings.Join(ids, ",")
		answer, err := client.DescribeInstances(list)
		must(err)
		ready = len(answer.Instances.KVStoreInstance) == 2
		for _, i := range answer.Instances.KVStoreInstance {
			ready = ready && i.InstanceStatus == "Normal"
		}
	}
	attribute := func() (*kv.DescribeInstanceAttributeResponse, error) {
		r := kv.CreateDescribeInstanceAttributeRequest()
		r.InstanceId = ids[0]
		return client.DescribeInstanceAttribute(r)
	}
	rename := kv.CreateModifyInstanceAttributeRequest()
	rename.InstanceId, rename.InstanceName = ids[0], "renamed-go"
	_, err = client.ModifyInstanceAttribute(rename)
	must(err)
	ips := kv.CreateModifySecurityIpsRequest()
	ips.InstanceId, ips.SecurityIps = ids[0], "10.0.0.0/8"
	_, err = client.ModifySecurityIps(ips)
	must(err)
	tag := kv.CreateTagResourcesRequest()
	tag.ResourceType, tag.ResourceId = "INSTANCE", &ids
	tag.Tag = &[]kv.TagResourcesTag{{Key: "team", Value: "a b"}}
	_, err = client.TagResources(tag)
	must(err)
	after, err := attribute()
	must(err)
	if i := after.Instances.DBInstanceAttribute[0]; i.InstanceName != "renamed-go" || i.Tags.Tag[0].Value != "a b" {
		panic(fmt.Sprint(i))
	}
	for _, id := range ids {
		d := kv.CreateDeleteInstanceRequest()
		d.InstanceId = id
		_, err = client.DeleteInstance(d)
		must(err)
	}
	_, err = attribute()
	if e, ok := err.(errors.Error); !ok || e.ErrorCode() != "InvalidInstanceId.NotFound" || e.HttpStatus() != 404 {
		panic(fmt.Sprint("still there: ", err))
	}
	fmt.Println("ok", ids)
}
