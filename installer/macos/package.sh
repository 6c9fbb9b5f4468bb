#!/bin/bash
# Signs Delink.app, packs it in a .dmg, has Apple notarise it and staples the ticket: package.sh DELINK_APP OUT_FOLDER
#   DELINK_SIGN_IDENTITY   "Developer ID Application: …" in the keychain; without it the app is signed ad hoc (it must bear
#                          some signature to start on Apple silicon) and the file is named unsigned
#   DELINK_NOTARY_PROFILE  made once with: xcrun notarytool store-credentials
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
app=$1 out=$2
version=$(sed -n 's/^__version__ = "\(.*\)"/\1/p' "$here/../../desktop/__init__.py")
identity=${DELINK_SIGN_IDENTITY:--}
state=-unsigned
[ "$identity" = - ] || state=
options=(--force --options runtime --entitlements "$here/entitlements.plist" --sign "$identity")
[ "$identity" = - ] || options+=(--timestamp)

# Signed from the inside outwards: each library by itself, then the app. Apple's guide warns against --deep.
find "$app/Contents" -type f \( -name '*.dylib' -o -name '*.so' \) -print0 | xargs -0 -n 50 codesign "${options[@]}"
find "$app/Contents/Frameworks" -type d -name '*.framework' -prune -print0 | xargs -0 -n 1 codesign "${options[@]}"
codesign "${options[@]}" "$app"
codesign --verify --deep --strict "$app"

stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
cp -R "$app" "$stage/"
ln -s /Applications "$stage/Applications"
image=$out/delink-$version-macos-$(uname -m)$state.dmg
hdiutil create -volname Delink -srcfolder "$stage" -fs HFS+ -format UDZO -ov "$image"
if [ "$identity" != - ]; then
    codesign --force --timestamp --sign "$identity" "$image"
    xcrun notarytool submit "$image" --keychain-profile "$DELINK_NOTARY_PROFILE" --wait
    xcrun stapler staple "$image"
    xcrun stapler validate "$image"
    spctl --assess --type open --context context:primary-signature "$image"
fi
ls -l "$image"
