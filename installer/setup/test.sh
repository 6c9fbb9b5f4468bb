#!/bin/sh
# Runs pytest in a session of its own: a D-Bus with an unlocked Secret Service, a fresh home, Qt without a screen.
#
# Its files are in memory, if the system has a place for that with enough room where programs may be started. A journal is
# flushed at every step, and on a busy disk the tests would mostly wait for that.
#
# Compiled modules are kept from one session to the next. If Python is told to leave none beside the sources, they are kept in
# pytest's own cache: otherwise every worker, and every program that a test starts, would compile all modules again.
set -eu
cd "$(dirname "$0")/../.."

is_fit() {
    room=$(df -Pk "$1" 2>/dev/null | awk 'NR == 2 { print $4 }')
    [ "${room:-0}" -gt 3000000 ] || return 1
    trial=$(mktemp "$1/delink-XXXXXX" 2>/dev/null) || return 1
    printf '#!/bin/sh\n' >"$trial"
    chmod u+x "$trial"
    fit=0
    "$trial" 2>/dev/null || fit=1
    rm -f "$trial"
    return "$fit"
}

place=${TMPDIR:-/tmp}
if is_fit /dev/shm; then place=/dev/shm; fi
home=$(mktemp -d "$place/delink-XXXXXX")
trap 'rm -rf "$home"' EXIT
trap 'exit 1' HUP INT TERM
export HOME="$home" XDG_RUNTIME_DIR="$home/run" XDG_DATA_HOME="$home/data" XDG_CONFIG_HOME="$home/config" XDG_CACHE_HOME="$home/cache"
export TMPDIR="$home/tmp"
mkdir -m 700 "$XDG_RUNTIME_DIR" "$XDG_DATA_HOME" "$XDG_CONFIG_HOME" "$XDG_CACHE_HOME" "$TMPDIR"
if [ -n "${PYTHONDONTWRITEBYTECODE:-}" ]; then
    unset PYTHONDONTWRITEBYTECODE
    export PYTHONPYCACHEPREFIX="$PWD/.pytest_cache/bytecode"
fi
export QT_QPA_PLATFORM="${QT_QPA_PLATFORM:-offscreen}"
dbus-run-session -- sh -c '
    printf unlocked | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1
    exec .venv/bin/python -m pytest "$@"' sh "$@"
