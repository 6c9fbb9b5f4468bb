#!/bin/sh
# Installs what a lock names into the environment of a Python, and nothing else; then pip checks that no package is missing.
#
#   installer/setup/install_lock.sh LOCK PYTHON
#
# --no-deps, because a lock is complete: pip must not look for anything that the lock does not name. Without it a pip older
# than 24 refuses the lock as soon as a newer version of a package appears that another one asks for with an extra.
set -eu
"$2" -m pip install -q --disable-pip-version-check --no-deps --require-hashes -r "$1"
found=$("$2" -m pip check --disable-pip-version-check) || { echo "$found" >&2; exit 1; }
