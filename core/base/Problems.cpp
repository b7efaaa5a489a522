#include "core/base/Problems.h"

#include <algorithm>

namespace moodloom {

void Problems::set(const QVector<Error> &all)
{
    if (all.isEmpty() && m_all.isEmpty())
        return;
    m_all = all;
    Q_EMIT changed();
}

void Problems::add(const Error &error)
{
    const auto same = [text = errorText(error)](const Error &other) {
        return errorText(other) == text;
    };
    if (error.code == ErrorCode::Cancelled || std::any_of(m_all.cbegin(), m_all.cend(), same))
        return;
    if (m_all.size() == kMost)
        m_all.removeFirst();
    m_all.append(error);
    Q_EMIT changed();
}

void Problems::remove(const Error &error)
{
    const auto same = [text = errorText(error)](const Error &other) {
        return errorText(other) == text;
    };
    if (m_all.removeIf(same) > 0)
        Q_EMIT changed();
}

void Problems::dismiss(qsizetype index)
{
    if (index < 0 || index >= m_all.size())
        return;
    m_all.removeAt(index);
    Q_EMIT changed();
}

} // namespace moodloom
