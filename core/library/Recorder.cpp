#include "core/library/Recorder.h"

#include <QFile>

namespace moodloom::library {

Result<Recorded> Recorder::record(const ScannedFile &file, const PictureFile &picture)
{
    const auto known = m_library.assetByHash(picture.hash);
    if (known)
        return recordKnown(file, *known);
    if (known.error().code != ErrorCode::NotFound)
        return fail(known.error());
    if (picture.known) // removed by the user between reading and recording
        return Recorded::Unchanged;

    const auto previous = m_files.assetAt(file.path);
    if (!previous)
        return fail(previous.error());
    const auto copies = *previous != 0 ? m_files.copies(*previous) : Result<int>(0);
    if (!copies)
        return fail(copies.error());
    if (*copies == 1) {
        const auto old = m_library.asset(*previous);
        if (!old)
            return fail(old.error());
        Asset changed = picture.asset;
        changed.id = old->id;
        changed.imported = old->imported;
        if (auto ok = m_library.replace(changed); !ok)
            return fail(ok.error());
        if (auto ok = m_files.attach(file.path, file.stamp, changed.id); !ok)
            return fail(ok.error());
        return Recorded::Updated;
    }
    const auto id = m_library.add(picture.asset);
    if (!id)
        return fail(id.error());
    if (auto ok = m_files.attach(file.path, file.stamp, *id); !ok)
        return fail(ok.error());
    return Recorded::Added;
}

Result<Recorded> Recorder::recordKnown(const ScannedFile &file, const Asset &asset)
{
    const auto before = m_files.assetAt(file.path);
    if (!before)
        return fail(before.error());
    if (auto ok = m_files.attach(file.path, file.stamp, asset.id); !ok)
        return fail(ok.error());
    const bool moved = asset.missing || (asset.path != file.path && !QFile::exists(asset.path));
    if (moved) {
        if (auto ok = m_files.relocate(asset.id, file.path); !ok)
            return fail(ok.error());
        return Recorded::Moved;
    }
    return *before == asset.id ? Recorded::Unchanged : Recorded::Duplicate;
}

} // namespace moodloom::library
