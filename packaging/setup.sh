#!/bin/sh
# Installs the packages that Moodloom needs on Debian 12, and only those that are missing.
# Safe to run again: then it finds nothing to do. Works as root or through sudo.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
list=$here/debian-packages.txt
wanted=$(sed 's/#.*//' "$list" | tr -s '[:space:]' ' ')

if ! command -v apt-get >/dev/null 2>&1; then
    echo "setup: this is not a Debian system. Install what corresponds to the packages in" >&2
    echo "       $list, then configure with: cmake --preset release" >&2
    exit 1
fi

missing=
for package in $wanted; do
    state=$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null || true)
    [ "$state" = installed ] || missing="$missing $package"
done
if [ -z "$missing" ]; then
    echo "setup: every package is installed"
    exit 0
fi

echo "setup: installing$missing"
if [ "$(id -u)" -eq 0 ]; then
    as_root=
elif command -v sudo >/dev/null 2>&1; then
    as_root='sudo'
else
    echo "setup: only root may install packages, and there is no sudo. As root, run:" >&2
    echo "       apt-get update && apt-get install --no-install-recommends$missing" >&2
    exit 1
fi

# No questions, and patience while another program holds apt's lock.
quiet='-y -q --no-install-recommends -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0'
$as_root env DEBIAN_FRONTEND=noninteractive apt-get update -q
# shellcheck disable=SC2086 # lists of words
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install $quiet $missing
echo "setup: done"
