"""Alibaba Cloud's SDKs for Python: the classic one, which signs as Terraform's provider does, and the current one."""

import json
from urllib.parse import urlsplit

from alibabacloud_tea_openapi.models import Config
from alibabacloud_vpc20160428 import models
from alibabacloud_vpc20160428.client import Client
from aliyunsdkcore.acs_exception.exceptions import ServerException
from aliyunsdkcore.client import AcsClient
from aliyunsdkvpc.request.v20160428 import (
    CreateVpnConnectionRequest,
    DeleteVpnConnectionRequest,
    DescribeVpnConnectionRequest,
    DescribeVpnConnectionsRequest,
    DescribeVpnGatewayRequest,
)
from darabonba.exceptions import DaraException

from lifecycle import (
    ACCESS_KEY_ID,
    ACCESS_KEY_SECRET,
    LOCAL_NETWORK,
    NAME,
    PRE_SHARED_KEY,
    REMOTE_NETWORK,
    Refused,
    Tool,
)

REGION = "cn-shanghai"
IKE = {
    "Psk": PRE_SHARED_KEY,
    "IkeVersion": "ikev2",
    "IkeMode": "main",
    "IkeEncAlg": "aes256",
    "IkeAuthAlg": "sha256",
    "IkePfs": "group14",
    "IkeLifetime": 28800,
}
IPSEC = {"IpsecEncAlg": "aes256", "IpsecAuthAlg": "sha256", "IpsecPfs": "group14", "IpsecLifetime": 3600}


class AlibabaTool(Tool):
    """The same five calls; `call` makes one and returns the answer in the wire's names."""

    unknown_gateway = "vpn-unknown"
    unknown_code = "InvalidVpnGatewayInstanceId.NotFound"
    gone_code = "InvalidVpnConnectionInstanceId.NotFound"
    customer_gateway = "cgw-demo01"

    @property
    def expected(self):
        return {
            "VpnGatewayId": self.gateway,
            "CustomerGatewayId": self.customer_gateway,
            "Name": NAME,
            "LocalSubnet": LOCAL_NETWORK,
            "RemoteSubnet": REMOTE_NETWORK,
            "State": "active",
            "IkeConfig": IKE,
            "IpsecConfig": IPSEC,
        }

    def create(self, gateway):
        answer = self.call(
            "CreateVpnConnection",
            VpnGatewayId=gateway,
            CustomerGatewayId=self.customer_gateway,
            Name=NAME,
            LocalSubnet=LOCAL_NETWORK,
            RemoteSubnet=REMOTE_NETWORK,
            EffectImmediately=True,
            IkeConfig=json.dumps(IKE),
            IpsecConfig=json.dumps(IPSEC),
        )
        return answer["VpnConnectionId"], None

    def is_ready(self, connection, task):
        return self.call("DescribeVpnGateway", VpnGatewayId=self.gateway)["Status"] == "active"

    def describe(self, connection):
        answer = self.call("DescribeVpnConnection", VpnConnectionId=connection)
        found = {name: answer[name] for name in self.expected}
        for name, sent in [("IkeConfig", IKE), ("IpsecConfig", IPSEC)]:
            found[name] = {member: found[name][member] for member in sent}
        return found

    def list(self):
        answer = self.call("DescribeVpnConnections", VpnGatewayId=self.gateway, PageSize=50)
        return [connection["VpnConnectionId"] for connection in answer["VpnConnections"]["VpnConnection"]]

    def delete(self, connection):
        self.call("DeleteVpnConnection", VpnConnectionId=connection)


class ClassicSdk(AlibabaTool):
    packages = ("aliyun-python-sdk-core", "aliyun-python-sdk-vpc")
    gateway = "vpn-demo01"
    requests = {
        "CreateVpnConnection": CreateVpnConnectionRequest.CreateVpnConnectionRequest,
        "DeleteVpnConnection": DeleteVpnConnectionRequest.DeleteVpnConnectionRequest,
        "DescribeVpnConnection": DescribeVpnConnectionRequest.DescribeVpnConnectionRequest,
        "DescribeVpnConnections": DescribeVpnConnectionsRequest.DescribeVpnConnectionsRequest,
        "DescribeVpnGateway": DescribeVpnGatewayRequest.DescribeVpnGatewayRequest,
    }

    def __init__(self, url):
        self.address = urlsplit(url)
        self.client = AcsClient(ACCESS_KEY_ID, ACCESS_KEY_SECRET, REGION, port=self.address.port, auto_retry=False)

    def call(self, action, **parameters):
        request = self.requests[action]()
        request.set_endpoint(self.address.hostname)
        request.set_protocol_type("http")
        for name, value in parameters.items():
            getattr(request, f"set_{name}")(value)
        try:
            return json.loads(self.client.do_action_with_exception(request))
        except ServerException as error:
            raise Refused(error.get_error_code()) from error


class CurrentSdk(AlibabaTool):
    packages = ("alibabacloud-vpc20160428",)
    gateway = "vpn-demo02"

    def __init__(self, url):
        self.client = Client(
            Config(
                access_key_id=ACCESS_KEY_ID,
                access_key_secret=ACCESS_KEY_SECRET,
                region_id=REGION,
                endpoint=urlsplit(url).netloc,
                protocol="HTTP",
            )
        )

    def call(self, action, **parameters):
        request = getattr(models, f"{action}Request")().from_map({"RegionId": REGION, **parameters})
        method = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in action)[1:]
        try:
            return getattr(self.client, method)(request).body.to_map()
        except DaraException as error:
            raise Refused(error.code) from error
