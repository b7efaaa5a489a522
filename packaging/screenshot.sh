#!/bin/sh
# Takes docs/screenshot.png: starts the built studio on an invisible screen with a sample library,
# types a prompt, finds references, paints three pictures and takes the window's picture.
# Usage: packaging/screenshot.sh [FILE]. Needs a finished build (packaging/build.sh).
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
file=${1:-$root/docs/screenshot.png}
moodloom=$root/build/release/app/moodloom
prompt="a Talagon SUV leaping over the Great Wall at sunset"
home=$root/build/screenshot
display=${MOODLOOM_SCREENSHOT_DISPLAY:-:87}

[ -x "$moodloom" ] || { echo "screenshot: build first: packaging/build.sh" >&2; exit 1; }
mkdir -p "$(dirname "$file")" "$home"
# Neither the user's library nor the user's settings, nor the board of the time before.
rm -rf "$home/home" "$home/config"
export MOODLOOM_HOME="$home/home" XDG_CONFIG_HOME="$home/config" LC_ALL=C.UTF-8 LANGUAGE=en
"$moodloom" sample-library "$home/pictures" --count 400 --seed 1
"$moodloom" library add "$home/pictures"

server='' program=''
cleanup() {
    [ -z "$program" ] || kill "$program" 2>/dev/null || true
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
}
trap cleanup EXIT INT TERM

Xvfb "$display" -screen 0 1440x900x24 -nolisten tcp >/dev/null 2>&1 &
server=$!
export DISPLAY="$display" QT_QPA_PLATFORM=xcb
unset WAYLAND_DISPLAY QT_QUICK_BACKEND
sleep 2
"$moodloom" &
program=$!
window=$(xdotool search --sync --onlyvisible --pid "$program" | tail -1)
xdotool windowmove "$window" 0 0 windowsize "$window" 1440 900 windowfocus "$window"
sleep 4
# The prompt line has the focus when the studio opens. Enter finds, Ctrl+Enter paints.
xdotool type --delay 20 "$prompt"
xdotool key Return
sleep "${MOODLOOM_SCREENSHOT_FIND:-8}"
for take in 1 2 3; do
    xdotool key ctrl+Return
    sleep 1
done
sleep "${MOODLOOM_SCREENSHOT_PAINT:-60}"
import -window "$window" -depth 8 -define png:exclude-chunks=date,time "$file"
echo "screenshot: $file"
