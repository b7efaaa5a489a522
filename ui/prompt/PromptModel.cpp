#include "ui/prompt/PromptModel.h"

#include "core/session/Painter.h"
#include "core/session/ReferenceFinder.h"
#include "core/session/Session.h"

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

} // namespace moodloom::ui
