"""The local stack for a suite in Python: what `npm start` starts, on a free port, its waits shortened."""

import os
import re
import signal
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[3]
EXPORTS = re.compile(r"^ *export VPN_BROKER_URL=(\S+) VPN_BROKER_API_KEY=(\S+)$")


@contextmanager
def local_stack(time_scale):
    """Yields its URL and its first API key, which may do everything. Its data goes with it."""
    with tempfile.TemporaryDirectory() as data:
        environment = os.environ | {"DATA_DIR": data, "PORT": "0", "LOCAL_TIME_SCALE": str(time_scale)}
        command = ["node", "--import", "tsx", "local/start.ts"]
        # In the group of this process, so that what ends the group ends it too.
        stack = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
        try:
            yield read_exports(stack)
        finally:
            stack.send_signal(signal.SIGINT)
            stack.communicate(timeout=60)


def read_exports(stack):
    """Reads what a start prints, up to the line that it is called by."""
    printed = []
    for line in stack.stdout:
        printed.append(line)
        if found := EXPORTS.match(line):
            return found.groups()
    raise RuntimeError(f"the local stack did not start: {''.join(printed)}")
