#include "core/library/SearchText.h"

#include "core/base/Text.h"

#include <QFileInfo>
#include <QSet>
#include <QStringList>

#include <unicode/translit.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <memory>
#include <utility>

namespace moodloom::library {
namespace {

// Stands for punctuation in the index, so that no phrase reaches across it. Nobody can look it up:
// only letters and digits of a query survive.
const QString kBreak = QStringLiteral("|");

// A maximal run of Han characters, or of letters and digits of other scripts.
struct Run
{
    QString text;
    bool han = false;
    bool afterPunctuation = false; // more than space lies between it and the run before
};

QString toSimplified(const QString &text)
{
    // ICU's transliterators are not thread-safe; making one takes milliseconds.
    thread_local const std::unique_ptr<icu::Transliterator> transliterator = [] {
        UErrorCode status = U_ZERO_ERROR;
        std::unique_ptr<icu::Transliterator> made(
            icu::Transliterator::createInstance("Traditional-Simplified", UTRANS_FORWARD, status));
        return U_SUCCESS(status) ? std::move(made) : nullptr;
    }();
    const bool hasHan = std::any_of(text.begin(), text.end(),
                                    [](QChar c) { return c.isSurrogate() || isHan(c.unicode()); });
    if (!hasHan || !transliterator)
        return text;
    icu::UnicodeString folded(reinterpret_cast<const char16_t *>(text.utf16()),
                              int32_t(text.size()));
    transliterator->transliterate(folded);
    return QString(reinterpret_cast<const QChar *>(folded.getBuffer()), folded.length());
}

QList<Run> runsOf(const QString &text)
{
    QList<Run> runs;
    bool open = false;
    bool punctuation = false;
    for (const char32_t c : toSimplified(text).toUcs4()) {
        const bool han = isHan(c);
        // Marks belong to the letter before them: decomposed accents do not split words.
        const bool word = han || QChar::isLetterOrNumber(c) || QChar::isMark(c);
        if (word) {
            if (!open || runs.last().han != han)
                runs.append(Run{{}, han, std::exchange(punctuation, false)});
            runs.last().text += QString::fromUcs4(&c, 1);
        } else if (!QChar::isSpace(c)) {
            punctuation = true;
        }
        open = word;
    }
    return runs;
}

QString spaced(const QString &hanRun)
{
    QString text;
    for (const char32_t c : hanRun.toUcs4()) {
        if (!text.isEmpty())
            text += QLatin1Char(' ');
        text += QString::fromUcs4(&c, 1);
    }
    return text;
}

QString quoted(const QString &token)
{
    return QLatin1Char('"') + token + QLatin1Char('"');
}

bool isFunctionWord(const QString &word)
{
    static const QSet<QString> words{
        QStringLiteral("a"),    QStringLiteral("an"),   QStringLiteral("and"),
        QStringLiteral("are"),  QStringLiteral("as"),   QStringLiteral("at"),
        QStringLiteral("by"),   QStringLiteral("for"),  QStringLiteral("from"),
        QStringLiteral("in"),   QStringLiteral("into"), QStringLiteral("is"),
        QStringLiteral("it"),   QStringLiteral("its"),  QStringLiteral("of"),
        QStringLiteral("on"),   QStringLiteral("onto"), QStringLiteral("or"),
        QStringLiteral("over"), QStringLiteral("some"), QStringLiteral("that"),
        QStringLiteral("the"),  QStringLiteral("this"), QStringLiteral("to"),
        QStringLiteral("with"), QStringLiteral("的"),   QStringLiteral("了"),
        QStringLiteral("在"),   QStringLiteral("和"),   QStringLiteral("与"),
        QStringLiteral("一"),   QStringLiteral("一个"), QStringLiteral("一只"),
        QStringLiteral("一辆"), QStringLiteral("一座")};
    return words.contains(word.toLower());
}

// The word without the commonest English endings, so that "boats" finds "boat" and the reverse.
QString trimmedEnding(const QString &word)
{
    if (word.size() >= 7 && word.endsWith(QLatin1String("ing"), Qt::CaseInsensitive))
        return word.chopped(3);
    if (word.size() >= 4 && word.endsWith(QLatin1Char('s'), Qt::CaseInsensitive) &&
        !word.endsWith(QLatin1String("ss"), Qt::CaseInsensitive))
        return word.chopped(1);
    return word;
}

QStringList latinTerms(const QString &word)
{
    const QString stem = trimmedEnding(word);
    if (stem.size() >= 4)
        return {quoted(stem) + QLatin1Char('*')};
    // A short stem as a prefix would find anything: "car" is not "carpet".
    if (stem.size() >= 2 && stem.at(0).isLetter())
        return {quoted(stem), quoted(stem + QLatin1Char('s'))};
    return {quoted(word)};
}

// The whole run first; then its pairs, because a description may say only a part of it.
QStringList hanTerms(const QString &run)
{
    QStringList terms{quoted(spaced(run))};
    const auto characters = run.toUcs4();
    for (qsizetype i = 0; characters.size() > 2 && i + 1 < characters.size(); ++i) {
        const QString pair =
            QString::fromUcs4(reinterpret_cast<const char32_t *>(&characters[i]), 2);
        if (!isFunctionWord(pair))
            terms << quoted(spaced(pair));
    }
    return terms;
}

} // namespace

QString indexText(const QString &text)
{
    QStringList words;
    for (const Run &run : runsOf(text)) {
        if (run.afterPunctuation && !words.isEmpty())
            words << kBreak;
        words << (run.han ? spaced(run.text) : run.text);
    }
    return words.join(QLatin1Char(' '));
}

QString fileNameWords(const QString &path)
{
    QStringList words;
    for (const Run &run : runsOf(QFileInfo(path).completeBaseName())) {
        const bool number =
            std::all_of(run.text.begin(), run.text.end(), [](QChar c) { return c.isDigit(); });
        if (!number)
            words << run.text;
    }
    return words.join(QLatin1Char(' '));
}

QString matchExpression(const QString &text, WordMatch match)
{
    const QList<Run> runs = runsOf(text);
    QStringList terms;
    if (match == WordMatch::All) {
        for (const Run &run : runs)
            terms << (run.han ? quoted(spaced(run.text)) : quoted(run.text) + QLatin1Char('*'));
        return terms.join(QLatin1String(" AND "));
    }
    for (const Run &run : runs)
        if (!isFunctionWord(run.text))
            terms << (run.han ? hanTerms(run.text) : latinTerms(run.text));
    if (terms.isEmpty()) // nothing but function words: then they are what is meant
        for (const Run &run : runs)
            terms << quoted(run.han ? spaced(run.text) : run.text);
    terms.removeDuplicates();
    return terms.join(QLatin1String(" OR "));
}

} // namespace moodloom::library
