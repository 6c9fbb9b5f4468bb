#!/bin/sh
# Freezes the program, checks it, and packs it for this system: build.sh OUT_FOLDER. After set_up.sh installer.
set -eu
cd "$(dirname "$0")/.."
out=$1
venv=build/installer-venv/bin
version=$(sed -n 's/^__version__ = "\(.*\)"/\1/p' desktop/__init__.py)
frozen=build/frozen
case $(uname) in
    Linux) package=$frozen/delink program=$frozen/delink/delink ;;
    Darwin) package=$frozen/Delink.app program=$frozen/Delink.app/Contents/MacOS/delink ;;
    *) echo "build: on Windows run installer/windows/build.ps1" >&2; exit 2 ;;
esac
mkdir -p "$out" build
rm -rf "$frozen"
"$venv/pyinstaller" --noconfirm --log-level WARN --distpath "$frozen" --workpath build/pyinstaller installer/freeze/delink.spec
"$venv/python" installer/release/notices.py "$package"
"$venv/python" installer/release/check_package.py "$package"

# Nothing of this project or its Python may be needed: another folder, and no PATH.
program=$(cd "$(dirname "$program")" && pwd)/$(basename "$program")
(cd / && env -i "HOME=$HOME" PATH=/nonexistent LANG=C.UTF-8 "$program" --self-check)

case $(uname) in
    Linux) installer/linux/package.sh "$frozen/delink" "$out" ;;
    Darwin) installer/macos/package.sh "$frozen/Delink.app" "$out" ;;
esac
"$venv/python" -W ignore -m cyclonedx_py requirements --pyproject pyproject.toml --output-reproducible --of JSON \
    -o "$out/delink-$version.cdx.json" requirements/run.txt 2>/dev/null
echo "build: $out/delink-$version.cdx.json lists what it is made of"
