#!/bin/bash
# Tries the Windows installer in a fresh Windows of Wine: silent installation, a second one over it, the self-check of what
# was installed, a running program, removal, leftovers.
#
#   try_setup.sh SETUP.EXE      after build_under_wine.sh, whose frozen program it also wraps as an older version
set -euo pipefail
project=$(cd "$(dirname "$0")/../.." && pwd)
setup=$(realpath "$1")
WINDOWS=${WINDOWS:-$project/build/windows}
WINEPREFIX=$WINDOWS/try-prefix
UV=
version=$(sed -n 's/^__version__ = "\(.*\)"/\1/p' "$project/desktop/__init__.py")
say() { echo "try-setup: $*"; }
fail() { echo "try-setup: FAILED: $*" >&2; exit 1; }
. "$project/installer/windows/wine/wine.sh"
trap 'wineserver -k 2>/dev/null || true' EXIT

installed() { on_windows reg query 'HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\Delink' /v "$1" | sed -n "s/^ *$1 *REG_[A-Z]* *//p"; }

make_prefix
local_data=$WINEPREFIX/drive_c/users/$(whoami)/AppData/Local
roaming=$WINEPREFIX/drive_c/users/$(whoami)/AppData/Roaming
place=$local_data/Programs/Delink
menu="$roaming/Microsoft/Windows/Start Menu/Programs/Delink"
cli=$place/delink-cli.exe

say "an older version, silently"
makensis -V1 -DVERSION=0.0.1 "-DSOURCE=$WINDOWS/dist/delink" "-DOUT=$WINDOWS/older-setup.exe" "-XSetCompressor /FINAL zlib" "$project/installer/windows/delink.nsi"
on_windows "$WINDOWS/older-setup.exe" /S || fail "the older version could not be installed"
[ "$(installed DisplayVersion)" = 0.0.1 ] || fail "the older version is not registered"
echo stale >"$place/_internal/of-the-older-version.txt"
sample=$(windows_path "$place/_internal/resources/samples/spring-clean-up.xlsx")
on_windows "$cli" run "$sample" --practice --yes --first 5 --json >"$WINDOWS/first.json" || [ $? = 4 ] || fail "the first run did not pause"
run=$(sed -n 's/.*"run": *"\([^"]*\)".*/\1/p' "$WINDOWS/first.json")

say "while the window is open nothing is replaced"
wine "$place/delink.exe" --practice </dev/null >/dev/null 2>&1 &
window=$!
for _ in $(seq 300); do [ -e "$local_data/Delink/settings.json" ] && break; sleep 0.2; done
code=0; on_windows "$setup" /S || code=$?
[ "$code" = 3 ] || fail "a running program was not detected (ended $code)"
on_windows taskkill /im delink.exe /f >/dev/null || true
wait "$window" || true

say "upgrade to $version, silently, with an icon on the desktop"
started=$(date +%s)
on_windows "$setup" /S /DESKTOP=1 || fail "it could not be installed over the older one"
echo "  installed in $(($(date +%s) - started)) s; download $(du -m --apparent-size "$setup" | cut -f1) MB, installed $(du -sm "$place" | cut -f1) MB"
[ "$(installed DisplayVersion)" = "$version" ] || fail "the new version is not registered"
[ ! -e "$place/_internal/of-the-older-version.txt" ] || fail "files of the older version stayed"
[ -e "$menu/Delink.lnk" ] && [ -e "$WINEPREFIX/drive_c/users/$(whoami)/Desktop/Delink.lnk" ] || fail "a shortcut is missing"
on_windows reg query 'HKCU\Software\Classes\.xlsx\OpenWithProgids' | grep -q Delink.Sheet || fail "“Open with” is not registered"
[ "$(on_windows "$cli" --version)" = "delink $version" ] || fail "another version answers"
on_windows "$cli" resume "$run" --json >"$WINDOWS/resume.json" || [ $? = 1 ] || fail "the run could not be continued after the upgrade"
grep -q '"state": *"finished"' "$WINDOWS/resume.json" || fail "the run did not finish after the upgrade"
echo "  run $run was paused by the older version and finished by the newer one"

say "the self-check of the installed program, from another folder"
(cd / && on_windows "$cli" --self-check) | tee "$WINDOWS/self-check" | sed 's/^/  /'
! grep -q FAILED "$WINDOWS/self-check" && grep -q 'parts work' "$WINDOWS/self-check" || fail "the self-check"
grep -q 'Credential Manager stored, gave back and removed' "$WINDOWS/self-check" || fail "the Credential Manager was not used"
if command -v wrestool >/dev/null; then
    for program in delink delink-cli; do
        wrestool -l "$place/$program.exe" | grep -q -- '--type=16' || fail "$program.exe has no version resource"
        wrestool -l "$place/$program.exe" | grep -q -- '--type=14' || fail "$program.exe has no icon"
    done
fi

say "removal, silently"
on_windows "$place/Uninstall.exe" /S || fail "it could not be removed"
for _ in $(seq 150); do [ -e "$place" ] || break; sleep 0.2; done
wineserver -w
[ ! -e "$place" ] || fail "left behind: $(find "$place" | head -5)"
[ ! -e "$menu" ] && [ ! -e "$WINEPREFIX/drive_c/users/$(whoami)/Desktop/Delink.lnk" ] || fail "a shortcut is left"
[ "$(grep -a -i delink "$WINEPREFIX/user.reg" | grep -v -i -c -E 'Explorer|MuiCache|AppCompat')" = 0 ] || fail "the registry keeps: $(grep -a -i delink "$WINEPREFIX/user.reg" | head -5)"
left=$(find "$WINEPREFIX/drive_c" -path '*/Temp/*' -iname '*delink*' | head -5)
[ -z "$left" ] || fail "left behind: $left"
[ -d "$local_data/Delink/runs" ] || fail "the user's runs are gone"
say "well: nothing is left of the program, and the user's runs are kept"
