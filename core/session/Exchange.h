// How the stages' values become one another: pure functions, shared by the window and the command
// line.
#pragma once

#include "core/board/Board.h"
#include "core/export/ExportTake.h"
#include "core/generation/PaintSettings.h"
#include "core/retrieval/Reference.h"

namespace moodloom::session {

// A frame's settings as the painter takes them, and back.
generation::PaintSettings settingsOf(const board::Frame &frame);
board::Frame withSettings(board::Frame frame, const generation::PaintSettings &settings);

// What the board shows of a reference.
board::Picture pictureOf(const retrieval::Reference &reference, const QVector<prompt::Facet> &facets);

// What leaves as a PSD: the take, the references of its recipe, the notes on the frame. `board` may
// be null.
exporting::TakeExport exportOf(const generation::Take &take, const board::Board *board,
                               board::ItemId frame);

// For the command line: turns the event loop until the frame's take and every edit are on the disk.
// Errors: why the board could not be saved.
Result<void> waitUntilSaved(board::Board &board, board::ItemId frame);

const generation::Take *findTake(const QVector<generation::Take> &takes, const QString &id);

} // namespace moodloom::session
