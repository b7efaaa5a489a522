#include "ui/prompt/PromptHistory.h"

#include <QSettings>

#include <algorithm>

namespace moodloom::ui {

static const auto historyKey = QStringLiteral("prompt/history");

PromptHistory::PromptHistory(QObject *parent) : QAbstractListModel(parent)
{
    m_prompts = QSettings().value(historyKey).toStringList();
    show();
}

int PromptHistory::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant PromptHistory::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    return role == WordsRole || role == Qt::DisplayRole ? m_shown[index.row()] : QVariant();
}

QHash<int, QByteArray> PromptHistory::roleNames() const
{
    return {{WordsRole, "words"}};
}

void PromptHistory::setFilter(const QString &filter)
{
    if (filter == m_filter)
        return;
    m_filter = filter;
    show();
    Q_EMIT filterChanged();
}

void PromptHistory::show()
{
    const QStringList wanted = m_filter.split(u' ', Qt::SkipEmptyParts);
    beginResetModel();
    m_shown.clear();
    for (const QString &prompt : std::as_const(m_prompts))
        if (std::all_of(wanted.begin(), wanted.end(), [&](const QString &word) {
                return prompt.contains(word, Qt::CaseInsensitive);
            }))
            m_shown.append(prompt);
    endResetModel();
    Q_EMIT countChanged();
}

void PromptHistory::store()
{
    QSettings().setValue(historyKey, m_prompts);
    show();
}

void PromptHistory::add(const QString &prompt)
{
    const QString kept = prompt.trimmed();
    m_walked = -1;
    if (kept.isEmpty() || kept.size() > kLongest || m_prompts.value(0) == kept)
        return;
    m_prompts.removeAll(kept);
    m_prompts.prepend(kept);
    if (m_prompts.size() > kMost)
        m_prompts.resize(kMost);
    store();
}

void PromptHistory::forget(int row)
{
    if (row < 0 || row >= count())
        return;
    m_prompts.removeAll(m_shown[row]);
    m_walked = -1;
    store();
}

QString PromptHistory::at(int row) const
{
    return m_shown.value(row);
}

void PromptHistory::startFrom(const QString &current)
{
    if (m_walked >= 0 && current == m_handed)
        return;
    m_walked = -1;
    m_draft = current;
}

QString PromptHistory::older(const QString &current)
{
    startFrom(current);
    int next = m_walked + 1;
    while (next < m_prompts.size() && m_prompts[next] == current)
        ++next;
    if (next >= m_prompts.size())
        return current;
    m_walked = next;
    return m_handed = m_prompts[next];
}

QString PromptHistory::newer(const QString &current)
{
    startFrom(current);
    if (m_walked < 0)
        return current;
    --m_walked;
    return m_handed = m_walked < 0 ? m_draft : m_prompts[m_walked];
}

} // namespace moodloom::ui
