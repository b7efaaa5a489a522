#include "ui/controls/ProblemModel.h"

#include "core/base/Problems.h"
#include "core/base/Text.h"

namespace moodloom::ui {

ProblemModel::ProblemModel(Problems *problems, QObject *parent)
    : QAbstractListModel(parent), m_problems(problems), m_rows(int(problems->all().size()))
{
    connect(problems, &Problems::changed, this, [this] {
        beginResetModel();
        m_rows = int(m_problems->all().size());
        endResetModel();
        Q_EMIT changed();
    });
}

int ProblemModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_rows;
}

QVariant ProblemModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid) ||
        (role != MessageRole && role != Qt::DisplayRole))
        return {};
    return userText(m_problems->all()[index.row()]);
}

QHash<int, QByteArray> ProblemModel::roleNames() const
{
    return {{MessageRole, "message"}};
}

void ProblemModel::dismiss(int row)
{
    m_problems->dismiss(row);
}

void ProblemModel::retranslate()
{
    if (m_rows > 0)
        Q_EMIT dataChanged(index(0), index(m_rows - 1));
}

} // namespace moodloom::ui
