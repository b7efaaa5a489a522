#include "core/base/Text.h"

#include "core/base/ErrorDetails.h"

#include <QChar>
#include <QCoreApplication>
#include <QDir>

namespace moodloom {
namespace {

// A file in the user's own folder is named as people name it.
QString shownSubject(const Error &error)
{
    const QString subject = QString::fromStdString(error.subject);
    const QString home = QDir::homePath();
    if (home.size() > 1 && subject.startsWith(home + QLatin1Char('/')))
        return QLatin1Char('~') + subject.sliced(home.size());
    return translatedPart(subject);
}

} // namespace

QString userText(const Error &error)
{
    const auto translated = [](const char *text) {
        return QCoreApplication::translate("Error", text);
    };
    QString subject = shownSubject(error);
    QString detail = translatedDetail(QString::fromStdString(error.detail));
    // One that is a sentence loses its full stop where it stands in brackets.
    while (detail.endsWith(QLatin1Char('.')) && !detail.endsWith(QLatin1String("...")))
        detail.chop(1);
    // Where nothing more is known, the general advice stands for the particular one.
    const bool bare = detail.isEmpty();
    QString text;
    switch (error.code) {
    case ErrorCode::Cancelled:
        return {};
    case ErrorCode::NotFound:
        text = bare ? translated(QT_TRANSLATE_NOOP(
                          "Error", "%1 was not found. Check its name and where it is."))
                    : translated(QT_TRANSLATE_NOOP("Error", "%1 was not found%2."));
        break;
    case ErrorCode::Unreadable:
        text =
            bare
                ? translated(QT_TRANSLATE_NOOP(
                      "Error", "%1 cannot be read or written. Check its permissions and its disk."))
                : translated(QT_TRANSLATE_NOOP("Error", "%1 cannot be read or written%2."));
        break;
    case ErrorCode::Corrupt:
        text = bare ? translated(QT_TRANSLATE_NOOP(
                          "Error", "%1 is damaged. Replace it with an intact copy."))
                    : translated(QT_TRANSLATE_NOOP("Error", "%1 is damaged%2."));
        break;
    case ErrorCode::Unsupported:
        text = translated(
            QT_TRANSLATE_NOOP("Error", "%1 is of a kind that Moodloom does not handle%2."));
        break;
    case ErrorCode::NewerVersion:
        text = translated(QT_TRANSLATE_NOOP(
            "Error", "%1 was made by a newer Moodloom%2. Update Moodloom to change it."));
        break;
    case ErrorCode::Mismatch:
        text = translated(QT_TRANSLATE_NOOP("Error", "%1 does not fit the rest%2."));
        break;
    case ErrorCode::ReadOnly:
        text =
            translated(QT_TRANSLATE_NOOP("Error", "%1 is read-only%2. Save a copy to change it."));
        break;
    case ErrorCode::DiskFull:
        text = translated(QT_TRANSLATE_NOOP(
            "Error",
            "The disk is full: %1 was not written, and nothing was lost%2. Free some space and "
            "try again."));
        break;
    case ErrorCode::OutOfMemory:
        if (!bare) // one pair of brackets for both
            subject = translated(QT_TRANSLATE_NOOP("Error", "%1; %2")).arg(subject, detail);
        text = translated(QT_TRANSLATE_NOOP(
            "Error", "Not enough memory (%1). Close other programs or choose a smaller size."));
        break;
    case ErrorCode::Invalid:
        text = translated(QT_TRANSLATE_NOOP("Error", "%1 is not valid%2."));
        break;
    case ErrorCode::Internal:
        text = translated(QT_TRANSLATE_NOOP("Error", "Something went wrong in %1%2."));
        break;
    }
    const QString reason =
        bare ? QString() : translated(QT_TRANSLATE_NOOP("Error", " (%1)")).arg(detail);
    if (text.contains(QLatin1String("%2")))
        return text.arg(subject, reason);
    return text.arg(subject);
}

bool isHan(char32_t character)
{
    return QChar::script(character) == QChar::Script_Han;
}

} // namespace moodloom
