#include "ui/prompt/PromptModel.h"

#include "core/base/Problems.h"
#include "core/base/Text.h"
#include "core/board/Board.h"
#include "core/prompt/ChipEdit.h"
#include "core/prompt/Describe.h"
#include "core/prompt/FacetParser.h"
#include "core/session/LibraryService.h"
#include "core/session/Painter.h"
#include "core/session/ReferenceFinder.h"
#include "core/session/Session.h"

#include <QCoroFuture>
#include <QPointer>
#include <QSet>
#include <QTextCursor>
#include <QTextDocument>

#include <algorithm>

namespace moodloom::ui {

using session::Painter;
using session::ReferenceFinder;

PromptModel::PromptModel(session::Session *session, QObject *parent)
    : QObject(parent), m_session(session), m_facets(session->finder())
{
    connect(session->finder(), &ReferenceFinder::promptChanged, this, &PromptModel::textChanged);
    connect(session->finder(), &ReferenceFinder::busyChanged, this, &PromptModel::busyChanged);
    connect(session->painter(), &Painter::queueChanged, this, &PromptModel::busyChanged);
}

QString PromptModel::text() const
{
    return m_session->finder()->prompt();
}

void PromptModel::setText(const QString &text)
{
    if (text != this->text())
        m_session->finder()->setPrompt(text);
}

bool PromptModel::isFinding() const
{
    return m_session->finder()->isBusy();
}

bool PromptModel::isPainting() const
{
    return m_session->painter()->isBusy();
}

bool PromptModel::isEmpty() const
{
    return text().trimmed().isEmpty();
}

void PromptModel::find()
{
    if (isEmpty())
        return;
    m_history.add(text());
    m_session->find();
}

void PromptModel::paint()
{
    if (isEmpty())
        return;
    m_history.add(text());
    m_session->paint();
}

void PromptModel::stop()
{
    m_session->painter()->cancelAll();
}

void PromptModel::setExcluded(int facet, bool excluded)
{
    m_session->finder()->setFacetExcluded(facet, excluded);
}

void PromptModel::bindAsset(qint64 asset, int facet)
{
    m_session->finder()->pinOwn(asset, facet);
}

void PromptModel::bind(const DropContent &content, int facet)
{
    if (content.assetId != 0)
        bindAsset(content.assetId, facet);
    else if (content.hasPicture())
        adopt(content, facet);
    else
        writeAfter(facet, content.text);
}

QCoro::Task<void> PromptModel::adopt(DropContent content, int facet)
{
    QVector<session::OwnPicture> pictures;
    for (const QString &file : content.files)
        pictures.append({file, {}, {}});
    if (pictures.isEmpty())
        pictures.append({{}, content.encoded, content.image});
    const QPointer<PromptModel> self(this);
    const session::Adopted adopted = co_await m_session->library()->adopt(pictures);
    if (!self)
        co_return;
    for (const Error &error : adopted.errors)
        m_session->finder()->problems()->add(error);
    for (const library::AssetId asset : adopted.ids)
        bindAsset(asset, facet);
}

void PromptModel::writeAfter(int facet, const QString &words)
{
    const QVector<prompt::Facet> &facets = m_session->finder()->facets();
    if (facet < 0 || facet >= facets.size())
        return;
    const QString added = words.simplified();
    const bool han = !added.isEmpty() && isHan(added.front().unicode());
    QString prompt = text();
    prompt.insert(facets[facet].start + facets[facet].length,
                  han ? added : QLatin1Char(' ') + added);
    setText(prompt);
}

void PromptModel::bindPicture(const QString &hash, const QString &path, int facet)
{
    const board::Item *item = m_session->board()->item(m_session->board()->pictureOf(hash));
    if (item && item->picture()->assetId != 0)
        bindAsset(item->picture()->assetId, facet);
    else
        adoptFile(hash, path, facet);
}

QCoro::Task<void> PromptModel::adoptFile(QString hash, QString path, int facet)
{
    const QPointer<PromptModel> self(this);
    const std::shared_ptr<board::BoardStore> store = m_session->board()->store();
    QFuture<Result<QString>> reading = store->file(hash, path);
    const Result<QString> file = co_await reading;
    if (!self)
        co_return;
    if (!file) {
        m_session->finder()->problems()->add(file.error());
        co_return;
    }
    DropContent content;
    content.files.append(*file);
    adopt(content, facet);
}

void PromptModel::unbind(qint64 asset)
{
    m_session->unbind(asset);
}

// -- Chips

bool PromptModel::edit(const std::optional<prompt::ChipEdit> &edited, const board::StepName &name)
{
    if (!edited)
        return false;
    m_session->editPrompt(edited->text, edited->facets, name);
    return true;
}

bool PromptModel::moveChip(int from, int to)
{
    const ReferenceFinder &finder = *m_session->finder();
    return edit(prompt::facetMoved(finder.parsed(), from, to, finder.lexicon()),
                QT_TRANSLATE_NOOP("moodloom::board::Board", "Move chip"));
}

std::optional<prompt::ChipEdit> PromptModel::merged(int one, int other) const
{
    const ReferenceFinder &finder = *m_session->finder();
    const int first = std::min(one, other), second = std::max(one, other);
    if (first < 0 || first == second)
        return std::nullopt;
    if (second == first + 1)
        return prompt::facetsMerged(finder.parsed(), first, finder.lexicon());
    // Side by side first.
    const auto moved = prompt::facetMoved(finder.parsed(), second, first + 1, finder.lexicon());
    if (!moved || moved->facets[first] < 0 || moved->facets[second] != moved->facets[first] + 1)
        return std::nullopt;
    const prompt::Prompt between = prompt::parsePrompt(moved->text, finder.lexicon());
    auto result = prompt::facetsMerged(between, moved->facets[first], finder.lexicon());
    if (!result)
        return std::nullopt;
    QVector<int> facets;
    for (const int facet : moved->facets)
        facets.append(facet < 0 ? -1 : result->facets[facet]);
    result->facets = facets;
    return result;
}

bool PromptModel::canMerge(int one, int other) const
{
    return merged(one, other).has_value();
}

bool PromptModel::mergeChips(int one, int other)
{
    return edit(merged(one, other), QT_TRANSLATE_NOOP("moodloom::board::Board", "Merge chips"));
}

QVariantList PromptModel::splitPlaces(int facet) const
{
    const ReferenceFinder &finder = *m_session->finder();
    QVariantList places;
    for (const int place : prompt::splitPlaces(finder.parsed(), facet, finder.lexicon())) {
        const QString text = finder.facets()[facet].text;
        places.append(QVariantMap{{QStringLiteral("place"), place},
                                  {QStringLiteral("left"), text.left(place).trimmed()},
                                  {QStringLiteral("right"), text.mid(place).trimmed()}});
    }
    return places;
}

bool PromptModel::splitChip(int facet, int place)
{
    const ReferenceFinder &finder = *m_session->finder();
    return edit(prompt::facetSplit(finder.parsed(), facet, place, finder.lexicon()),
                QT_TRANSLATE_NOOP("moodloom::board::Board", "Split chip"));
}

bool PromptModel::weighChip(int facet, int steps)
{
    const ReferenceFinder &finder = *m_session->finder();
    return edit(prompt::facetWeighed(finder.parsed(), facet, steps * 0.1, finder.lexicon()),
                QT_TRANSLATE_NOOP("moodloom::board::Board", "Weigh words"));
}

QVariant PromptModel::weighed(const QString &text, int start, int length, int steps)
{
    const auto words = prompt::wordsWeighed(text, start, length, steps * 0.1);
    if (!words)
        return {};
    return QVariantMap{{QStringLiteral("text"), words->text},
                       {QStringLiteral("start"), words->start},
                       {QStringLiteral("length"), words->length}};
}

void PromptModel::undo()
{
    m_session->board()->undo();
}

void PromptModel::redo()
{
    m_session->board()->redo();
}

// -- What is here

QString PromptModel::described(const QStringList &items) const
{
    const board::Board &board = *m_session->board();
    QStringList captions;
    QSet<QString> told;
    const auto tell = [&](const board::Item *item) {
        const board::Picture *picture = item ? item->picture() : nullptr;
        if (!picture || !item->isVisible() || picture->caption.isEmpty() ||
            told.contains(picture->hash))
            return;
        told.insert(picture->hash);
        captions.append(picture->caption);
    };
    for (const QString &id : items)
        tell(board.item(QUuid(id)));
    if (captions.isEmpty()) {
        for (const retrieval::Reference &reference : m_session->finder()->references())
            if (reference.state == ReferenceState::Pinned &&
                !reference.asset.description.isEmpty()) {
                told.insert(reference.asset.hash);
                captions.append(reference.asset.description);
            }
        for (const board::ItemId &id : board.items())
            if (const board::Picture *picture = board.item(id)->picture();
                picture && picture->state == ReferenceState::Pinned)
                tell(board.item(id));
    }
    if (captions.isEmpty())
        for (const board::ItemId &id : board.items())
            tell(board.item(id));
    const QString written = text();
    const bool hanWritten = std::any_of(written.begin(), written.end(),
                                        [](QChar c) { return isHan(c.unicode()); });
    //: Any word of the language: what is described is then told in Chinese or in English
    const bool hanSpoken = isHan(tr("picture").front().unicode());
    const bool chinese = written.trimmed().isEmpty() ? hanSpoken : hanWritten;
    return prompt::described(captions, chinese, m_session->finder()->lexicon());
}

void PromptModel::overwrite(QQuickTextDocument *document, const QString &text)
{
    QTextCursor cursor(document->textDocument());
    cursor.select(QTextCursor::Document);
    cursor.insertText(text);
}

} // namespace moodloom::ui
