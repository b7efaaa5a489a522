#include "ui/prompt/PromptModel.h"

#include "core/base/Text.h"
#include "core/session/LibraryService.h"
#include "core/session/Painter.h"
#include "core/session/ReferenceFinder.h"
#include "core/session/Session.h"

#include <QPointer>

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
    if (!isEmpty())
        m_session->find();
}

void PromptModel::paint()
{
    if (!isEmpty())
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
    const QVector<library::AssetId> assets = co_await m_session->library()->adopt(pictures);
    if (!self)
        co_return;
    for (const library::AssetId asset : assets)
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

} // namespace moodloom::ui
