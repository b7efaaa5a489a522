#include "ui/shell/Notices.h"

#include "core/base/Text.h"

#include <algorithm>

namespace moodloom::ui {

int Notices::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_notices.size());
}

QVariant Notices::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Notice &notice = m_notices[index.row()];
    switch (role) {
    case Qt::DisplayRole:
    case MessageRole: return notice.message;
    case SeriousRole: return notice.serious;
    }
    return {};
}

QHash<int, QByteArray> Notices::roleNames() const
{
    return {{MessageRole, "message"}, {SeriousRole, "serious"}};
}

void Notices::add(const Error &error)
{
    if (error.code != ErrorCode::Cancelled)
        add(userText(error), true);
}

void Notices::add(const QString &message, bool serious)
{
    const auto same = [&message](const Notice &n) { return n.message == message; };
    if (message.isEmpty() || std::any_of(m_notices.cbegin(), m_notices.cend(), same))
        return;
    if (m_notices.size() == kMost)
        dismiss(0);
    beginInsertRows({}, rowCount(), rowCount());
    m_notices.append({message, serious});
    endInsertRows();
    Q_EMIT countChanged();
}

void Notices::dismiss(int row)
{
    if (row < 0 || row >= rowCount())
        return;
    beginRemoveRows({}, row, row);
    m_notices.removeAt(row);
    endRemoveRows();
    Q_EMIT countChanged();
}

} // namespace moodloom::ui
