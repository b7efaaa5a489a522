// What can be done on the board with a key or by name: one table for the canvas, its menu, the
// command palette and the shortcuts' settings.
//
// Constant data; UI thread, as the canvas.
#pragma once

#include <QString>

#include <span>

namespace moodloom::ui {

class BoardCanvas;

struct BoardAction
{
    const char *id;       // "board-pin"
    const char *text;     // marked with QT_TRANSLATE_NOOP("Actions", ...)
    const char *shortcut; // at first; portable, may be empty
    void (*perform)(BoardCanvas &canvas);
};

std::span<const BoardAction> boardActions();
const BoardAction *boardAction(const QString &id); // null = there is none

} // namespace moodloom::ui
