"""Tencent Cloud's command line, tccli, and its SDK for Python."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

from tencentcloud.common.credential import Credential
from tencentcloud.common.exception.tencent_cloud_sdk_exception import TencentCloudSDKException
from tencentcloud.common.profile.client_profile import ClientProfile
from tencentcloud.common.profile.http_profile import HttpProfile
from tencentcloud.vpc.v20170312 import models
from tencentcloud.vpc.v20170312.vpc_client import VpcClient

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

REGION = "ap-shanghai"
IKE = {
    "IKEVersion": "IKEV2",
    "ExchangeMode": "MAIN",
    "PropoEncryAlgorithm": "AES-CBC-256",
    "PropoAuthenAlgorithm": "SHA-256",
    "DhGroupName": "GROUP14",
    "IKESaLifetimeSeconds": 28800,
    "LocalIdentity": "ADDRESS",
    "LocalAddress": "203.0.113.1",
    "RemoteIdentity": "ADDRESS",
    "RemoteAddress": "198.51.100.1",
}
IPSEC = {
    "EncryptAlgorithm": "AES-CBC-256",
    "IntegrityAlgorith": "SHA-256",
    "PfsDhGroup": "DH-GROUP14",
    "IPSECSaLifetimeSeconds": 3600,
    "IPSECSaLifetimeTraffic": 4096000000,
}


class TencentTool(Tool):
    """The same four calls; `call` makes one and returns what is under `Response`."""

    unknown_gateway = "vpngw-unknown"
    unknown_code = "ResourceNotFound"
    gone_code = "ResourceNotFound"
    customer_gateway = "cgw-demo01"

    @property
    def expected(self):
        return {
            "VpnGatewayId": self.gateway,
            "CustomerGatewayId": self.customer_gateway,
            "VpcId": self.vpc,
            "VpnConnectionName": NAME,
            "PreShareKey": PRE_SHARED_KEY,
            "State": "AVAILABLE",
            "SecurityPolicyDatabaseSet": [{"LocalCidrBlock": LOCAL_NETWORK, "RemoteCidrBlock": [REMOTE_NETWORK]}],
            "IKEOptionsSpecification": IKE,
            "IPSECOptionsSpecification": IPSEC,
        }

    def create(self, gateway):
        answer = self.call(
            "CreateVpnConnection",
            VpnGatewayId=gateway,
            CustomerGatewayId=self.customer_gateway,
            VpcId=self.vpc,
            VpnConnectionName=NAME,
            PreShareKey=PRE_SHARED_KEY,
            RouteType="Policy",
            SecurityPolicyDatabases=[{"LocalCidrBlock": LOCAL_NETWORK, "RemoteCidrBlock": [REMOTE_NETWORK]}],
            IKEOptionsSpecification=IKE,
            IPSECOptionsSpecification=IPSEC,
            NegotiationType="active",
        )
        return answer["VpnConnection"]["VpnConnectionId"], answer["RequestId"]

    def is_ready(self, connection, task):
        if self.call("DescribeVpcTaskResult", TaskId=task)["Status"] != "SUCCESS":
            return False
        return self.connections(VpnConnectionIds=[connection])[0]["State"] == "AVAILABLE"

    def describe(self, connection):
        found = self.connections(VpnConnectionIds=[connection])
        if not found:
            return None
        shown = {name: found[0][name] for name in self.expected}
        for name, sent in [("IKEOptionsSpecification", IKE), ("IPSECOptionsSpecification", IPSEC)]:
            shown[name] = {member: shown[name][member] for member in sent}
        return shown

    def list(self):
        found = self.connections(Filters=[{"Name": "vpn-gateway-id", "Values": [self.gateway]}])
        return [connection["VpnConnectionId"] for connection in found]

    def delete(self, connection):
        self.call("DeleteVpnConnection", VpnGatewayId=self.gateway, VpnConnectionId=connection)

    def connections(self, **query):
        return self.call("DescribeVpnConnections", **query)["VpnConnectionSet"]


class CommandLine(TencentTool):
    packages = ("tccli",)
    gateway = "vpngw-demo01"
    vpc = "vpc-demo01"

    def __init__(self, url):
        self.options = ["--endpoint", url, "--region", REGION, "--output", "json", "--language", "en-US"]
        credentials = {"TENCENTCLOUD_SECRET_ID": ACCESS_KEY_ID, "TENCENTCLOUD_SECRET_KEY": ACCESS_KEY_SECRET}
        self.environment = {**os.environ, **credentials}

    def call(self, action, **parameters):
        program = [sys.executable, Path(sys.executable).with_name("tccli"), "vpc", action, *self.options]
        values = [value if isinstance(value, str) else json.dumps(value) for value in parameters.values()]
        arguments = [text for name, value in zip(parameters, values) for text in (f"--{name}", value)]
        ended = subprocess.run([*program, *arguments], env=self.environment, capture_output=True, text=True, timeout=30)
        if ended.returncode == 0:
            return json.loads(ended.stdout)
        refusal = re.search(r"code:\s*([\w.]+)", ended.stdout + ended.stderr)
        assert refusal, ended.stdout + ended.stderr
        raise Refused(refusal[1])


class Sdk(TencentTool):
    packages = ("tencentcloud-sdk-python",)
    gateway = "vpngw-demo02"
    vpc = "vpc-demo02"

    def __init__(self, url):
        http = HttpProfile(protocol="http", endpoint=urlsplit(url).netloc)
        self.client = VpcClient(Credential(ACCESS_KEY_ID, ACCESS_KEY_SECRET), REGION, ClientProfile(httpProfile=http))

    def call(self, action, **parameters):
        request = getattr(models, f"{action}Request")()
        request.from_json_string(json.dumps(parameters))
        try:
            return json.loads(getattr(self.client, action)(request).to_json_string())
        except TencentCloudSDKException as error:
            raise Refused(error.get_code()) from error
