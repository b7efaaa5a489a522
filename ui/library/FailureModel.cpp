#include "ui/library/FailureModel.h"

#include <QFileInfo>
#include <QPointer>
#include <QStringList>

namespace moodloom::ui {

using session::LibraryService;

FailureModel::FailureModel(LibraryService *library, QObject *parent)
    : QAbstractListModel(parent), m_library(library)
{
    connect(library, &LibraryService::importFinished, this, &FailureModel::refresh);
    refresh();
}

int FailureModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant FailureModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const session::ImportFailure &failure = m_failures[index.row()];
    switch (role) {
    case PathRole: return failure.path;
    case Qt::DisplayRole:
    case NameRole: return QFileInfo(failure.path).fileName();
    case ReasonRole: return failure.reason;
    }
    return {};
}

QHash<int, QByteArray> FailureModel::roleNames() const
{
    return {{PathRole, "path"}, {NameRole, "name"}, {ReasonRole, "reason"}};
}

QString FailureModel::asText() const
{
    QStringList lines;
    for (const session::ImportFailure &failure : m_failures)
        lines << QStringLiteral("%1\t%2").arg(failure.path, failure.reason);
    return lines.join(QLatin1Char('\n'));
}

void FailureModel::refresh()
{
    fetch();
}

QCoro::Task<void> FailureModel::fetch()
{
    const QPointer<FailureModel> self(this);
    auto failures = co_await m_library->failures();
    if (!self || !failures)
        co_return;
    beginResetModel();
    m_failures = *failures;
    endResetModel();
    Q_EMIT countChanged();
}

} // namespace moodloom::ui
