#!/usr/bin/env bash
# Runs a suite that is written in Python: `run.sh vendor-tools` is test/vendor-tools/main.py, with exactly the packages of its
# requirements.txt. Without Python or the package index it only says so.
set -euo pipefail
support="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
name="${1//-/ }"
cd "$support/../../$1"

not_run() {
  echo "$name: not run ($1)"
  exit 0
}

python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || not_run "no python3, 3.11 or newer"

scratch="$(mktemp -d)"
trap 'rm -rf "$scratch"' EXIT
python3 -m venv "$scratch/venv" >/dev/null 2>&1 || not_run "no python3 venv with pip"
python="$scratch/venv/bin/python"
pip() { "$python" -m pip --quiet --disable-pip-version-check --retries 1 --timeout 15 "$@" 2>&1; }

if ! problem="$(pip install --no-compile --no-deps -r requirements.txt)"; then
  # Without a package index nothing can be had; with one, the list above is wrong.
  pip download --no-cache-dir --no-deps --dest "$scratch/probe" six==1.17.0 >/dev/null || not_run "no python3 package index"
  echo "$problem"
  echo "$name: 0 passed, 1 failed"
  exit 1
fi

# Tools keep settings in the home directory and may go through a proxy: not here.
unset http_proxy https_proxy all_proxy HTTP_PROXY HTTPS_PROXY ALL_PROXY
mkdir "$scratch/home"
unset PYTHONDONTWRITEBYTECODE
HOME="$scratch/home" PATH="$scratch/venv/bin:$PATH" PYTHONPATH="$support" PYTHONPYCACHEPREFIX="$scratch/cache" "$python" main.py
