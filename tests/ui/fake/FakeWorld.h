// What the fake session answers, for tests to set and to look at.
//
// tests/ui/fake implements the session's classes against the same headers as the real ones, at once
// and without networks; a test links it in place of moodloom_session. One state for the whole
// process, on the UI thread; reset() before each test.
#pragma once

#include "core/generation/PaintSettings.h"
#include "core/session/LibraryService.h"
#include "core/session/Painter.h"
#include "core/session/ReferenceFinder.h"
#include "core/session/Session.h"
#include "core/session/ShelfService.h"
#include "core/session/Teacher.h"
#include "core/session/Variations.h"

#include <QHash>
#include <QStringList>

namespace moodloom::fake {

struct World
{
    // Library. `assets` is what page() answers from.
    QVector<library::Asset> assets;
    session::ImportStatus import;
    QVector<session::ImportFailure> failures;
    QStringList imported; // paths that import() was asked for
    QVector<session::OwnPicture> adopted;
    QStringList watched;
    QVector<session::LibraryFolder> folders; // and whether they are there
    std::optional<Error> relocateError;
    int filesAsked = 0; // lookForFiles()
    int pagesAsked = 0;

    // Finder. find() shows six references a facet.
    QString prompt;
    QVector<prompt::Facet> facets;
    QVector<retrieval::Reference> references;
    QVector<retrieval::Reference> droppedReferences;
    bool finding = false;
    int finds = 0;
    QStringList lacking; // facets that find() finds nothing for but the nearest
    std::optional<Error> searchError;
    std::optional<Error> adoptError;
    QVector<library::AssetId> likeAsked;

    // Painter.
    QStringList jobs; // running first
    generation::StepInfo step;
    double secondsLeft = -1;
    int paints = 0;

    // Shelf. `shelfReasons` is by path.
    QVector<shelf::ShelfEntry> shelf;
    QVector<session::ShelfPlace> places;
    QStringList ownPlaces, leftOutPlaces;
    QHash<QString, QString> shelfReasons;
    session::ShelfProgress shelfProgress;

    // Teacher. start() fails at once when there is an error.
    session::TeachState teach;

    // Session.
    generation::PaintSettings settings;
    generation::Canvas canvas;
    std::optional<generation::PaintMemory> memory;
    QVector<generation::Take> takes;
    QStringList checking; // takes; finishCheck() ends the first
    QStringList lookedUp; // takes whose missing facets were looked up
    int moreFound = 1;    // pictures, by looking up
    QStringList exported; // paths; the newest take's pixels are written there
    std::optional<Error> exportError;
    QString wildcardFolder;

    // Variations.
    session::VariationAxis across, down; // as asked for
    int cells = 0, painted = 0;          // of the running grid
    QStringList lines;                   // of any wildcard
};

World &world();

// An empty world with `assets` pictures whose thumbnails are in the cache.
void reset(int assets = 60);

// The painter's next step with a preview, and its end with a take.
void stepOnce(session::Session *session);
void finishTake(session::Session *session);
// Or without one.
void failTake(session::Session *session, const Error &error);
// What the check of the first take that waits for it finds: "found", "weak", "missing", "unchecked" by facet.
void finishCheck(session::Session *session, const QVector<std::pair<QString, QString>> &facets);

// A plain picture of this colour with a lighter disc, to be told apart.
QImage picture(const QColor &color, QSize size);

} // namespace moodloom::fake
