#include "core/generation/TakeChecker.h"

#include "core/generation/Pictures.h"
#include "core/prompt/FacetParser.h"
#include "core/retrieval/Crops.h"
#include "core/retrieval/NameMatch.h"

#include <algorithm>
#include <cmath>

namespace moodloom::generation {
namespace {

// Side of the crops, as a share of the picture's: the corners and the middle, beside the whole.
constexpr double cropShare = 0.65;
// Pictures that stand for all others: more told no more (core/grounding/README.md).
constexpr int backgroundPictures = 24;
constexpr qsizetype mostExamples = 4;
// Of the name (retrieval::NameMatch): so much makes a picture an example, so much makes it related.
constexpr double carriesName = 0.75, isRelated = 0.5;
// Pixels: encoders see less.
constexpr int lookedAt = 256;

std::vector<QRectF> placesIn(const QSize &picture)
{
    std::vector<QRectF> places{QRectF(0, 0, 1, 1)};
    for (const QPointF &centre :
         {QPointF(0, 0), QPointF(1, 0), QPointF(0.5, 0.5), QPointF(0, 1), QPointF(1, 1)})
        retrieval::addOnce(places, retrieval::cropAround(picture, cropShare, centre));
    return places;
}

QRectF boundsOf(const QVector<QPointF> &shape)
{
    double left = 1, top = 1, right = 0, bottom = 0;
    for (const QPointF &corner : shape) {
        left = std::min(left, corner.x());
        top = std::min(top, corner.y());
        right = std::max(right, corner.x());
        bottom = std::max(bottom, corner.y());
    }
    return QRectF(QPointF(left, top), QPointF(right, bottom)).intersected(QRectF(0, 0, 1, 1));
}

double carried(const retrieval::NameMatch &name, const library::Asset &asset)
{
    QStringList keywords;
    for (const QString &keyword : asset.keywords)
        keywords.append(prompt::foldWords(keyword));
    return name.of(keywords, prompt::foldWords(asset.description));
}

bool sameWords(const QString &a, const QString &b)
{
    return a.simplified().toCaseFolded() == b.simplified().toCaseFolded();
}

// What was cancelled ends the check; what cannot be read is left out.
bool ends(const Error &error)
{
    return error.code == ErrorCode::Cancelled || error.code == ErrorCode::OutOfMemory;
}

} // namespace

struct TakeChecker::Asked
{
    prompt::Prompt prompt; // of which it is one facet
    int index = -1;        // of the facet; -1 = all of the prompt
    prompt::Facet facet;
    bool note = false;
    QRectF region;
};

TakeChecker::TakeChecker(library::Library &library, retrieval::Retriever &retriever,
                         image::Embedder *embedder)
    : m_library(library), m_retriever(retriever), m_embedder(embedder)
{
}

Result<Crops> TakeChecker::cropsOf(const QImage &picture, const std::vector<QRectF> &more,
                                   std::stop_token stop)
{
    Crops crops{placesIn(picture.size()), {}};
    for (const QRectF &place : more)
        retrieval::addOnce(crops.places, place);
    std::vector<QImage> images;
    for (const QRectF &place : crops.places)
        images.push_back(retrieval::cut(picture, place));
    auto embeddings = m_embedder->embedImages(images, stop);
    if (!embeddings)
        return fail(embeddings.error());
    crops.embeddings = std::move(*embeddings);
    return crops;
}

// Spread over the library, so that the same pictures stand for it until it changes much.
Result<void> TakeChecker::lookAtBackground(std::stop_token stop)
{
    const auto ids = m_library.ids({.presence = library::AssetPresence::Present});
    if (!ids)
        return fail(ids.error());
    const qsizetype count = ids->size();
    if (m_background && std::abs(count - m_backgroundOf) <= m_backgroundOf / 10)
        return {};
    Background background;
    const qsizetype wanted = std::min<qsizetype>(count, backgroundPictures);
    for (qsizetype i = 0; i < wanted; ++i) {
        const auto asset = m_library.asset((*ids)[i * count / wanted]);
        if (!asset)
            continue; // it is gone since
        const auto picture = readPicture({asset->path, {}}, lookedAt);
        if (!picture)
            continue;
        auto crops = cropsOf(*picture, {}, stop);
        if (!crops)
            return fail(crops.error());
        background.assets.append(*asset);
        background.pictures.push_back(std::move(*crops));
    }
    m_background = std::move(background);
    m_backgroundOf = count;
    return {};
}

Result<Example> TakeChecker::exampleOf(const RecipeReference &reference, std::stop_token stop)
{
    const QRectF &part = reference.part;
    const QString key = QStringLiteral("%1 %2 %3 %4 %5 %6")
                            .arg(reference.hash.isEmpty() ? reference.path : reference.hash)
                            .arg(part.x())
                            .arg(part.y())
                            .arg(part.width())
                            .arg(part.height())
                            .arg(m_embedder->id());
    if (const Example *known = m_examples.object(key))
        return *known;
    const auto whole = readPicture({reference.path, reference.hash}, lookedAt);
    if (!whole)
        return fail(whole.error());
    auto crops = cropsOf(*whole, part.isEmpty() ? std::vector<QRectF>() : std::vector{part}, stop);
    if (!crops)
        return fail(crops.error());
    // The part is the last of the crops.
    Example example{part.isEmpty() ? crops->embeddings.front() : crops->embeddings.back(), *crops};
    m_examples.insert(key, new Example(example));
    return example;
}

Result<std::vector<TakeChecker::Asked>> TakeChecker::askedOf(const Recipe &recipe,
                                                             std::stop_token stop)
{
    if (auto fresh = m_retriever.refresh(stop); !fresh)
        return fail(fresh.error());
    std::vector<Asked> asked;
    const auto add = [&](const QString &text, bool note, const QRectF &region) {
        const prompt::Prompt prompt = prompt::parsePrompt(text, m_retriever.lexicon());
        for (qsizetype i = 0; i < prompt.facets.size(); ++i)
            if (!prompt.facets[i].excluded)
                asked.push_back({prompt, int(i), prompt.facets[i], note, region});
        if (prompt.facets.isEmpty() && !prompt.clean.simplified().isEmpty()) {
            prompt::Facet all;
            all.text = prompt.clean.simplified();
            asked.push_back({prompt, -1, all, note, region});
        }
    };
    add(recipe.prompt, false, {});
    for (const RecipeText &text : recipe.texts)
        if (text.weight > 0)
            if (const QRectF region = boundsOf(text.shape); !region.isEmpty())
                add(text.text, true, region);
    return asked;
}

Result<std::vector<Example>> TakeChecker::examplesOf(const Asked &asked, const Recipe &recipe,
                                                     const QHash<QString, QString> &served,
                                                     std::stop_token stop)
{
    const auto pictures = m_library.count();
    if (!pictures)
        return fail(pictures.error());
    const retrieval::NameMatch name(asked.facet.text, m_retriever.lexicon(), *pictures);
    std::vector<Example> examples;
    QStringList hashes;
    const auto add = [&](const RecipeReference &reference) -> Result<void> {
        if (qsizetype(examples.size()) >= mostExamples || hashes.contains(reference.hash))
            return {};
        auto example = exampleOf(reference, stop);
        if (!example)
            return ends(example.error()) ? fail(example.error()) : Result<void>();
        if (!reference.region.isEmpty())
            example->places = {reference.region};
        if (!reference.hash.isEmpty())
            hashes.append(reference.hash);
        examples.push_back(std::move(*example));
        return {};
    };
    for (const RecipeReference &reference : recipe.references) {
        if (reference.weight <= 0 || reference.role != ReferenceRole::Content || asked.note)
            continue;
        bool counts = sameWords(served.value(reference.hash), asked.facet.text);
        if (!counts && !reference.hash.isEmpty())
            if (const auto asset = m_library.assetByHash(reference.hash))
                counts = carried(name, *asset) >= carriesName;
        if (!counts)
            continue;
        if (auto added = add(reference); !added)
            return fail(added.error());
    }
    retrieval::Query query;
    query.prompt = asked.prompt;
    for (qsizetype i = 0; i < query.prompt.facets.size(); ++i)
        query.prompt.facets[i].excluded = i != asked.index;
    const auto found = m_retriever.retrieve(query, stop);
    if (!found)
        return fail(found.error());
    for (const retrieval::Reference &reference : found->references) {
        if (reference.facet != asked.index || qsizetype(examples.size()) >= mostExamples ||
            carried(name, reference.asset) < carriesName)
            continue;
        const auto part = m_retriever.focus(reference, query.prompt, stop);
        if (!part && ends(part.error()))
            return fail(part.error());
        RecipeReference example;
        example.path = reference.asset.path;
        example.hash = reference.asset.hash;
        example.part = part.value_or(QRectF());
        if (auto added = add(example); !added)
            return fail(added.error());
    }
    return examples;
}

Result<GroundingCheck> TakeChecker::check(const QImage &take, const Recipe &recipe,
                                          const QHash<QString, QString> &served,
                                          std::stop_token stop)
{
    if (take.isNull())
        return fail(ErrorCode::Invalid, "picture", "is empty");
    const auto asked = askedOf(recipe, stop);
    if (!asked)
        return fail(asked.error());
    GroundingCheck check;
    if (!m_embedder) {
        for (const Asked &one : *asked)
            check.facets.append(
                {one.facet.text, one.note, one.region, Shown::Unchecked, WhyUnchecked::NoEncoder});
        return check;
    }
    check.encoder = m_embedder->id();
    if (auto looked = lookAtBackground(stop); !looked)
        return fail(looked.error());
    std::vector<QRectF> regions;
    for (const Asked &one : *asked)
        if (!one.region.isEmpty())
            retrieval::addOnce(regions, one.region);
    for (const RecipeReference &reference : recipe.references)
        if (!reference.region.isEmpty())
            retrieval::addOnce(regions, reference.region);
    const auto seen = cropsOf(take, regions, stop);
    if (!seen)
        return fail(seen.error());

    const auto pictures = m_library.count();
    if (!pictures)
        return fail(pictures.error());
    for (const Asked &one : *asked) {
        if (stop.stop_requested())
            return cancelled();
        Question question{one.facet.text, one.note, one.region};
        question.fillsPicture = one.facet.kind != prompt::FacetKind::Entity;
        auto words = m_embedder->embedText(one.facet.text);
        if (!words)
            return fail(words.error());
        question.words = std::move(*words);
        auto examples = examplesOf(one, recipe, served, stop);
        if (!examples)
            return fail(examples.error());
        question.examples = std::move(*examples);
        const retrieval::NameMatch name(one.facet.text, m_retriever.lexicon(), *pictures);
        for (qsizetype i = 0; i < m_background->assets.size(); ++i)
            if (carried(name, m_background->assets[i]) >= isRelated)
                question.related.push_back(size_t(i));
        check.facets.append(checkFacet(question, *seen, m_background->pictures));
    }
    return check;
}

} // namespace moodloom::generation
