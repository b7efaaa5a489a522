#include "core/retrieval/Focus.h"

#include "core/base/Text.h"
#include "core/prompt/Lexicon.h"
#include "core/retrieval/Crops.h"
#include "core/retrieval/Look.h"

#include <QRegularExpression>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace moodloom::retrieval {
namespace {

// Sides of the squares, as shares of the picture's.
constexpr double coarse = 0.65, fine = 0.5;
// Of the coarse squares' deviation: so much better than the whole must a part be.
constexpr double margin = 0.5;
// And of the whole's own value, where all parts look alike.
constexpr double leastGain = 0.01;
// What is asked for in general counts less than what the description says of it.
constexpr double facetWeight = 0.5, othersWeight = 0.5;
// From here on a sentence speaks of the thing.
constexpr double nameHit = 0.5;

bool containsHan(const QString &text)
{
    return std::any_of(text.begin(), text.end(), [](QChar c) { return isHan(c.unicode()); });
}

// The characters of a Chinese name mean things of their own, and an encoder that does not know the
// name sees those: 贝赛 is no race (赛). Kept where nothing else would be left.
QString withoutName(const QString &sentence, const QString &name)
{
    QString rest = sentence;
    rest.remove(name);
    while (!rest.isEmpty() && !rest.front().isLetterOrNumber())
        rest.remove(0, 1);
    return name.isEmpty() || rest.size() < 2 ? sentence : rest;
}

struct Texts
{
    image::Embedding facet, own;
    std::vector<image::Embedding> others;

    double score(const image::Embedding &part) const
    {
        double company = 0;
        for (const image::Embedding &other : others)
            company = std::max(company, dot(other, part));
        return facetWeight * dot(facet, part) + dot(own, part) - othersWeight * company;
    }
};

Result<Texts> encode(const FocusWords &words, image::Embedder &embedder)
{
    Texts texts;
    const auto facet = embedder.embedText(words.facet);
    if (!facet)
        return fail(facet.error());
    texts.facet = texts.own = *facet;
    if (!words.own.isEmpty()) {
        const auto own = embedder.embedText(words.own);
        if (!own)
            return fail(own.error());
        texts.own = *own;
    }
    for (const QString &other : words.others) {
        const auto embedding = embedder.embedText(other);
        if (!embedding)
            return fail(embedding.error());
        texts.others.push_back(*embedding);
    }
    return texts;
}

std::vector<QRectF> fineWindows(const QSize &picture, const QPointF &around)
{
    constexpr double step = fine / 4;
    std::vector<QRectF> windows;
    for (const double y : {-step, 0.0, step})
        for (const double x : {-step, 0.0, step})
            addOnce(windows, cropAround(picture, fine, around + QPointF(x, y)));
    return windows;
}

Result<std::vector<double>> scores(const QImage &picture, const std::vector<QRectF> &parts,
                                   const Texts &texts, image::Embedder &embedder,
                                   std::stop_token stop)
{
    std::vector<QImage> images;
    for (const QRectF &part : parts)
        images.push_back(cut(picture, part));
    const auto embeddings = embedder.embedImages(images, stop);
    if (!embeddings)
        return fail(embeddings.error());
    std::vector<double> values;
    for (const image::Embedding &embedding : *embeddings)
        values.push_back(texts.score(embedding));
    return values;
}

double deviation(std::span<const double> values)
{
    const double mean = std::accumulate(values.begin(), values.end(), 0.0) / double(values.size());
    double squares = 0;
    for (const double value : values)
        squares += (value - mean) * (value - mean);
    return std::sqrt(squares / double(values.size()));
}

} // namespace

FocusWords focusWords(const QString &facet, const QString &description, const NameMatch &name)
{
    static const QRegularExpression sentenceEnd(QStringLiteral("[.!?](\\s+|$)|[。！？；;\\n]+"));
    FocusWords words{facet, {}, {}};
    for (const QString &part : description.split(sentenceEnd, Qt::SkipEmptyParts)) {
        const QString sentence = part.trimmed();
        if (sentence.isEmpty())
            continue;
        const double match = name.inText(prompt::foldWords(sentence));
        if (match < nameHit) {
            if (match <= 0) // "a round fish by day" may well be the fish that has the name
                words.others.append(sentence);
        } else if (words.own.isEmpty() || sentence.size() <= words.own.size())
            words.own = sentence; // of equals the later: what follows explains
    }
    // A description that never speaks of the thing says nothing of its company either; and one that
    // says everything in two languages speaks of the thing in the other one, too.
    const bool han = containsHan(words.own);
    words.others.removeIf(
        [&](const QString &other) { return words.own.isEmpty() || containsHan(other) != han; });
    if (han)
        words.own = withoutName(words.own, name.rarest());
    return words;
}

Result<QRectF> focusOn(const QImage &picture, const FocusWords &words, image::Embedder &embedder,
                       std::stop_token stop)
{
    if (picture.isNull())
        return fail(ErrorCode::Invalid, "picture", "is empty");
    const auto texts = encode(words, embedder);
    if (!texts)
        return fail(texts.error());
    std::vector<QRectF> windows = overlappingCrops(picture.size(), coarse);
    windows.push_back(QRectF(0, 0, 1, 1));
    auto values = scores(picture, windows, *texts, embedder, stop);
    if (!values)
        return fail(values.error());
    const double whole = values->back();
    values->pop_back();
    windows.pop_back();
    const double spread = deviation(*values);
    const auto best = std::max_element(values->begin(), values->end());
    QRectF part = windows[size_t(best - values->begin())];
    double value = *best;

    windows = fineWindows(picture.size(), part.center());
    const auto closer = scores(picture, windows, *texts, embedder, stop);
    if (!closer)
        return fail(closer.error());
    if (const auto nearest = std::max_element(closer->begin(), closer->end()); *nearest > value) {
        value = *nearest;
        part = windows[size_t(nearest - closer->begin())];
    }
    const double needed = std::max(margin * spread, leastGain * std::abs(whole));
    return value > whole + needed ? part : QRectF();
}

} // namespace moodloom::retrieval
