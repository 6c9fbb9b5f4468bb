#!/bin/bash
# Tries the .deb as on a user's computer. In a bare Debian folder without Python, apt installs it over an older version; then
# it checks itself as an ordinary user with a keyring, shows its window from the menu entry, and is removed again.
#
#   try_deb.sh DEB          needs root and debootstrap
#
# BARE_DEBIAN: where the bare system is kept between tries. SCREENSHOT: a file for a picture of the window.
set -euo pipefail
deb=$(realpath "$1")
bare=${BARE_DEBIAN:-${TMPDIR:-/tmp}/delink-bare-debian}
work=$(mktemp -d)
ann=/home/ann
root=$work/root
screen=

say() { echo "try-deb: $*"; }
fail() { echo "try-deb: FAILED: $*" >&2; exit 1; }
since() { awk -v from="$1" -v to="$(date +%s.%N)" 'BEGIN {printf "%.1f s", to - from}'; }
clean_up() {
    [ -z "$screen" ] || kill "$screen" 2>/dev/null || true
    for place in tmp/.X11-unix dev proc; do umount -l "$root/$place" 2>/dev/null || true; done
    rm -rf --one-file-system "$work"
}
trap clean_up EXIT
inside() { chroot "$root" env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"; }
as_ann() { chroot --userspec=1001:1001 "$root" env -i HOME=$ann PATH=/usr/bin:/bin LANG=C.UTF-8 XDG_RUNTIME_DIR=/run/ann "$@"; }
program_files() { (cd "$root" && find . -xdev \( -path ./home -o -path ./proc -o -path ./dev -o -path ./tmp -o -path ./run -o -path ./root \) -prune -o -print) | grep -v -E '^\./var/(lib/(apt|dpkg)|cache|log)' | sort; }

if [ ! -e "$bare/.ready" ]; then
    say "making a bare Debian in $bare"
    mirror=$(cat /etc/apt/sources.list /etc/apt/sources.list.d/* 2>/dev/null | awk '/^URIs:/ {print $2; exit} /^deb / {for (i = 2; i <= NF; i++) if ($i ~ /^http/) {print $i; exit}}' || true)
    rm -rf --one-file-system "$bare"
    debootstrap --variant=minbase bookworm "$bare" "$mirror" >"$work/debootstrap.log" 2>&1 || { tail "$work/debootstrap.log"; exit 1; }
    cp -L /etc/resolv.conf /etc/hosts "$bare/etc/"
    mkdir -p "$bare/etc/ssl/certs"
    cp -L /etc/ssl/certs/ca-certificates.crt "$bare/etc/ssl/certs/" 2>/dev/null || true
    grep -l -i -E 'proxy|verify|https|retries' /etc/apt/apt.conf.d/* 2>/dev/null | xargs -r cp -t "$bare/etc/apt/apt.conf.d/"
    mount -t proc proc "$bare/proc"
    chroot "$bare" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive sh -c '
        apt-get update -q && apt-get install -y -q --no-install-recommends dbus-daemon gnome-keyring && useradd -m -u 1001 ann' >"$work/base.log" 2>&1 ||
        { umount "$bare/proc"; tail "$work/base.log"; exit 1; }
    umount "$bare/proc"
    touch "$bare/.ready"
fi
cp -a "$bare" "$root"
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
mount --make-rslave "$root/dev"
install -d -m 700 -o 1001 -g 1001 "$root/run/ann"
cp "$deb" "$root/new.deb"
! inside sh -c 'command -v python3' >/dev/null || fail "the bare system has Python, so it proves nothing"

version=$(dpkg-deb -f "$deb" Version)
say "an older version, and a run that was stopped half-way"
dpkg-deb -R "$deb" "$work/older"
sed -i "s/^Version: .*/Version: 0.0.1/" "$work/older/DEBIAN/control"
dpkg-deb --root-owner-group -Znone -b "$work/older" "$root/older.deb" >/dev/null
rm -r "$work/older"
inside apt-get update -q >/dev/null
inside apt-get install -y -q --no-install-recommends /older.deb >"$work/older.log" 2>&1 || { tail -20 "$work/older.log"; fail "apt could not install it"; }
as_ann delink run /usr/lib/delink/_internal/resources/samples/spring-clean-up.xlsx --practice --yes --first 5 --json >"$work/first.json" 2>/dev/null || [ $? = 4 ] || fail "the first run did not pause"
run=$(sed -n 's/.*"run": *"\([^"]*\)".*/\1/p' "$work/first.json")

say "upgrade to $version"
started=$(date +%s.%N)
inside apt-get install -y -q --no-install-recommends /new.deb >"$work/upgrade.log" 2>&1 || { tail -20 "$work/upgrade.log"; fail "apt could not upgrade it"; }
echo "  installed in $(since "$started"); download $(du -m --apparent-size "$deb" | cut -f1) MB, installed $(du -sm "$root/usr/lib/delink" | cut -f1) MB"
[ "$(as_ann delink --version)" = "delink $version" ] || fail "another version answers"
as_ann delink resume "$run" --json >"$work/resume.json" 2>/dev/null || [ $? = 1 ] || fail "the run could not be continued after the upgrade"
grep -q '"state": *"finished"' "$work/resume.json" || fail "the run did not finish after the upgrade"
echo "  run $run was paused by the older version and finished by the newer one"

say "the self-check, as a user who may not write the program's folder, without Python, beside a poisoned folder"
! as_ann touch /usr/lib/delink/x 2>/dev/null || fail "the program's folder can be written"
mkdir -p "$root$ann/poison"
for name in http ssl sitecustomize site json; do echo 'raise SystemExit("loaded from where it must not be")' >"$root$ann/poison/$name.py"; done
chown -R 1001:1001 "$root$ann/poison"
as_ann PYTHONPATH=$ann/poison PYTHONHOME=$ann/poison PYTHONSTARTUP=$ann/poison/http.py PYTHONUSERBASE=$ann/poison PYTHONINSPECT=1 dbus-run-session -- sh -c '
    cd ~/poison; printf unlocked | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; delink --self-check' \
    2>"$work/self-check.err" | tee "$work/self-check" | sed 's/^/  /'
! grep -q FAILED "$work/self-check" && grep -q 'parts work' "$work/self-check" || { cat "$work/self-check.err"; fail "the self-check"; }
grep -q 'Secret Service) stored, gave back and removed' "$work/self-check" || fail "the keyring was not used"

if command -v Xvfb >/dev/null && command -v xdotool >/dev/null; then
    say "the window, started by the command of the menu entry"
    number=$((90 + RANDOM % 900))
    Xvfb ":$number" -screen 0 1366x768x24 -nolisten tcp >/dev/null 2>&1 &
    screen=$!
    export DISPLAY=:$number
    mkdir -p "$root/tmp/.X11-unix"
    mount --bind /tmp/.X11-unix "$root/tmp/.X11-unix"
    command=$(sed -n '/^\[Desktop Entry\]/,/^\[Desktop Action/s/^Exec=//p' "$root/usr/share/applications/delink.desktop" | sed 's/ *%f//')
    until xdotool getdisplaygeometry >/dev/null 2>&1; do sleep 0.1; done
    started=$(date +%s.%N)
    as_ann DISPLAY="$DISPLAY" QT_QPA_PLATFORM=xcb sh -c "$command" >"$work/window.log" 2>&1 &
    window=$!
    timeout 30 sh -c 'until xdotool search --onlyvisible --name "^Delink" >/dev/null 2>&1; do sleep 0.02; done' || { cat "$work/window.log"; fail "no window within 30 s"; }
    echo "  first window after $(since "$started")"
    sleep 2
    [ -z "${SCREENSHOT:-}" ] || import -window root "$SCREENSHOT"
    pkill -TERM -P "$window" 2>/dev/null || kill -TERM "$window"
    wait "$window" || true
fi

say "removal"
inside apt-get purge -y -q delink >"$work/remove.log" 2>&1
left=$(program_files | grep -i delink || true)
[ -z "$left" ] || fail "left behind: $left"
[ -d "$root$ann/.local/share/Delink/runs" ] || fail "the user's runs are gone"
say "well: nothing is left of the program, and the user's runs are kept"
