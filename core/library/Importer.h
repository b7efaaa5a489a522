// Brings pictures from the disk into a library, as fast as the cores allow.
//
//   scan (1 thread) -> read, hash, decode, describe (many) -> record (the calling thread)
//
// run() blocks: call it on a Worker, with a Library that belongs to that worker. pause(), resume()
// and cancelling are allowed from any thread. Pictures are recorded in batches, a transaction each,
// so that a crash, a cancel or a full disk keeps what was done; importing again goes on from there,
// because files that have not changed are not read again.
#pragma once

#include "core/image/Embedder.h"
#include "core/image/Thumbnail.h"
#include "core/library/ImportProgress.h"
#include "core/library/Library.h"
#include "core/library/PauseGate.h"

#include <functional>
#include <stop_token>

namespace moodloom::library {

struct ImportOptions
{
    int threads = 0;                     // decoders; 0 = as many as there are cores
    image::ThumbnailStore thumbnails;    // where thumbnails go
    image::Embedder *embedder = nullptr; // not owned; used from the calling thread only
};

class Importer
{
public:
    // On the calling thread, a few times a second and once at the end.
    using ProgressSink = std::function<void(const ImportProgress &)>;

    explicit Importer(Library &library, ImportOptions options = {});

    // Imports what is asked for, then gives embeddings to all pictures that have none yet.
    // Errors: ReadOnly, NewerVersion. What goes wrong later is in the report.
    Result<ImportReport> run(const ImportRequest &request, const ProgressSink &progress = {},
                             std::stop_token stop = {});

    // Only the embeddings, of all pictures that have none of the embedder's model.
    Result<ImportReport> embedMissing(const ProgressSink &progress = {}, std::stop_token stop = {});

    // A single file, at once, without embedding. Errors: as image::decodePicture, Library.
    Result<Asset> importFile(const QString &path);

    // Lets running pictures finish and begins no new ones.
    void pause() { m_gate.close(); }
    void resume() { m_gate.open(); }
    bool isPaused() const { return m_gate.isClosed(); }

private:
    Library &m_library;
    ImportOptions m_options;
    PauseGate m_gate;
};

} // namespace moodloom::library
