"""Starts both simulators and has every tool make, find and delete a VPN connection; prints one line for each tool."""

import json
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import alibaba
import tencent
from lifecycle import ACCESS_KEY_ID, ACCESS_KEY_SECRET, checks

HERE = Path(__file__).parent
TOOLS = [
    ("alibaba", alibaba.ClassicSdk),
    ("alibaba", alibaba.CurrentSdk),
    ("tencent", tencent.CommandLine),
    ("tencent", tencent.Sdk),
]


def main():
    command = ["node", "--import", "tsx", HERE / "simulators.ts", ACCESS_KEY_ID, ACCESS_KEY_SECRET]
    # It ends with its standard input, so also when this process is killed.
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as simulators:
        urls = json.loads(simulators.stdout.readline())
        results = [run(tool(urls[vendor])) for vendor, tool in TOOLS]
        simulators.stdin.close()
    passed, failed = (sum(counts) for counts in zip(*results))
    print(f"vendor tools: {passed} passed, {failed} failed")
    return 1 if failed else 0


def run(tool):
    name = ", ".join(f"{package} {version(package)}" for package in tool.packages)
    passed = 0
    for check, perform in checks(tool):
        try:
            perform()
        except Exception as error:  # Whatever a tool comes up with is a failed check.
            print(f"FAILED {name}: {check}: {type(error).__name__}: {error}")
            return passed, 1
        passed += 1
    print(f"ok     {name}")
    return passed, 0


sys.exit(main())
