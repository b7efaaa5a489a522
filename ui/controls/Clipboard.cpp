#include "ui/controls/Clipboard.h"

#include <QClipboard>
#include <QGuiApplication>

namespace moodloom::ui {

void Clipboard::copy(const QString &text) const
{
    QGuiApplication::clipboard()->setText(text);
}

} // namespace moodloom::ui
