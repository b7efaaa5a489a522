// Enters what was read from files into the library: new pictures, copies, moved and changed ones.
//
// As its Library, one thread at a time. Call it inside a Library::transaction.
#pragma once

#include "core/library/PictureFile.h"

namespace moodloom::library {

enum class Recorded {
    Added,     // a new picture
    Updated,   // the file's content changed: its asset keeps its id
    Moved,     // a known picture whose old file is gone
    Duplicate, // one more file with a known picture
    Unchanged  // touched, but the same picture in the same file
};

class Recorder
{
public:
    explicit Recorder(Library &library) : m_library(library), m_files(library) {}

    // Errors: those of Library.
    Result<Recorded> record(const ScannedFile &file, const PictureFile &picture);

private:
    Result<Recorded> recordKnown(const ScannedFile &file, const Asset &asset);

    Library &m_library;
    FileIndex m_files;
};

} // namespace moodloom::library
