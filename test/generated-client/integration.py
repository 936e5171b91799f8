"""What another team's service would do with the client, in the client's own types."""

from vpn_broker_client import AuthenticatedClient
from vpn_broker_client.api.connections import create_connection, get_connection, list_connections
from vpn_broker_client.models import (
    CreateRequest,
    ProblemIdempotencyMismatch,
    ProblemInvalidRequest,
    Provider,
    Routing,
    RoutingMode,
    Status,
    Tunnel,
)

FINAL = {Status.SUCCEEDED, Status.FAILED, Status.CANCELED, Status.UNKNOWN}

ALIBABA = CreateRequest(
    client_token="generated-client-alibaba",
    provider=Provider.ALIBABA,
    region="cn-shanghai",
    name="hq-shanghai",
    vpn_gateway_id="vpn-demo01",
    routing=Routing(mode=RoutingMode.POLICY, local_cidrs=["10.1.0.0/24"], remote_cidrs=["10.2.0.0/24"]),
    tunnels=[Tunnel(customer_gateway_id="cgw-demo01")],
)
TENCENT = CreateRequest(
    client_token="generated-client-tencent",
    provider=Provider.TENCENT,
    region="ap-shanghai",
    name="hq-shanghai",
    vpn_gateway_id="vpngw-demo01",
    vpc_id="vpc-demo01",
    routing=ALIBABA.routing,
    tunnels=ALIBABA.tunnels,
)


def checks(url, key):
    """Names and functions; a function that raises has failed."""
    client = AuthenticatedClient(base_url=url, token=key, raise_on_unexpected_status=True, timeout=60)

    def create(request):
        def check():
            made = create_connection.sync(client=client, body=request)
            while made.status not in FINAL:
                made = get_connection.sync(made.id, client=client, wait=20)
            assert made.status == Status.SUCCEEDED, made
            again = create_connection.sync(client=client, body=request)
            assert (again.id, again.provider_connection_id) == (made.id, made.provider_connection_id), again
            listed = list_connections.sync(client=client, client_token=request.client_token)
            assert [one.id for one in listed.items] == [made.id], listed

        return check

    def refuse():
        wrong = CreateRequest.from_dict(ALIBABA.to_dict() | {"clientToken": "generated-client-wrong", "vpcId": "vpc-1"})
        problem = create_connection.sync(client=client, body=wrong)
        assert isinstance(problem, ProblemInvalidRequest), problem
        assert [flaw.pointer for flaw in problem.errors] == ["/vpcId"], problem
        other = CreateRequest.from_dict(ALIBABA.to_dict() | {"name": "another"})
        problem = create_connection.sync(client=client, body=other)
        assert isinstance(problem, ProblemIdempotencyMismatch), problem

    return [
        ("creates one connection at Alibaba Cloud, however often it asks", create(ALIBABA)),
        ("creates one connection at Tencent Cloud, however often it asks", create(TENCENT)),
        ("reads what is wrong with a request", refuse),
    ]
