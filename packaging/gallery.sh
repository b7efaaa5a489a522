#!/bin/sh
# Paints docs/gallery.jpg: the 64 prompts of docs/gallery.txt, each with the references that are found
# for it in a sample library, seed 1, default settings, none picked by hand.
# Usage: packaging/gallery.sh [FILE]. Needs a finished build (packaging/build.sh) and ImageMagick.
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
file=${1:-$root/docs/gallery.jpg}
moodloom=$root/build/release/app/moodloom
home=$root/build/gallery
[ -x "$moodloom" ] || { echo "gallery: build first: packaging/build.sh" >&2; exit 1; }
rm -rf "$home"
mkdir -p "$home"
export MOODLOOM_HOME="$home/home" XDG_CONFIG_HOME="$home/config" LC_ALL=C.UTF-8 LANGUAGE=en
"$moodloom" sample-library "$home/pictures" --count 1200 --seed 1
"$moodloom" library add "$home/pictures"

number=100
while IFS= read -r prompt; do
    number=$((number + 1))
    "$moodloom" generate "$prompt" --seed 1 --out "$home/$number.png" </dev/null
done < "$root/docs/gallery.txt"
montage "$home"/1??.png -tile 8x -geometry 176x176+2+2 -background '#1b1b1c' -depth 8 "$home/gallery.png"
convert "$home/gallery.png" -strip -quality 90 -sampling-factor 4:4:4 "$file"
echo "gallery: $file"
