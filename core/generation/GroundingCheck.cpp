#include "core/generation/GroundingCheck.h"

#include <QJsonArray>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

namespace moodloom::generation {
namespace {

// What pictures of one thing score among each other, as a share of the way from the background to
// being the same picture: 0.6 to 0.8 in the picture world. Stands beside what the examples
// themselves say, which are few.
constexpr double usualShare = 0.75;
// Deviations of the background by which words of a picture that shows them stand out, where there
// is none to ask.
constexpr double usualWords = 3;
// Pictures know designs that words only hint at.
constexpr double wordsBesidePictures = 0.25;
// Deviations: what tells less apart is not used, and with less altogether nothing is said.
constexpr double leastSeparation = 1, leastTogether = 2;
// From here on the words of a setting or a style can be told to be missing.
constexpr double sureSeparation = 5; // deviations
// A spread below that is an accident of few pictures.
constexpr double leastSpread = 0.02;
const QRectF everywhere(0, 0, 1, 1);
// One likeness cannot outvote the other by being extreme.
constexpr double lowestPlace = -0.5, highestPlace = 1.5;

bool isSound(const image::Embedding &embedding, size_t length)
{
    return embedding.size() == length && length > 0 &&
           std::all_of(embedding.begin(), embedding.end(),
                       [](float v) { return std::isfinite(v); });
}

double cosine(const image::Embedding &a, const image::Embedding &b)
{
    return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

struct Best
{
    double value = qQNaN();
    QRectF where;
    void offer(double other, const QRectF &place)
    {
        if (std::isnan(value) || other > value) {
            value = other;
            where = place;
        }
    }
};

bool among(const std::vector<QRectF> &places, const QRectF &place)
{
    return places.empty() || std::find(places.begin(), places.end(), place) != places.end();
}

// The places that a question looks at in a take.
std::vector<QRectF> placesOf(const Question &question)
{
    if (!question.region.isEmpty())
        return {question.region};
    if (question.fillsPicture)
        return {everywhere};
    return {};
}

Best likest(const image::Embedding &asked, const Crops &picture, const std::vector<QRectF> &places)
{
    Best best;
    for (size_t i = 0; i < picture.embeddings.size() && i < picture.places.size(); ++i)
        if (among(places, picture.places[i]) && isSound(picture.embeddings[i], asked.size()))
            best.offer(cosine(asked, picture.embeddings[i]), picture.places[i]);
    return best;
}

// In other pictures than the take a thing may be anywhere, though a region was asked for here.
Best likestElsewhere(const image::Embedding &asked, const Crops &picture, bool whole)
{
    return likest(asked, picture, whole ? std::vector{everywhere} : std::vector<QRectF>());
}

Best likestOf(const std::vector<const Example *> &examples, const Crops &picture, bool whole,
              const Example *without = nullptr)
{
    Best best;
    for (const Example *example : examples) {
        if (example == without)
            continue;
        const Best one = likestElsewhere(example->embedding, picture, whole);
        if (!std::isnan(one.value))
            best.offer(one.value, one.where);
    }
    return best;
}

void describe(ShownLikeness &likeness, const std::vector<double> &background)
{
    const double count = double(background.size());
    likeness.background = std::accumulate(background.begin(), background.end(), 0.0) / count;
    double squares = 0;
    for (const double value : background)
        squares += (value - likeness.background) * (value - likeness.background);
    likeness.spread = std::max(leastSpread, std::sqrt(squares / count));
}

std::vector<const Crops *> unrelated(const Question &question, const std::vector<Crops> &background)
{
    std::vector<const Crops *> pictures;
    for (size_t i = 0; i < background.size(); ++i)
        if (std::find(question.related.begin(), question.related.end(), i) ==
            question.related.end())
            pictures.push_back(&background[i]);
    return pictures;
}

// Nothing, where the background says too little.
std::optional<std::vector<double>> valuesOf(const std::vector<const Crops *> &pictures,
                                            const auto &likeness)
{
    std::vector<double> values;
    for (const Crops *picture : pictures)
        if (const double value = likeness(*picture); !std::isnan(value))
            values.push_back(value);
    if (values.size() < fewestBackground)
        return {};
    return values;
}

ShownLikeness byWords(const Question &question, const Crops &take,
                      const std::vector<const Crops *> &background, QRectF *where)
{
    const bool whole = question.fillsPicture;
    const auto values = valuesOf(background, [&](const Crops &picture) {
        return likestElsewhere(question.words, picture, whole).value;
    });
    const Best best = likest(question.words, take, placesOf(question));
    ShownLikeness likeness;
    if (!values || std::isnan(best.value))
        return likeness;
    likeness.value = best.value;
    *where = best.where;
    describe(likeness, *values);
    double sum = 0;
    int count = 0;
    for (const Example &example : question.examples) {
        const double value = likestElsewhere(question.words, example.picture, whole).value;
        if (!std::isnan(value)) {
            sum += value;
            ++count;
        }
    }
    likeness.shown = count > 0 ? sum / count : likeness.background + usualWords * likeness.spread;
    return likeness;
}

ShownLikeness byPictures(const Question &question, const Crops &take,
                         const std::vector<const Crops *> &background, QRectF *where)
{
    ShownLikeness likeness;
    std::vector<const Example *> examples;
    const size_t length = take.embeddings.front().size();
    for (const Example &example : question.examples)
        if (isSound(example.embedding, length))
            examples.push_back(&example);
    // What a setting or a style shares with a picture of it is not its things: an encoder sees
    // little else.
    if (examples.empty() || question.fillsPicture)
        return likeness;
    const auto values = valuesOf(
        background, [&](const Crops &picture) { return likestOf(examples, picture, false).value; });
    Best best;
    for (const Example *example : examples) {
        std::vector<QRectF> places = placesOf(question);
        if (!example->places.empty())
            places = example->places;
        const Best one = likest(example->embedding, take, places);
        if (!std::isnan(one.value))
            best.offer(one.value, one.where);
    }
    if (!values || std::isnan(best.value))
        return likeness;
    likeness.value = best.value;
    *where = best.where;
    describe(likeness, *values);
    const double usual = likeness.background + usualShare * (1 - likeness.background);
    // What each says of the others.
    double sum = 0;
    int count = 0;
    for (const Example *example : examples) {
        const double value = likestOf(examples, example->picture, false, example).value;
        if (!std::isnan(value)) {
            sum += std::max(value, likeness.background);
            ++count;
        }
    }
    likeness.shown = count > 0 ? (usual + sum / count) / 2 : usual;
    return likeness;
}

QJsonValue number(double value)
{
    return std::isfinite(value) ? QJsonValue(value) : QJsonValue();
}

double numberFrom(const QJsonValue &value)
{
    return value.toDouble(qQNaN());
}

QJsonObject toJson(const ShownLikeness &likeness)
{
    return {{QStringLiteral("value"), number(likeness.value)},
            {QStringLiteral("background"), number(likeness.background)},
            {QStringLiteral("spread"), number(likeness.spread)},
            {QStringLiteral("shown"), number(likeness.shown)}};
}

ShownLikeness likenessFrom(const QJsonObject &json)
{
    return {numberFrom(json[QStringLiteral("value")]),
            numberFrom(json[QStringLiteral("background")]),
            numberFrom(json[QStringLiteral("spread")]), numberFrom(json[QStringLiteral("shown")])};
}

QJsonArray toJson(const QRectF &rect)
{
    return {rect.x(), rect.y(), rect.width(), rect.height()};
}

QRectF rectFrom(const QJsonValue &value)
{
    const QJsonArray array = value.toArray();
    return array.size() == 4 ? QRectF(array[0].toDouble(), array[1].toDouble(), array[2].toDouble(),
                                      array[3].toDouble())
                             : QRectF();
}

constexpr Shown everyShown[] = {Shown::Found, Shown::Weak, Shown::Missing, Shown::Unchecked};
constexpr WhyUnchecked everyWhy[] = {WhyUnchecked::None, WhyUnchecked::NoEncoder,
                                     WhyUnchecked::FewPictures, WhyUnchecked::Indistinct};

QString whyName(WhyUnchecked why)
{
    switch (why) {
    case WhyUnchecked::None:
        return {};
    case WhyUnchecked::NoEncoder:
        return QStringLiteral("no-encoder");
    case WhyUnchecked::FewPictures:
        return QStringLiteral("few-pictures");
    case WhyUnchecked::Indistinct:
        return QStringLiteral("indistinct");
    }
    return {};
}

bool same(double a, double b)
{
    return a == b || (std::isnan(a) && std::isnan(b));
}

bool same(const ShownLikeness &a, const ShownLikeness &b)
{
    return same(a.value, b.value) && same(a.background, b.background) && same(a.spread, b.spread) &&
           same(a.shown, b.shown);
}

} // namespace

double ShownLikeness::separation() const
{
    const double apart = (shown - background) / spread;
    return std::isfinite(apart) && apart > 0 ? apart : 0;
}

double ShownLikeness::place() const
{
    return separation() > 0 ? (value - background) / (shown - background) : qQNaN();
}

bool FacetCheck::operator==(const FacetCheck &other) const
{
    return text == other.text && note == other.note && region == other.region &&
           shown == other.shown && why == other.why && same(score, other.score) &&
           same(words, other.words) && same(pictures, other.pictures) && where == other.where;
}

QStringList GroundingCheck::of(Shown shown) const
{
    QStringList texts;
    for (const FacetCheck &facet : facets)
        if (facet.shown == shown)
            texts.append(facet.text);
    return texts;
}

QVector<FacetCheck> lackingOf(const GroundingCheck &check)
{
    for (const Shown shown : {Shown::Missing, Shown::Weak}) {
        QVector<FacetCheck> lacking;
        for (const FacetCheck &facet : check.facets)
            if (facet.shown == shown)
                lacking.append(facet);
        if (!lacking.isEmpty())
            return lacking;
    }
    return {};
}

QString shownName(Shown shown)
{
    switch (shown) {
    case Shown::Found:
        return QStringLiteral("found");
    case Shown::Weak:
        return QStringLiteral("weak");
    case Shown::Missing:
        return QStringLiteral("missing");
    case Shown::Unchecked:
        return QStringLiteral("unchecked");
    }
    return {};
}

QJsonObject toJson(const GroundingCheck &check)
{
    QJsonArray facets;
    for (const FacetCheck &facet : check.facets) {
        QJsonObject json{{QStringLiteral("text"), facet.text},
                         {QStringLiteral("shown"), shownName(facet.shown)}};
        if (facet.note)
            json.insert(QStringLiteral("note"), true);
        if (!facet.region.isEmpty())
            json.insert(QStringLiteral("region"), toJson(facet.region));
        if (facet.why != WhyUnchecked::None)
            json.insert(QStringLiteral("why"), whyName(facet.why));
        if (std::isfinite(facet.score))
            json.insert(QStringLiteral("score"), facet.score);
        if (std::isfinite(facet.words.value))
            json.insert(QStringLiteral("words"), toJson(facet.words));
        if (std::isfinite(facet.pictures.value))
            json.insert(QStringLiteral("pictures"), toJson(facet.pictures));
        if (!facet.where.isEmpty())
            json.insert(QStringLiteral("where"), toJson(facet.where));
        facets.append(json);
    }
    return {{QStringLiteral("encoder"), check.encoder}, {QStringLiteral("facets"), facets}};
}

GroundingCheck groundingFromJson(const QJsonObject &json)
{
    GroundingCheck check{json[QStringLiteral("encoder")].toString(), {}};
    for (const QJsonValue &value : json[QStringLiteral("facets")].toArray()) {
        const QJsonObject object = value.toObject();
        FacetCheck facet;
        facet.text = object[QStringLiteral("text")].toString();
        if (facet.text.isEmpty())
            continue;
        const QString shown = object[QStringLiteral("shown")].toString();
        for (const Shown one : everyShown)
            if (shownName(one) == shown)
                facet.shown = one;
        const QString why = object[QStringLiteral("why")].toString();
        for (const WhyUnchecked one : everyWhy)
            if (whyName(one) == why)
                facet.why = one;
        facet.note = object[QStringLiteral("note")].toBool();
        facet.region = rectFrom(object[QStringLiteral("region")]);
        facet.score = numberFrom(object[QStringLiteral("score")]);
        facet.words = likenessFrom(object[QStringLiteral("words")].toObject());
        facet.pictures = likenessFrom(object[QStringLiteral("pictures")].toObject());
        facet.where = rectFrom(object[QStringLiteral("where")]);
        check.facets.append(facet);
    }
    return check;
}

FacetCheck checkFacet(const Question &question, const Crops &take,
                      const std::vector<Crops> &background)
{
    FacetCheck check{question.text, question.note, question.region};
    const auto unchecked = [&check](WhyUnchecked why) {
        check.why = why;
        return check;
    };
    if (take.embeddings.empty() ||
        !isSound(take.embeddings.front(), take.embeddings.front().size()))
        return unchecked(WhyUnchecked::NoEncoder);
    const std::vector<const Crops *> others = unrelated(question, background);
    if (others.size() < fewestBackground)
        return unchecked(WhyUnchecked::FewPictures);
    QRectF whereWords, wherePictures;
    if (isSound(question.words, take.embeddings.front().size()))
        check.words = byWords(question, take, others, &whereWords);
    check.pictures = byPictures(question, take, others, &wherePictures);

    // Two Gaussian likenesses of equal spread: the evidence of each grows with the square of what
    // lies between the two kinds of pictures (linear discriminant analysis; Fisher, 1936).
    double sum = 0, weights = 0;
    const auto add = [&](const ShownLikeness &likeness, double share) {
        const double apart = likeness.separation();
        if (apart < leastSeparation)
            return false;
        sum += share * apart * apart * std::clamp(likeness.place(), lowestPlace, highestPlace);
        weights += share * apart * apart;
        return true;
    };
    const bool seen = add(check.pictures, 1);
    add(check.words, seen ? wordsBesidePictures : 1);
    if (weights < leastTogether * leastTogether)
        return unchecked(WhyUnchecked::Indistinct);
    check.score = sum / weights;
    check.where = seen ? wherePictures : whereWords;
    if (check.where == everywhere)
        check.where = {};
    // Of a whole picture an encoder sees its things first: a sunset behind a large wall scores like
    // no sunset.
    if (question.fillsPicture && check.score < missingBelow &&
        check.words.separation() < sureSeparation)
        return unchecked(WhyUnchecked::Indistinct);
    check.shown = check.score >= foundFrom     ? Shown::Found
                  : check.score < missingBelow ? Shown::Missing
                                               : Shown::Weak;
    return check;
}

} // namespace moodloom::generation
