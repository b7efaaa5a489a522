#include "core/session/FrameTakes.h"

#include "core/board/Board.h"

#include <QCoroFuture>

#include <utility>

namespace moodloom::session {

using generation::Recipe;
using generation::Take;

void FrameTakes::show(board::Board *board, const QUuid &frame)
{
    if (board != m_board)
        clear();
    if (frame != m_frame)
        m_arriving.clear(); // they go where they were painted for
    m_board = board;
    m_frame = frame;
    load();
}

void FrameTakes::clear()
{
    ++m_loads;
    m_board = nullptr;
    m_takes.clear();
    m_arriving.clear();
}

void FrameTakes::reload()
{
    if (m_board)
        load();
}

void FrameTakes::add(const board::Board *board, const QUuid &frame, const Take &take)
{
    if (board != m_board || frame != m_frame)
        return;
    m_arriving.insert(take.id);
    m_takes.append(take);
    Q_EMIT changed();
}

void FrameTakes::setGrounding(const QString &id, const generation::GroundingCheck &check)
{
    for (Take &take : m_takes)
        if (take.id == id && take.grounding != check) {
            take.grounding = check;
            Q_EMIT changed();
        }
}

QCoro::Task<void> FrameTakes::load()
{
    const QPointer<FrameTakes> self(this);
    const int turn = ++m_loads;
    const auto store = m_board->store();
    QHash<QString, QImage> images;
    for (const Take &take : std::as_const(m_takes))
        images.insert(take.id, take.image);
    QVector<Take> takes;
    for (const board::FrameTake &kept : m_board->takes(m_frame)) {
        const Result<Recipe> recipe = generation::recipeFromJson(kept.recipe);
        if (!recipe)
            continue; // of a newer version: it stays in the file
        Take take{kept.id, *recipe, images.value(kept.id), kept.made, kept.seconds, kept.starred};
        if (!kept.grounding.isEmpty())
            take.grounding = generation::groundingFromJson(kept.grounding);
        if (take.image.isNull()) {
            const Result<QImage> image = co_await store->picture(kept.hash, {}, 0);
            if (!self || turn != m_loads)
                co_return;
            if (!image) {
                if (!m_unreadable.contains(kept.id)) {
                    m_unreadable.insert(kept.id);
                    Q_EMIT unreadable(kept.id, image.error());
                }
                continue;
            }
            take.image = *image;
        }
        m_arriving.remove(take.id);
        takes.append(take);
    }
    for (const Take &take : std::as_const(m_takes))
        if (m_arriving.contains(take.id))
            takes.append(take);
    m_takes = takes;
    Q_EMIT changed();
}

} // namespace moodloom::session
