#include "core/image/ColorNames.h"

#include "core/image/OkLab.h"

#include <QRegularExpression>

#include <algorithm>
#include <cmath>

namespace moodloom::image {

const QVector<NamedColor> &namedColors()
{
    static const QVector<NamedColor> colors = [] {
        struct Row
        {
            QRgb rgb;
            const char *english;
            const char *chinese;
        };
        static constexpr Row rows[] = {
            {0xff000000, "black", "黑"},         {0xffffffff, "white", "白"},
            {0xff808080, "grey", "灰"},          {0xff3f4448, "charcoal", "炭灰"},
            {0xffc0c4c8, "silver", "银"},        {0xffd62828, "red", "红"},
            {0xff8b1a1a, "dark red", "深红"},    {0xff7b1e3a, "burgundy", "酒红"},
            {0xffff6f61, "coral", "珊瑚"},       {0xffff8c1a, "orange", "橙"},
            {0xffffb347, "apricot", "杏"},       {0xffffd60a, "yellow", "黄"},
            {0xffd4a72c, "gold", "金"},          {0xffd9c7a0, "beige", "米"},
            {0xfff5efdc, "cream", "奶油"},       {0xff7a4a26, "brown", "棕"},
            {0xff4b2e1a, "dark brown", "深棕"},  {0xffb5653a, "copper", "铜"},
            {0xff2e9e3f, "green", "绿"},         {0xff14532d, "dark green", "墨绿"},
            {0xff9bd770, "light green", "浅绿"}, {0xff7d8b2a, "olive", "橄榄"},
            {0xff8fd9b6, "mint", "薄荷"},        {0xff0f8b8d, "teal", "青"},
            {0xff40e0d0, "turquoise", "绿松石"}, {0xff1f5fd6, "blue", "蓝"},
            {0xff12264f, "navy", "藏蓝"},        {0xff8fc9f0, "light blue", "浅蓝"},
            {0xff7a3fb5, "purple", "紫"},        {0xffc3a6e6, "lavender", "淡紫"},
            {0xff4b0082, "indigo", "靛"},        {0xffff7fb0, "pink", "粉"},
            {0xffd6267f, "magenta", "洋红"},
        };
        QVector<NamedColor> list;
        for (const Row &row : rows)
            list.append({QColor(row.rgb), QString::fromLatin1(row.english),
                         QString::fromUtf8(row.chinese)});
        return list;
    }();
    return colors;
}

const NamedColor &nearestNamedColor(const QColor &color)
{
    const OkLab wanted = toOkLab(color.rgb());
    const auto &colors = namedColors();
    return *std::min_element(colors.begin(), colors.end(),
                             [&](const NamedColor &l, const NamedColor &r) {
                                 return squaredDistance(toOkLab(l.color.rgb()), wanted) <
                                        squaredDistance(toOkLab(r.color.rgb()), wanted);
                             });
}

std::optional<NamedColor> colorNamedIn(const QString &text)
{
    QString lower = text.toLower();
    lower.replace(QLatin1String("gray"), QLatin1String("grey"));
    std::optional<NamedColor> found;
    qsizetype length = 0;
    for (const NamedColor &named : namedColors()) {
        // One character may belong to another word (金 in 金字塔): then only with 色 after it.
        const QString chinese =
            named.chinese.size() == 1 ? named.chinese + QStringLiteral("色") : named.chinese;
        const QRegularExpression word(QStringLiteral("\\b%1\\b").arg(named.english));
        if (lower.contains(chinese) && chinese.size() * 4 > length) {
            found = named;
            length = chinese.size() * 4; // a character says as much as four letters
        }
        if (named.english.size() > length && lower.contains(word)) {
            found = named;
            length = named.english.size();
        }
    }
    return found;
}

float colorAgreement(const QColor &left, const QColor &right)
{
    constexpr float kPlainlyAnother = 0.25f; // in OKLab
    const float distance = std::sqrt(squaredDistance(toOkLab(left.rgb()), toOkLab(right.rgb())));
    return std::max(0.0f, 1 - distance / kPlainlyAnother);
}

} // namespace moodloom::image
