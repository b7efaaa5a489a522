#include "core/base/Text.h"

#include "core/base/ErrorDetails.h"

#include <QChar>
#include <QCoreApplication>

namespace moodloom {

QString userText(const Error &error)
{
    const auto translated = [](const char *text) {
        return QCoreApplication::translate("Error", text);
    };
    const QString subject = QString::fromStdString(error.subject);
    const QString detail = translatedDetail(QString::fromStdString(error.detail));
    QString text;
    switch (error.code) {
    case ErrorCode::Cancelled:
        return {};
    case ErrorCode::NotFound:
        text = translated(QT_TRANSLATE_NOOP("Error", "%1 was not found."));
        break;
    case ErrorCode::Unreadable:
        text = translated(QT_TRANSLATE_NOOP("Error", "%1 cannot be read or written."));
        break;
    case ErrorCode::Corrupt:
        text = translated(QT_TRANSLATE_NOOP("Error", "%1 is damaged."));
        break;
    case ErrorCode::Unsupported:
        text = translated(
            QT_TRANSLATE_NOOP("Error", "%1 is of a kind that Moodloom does not handle."));
        break;
    case ErrorCode::NewerVersion:
        text = translated(QT_TRANSLATE_NOOP(
            "Error", "%1 was made by a newer Moodloom. Update Moodloom to change it."));
        break;
    case ErrorCode::Mismatch:
        text = translated(QT_TRANSLATE_NOOP("Error", "%1 does not fit the rest."));
        break;
    case ErrorCode::ReadOnly:
        text = translated(QT_TRANSLATE_NOOP("Error", "%1 is read-only. Save a copy to change it."));
        break;
    case ErrorCode::DiskFull:
        text = translated(QT_TRANSLATE_NOOP(
            "Error",
            "The disk is full: %1 was not written, and nothing was lost. Free some space and "
            "try again."));
        break;
    case ErrorCode::OutOfMemory:
        text = translated(QT_TRANSLATE_NOOP(
            "Error", "Not enough memory (%1). Close other programs or choose a smaller size."));
        break;
    case ErrorCode::Invalid:
        text = translated(QT_TRANSLATE_NOOP("Error", "%1 is not valid."));
        break;
    case ErrorCode::Internal:
        text = translated(QT_TRANSLATE_NOOP("Error", "Something went wrong in %1."));
        break;
    }
    text = text.arg(subject);
    if (!detail.isEmpty())
        text = translated(QT_TRANSLATE_NOOP("Error", "%1 (%2)")).arg(text, detail);
    return text;
}

bool isHan(char32_t character)
{
    return QChar::script(character) == QChar::Script_Han;
}

} // namespace moodloom
