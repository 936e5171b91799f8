"""What every tool has to be able to do with a VPN connection, each as one check."""

import time

ACCESS_KEY_ID = "vendor-tools"
ACCESS_KEY_SECRET = "vendor-tools-secret"
DEADLINE_SECONDS = 15

NAME = "made by a vendor's tool"
PRE_SHARED_KEY = "s3cret-Key*~+%&="
LOCAL_NETWORK = "10.10.1.0/24"
REMOTE_NETWORK = "10.10.3.0/24"


class Refused(Exception):
    """A call that the cloud refused, with its code."""

    def __init__(self, code):
        super().__init__(code)
        self.code = code


class Tool:
    """One tool of one vendor. `gateway` and `unknown_gateway` are ids, `unknown_code` is the documented refusal."""

    packages = ()

    def create(self, gateway):
        """Starts a create; returns the connection's id and what `is_ready` needs besides."""
        raise NotImplementedError

    def is_ready(self, connection, task):
        raise NotImplementedError

    def describe(self, connection):
        """The fields of `expected`, as the tool shows them; raises Refused or returns None when it is gone."""
        raise NotImplementedError

    def list(self):
        """The ids of all connections of the gateway."""
        raise NotImplementedError

    def delete(self, connection):
        raise NotImplementedError


def checks(tool):
    """Names and functions, to be called in this order; one that raises ends the tool's turn."""
    made = {}

    def create():
        made["id"], made["task"] = tool.create(tool.gateway)
        wait("ready", lambda: tool.is_ready(made["id"], made["task"]))

    def describe():
        found = tool.describe(made["id"])
        assert found == tool.expected, f"{found} instead of {tool.expected}"

    def find():
        found = tool.list()
        assert found == [made["id"]], f"{found} instead of [{made['id']!r}]"

    def delete():
        tool.delete(made["id"])
        wait("gone", lambda: tool.list() == [] and is_gone(tool, made["id"]))

    def refuse():
        try:
            tool.create(tool.unknown_gateway)
        except Refused as refusal:
            assert refusal.code == tool.unknown_code, f"{refusal.code} instead of {tool.unknown_code}"
        else:
            raise AssertionError("an unknown gateway was accepted")

    return [
        ("creates a connection that gets ready", create),
        ("describes it with the values of the create", describe),
        ("finds it in the list", find),
        ("deletes it", delete),
        ("gets the documented code for an unknown gateway", refuse),
    ]


def is_gone(tool, connection):
    try:
        return tool.describe(connection) is None
    except Refused as refusal:
        assert refusal.code == tool.gone_code, f"{refusal.code} instead of {tool.gone_code}"
        return True


def wait(state, reached):
    deadline = time.monotonic() + DEADLINE_SECONDS
    while not reached():
        assert time.monotonic() < deadline, f"not {state} after {DEADLINE_SECONDS} s"
        time.sleep(0.2)
