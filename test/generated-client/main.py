"""Generates a client from /openapi.json as another team would, and has it create a connection at each vendor."""

import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from local_stack import local_stack

# Waits are shortened, and yet there is something to follow.
TIME_SCALE = 0.1
GENERATOR = "openapi-python-client"


def main():
    with local_stack(TIME_SCALE) as (url, key), TemporaryDirectory() as folder:
        generate(f"{url}/openapi.json", Path(folder) / "vpn_broker_client")
        sys.path.append(folder)
        # Found only now that it is made.
        from integration import checks

        results = [run(name, check) for name, check in checks(url, key)]
    print(f"generated client, {GENERATOR} {version(GENERATOR)}: {sum(results)} passed, {results.count(False)} failed")
    return 0 if all(results) else 1


def generate(document, package):
    """Raises also for what the generator only warns of: it would leave that out."""
    command = [GENERATOR, "generate", f"--url={document}", f"--output-path={package}", "--meta=none", "--fail-on-warning"]
    ended = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if ended.returncode != 0:
        sys.exit(f"{ended.stdout}\ngenerated client: 0 passed, 1 failed")


def run(name, check):
    try:
        check()
    except Exception as error:  # Whatever a generated client comes up with is a failed check.
        print(f"FAILED {name}: {type(error).__name__}: {error}")
        return False
    print(f"ok     {name}")
    return True


sys.exit(main())
