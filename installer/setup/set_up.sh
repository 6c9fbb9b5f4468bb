#!/bin/sh
# Installs everything that a target of the Makefile needs. The second time it only checks, and needs no network.
#
#   installer/setup/set_up.sh run|test|slow|installer|try|windows
#
# run:       Python packages of requirements/run.txt in .venv, Qt's system libraries, the command .venv/bin/delink
# test:      also those of requirements/dev.txt, and the servers that the tests talk to (screen, D-Bus, Secret Service)
# installer: the tools that freeze the program on this system, in build/installer-venv; try: also debootstrap and a screen;
#            windows: also Wine and NSIS
set -eu
cd "$(dirname "$0")/../.."
what=${1:-run}
python=${PYTHON:-python3}

QT="libglib2.0-0 libegl1 libgl1 libxkbcommon0 libdbus-1-3 libfontconfig1 libbrotli1 fonts-dejavu-core"
QT="$QT libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 libxcb-shape0 libxcb-xkb1 libxkbcommon-x11-0"
SERVERS="dbus-daemon gnome-keyring"
SLOW="libreoffice-calc poppler-utils osslsigncode at-spi2-core xvfb xauth"
FREEZE="binutils xz-utils"
TRY="debootstrap xvfb xdotool"
WINDOWS="wine wine64 xvfb xauth nsis gcc-mingw-w64-x86-64-win32 osslsigncode icoutils unzip"

say() { echo "set-up: $*" >&2; }

install_packages() {   # names of Debian packages; installs those that are missing
    command -v dpkg-query >/dev/null 2>&1 || return 0   # not a Debian: Qt says itself what it misses
    missing=
    for package in "$@"; do
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing="$missing $package"
    done
    [ -n "$missing" ] || return 0
    sudo=
    if [ "$(id -u)" != 0 ]; then
        if ! command -v sudo >/dev/null 2>&1; then
            say "these packages are missing and only an administrator can install them: apt-get install$missing"
            exit 1
        fi
        sudo=sudo
    fi
    say "installing with apt:$missing"
    log=$(mktemp)
    $sudo apt-get update -q >"$log" 2>&1 || { cat "$log" >&2; say "apt could not be reached; needed are:$missing"; exit 1; }
    # shellcheck disable=SC2086
    $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $missing >"$log" 2>&1 || {
        cat "$log" >&2; say "apt could not install:$missing"; exit 1; }
    rm -f "$log"
}

install_python_packages() {   # a lock file, the stamp that says it is installed, and where
    lock=$1 stamp=$2 venv=${3:-.venv}
    sum=$($python -c 'import hashlib, sys; print(hashlib.sha256(open(sys.argv[1], "rb").read()).hexdigest())' "$lock")
    [ "$(cat "$stamp" 2>/dev/null)" != "$sum" ] || return 0
    if ! "$venv/bin/python" -c 'import pip' 2>/dev/null; then
        say "making $venv"
        rm -rf "$venv"
        $python -m venv "$venv" || { say "Python's venv is missing: apt-get install python3-venv"; exit 1; }
    fi
    say "installing Python packages of $lock"
    installer/setup/install_lock.sh "$lock" "$venv/bin/python" || {
        say "the packages of $lock could not be installed; is the network there?"; exit 1; }
    echo "$sum" >"$stamp"
}

fetch_debian_pip() {   # the pip with which check_lock.py tries the locks
    [ -z "$(ls build/debian-pip/pip-*.whl 2>/dev/null)" ] || return 0
    say "fetching Debian 12's pip, to try the locks with it"
    .venv/bin/python -m pip download -q --disable-pip-version-check --no-deps --require-hashes -d build/debian-pip \
        -r requirements/debian-pip.txt || { say "Debian 12's pip could not be fetched; is the network there?"; exit 1; }
}

$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { say "Python 3.11 or newer is needed"; exit 1; }
# shellcheck disable=SC2086
install_packages $QT
case $what in
    run) [ "$(cat .venv/.dev-lock 2>/dev/null)" ] || install_python_packages requirements/run.txt .venv/.run-lock ;;
    test | slow)
        # shellcheck disable=SC2086
        install_packages $SERVERS
        # shellcheck disable=SC2086
        [ "$what" = test ] || install_packages $SLOW
        install_python_packages requirements/dev.txt .venv/.dev-lock
        fetch_debian_pip ;;
    installer | try | windows)
        # Debian has the library of Python, which a frozen program brings along, in a package of its own.
        library=$($python -c 'import sys; print(f"libpython{sys.version_info[0]}.{sys.version_info[1]}" if sys.base_prefix == "/usr" else "")')
        # shellcheck disable=SC2086
        install_packages $FREEZE $library
        # shellcheck disable=SC2086
        case $what in try) install_packages $TRY ;; windows) install_packages $WINDOWS ;; esac
        install_python_packages requirements/installer.txt build/installer-venv/.lock build/installer-venv
        exit 0 ;;
    *) say "run, test, slow, installer, try or windows?"; exit 2 ;;
esac

if [ ! -x .venv/bin/delink ]; then
    here=$(pwd)
    cat >.venv/bin/delink.new <<LAUNCHER
#!$here/.venv/bin/python
import sys

try:
    sys.path.insert(0, "$here")
    from desktop.__main__ import main
except KeyboardInterrupt:  # Ctrl-C before the program can look after it itself
    sys.exit(130)

if __name__ == "__main__":
    sys.exit(main())
LAUNCHER
    chmod +x .venv/bin/delink.new
    mv .venv/bin/delink.new .venv/bin/delink
fi
