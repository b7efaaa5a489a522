#!/bin/sh
# Sets up, configures and builds the release preset. The first argument names a target; without it,
# everything is built, tests included. Safe to run again: only what changed is built.
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
"$root/packaging/setup.sh"

# A file of libtorch takes up to 1.5 GB to compile: no more jobs at a time than memory bears.
jobs=$(nproc)
memory=$(awk '/^MemAvailable:/ { print int($2 / 1572864) }' /proc/meminfo 2>/dev/null || echo 1)
[ "$memory" -ge 1 ] || memory=1
[ "$jobs" -le "$memory" ] || jobs=$memory

cd "$root"
echo "build: configuring in $root/build/release"
cmake --preset release --log-level=NOTICE
echo "build: compiling with $jobs jobs; the first time takes up to half an hour on two cores"
cmake --build --preset release -j "$jobs" ${1:+--target "$1"}
