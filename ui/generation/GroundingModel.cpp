#include "ui/generation/GroundingModel.h"

#include "core/base/Text.h"
#include "core/session/GroundingDesk.h"
#include "core/session/Session.h"
#include "ui/generation/GroundingText.h"

#include <QCoroTask>
#include <QPointer>

namespace moodloom::ui {

using generation::FacetCheck;
using session::GroundingDesk;

GroundingModel::GroundingModel(session::Session *session, QObject *parent)
    : QAbstractListModel(parent), m_session(session)
{
    connect(session->grounding(), &GroundingDesk::stateChanged, this, [this](const QString &take) {
        if (take == m_take)
            Q_EMIT changed();
    });
}

void GroundingModel::show(const generation::Take *take)
{
    const QString id = take ? take->id : QString();
    const auto check = take ? take->grounding : std::nullopt;
    if (id == m_take && check == m_check)
        return;
    beginResetModel();
    m_take = id;
    m_check = check;
    endResetModel();
    Q_EMIT changed();
}

bool GroundingModel::isChecking() const
{
    return m_session->grounding()->isChecking(m_take);
}

QString GroundingModel::problem() const
{
    const std::optional<Error> error = m_session->grounding()->problem(m_take);
    return error ? userText(*error) : QString();
}

void GroundingModel::dismissProblem()
{
    m_session->grounding()->setProblem(m_take, std::nullopt);
}

QString GroundingModel::lacking() const
{
    QStringList texts;
    if (m_check)
        for (const FacetCheck &facet : generation::lackingOf(*m_check))
            texts.append(facet.text);
    texts.removeDuplicates(); // a note may say what the prompt says
    return texts.join(tr(", ", "between facets"));
}

int GroundingModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant GroundingModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const FacetCheck &facet = m_check->facets[index.row()];
    switch (role) {
    case Qt::DisplayRole:
    case TextRole:
        return facet.text;
    case NoteRole:
        return facet.note;
    case ShownRole:
        return generation::shownName(facet.shown);
    case WordRole:
        return shownText(facet.shown);
    case FiguresRole:
        return shownFigures(facet);
    }
    return {};
}

QHash<int, QByteArray> GroundingModel::roleNames() const
{
    return {{TextRole, "facet"},
            {NoteRole, "note"},
            {ShownRole, "shown"},
            {WordRole, "word"},
            {FiguresRole, "figures"}};
}

void GroundingModel::check()
{
    m_session->checkTake(m_take);
}

void GroundingModel::stop()
{
    m_session->grounding()->cancel(m_take);
}

void GroundingModel::lookUpMissing()
{
    const QString facets = lacking();
    if (facets.isEmpty()) { // a shortcut that does nothing says why
        Q_EMIT told(m_take.isEmpty() ? tr("Choose a take: what it does not show is looked up")
                    : m_check        ? tr("Nothing is missing in this take")
                                     : tr("Check the take first: it tells what is missing"));
        return;
    }
    const QPointer<GroundingModel> self(this);
    const auto tell = [self, facets](const Result<int> &found) {
        if (self && found)
            Q_EMIT self->told(*found == 0
                                  ? tr("Nothing more was found for what is missing")
                                  : tr("%n new picture(s) for: %1", nullptr, *found).arg(facets));
    };
    m_session->lookUpMissing(m_take).then(tell);
}

void GroundingModel::retranslate()
{
    if (count() > 0)
        Q_EMIT dataChanged(index(0), index(count() - 1), {WordRole, FiguresRole});
    Q_EMIT changed();
}

} // namespace moodloom::ui
