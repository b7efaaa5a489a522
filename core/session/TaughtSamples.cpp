#include "core/session/TaughtSamples.h"

#include <QFileInfo>
#include <QImage>

namespace moodloom::session {

Result<QStringList> writeTaughtSamples(const QString &folder, const QString &preview, int64_t step,
                                       const std::vector<training::Picture> &pictures)
{
    QStringList files;
    for (size_t i = 0; i < pictures.size(); ++i) {
        const training::Picture &picture = pictures[i];
        const QImage image(picture.rgb.data(), picture.width, picture.height, picture.width * 3,
                           QImage::Format_RGB888);
        const QString path = QStringLiteral("%1/step-%2-%3.png")
                                 .arg(folder)
                                 .arg(step, 6, 10, QLatin1Char('0'))
                                 .arg(i + 1);
        if (!image.save(path) || (i == 0 && step > 0 && !image.save(preview)))
            return fail(ErrorCode::Unreadable, path.toStdString(),
                        "the picture cannot be written there");
        files.append(path);
    }
    return files;
}

QString previewFileOf(const QString &lora)
{
    const QFileInfo info(lora);
    return info.path() + QLatin1Char('/') + info.completeBaseName() +
           QStringLiteral(".preview.png");
}

} // namespace moodloom::session
