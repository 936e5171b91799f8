"""Starts the local stack and has Schemathesis make requests from its /openapi.json; no answer may be outside the document."""

import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from local_stack import local_stack
from prepare import prepare

CONFIG = Path(__file__).parent / "schemathesis.toml"
# Waits go by, and requests end, while others are made.
TIME_SCALE = 0.02


def main():
    with local_stack(TIME_SCALE) as (url, first_key), TemporaryDirectory() as folder:
        path = Path(folder) / "report.json"
        command = ["schemathesis", f"--config-file={CONFIG}", "run", f"{url}/openapi.json"]
        command += ["--no-color", "--report=json", f"--report-json-path={path}"]
        environment = os.environ | prepare(url, first_key)
        output = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
        ended = subprocess.run(command, cwd=folder, env=environment, check=False, **output)
        report = json.loads(path.read_text()) if path.exists() else {}
    unseen = list(unreached(report))
    if ended.returncode != 0 or unseen:
        print(ended.stdout, *[f"saw no good answer of {operation}" for operation in unseen], sep="\n")
    wrong = {operation for failure in report.get("failures") or [] for operation in failure["operations"]}
    counts = report.get("operations") or {"total": 0, "tested": 0}
    # Errors, and warnings that are failures, belong to no operation.
    failed = len(wrong.union(unseen)) + counts["total"] - counts["tested"] or int(ended.returncode != 0)
    cases = (report.get("test_cases") or {"generated": 0})["generated"]
    print(f"schemathesis, {cases} requests: {max(0, counts['total'] - failed)} passed, {failed} failed")
    return 1 if failed else 0


def unreached(report):
    """Operations whose every request was refused."""
    for operation, phases in (report.get("valid_rates") or {}).items():
        if not any(counts["accepted"] for counts in phases.values()):
            yield operation


sys.exit(main())
