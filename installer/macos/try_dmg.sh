#!/bin/bash
# Tries the .dmg as a user would: opened, copied, checked in its new place, removed. try_dmg.sh DMG
set -euo pipefail
place=$(mktemp -d)
mounted=$place/image
trap 'hdiutil detach "$mounted" >/dev/null 2>&1 || true; rm -rf "$place"' EXIT
hdiutil attach "$1" -nobrowse -readonly -mountpoint "$mounted" >/dev/null
mkdir "$place/Applications"
cp -R "$mounted/Delink.app" "$place/Applications/"
(cd / && env -i "HOME=$HOME" PATH=/nonexistent "$place/Applications/Delink.app/Contents/MacOS/delink" --self-check) | tee "$place/checked"
grep -q 'macOS.Keyring stored, gave back and removed' "$place/checked"
! grep -q FAILED "$place/checked"
