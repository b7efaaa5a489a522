#include "core/prompt/Lexicon.h"

#include "core/prompt/Segmenter.h"

#include <algorithm>

namespace moodloom::prompt {
namespace {

// Keywords longer than these are sentences, not names.
constexpr qsizetype longestUsefulHan = 24;
constexpr int longestUsefulPhrase = 6;

} // namespace

QString foldWords(QStringView text)
{
    QString folded = text.toString();
    if (std::any_of(folded.cbegin(), folded.cend(), [](QChar c) { return c.unicode() > 127; }))
        folded = folded.normalized(QString::NormalizationForm_KC);
    folded = folded.toCaseFolded();
    for (QChar &c : folded)
        if (c == u'-' || c == u'_' || c == u'\u2010' || c == u'\u2011')
            c = u' ';
        else if (c == u'\u2019')
            c = u'\'';
    return folded.simplified();
}

void Lexicon::add(const QString &keyword, int pictures)
{
    const QString folded = foldWords(keyword);
    if (folded.isEmpty() || pictures <= 0)
        return;
    if (startsWithHan(folded)) {
        if (folded.size() > longestUsefulHan)
            return;
        m_longestHan = std::max(m_longestHan, folded.size());
    } else {
        const int words = int(folded.count(u' ')) + 1;
        if (words > longestUsefulPhrase)
            return;
        m_longestPhrase = std::max(m_longestPhrase, words);
    }
    m_pictures[folded] += pictures;
}

qsizetype Lexicon::longestHan(QStringView text) const
{
    for (qsizetype length = std::min(m_longestHan, text.size()); length >= 2; --length)
        if (m_pictures.contains(text.left(length).toString()))
            return length;
    return 0;
}

QStringList Lexicon::keywordsIn(const QString &text) const
{
    QStringList found;
    const auto note = [&](const QString &keyword) {
        if (!found.contains(keyword))
            found.append(keyword);
    };
    const QVector<Word> words = splitWords(text);
    for (qsizetype i = 0; i < words.size();) {
        if (words[i].han) {
            const QStringView run = QStringView(text).mid(words[i].start, words[i].length);
            for (qsizetype at = 0; at < run.size();) {
                if (const qsizetype length = longestHan(run.mid(at))) {
                    note(run.mid(at, length).toString());
                    at += length;
                } else {
                    at += run[at].isHighSurrogate() && at + 1 < run.size() ? 2 : 1;
                }
            }
            // A keyword of one character counts where nothing stands beside it.
            if (m_pictures.contains(words[i].folded))
                note(words[i].folded);
            ++i;
            continue;
        }
        qsizetype taken = 1;
        for (qsizetype count = std::min<qsizetype>(m_longestPhrase, words.size() - i); count >= 1;
             --count) {
            const QString phrase = joinPhrase(words, i, count);
            if (!phrase.isEmpty() && m_pictures.contains(phrase)) {
                note(phrase);
                taken = count;
                break;
            }
        }
        i += taken;
    }
    return found;
}

} // namespace moodloom::prompt
