// The work of one import, from drawing the sample library to watching the folders.
//
// run() blocks: call it on the import's worker, always the same. pause() and resume() are allowed
// from any thread. Owns a connection to the library of its own.
#pragma once

#include "core/base/Result.h"
#include "core/library/Importer.h"

#include <QStringList>

#include <atomic>
#include <functional>
#include <memory>
#include <stop_token>

namespace moodloom::session {

struct ImportStatus
{
    bool running = false;
    bool paused = false;
    bool drawing = false;   // the sample library's pictures are being made
    bool embedding = false; // the second half: pictures are being understood; found and done count them
    QString current;        // file name being read
    qint64 found = 0, done = 0, added = 0, failed = 0, duplicates = 0;
    double perSecond = 0;
    double secondsLeft = -1; // -1 = not known yet
};

// What is to be imported.
struct ImportTask
{
    QStringList paths; // files and folders
    // A sample library of so many pictures is drawn into the first path before; 0 = none.
    int sampleCount = 0;
    quint64 sampleSeed = 0;
    library::ImportKind kind = library::ImportKind::OnPurpose;

    // Watched folders changed: only what comes of it is shown.
    bool isQuiet() const { return kind == library::ImportKind::Rescan; }
};

struct ImportOutcome
{
    library::ImportReport report;
    QStringList watched; // all folders that are watched from now on
};

class ImportDesk
{
public:
    using Show = std::function<void(const ImportStatus &)>; // on the calling thread

    explicit ImportDesk(QString libraryFolder);
    ~ImportDesk();

    Result<ImportOutcome> run(const ImportTask &task, const Show &show, std::stop_token stop);
    bool pause(); // false: nothing runs yet that could pause
    void resume();

private:
    Result<library::Importer *> open();

    QString m_folder;
    std::unique_ptr<library::Library> m_library;
    std::unique_ptr<library::Importer> m_own;
    std::atomic<library::Importer *> m_importer = nullptr; // the same, for other threads
};

} // namespace moodloom::session
