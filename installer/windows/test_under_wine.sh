#!/bin/bash
# Runs the part of the tests that needs no window with Windows' own Python, under Wine: rules, sheets, storage, CRM.
set -euo pipefail
project=$(cd "$(dirname "$0")/../.." && pwd)
WINDOWS=${WINDOWS:-$project/build/windows}
UV=${UV:-$project/build/installer-venv/bin/uv}
say() { echo "windows: $*"; }
mkdir -p "$WINDOWS"
. "$project/installer/windows/wine/wine.sh"
fetch_python
make_python test dev.txt
[ -e "$WINEPREFIX/system.reg" ] || make_prefix
cd "$project"
[ $# -gt 0 ] || set -- tests/domain tests/sheets tests/storage tests/crm
LIMIT_S=1500 on_windows "$WINDOWS/test/python.exe" -m pytest -q -p no:cacheprovider -m 'not slow and not secret_service' "$@"
