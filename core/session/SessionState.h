// What a session consists of: for the files of Session alone.
#pragma once

#include "core/base/Problems.h"
#include "core/base/Worker.h"
#include "core/board/Board.h"
#include "core/session/BoardDesk.h"
#include "core/session/BoardSet.h"
#include "core/session/FrameTakes.h"
#include "core/session/GroundingDesk.h"
#include "core/session/LibraryService.h"
#include "core/session/PaintDesk.h"
#include "core/session/Painter.h"
#include "core/session/PaintFacts.h"
#include "core/session/ReferenceDesk.h"
#include "core/session/ReferenceFinder.h"
#include "core/session/Session.h"
#include "core/session/ShelfService.h"
#include "core/session/Variations.h"

#include <QSet>

namespace moodloom::session {

struct Session::Private
{
    std::unique_ptr<LibraryService> library;
    std::unique_ptr<ReferenceFinder> finder;
    std::unique_ptr<Painter> painter;
    std::unique_ptr<ShelfService> shelf;
    std::unique_ptr<BoardSet> boards;
    board::Board *board = nullptr; // the one that is shown
    std::unique_ptr<BoardDesk> files;
    std::unique_ptr<ReferenceDesk> references;
    std::unique_ptr<PaintDesk> painting;
    std::unique_ptr<PaintFacts> facts;
    std::unique_ptr<Variations> variations;
    std::unique_ptr<GroundingDesk> grounding;
    FrameTakes takes; // of the active frame
    Worker disk{QStringLiteral("export")};
    QUuid activeFrame;
    QString framePrompt;       // of the active frame, as it was last seen
    QSet<QString> chipPrompts; // that chips made or came from
    PaintSettings settings;
    QStringList previewDecoders; // of the shelf
    Problems modelProblems, startProblems;
};

} // namespace moodloom::session
