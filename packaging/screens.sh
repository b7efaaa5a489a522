#!/bin/sh
# Takes a picture of every screen, in both themes and languages, and of some at twice the size, into a
# folder: to look the interface over. The window runs on a made-up session (tests/ui/Gallery.cpp), so no
# model and no library is needed.
# Usage: packaging/screens.sh [FOLDER [SCREEN ...]]. Needs the target moodloom_ui_gallery, Xvfb and, for
# the small ones in docs (--docs), ImageMagick.
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
gallery=$root/build/release/tests/moodloom_ui_gallery
docs=''
[ "${1:-}" != --docs ] || { docs=yes; shift; }
folder=${1:-$root/build/screens}
[ $# -eq 0 ] || shift
[ -x "$gallery" ] || { echo "screens: build first: cmake --build --preset release --target moodloom_ui_gallery" >&2; exit 1; }
mkdir -p "$folder"

# NAME: the states that the window is put into (see Gallery.cpp).
screens='
empty: empty
board: found role
model-sees: found seen
takes: found takes
painting: found takes painting
viewer: found takes viewer
outline: role note outline
minimap: role note minimap
pen: role pen
rulers: role rulers
compare: seen compare
presentation: seen present
library: library
library-empty: empty library
importing: library importing
models: models
get-model: models get-model
addons: addons
settings: settings
shortcuts: shortcuts
palette: palette
export: takes export
recipe-foreign: found origin
recipe-own: own
error: found error
'

display=${MOODLOOM_SCREENS_DISPLAY:-:89}
Xvfb "$display" -screen 0 2880x1800x24 -nolisten tcp >/dev/null 2>&1 &
server=$!
trap 'kill "$server" 2>/dev/null || true' EXIT INT TERM
sleep 2
export DISPLAY="$display" QT_QPA_PLATFORM=xcb LC_ALL=C.UTF-8
export XDG_CONFIG_HOME="$folder/.home" MOODLOOM_HOME="$folder/.home"
unset WAYLAND_DISPLAY QT_QUICK_BACKEND

shoot() { # NAME LANGUAGE THEME SCALE STATES...
    name=$1 language=$2 theme=$3 scale=$4
    shift 4
    [ "$theme" = dark ] || set -- light "$@"
    suffix=''
    [ "$scale" = 1 ] || suffix="@${scale}x"
    MOODLOOM_LANGUAGE=$language QT_SCALE_FACTOR=$scale "$gallery" \
        "$folder/$name-$language-$theme$suffix.png" 1440 900 "$@" >/dev/null 2>&1 ||
        echo "screens: $name failed" >&2
}

printf '%s\n' "$screens" | while IFS=: read -r name states; do
    [ -n "$name" ] || continue
    if [ $# -gt 0 ]; then
        case " $* " in *" $name "*) ;; *) continue ;; esac
    fi
    for theme in dark light; do
        for language in en zh_CN; do
            # shellcheck disable=SC2086
            shoot "$name" "$language" "$theme" 1 $states
        done
    done
    case $name in
    board | models | settings | recipe-foreign)
        # shellcheck disable=SC2086
        shoot "$name" en dark 2 $states
        ;;
    esac
done

if [ -n "$docs" ]; then
    for name in models recipe-foreign; do
        convert "$folder/$name-en-dark.png" -resize 960x -strip -colors 128 -define png:compression-level=9 \
            "$root/docs/screen-$name.png"
    done
    convert "$folder/board-zh_CN-light.png" -resize 960x -strip -colors 128 -define png:compression-level=9 \
        "$root/docs/screen-light-chinese.png"
fi
rm -rf "$folder/.home"
echo "screens: $folder"
