#include "core/grounding/PictureStore.h"

#include <QDir>

namespace moodloom::grounding {

Result<void> PictureStore::make() const
{
    if (!QDir().mkpath(path(QStringLiteral("pictures"))))
        return fail(ErrorCode::Unreadable, m_folder.toStdString(),
                    "the folder cannot be made; choose another one with --out");
    return {};
}

Result<QString> PictureStore::keep(const QString &name, const QImage &picture) const
{
    const QString file = QStringLiteral("pictures/%1.png").arg(name);
    if (!picture.save(path(file)))
        return fail(ErrorCode::Unreadable, path(file).toStdString(),
                    "cannot be written; is the disk full?");
    return file;
}

} // namespace moodloom::grounding
