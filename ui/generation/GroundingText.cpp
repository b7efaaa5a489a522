#include "ui/generation/GroundingText.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

#include <cmath>

namespace moodloom::ui {

using generation::FacetCheck;
using generation::Shown;
using generation::WhyUnchecked;

QString shownText(Shown shown)
{
    switch (shown) {
    case Shown::Found:
        return QCoreApplication::translate("GroundingText", "found");
    case Shown::Weak:
        return QCoreApplication::translate("GroundingText", "weak");
    case Shown::Missing:
        return QCoreApplication::translate("GroundingText", "missing");
    case Shown::Unchecked:
        return QCoreApplication::translate("GroundingText", "not checked");
    }
    return {};
}

static QString likenessText(const QString &text, const generation::ShownLikeness &likeness)
{
    const auto number = [](double value) { return QLocale().toString(value, 'f', 2); };
    return text.arg(number(likeness.value), number(likeness.background), number(likeness.spread),
                    number(likeness.shown));
}

QString shownFigures(const FacetCheck &facet)
{
    switch (facet.why) {
    case WhyUnchecked::NoEncoder:
        return QCoreApplication::translate(
            "GroundingText",
            "Nothing here sees words and pictures in one space: choose a model with a CLIP");
    case WhyUnchecked::FewPictures:
        return QCoreApplication::translate(
            "GroundingText", "The library has too few other pictures to compare with");
    case WhyUnchecked::Indistinct:
        return QCoreApplication::translate(
            "GroundingText", "The model that searches cannot tell pictures of it from others");
    case WhyUnchecked::None:
        break;
    }
    QStringList parts;
    if (std::isfinite(facet.pictures.value))
        parts << likenessText(
            QCoreApplication::translate(
                "GroundingText", "Like its pictures: %1 (others %2 ± %3, those that show it %4)"),
            facet.pictures);
    if (std::isfinite(facet.words.value))
        parts << likenessText(
            QCoreApplication::translate(
                "GroundingText", "Like its words: %1 (others %2 ± %3, those that show it %4)"),
            facet.words);
    return parts.join(QLatin1Char('\n'));
}

QString groundingText(const generation::GroundingCheck &check)
{
    QStringList parts;
    for (const FacetCheck &facet : check.facets)
        parts << QCoreApplication::translate("GroundingText", "%1: %2",
                                             "a facet and whether it is found")
                     .arg(facet.text, shownText(facet.shown));
    return parts.join(QStringLiteral("; "));
}

} // namespace moodloom::ui
