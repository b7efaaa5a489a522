#include "core/session/FailedTakes.h"

#include <algorithm>

namespace moodloom::session {

using board::Board;

QVector<FailedTake> FailedTakes::of(const Board *board, const QUuid &frame) const
{
    QVector<FailedTake> found;
    for (const FailedTake &failed : m_all)
        if (failed.board == board && failed.frame == frame)
            found.append(failed);
    return found;
}

void FailedTakes::add(FailedTake failed)
{
    const auto alike = [&failed](const FailedTake &other) {
        return other.kind == failed.kind && other.board == failed.board &&
               other.frame == failed.frame && errorText(other.error) == errorText(failed.error);
    };
    const auto there = std::find_if(m_all.begin(), m_all.end(), alike);
    if (there == m_all.end()) {
        m_all.append(std::move(failed));
    } else {
        there->pictures += failed.pictures;
        there->asked += failed.asked;
    }
    Q_EMIT changed();
}

std::optional<FailedTake> FailedTakes::take(const QString &id)
{
    const auto is = [&id](const FailedTake &failed) { return failed.id == id; };
    const auto there = std::find_if(m_all.begin(), m_all.end(), is);
    if (there == m_all.end())
        return std::nullopt;
    const FailedTake failed = *there;
    m_all.erase(there);
    Q_EMIT changed();
    return failed;
}

void FailedTakes::forgetPaintings(const Board *board, const QUuid &frame)
{
    const auto removed = m_all.removeIf([&](const FailedTake &failed) {
        return failed.board == board && failed.frame == frame &&
               failed.kind != FailedTake::Kind::Unreadable;
    });
    if (removed > 0)
        Q_EMIT changed();
}

void FailedTakes::forget(const Board *board)
{
    const auto of = [board](const FailedTake &failed) { return failed.board == board; };
    if (m_all.removeIf(of) > 0)
        Q_EMIT changed();
}

} // namespace moodloom::session
