#include "ui/shell/ActionFilter.h"

#include "ui/shell/ActionRegistry.h"

namespace moodloom::ui {

ActionFilter::ActionFilter(QObject *parent) : QSortFilterProxyModel(parent)
{
    sort(0);
}

void ActionFilter::setPattern(const QString &pattern)
{
    if (m_pattern == pattern)
        return;
    m_pattern = pattern;
    invalidate();
    Q_EMIT patternChanged();
}

QString ActionFilter::actionAt(int row) const
{
    return index(row, 0).data(ActionRegistry::IdRole).toString();
}

bool ActionFilter::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    return bestSpread(sourceModel()->index(row, 0, parent)) >= 0;
}

bool ActionFilter::lessThan(const QModelIndex &left, const QModelIndex &right) const
{
    const int a = bestSpread(left);
    const int b = bestSpread(right);
    return a != b ? a < b : left.row() < right.row();
}

int ActionFilter::spread(const QString &text) const
{
    int distance = 0;
    qsizetype at = -1;
    for (const QChar letter : m_pattern) {
        if (letter.isSpace())
            continue;
        const qsizetype next = text.indexOf(letter, at + 1, Qt::CaseInsensitive);
        if (next < 0)
            return -1;
        distance += int(next - at - 1);
        at = next;
    }
    return distance;
}

int ActionFilter::bestSpread(const QModelIndex &row) const
{
    // A name with the very words comes before one that has only their letters.
    const QString name = row.data(ActionRegistry::TextRole).toString();
    if (const QString words = m_pattern.trimmed(); name.contains(words, Qt::CaseInsensitive))
        return 0;
    // The id is English in every language, and stays in the fingers.
    const int text = spread(name);
    const int id = spread(row.data(ActionRegistry::IdRole).toString());
    if (text < 0 && id < 0)
        return -1;
    return 1 + (text < 0 || id < 0 ? std::max(text, id) : std::min(text, id));
}

} // namespace moodloom::ui
