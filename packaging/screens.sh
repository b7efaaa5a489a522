#!/bin/sh
# Takes a picture of every screen, in both themes and languages, into a folder: to look the interface
# over. The window runs on a made-up session (tests/ui/gallery), so no model and no library is needed.
# Usage: packaging/screens.sh [OPTION ...] [FOLDER [SCREEN ...]]
#   --size WxH   of the window (1440x900); --scale N: device pixels for each of them (1)
#   --vision     each also as people see it who see colours differently: -protan, -deutan, -tritan
#   --list       the screens
#   --docs       writes docs/screens.md and its pictures, in English and dark where nothing else is said
#                in tests/ui/gallery/Screens.cpp
# Needs the target moodloom_ui_gallery, Xvfb and, for --docs, ImageMagick.
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
gallery=$root/build/release/tests/moodloom_ui_gallery
size=1440x900 scale=1 vision='' docs=''
[ -x "$gallery" ] || { echo "screens: build first: cmake --build --preset release --target moodloom_ui_gallery" >&2; exit 1; }
while [ $# -gt 0 ]; do
    case $1 in
    --size) size=$2; shift ;;
    --scale) scale=$2; shift ;;
    --vision) vision=--vision ;;
    --docs) docs=yes ;;
    --list) exec "$gallery" --list ;;
    *) break ;;
    esac
    shift
done
folder=${1:-$root/build/screens}
[ $# -eq 0 ] || shift
mkdir -p "$folder"

display=${MOODLOOM_SCREENS_DISPLAY:-:89}
Xvfb "$display" -screen 0 3840x2160x24 -nolisten tcp >/dev/null 2>&1 &
server=$!
trap 'kill "$server" 2>/dev/null || true; rm -rf "${home:-}"' EXIT INT TERM
sleep 2
export DISPLAY="$display" QT_QPA_PLATFORM=xcb LC_ALL=C.UTF-8 QT_SCALE_FACTOR="$scale"
# Paths of it are seen on the settings page.
home=${TMPDIR:-/tmp}/moodloom-screens
export HOME="$home" XDG_CONFIG_HOME="$home" MOODLOOM_HOME="$home"
unset WAYLAND_DISPLAY QT_QUICK_BACKEND

shoot() { # LANGUAGE THEMES SCREEN...
    language=$1 themes=$2
    shift 2
    # shellcheck disable=SC2086
    MOODLOOM_LANGUAGE=$language "$gallery" "$folder" --size "$size" --themes "$themes" $vision \
        --takes "$root/docs/gallery.jpg" --pictures "$home/Pictures" "$@" 2>"$folder/.log" ||
        { grep '^gallery:' "$folder/.log" >&2; echo "screens: not all of $language could be taken" >&2; }
    rm -f "$folder/.log"
}

if [ -z "$docs" ]; then
    for language in en zh_CN; do
        shoot "$language" dark,light "$@"
    done
    echo "screens: $folder"
    exit 0
fi

out=$root/docs/screens
page=$root/docs/screens.md
"$gallery" --captions > "$folder/.captions"
for look in en-dark en-light zh_CN-dark zh_CN-light; do
    # shellcheck disable=SC2046
    set -- $(awk -F '\t' -v look="$look" '$2 == look { print $1 }' "$folder/.captions")
    [ $# -eq 0 ] || shoot "${look%-*}" "${look##*-}" "$@"
done
rm -rf "$out"
mkdir -p "$out"
{
    echo "# The screens of Moodloom"
    echo
    echo "Taken by \`packaging/screens.sh --docs\` of the window on a made-up session: the library is drawn samples,"
    echo "the takes are of [gallery.jpg](gallery.jpg), painted by the built-in model. Every screen is there in English and"
    echo "Chinese, dark and light."
    while IFS='	' read -r name look caption; do
        # The text stays readable; no file is larger than the extent.
        convert "$folder/$name-$look.png" -resize 1008x -strip -sampling-factor 4:2:0 \
            -define jpeg:extent=40kb "$out/$name.jpg"
        printf '\n%s\n\n![%s](screens/%s.jpg)\n' "$caption" "$caption" "$name"
    done < "$folder/.captions"
} > "$page"
rm -f "$folder/.captions"
echo "screens: $page, $(du -ch "$out"/*.jpg | tail -1 | cut -f1) of pictures"
