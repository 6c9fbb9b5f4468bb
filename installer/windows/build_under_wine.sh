#!/bin/bash
# Builds the Windows installer on Debian: CPython for Windows and the wheels by their hashes, PyInstaller under Wine, NSIS.
#
#   build_under_wine.sh OUT_FOLDER
#
# For a public release the same spec and the same NSIS script run on Windows (build.ps1). WINDOWS: the work folder.
set -euo pipefail
project=$(cd "$(dirname "$0")/../.." && pwd)
out=$1
WINDOWS=${WINDOWS:-$project/build/windows}
UV=${UV:-$project/build/installer-venv/bin/uv}
python=$project/build/installer-venv/bin/python
version=$(sed -n 's/^__version__ = "\(.*\)"/\1/p' "$project/desktop/__init__.py")
say() { echo "windows: $*"; }
mkdir -p "$WINDOWS" "$out"
. "$project/installer/windows/wine/wine.sh"

fetch_python
make_python freeze installer.txt
[ -e "$WINEPREFIX/system.reg" ] || make_prefix

say "freezing"
rm -rf "$WINDOWS/dist"
cd "$project"
LIMIT_S=1500 on_windows "$WINDOWS/freeze/python.exe" -m PyInstaller --noconfirm --distpath "$(windows_path "$WINDOWS/dist")" \
    --workpath "$(windows_path "$WINDOWS/build")" installer/freeze/delink.spec >"$WINDOWS/freeze.log" || { tail -30 "$WINDOWS/freeze.log"; exit 1; }
frozen=$WINDOWS/dist/delink
[ -e "$frozen/delink.exe" ] && [ -e "$frozen/delink-cli.exe" ] || { tail -30 "$WINDOWS/freeze.log"; exit 1; }

# Neither a library of Wine nor one of our stand-ins may be packed: every library must be one of those fetched, byte for byte.
find "$WINDOWS/freeze" -type f \( -iname '*.dll' -o -iname '*.pyd' \) -exec sha256sum {} + | cut -c1-64 | sort -u >"$WINDOWS/known"
foreign=$(find "$frozen" -type f \( -iname '*.dll' -o -iname '*.pyd' \) -exec sha256sum {} + | while read -r sum file; do grep -q -x "$sum" "$WINDOWS/known" || echo "$file"; done)
[ -z "$foreign" ] || { say "these libraries come from elsewhere: $foreign"; exit 1; }

"$python" installer/release/notices.py "$frozen" "$WINDOWS/freeze/Lib/site-packages"
"$python" installer/release/check_package.py "$frozen"
installer/windows/sign.sh "$frozen/delink.exe" "$frozen/delink-cli.exe"

state=unsigned-
[ -z "${DELINK_SIGN_PFX:-}" ] || state=
setup=$out/delink-$version-windows-${state}setup.exe
rm -f "$out"/delink-*-windows-*setup.exe
say "making $(basename "$setup")"
makensis -V2 "-DVERSION=$version" "-DSOURCE=$frozen" "-DOUT=$(realpath "$setup")" \
    ${DELINK_SIGN_PFX:+"-DUNINSTALLER_SIGN=$project/installer/windows/sign.sh %1"} ${NSIS_QUICK:+"-XSetCompressor /FINAL zlib"} installer/windows/delink.nsi
installer/windows/sign.sh "$setup"
say "frozen $(du -sm "$frozen" | cut -f1) MB, setup $(du -m --apparent-size "$setup" | cut -f1) MB: $setup"
