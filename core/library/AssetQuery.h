// What part of the library to show, and in which order. Plain values.
#pragma once

#include <QString>

namespace moodloom::library {

enum class AssetSort { Imported, Taken, Name, Bytes }; // Taken: EXIF's date, else the file's
enum class AssetPresence { Any, Present, Missing };

struct AssetQuery
{
    QString text;    // words that must all be there (the last ones may be unfinished); empty = all
    QString keyword; // exactly this keyword; empty = any
    QString folder;  // files below this folder; empty = any
    AssetPresence presence = AssetPresence::Any;
    AssetSort sort = AssetSort::Imported;
    bool descending = true;
    int offset = 0;
    int limit = -1; // -1 = all
};

} // namespace moodloom::library
