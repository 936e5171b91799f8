"""What requests can be about: tenants, and requests that have ended in different ways."""

from base64 import urlsafe_b64encode

import requests

SCOPES = ["connections:read", "connections:write", "secrets:read", "operations", "admin"]
SETTINGS = {"gateways": ["*"], "maxUnfinishedRequests": 100_000}
# The usual limit is not what is looked at: it would refuse many of a minute's requests.
KEY = {"name": "key", "scopes": SCOPES, "rateLimit": {"perSecond": 10_000, "burst": 20_000}}
REQUEST = {
    "provider": "alibaba",
    "region": "cn-shanghai",
    "name": "prepared",
    "vpnGatewayId": "vpn-demo01",
    "routing": {"mode": "policy", "localCidrs": ["10.1.0.0/24"], "remoteCidrs": ["10.2.0.0/24"]},
    "tunnels": [{"customerGatewayId": "cgw-demo01"}],
    # Nobody listens there: the webhook waits for its next attempt.
    "callback": {"url": "http://127.0.0.1:9/"},
}


def prepare(url, first_key):
    """Returns the variables of schemathesis.toml."""
    operator = Caller(url, first_key)
    for tenant in ["caller", "victim", "full"]:
        operator.call("PUT", f"/v1/admin/tenants/{tenant}", SETTINGS)
    create_key = lambda tenant: operator.call("POST", f"/v1/admin/tenants/{tenant}/keys", KEY)
    api_key = create_key("caller")["key"]

    caller = Caller(url, api_key)
    succeeded, waiting = caller.create(REQUEST), caller.create(REQUEST | {"routing": {"mode": "route"}})
    # The gateway is busy with the one before.
    caller.call("POST", f"/v1/vpn-connections/{waiting}/cancel", {})
    caller.follow(succeeded, "succeeded")
    failed = caller.create(REQUEST | {"vpnGatewayId": "vpn-nowhere"})
    caller.follow(failed, "failed")
    [delivery, *_] = caller.call("GET", f"/v1/vpn-connections/{succeeded}/deliveries")["items"]
    return {
        "API_KEY": api_key,
        "KEY_TO_REVOKE": create_key("victim")["id"],
        "KEY_TO_ROTATE": create_key("victim")["id"],
        "SUCCEEDED": succeeded,
        "CANCELED": waiting,
        "FAILED": failed,
        "DELIVERY": delivery["id"],
        # What is asked for, then the place: behind the tenant "caller". Pages end at 5 MB, so that the API gives none here.
        "TENANTS_CURSOR": urlsafe_b64encode(b"list=tenants\ncaller").decode().rstrip("="),
    }


class Caller:
    """Calls the API with one key."""

    def __init__(self, url, key):
        self.url = url
        self.session = requests.Session()
        self.session.headers["Authorization"] = f"Bearer {key}"

    def call(self, method, path, body=None):
        answer = self.session.request(method, f"{self.url}{path}", json=body)
        assert answer.ok, f"{method} {path}: {answer.status_code} {answer.text}"
        return answer.json()

    def create(self, request):
        return self.call("POST", "/v1/vpn-connections", request)["id"]

    def follow(self, connection, end):
        """Waits for the end of a request, which must be this one."""
        made = {}
        while "completedAt" not in made:
            made = self.call("GET", f"/v1/vpn-connections/{connection}?wait=20")
        assert made["status"] == end, made
