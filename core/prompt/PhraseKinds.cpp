#include "core/prompt/PhraseKinds.h"

#include <algorithm>
#include <optional>

namespace moodloom::prompt {
namespace {

using Units = std::span<const Unit>;

bool namesStyle(const Unit &unit, const QString &text)
{
    const QString word = foldWords(QStringView(text).mid(unit.start, unit.length));
    return word == QStringLiteral("风格") || word == QStringLiteral("画风")
           || word == QStringLiteral("style");
}

// "painting" in "watercolour painting", "风格" in 剪纸风格.
bool headOfStyle(Units units, qsizetype i)
{
    return i > 0 && i < qsizetype(units.size()) && units[size_t(i)].role == Role::StyleHead
           && (units[size_t(i - 1)].role == Role::Style
               || units[size_t(i - 1)].role == Role::StyleHint);
}

// "日落长城", "watercolour lighthouse", "Talagon SUV sunset": the thing, and what stands around it.
QVector<FacetKind> kindsInNamedThing(Units units, const QString &text)
{
    QVector<FacetKind> kinds(qsizetype(units.size()), FacetKind::Entity);
    const qsizetype size = kinds.size();
    for (qsizetype i = 0; i < size; ++i) {
        const Unit &unit = units[size_t(i)];
        if (namesStyle(unit, text) && i > 0 && kinds[i - 1] == FacetKind::Entity)
            // A style that no vocabulary knows: "Hiroshige style", 宫崎骏风格.
            for (qsizetype k = i; k >= 0 && kinds[k] == FacetKind::Entity; --k)
                kinds[k] = FacetKind::Style;
        else if (unit.han && isSetting(unit.role))
            kinds[i] = FacetKind::Setting;
        else if (unit.han && unit.role == Role::SceneNoun && i > 0
                 && kinds[i - 1] == FacetKind::Setting) // 夜晚湖上的船
            kinds[i] = FacetKind::Setting;
        else if (unit.han && (unit.role == Role::Style || headOfStyle(units, i)))
            kinds[i] = FacetKind::Style;
        else if (unit.role == Role::Particle && i > 0)
            kinds[i] = kinds[i - 1];
    }
    // Alphabetic text: only at the ends, so that "city bus" and "sea turtle" stay whole.
    qsizetype head = 0;
    while (head < size && kinds[head] == FacetKind::Entity && !units[size_t(head)].han
           && (units[size_t(head)].role == Role::Style || headOfStyle(units, head)
               || (units[size_t(head)].role == Role::StyleHint && headOfStyle(units, head + 1))))
        kinds[head++] = FacetKind::Style;
    qsizetype tail = size;
    while (tail > head && kinds[tail - 1] == FacetKind::Entity && !units[size_t(tail - 1)].han) {
        const Role role = units[size_t(tail - 1)].role;
        const bool ended = tail < size;
        if (role == Role::Time || (role == Role::Tint && ended
                                   && kinds[tail] == FacetKind::Setting))
            kinds[tail - 1] = FacetKind::Setting;
        else if (role == Role::Style || headOfStyle(units, tail - 1)
                 || (role == Role::StyleHint && headOfStyle(units, tail)))
            kinds[tail - 1] = FacetKind::Style;
        else
            break;
        --tail;
    }
    return kinds;
}

// Only settings, styles and adjectives: "flat desert sunset", "snowy night", "雪夜".
QVector<FacetKind> kindsWithoutThing(Units units, bool afterPlace)
{
    QVector<FacetKind> kinds(qsizetype(units.size()), FacetKind::Entity);
    const auto any = [&](auto predicate) {
        return std::any_of(units.begin(), units.end(),
                           [&](const Unit &u) { return predicate(u.role); });
    };
    const bool setting = any(isSetting) || (afterPlace && any([](Role r) { return r == Role::SceneNoun; }));
    const bool style = any(isStyle);
    if (!setting && !style) // "red", "a lake"
        return kinds;
    const auto other = setting ? FacetKind::Setting : FacetKind::Entity;
    std::optional<FacetKind> following;
    for (qsizetype i = kinds.size() - 1; i >= 0; --i) {
        const Role role = units[size_t(i)].role;
        if (isStyle(role))
            following = FacetKind::Style;
        else if (isSetting(role) || role == Role::SceneNoun)
            following = other;
        if (following) // adjectives go with what they stand before
            kinds[i] = *following;
    }
    for (qsizetype i = kinds.size() - 1; i > 0; --i) // and at the end with what they follow
        if (isNeutral(units[size_t(i)].role) || units[size_t(i)].role == Role::Tint)
            kinds[i] = kinds[i - 1];
        else
            break;
    return kinds;
}

} // namespace

QVector<FacetKind> kindsOf(std::span<const Unit> phrase, const QString &text, bool afterPlace)
{
    const bool content = std::any_of(phrase.begin(), phrase.end(), [](const Unit &unit) {
        return unit.role == Role::Word || unit.role == Role::Name;
    });
    return content ? kindsInNamedThing(phrase, text) : kindsWithoutThing(phrase, afterPlace);
}

} // namespace moodloom::prompt
