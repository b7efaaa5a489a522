#include "ui/references/WhyText.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

#include <cmath>

namespace moodloom::ui {

QString whyText(const retrieval::Reference &reference)
{
    QStringList parts;
    if (reference.nearest)
        parts << QCoreApplication::translate("WhyText", "merely the nearest");
    const auto add = [&parts](const QString &text, double value) {
        if (!std::isnan(value))
            parts << text.arg(QLocale().toString(value, 'f', 2));
    };
    add(QCoreApplication::translate("WhyText", "text and picture %1"), reference.why.textImage);
    add(QCoreApplication::translate("WhyText", "words %1"), reference.why.words);
    add(QCoreApplication::translate("WhyText", "colour %1"), reference.why.color);
    add(QCoreApplication::translate("WhyText", "pins and drops %1"), reference.why.feedback);
    add(QCoreApplication::translate("WhyText", "like the others %1"), reference.why.typical);
    if (parts.isEmpty() && reference.facet >= 0 &&
        reference.state == retrieval::ReferenceState::Suggested)
        return QCoreApplication::translate("WhyText", "found by an earlier search");
    if (parts.isEmpty())
        return QCoreApplication::translate("WhyText", "your own picture");
    return parts.join(QStringLiteral(" · "));
}

} // namespace moodloom::ui
