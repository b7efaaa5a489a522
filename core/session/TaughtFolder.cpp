#include "core/session/TaughtFolder.h"

#include "core/image/Decode.h"
#include "core/image/Metadata.h"
#include "core/library/FolderScan.h"
#include "core/prompt/Segmenter.h"

#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QSet>

#include <algorithm>

namespace moodloom::session {
namespace {

constexpr qint64 kLongestText = 64 * 1024; // bytes of a caption file

QStringList linesOf(const QString &text)
{
    QStringList lines;
    for (const QString &line : text.split(QRegularExpression(QStringLiteral("[\\r\\n]+"))))
        if (const QString clean = line.simplified(); !clean.isEmpty())
            lines << clean;
    return lines;
}

QStringList textBeside(const QString &picture)
{
    const QFileInfo info(picture);
    for (const char *suffix : {".txt", ".caption"})
        for (const QString &name : {info.completeBaseName(), info.fileName()}) {
            QFile file(info.path() + QLatin1Char('/') + name + QLatin1String(suffix));
            if (file.open(QIODevice::ReadOnly))
                if (const auto lines = linesOf(QString::fromUtf8(file.read(kLongestText)));
                    !lines.isEmpty())
                    return lines;
        }
    return {};
}

} // namespace

QString wordsOfName(const QString &path)
{
    const QString name = QFileInfo(path).completeBaseName();
    static const QRegularExpression breaks(QStringLiteral("[\\s_\\-+.,()\\[\\]]+"));
    static const QRegularExpression counter(
        QStringLiteral("^(img|dsc|dscn|dscf|pxl|image|photo)?\\d+$"),
        QRegularExpression::CaseInsensitiveOption);
    QStringList words;
    for (const QString &word : name.split(breaks, Qt::SkipEmptyParts))
        if (!counter.match(word).hasMatch() &&
            word.compare(QLatin1String("img"), Qt::CaseInsensitive) != 0)
            words << word;
    return words.isEmpty() ? name : words.join(QLatin1Char(' '));
}

Result<TaughtFolder> TaughtFolder::open(const QString &folder,
                                        const std::function<void(const Error &)> &failed,
                                        std::stop_token stop)
{
    if (!QFileInfo(folder).isDir())
        return fail(ErrorCode::NotFound, folder.toStdString(), "no such folder");
    QStringList paths;
    std::optional<Error> first;
    const auto problem = [&](const Error &error) {
        if (!first)
            first = error;
        failed(error);
    };
    library::scanForPictures({folder},
                             {[&](const library::ScannedFile &file) { paths << file.path; },
                              [&](const QString &, const Error &error) { problem(error); }, [] {}},
                             stop);
    TaughtFolder result;
    for (const QString &path : paths) {
        if (stop.stop_requested())
            return cancelled();
        const auto bytes = image::readPictureFile(path);
        const auto decoded = bytes ? image::decodePictureBytes(*bytes, {.maxSide = 64}, path)
                                   : Result<image::Picture>(fail(bytes.error()));
        if (!decoded) {
            problem(decoded.error());
            continue;
        }
        Item item{path, textBeside(path)};
        if (item.captions.isEmpty()) {
            const image::Metadata metadata = image::readMetadata(*bytes, decoded->format);
            item.captions = linesOf(metadata.description);
            if (item.captions.isEmpty() && !metadata.keywords.isEmpty())
                item.captions << metadata.keywords.join(QStringLiteral(", "));
        }
        if (item.captions.isEmpty())
            item.captions << wordsOfName(path);
        else
            ++result.m_captioned;
        result.m_items.append(item);
    }
    if (!result.m_items.isEmpty())
        return result;
    if (stop.stop_requested())
        return cancelled();
    if (first)
        return fail(first->code, first->subject, first->detail);
    return fail(ErrorCode::NotFound, folder.toStdString(), "there are no pictures in it");
}

std::vector<std::string> TaughtFolder::captions(int64_t index) const
{
    std::vector<std::string> captions;
    for (const QString &caption : m_items[index].captions)
        captions.push_back(caption.toStdString());
    return captions;
}

Result<training::Picture> TaughtFolder::picture(int64_t index, int side) const
{
    const QString &path = m_items[index].path;
    // Reduced while it is read, as far as the longer side is no more than four times the shorter
    // one.
    auto decoded = image::decodePicture(path, {.maxSide = 4 * side});
    if (decoded && std::min(decoded->image.width(), decoded->image.height()) < side)
        decoded = image::decodePicture(path);
    if (!decoded)
        return fail(decoded.error());
    QImage image = decoded->image;
    if (image.hasAlphaChannel()) { // on white, as a sheet of paper
        QImage paper(image.size(), QImage::Format_RGB888);
        const QImage straight = image.convertToFormat(QImage::Format_RGBA8888);
        for (int y = 0; y < image.height(); ++y) {
            const uchar *from = straight.constScanLine(y);
            uchar *to = paper.scanLine(y);
            for (int x = 0; x < image.width(); ++x)
                for (int c = 0; c < 3; ++c)
                    to[3 * x + c] = uchar(
                        (from[4 * x + c] * from[4 * x + 3] + 255 * (255 - from[4 * x + 3])) / 255);
        }
        image = paper;
    }
    image = image.convertToFormat(QImage::Format_RGB888);
    training::Picture picture{image.width(), image.height(), {}};
    picture.rgb.reserve(size_t(image.width()) * size_t(image.height()) * 3);
    for (int y = 0; y < image.height(); ++y)
        picture.rgb.insert(picture.rgb.end(), image.constScanLine(y),
                           image.constScanLine(y) + qsizetype(image.width()) * 3);
    return picture;
}

std::map<std::string, int> TaughtFolder::words() const
{
    std::map<std::string, int> counts;
    for (const Item &item : m_items) {
        QSet<QString> seen; // each picture counts once, in however many lines a word stands
        for (const QString &caption : item.captions) {
            for (const prompt::Word &word : prompt::splitWords(caption))
                if (!word.han && prompt::roleOf(word.folded) == prompt::Role::Word)
                    seen.insert(word.folded);
            for (const QString &word : prompt::dictionaryWords(caption))
                if (prompt::roleOf(word) == prompt::Role::Word)
                    seen.insert(word);
        }
        for (const QString &word : seen)
            ++counts[word.toStdString()];
    }
    return counts;
}

} // namespace moodloom::session
