// The pictures of a report: PNG files in a folder "pictures" beside it.
#pragma once

#include "core/base/Result.h"

#include <QImage>
#include <QString>

namespace moodloom::grounding {

class PictureStore
{
public:
    explicit PictureStore(QString folder) : m_folder(std::move(folder)) {}

    // Makes the folders. Errors: Unreadable.
    Result<void> make() const;
    // Writes "pictures/NAME.png" and returns that. Errors: Unreadable.
    Result<QString> keep(const QString &name, const QImage &picture) const;
    QString path(const QString &file) const { return m_folder + QLatin1Char('/') + file; }

private:
    QString m_folder;
};

} // namespace moodloom::grounding
