#include "core/prompt/Wildcards.h"

#include "core/base/Paths.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStringDecoder>

namespace moodloom::prompt {
namespace {

constexpr qint64 kLargestFile = 4 << 20;

Result<QStringList> read(const QString &folder, const QString &name)
{
    const std::string subject = QStringLiteral("__%1__").arg(name).toStdString();
    QString wanted = name;
    wanted.replace(u'＿', u'_');
    for (const QString &part : wanted.split(u'/'))
        if (part.isEmpty() || part.contains(u'.') || part.contains(u'\\') ||
            part.contains(QChar(0)))
            return fail(
                ErrorCode::Invalid, subject,
                "a wildcard is named by its file, without .txt, below the wildcards' folder");
    const QString path = QDir(folder).filePath(wanted + QStringLiteral(".txt"));
    const QFileInfo info(path);
    if (!info.exists())
        return fail(ErrorCode::NotFound, subject,
                    "there is no such wildcard; write its choices into " + path.toStdString() +
                        ", one a line");
    // A link may lead anywhere.
    const QString home = QFileInfo(folder).canonicalFilePath() + u'/';
    if (!info.isFile() || !info.canonicalFilePath().startsWith(home))
        return fail(ErrorCode::Invalid, subject,
                    "its file is not inside the wildcards' folder; copy it there");
    if (info.size() > kLargestFile)
        return fail(ErrorCode::Unsupported, subject, "its file is larger than 4 MB; divide it");
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::Unreadable, subject, "no permission to read it");
    QStringDecoder decoder(QStringDecoder::Utf8);
    const QString text = decoder(file.readAll());
    if (decoder.hasError())
        return fail(ErrorCode::Corrupt, subject, "its file is not UTF-8 text; save it as UTF-8");
    const QStringList lines = wildcardLines(text);
    if (lines.isEmpty())
        return fail(ErrorCode::Invalid, subject,
                    "its file has no line to choose; write one choice a line");
    return lines;
}

} // namespace

QString defaultWildcardFolder()
{
    const QString named = qEnvironmentVariable("MOODLOOM_WILDCARDS");
    return named.isEmpty() ? dataFolder() + QStringLiteral("/wildcards") : named;
}

WildcardSource wildcardsIn(const QString &folder)
{
    return [folder](const QString &name) { return read(folder, name); };
}

QStringList wildcardLines(const QString &text)
{
    QStringList lines;
    for (QString line : text.split(u'\n')) {
        const qsizetype comment = line.indexOf(QStringLiteral(" # "));
        if (comment >= 0)
            line.truncate(comment);
        line = line.trimmed();
        if (line.isEmpty() || line.startsWith(u'#'))
            continue;
        if (line.startsWith(QStringLiteral("\\#")))
            line.remove(0, 1);
        lines.append(line);
    }
    return lines;
}

} // namespace moodloom::prompt
