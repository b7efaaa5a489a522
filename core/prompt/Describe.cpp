#include "core/prompt/Describe.h"

#include "core/base/Text.h"
#include "core/prompt/FacetParser.h"

#include <QHash>

#include <algorithm>
#include <array>

namespace moodloom::prompt {
namespace {

bool isChinese(const QString &text)
{
    return std::any_of(text.begin(), text.end(), [](QChar c) { return isHan(c.unicode()); });
}

QString escaped(const QString &text)
{
    QString plain;
    for (const QChar c : text) {
        if (QStringView(u"\\()[]{}|_（）｛｝｜＿").contains(c))
            plain += u'\\';
        plain += c;
    }
    return plain;
}

struct Named
{
    QString text;
    FacetKind kind = FacetKind::Entity;
    int captions = 0; // in which it is
    int last = -1;    // of them
};

} // namespace

QString described(const QStringList &captions, bool chinese, const Lexicon &lexicon)
{
    QVector<Named> named; // in the order of their first mention
    QHash<QString, qsizetype> known;
    for (int i = 0; i < captions.size(); ++i) {
        QStringList lines = captions[i].split(u'\n', Qt::SkipEmptyParts);
        const auto foreign = [&](const QString &line) { return isChinese(line) != chinese; };
        if (!std::all_of(lines.begin(), lines.end(), foreign))
            lines.removeIf(foreign);
        for (const QString &line : std::as_const(lines))
            for (const Facet &facet : parsePrompt(escaped(line), lexicon).facets) {
                if (facet.excluded)
                    continue;
                const QString folded = foldWords(facet.text);
                if (!known.contains(folded)) {
                    known.insert(folded, named.size());
                    named.append({facet.text, facet.kind, 0, -1});
                }
                Named &one = named[known.value(folded)];
                if (std::exchange(one.last, i) != i)
                    ++one.captions;
            }
    }
    std::stable_sort(named.begin(), named.end(),
                     [](const Named &a, const Named &b) { return a.captions > b.captions; });
    struct Part
    {
        FacetKind kind;
        int most;
    };
    QStringList words;
    for (const Part part : std::array{Part{FacetKind::Entity, 6}, Part{FacetKind::Setting, 2},
                                      Part{FacetKind::Style, 2}}) {
        int left = part.most;
        for (const Named &one : std::as_const(named))
            if (one.kind == part.kind && left-- > 0)
                words.append(escaped(one.text));
    }
    return words.join(chinese ? QStringLiteral("，") : QStringLiteral(", "));
}

} // namespace moodloom::prompt
