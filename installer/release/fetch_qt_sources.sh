#!/bin/bash
# Fetches the source archives of exactly the Qt that is packed, to lie beside a release: fetch_qt_sources.sh FOLDER
# Each is checked against the sum that Qt publishes beside it, over TLS.
set -euo pipefail
folder=$1
version=$(sed -n 's/^pyside6-essentials==\([0-9.]*\).*/\1/p' "$(dirname "$0")/../../requirements/run.txt")
series=${version%.*}
site=https://download.qt.io
mkdir -p "$folder"
cd "$folder"
archives="archive/qt/$series/$version/submodules/qtbase-everywhere-src-$version.tar.xz
archive/qt/$series/$version/submodules/qtsvg-everywhere-src-$version.tar.xz
archive/qt/$series/$version/submodules/qtwayland-everywhere-src-$version.tar.xz
archive/qt-for-python/$version/pyside-setup-everywhere-src-$version.tar.xz"
for archive in $archives; do
    file=$(basename "$archive")
    curl --proto '=https' --fail --silent --show-error --location --retry 3 -o "$file" "$site/$archive"
    published=$(curl --proto '=https' --fail --silent --show-error --location "$site/$archive.sha256" | cut -d' ' -f1)
    printf '%s  %s\n' "$published" "$file" | sha256sum --check
done
