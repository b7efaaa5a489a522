#include "ui/generation/FailedTakeModel.h"

#include "core/base/Text.h"
#include "core/session/Session.h"
#include "ui/controls/Clipboard.h"

#include <algorithm>

namespace moodloom::ui {

using session::FailedTake;
using session::FailedTakes;
using session::Session;
using Kind = FailedTake::Kind;

namespace {

QString titleOf(const FailedTake &failed)
{
    switch (failed.kind) {
    case Kind::NotPainted:
        return FailedTakeModel::tr("%n picture(s) not painted", nullptr, failed.pictures);
    case Kind::OfGrid:
        return FailedTakeModel::tr("%n picture(s) of the grid not painted", nullptr,
                                   failed.pictures);
    case Kind::Unreadable:
        break;
    }
    return FailedTakeModel::tr("This take cannot be shown");
}

// A file by its name and its folder's: whole paths leave no room for what to do.
Error withShortSubject(Error error)
{
    const QStringList parts = QString::fromStdString(error.subject).split(u'/');
    if (parts.size() > 3 && parts.first().isEmpty())
        error.subject = parts.sliced(parts.size() - 2).join(u'/').toStdString();
    return error;
}

} // namespace

FailedTakeModel::FailedTakeModel(Session *session, QObject *parent)
    : QAbstractListModel(parent), m_session(session)
{
    connect(session->failedTakes(), &FailedTakes::changed, this, &FailedTakeModel::update);
    connect(session, &Session::activeFrameChanged, this, &FailedTakeModel::update);
    connect(session, &Session::boardChanged, this, &FailedTakeModel::update);
    update();
}

void FailedTakeModel::update()
{
    QVector<FailedTake> failed =
        m_session->failedTakes()->of(m_session->board(), m_session->activeFrame());
    std::reverse(failed.begin(), failed.end());
    // One by one: what stays keeps its card, and with that the keyboard.
    const auto has = [](const QVector<FailedTake> &all, const QString &id) {
        return std::any_of(all.cbegin(), all.cend(),
                           [&id](const FailedTake &one) { return one.id == id; });
    };
    for (qsizetype row = m_failed.size(); row-- > 0;)
        if (!has(failed, m_failed[row].id)) {
            beginRemoveRows({}, int(row), int(row));
            m_failed.removeAt(row);
            endRemoveRows();
        }
    for (qsizetype row = 0; row < failed.size(); ++row) {
        if (has(m_failed, failed[row].id)) {
            m_failed[row] = failed[row]; // their order never changes
            continue;
        }
        beginInsertRows({}, int(row), int(row));
        m_failed.insert(row, failed[row]);
        endInsertRows();
    }
    if (!m_failed.isEmpty())
        Q_EMIT dataChanged(index(0), index(count() - 1));
    Q_EMIT changed();
}

QVariantMap FailedTakeModel::byFrame() const
{
    QVariantMap texts;
    for (const FailedTake &failed : m_session->failedTakes()->all())
        if (failed.board == m_session->board() && failed.kind == Kind::NotPainted)
            texts.insert(failed.frame.toString(), titleOf(failed));
    return texts;
}

int FailedTakeModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant FailedTakeModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const FailedTake &failed = m_failed[index.row()];
    switch (role) {
    case IdRole:
        return failed.id;
    case Qt::DisplayRole:
    case TitleRole:
        return titleOf(failed);
    case MessageRole:
        return userText(failed.error);
    case BriefRole:
        return userText(withShortSubject(failed.error));
    case CanTryAgainRole:
        return !failed.asked.isEmpty();
    }
    return {};
}

QHash<int, QByteArray> FailedTakeModel::roleNames() const
{
    return {{IdRole, "failureId"},
            {TitleRole, "title"},
            {MessageRole, "message"},
            {BriefRole, "brief"},
            {CanTryAgainRole, "canTryAgain"}};
}

void FailedTakeModel::tryAgain(const QString &id)
{
    m_session->paintAgain(id);
}

void FailedTakeModel::copy(const QString &id)
{
    for (const FailedTake &failed : m_failed)
        if (failed.id == id)
            Clipboard().copy(titleOf(failed) + u'\n' + userText(failed.error));
}

void FailedTakeModel::dismiss(const QString &id)
{
    m_session->failedTakes()->dismiss(id);
}

void FailedTakeModel::retranslate()
{
    if (!m_failed.isEmpty())
        Q_EMIT dataChanged(index(0), index(count() - 1));
    Q_EMIT changed();
}

} // namespace moodloom::ui
