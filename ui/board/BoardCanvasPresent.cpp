// Presenting: one picture or frame at a time, nothing else on the screen. Nothing can be changed
// while it lasts; the view and the selection come back with its end.
#include "core/board/Regions.h"
#include "ui/board/BoardCanvas.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace moodloom::ui {

using board::Item;
using board::ItemId;

QVector<ItemId> BoardCanvas::slidesOf() const
{
    // Several selected ones are meant; else everything that stands for itself, in reading order.
    const bool chosen = m_controller->selectedCount() > 1;
    QVector<ItemId> slides;
    for (const ItemId &id : chosen ? m_controller->selection() : document()->items()) {
        const Item *item = document()->item(id);
        if (!item->isVisible() || !(item->picture() || item->frame()))
            continue;
        if (!chosen && item->picture() && !frameAt(*document(), *item).isNull())
            continue; // belongs to its frame
        slides.append(id);
    }
    const auto place = [this](const ItemId &id) {
        return board::boundingRect(*document()->item(id)).topLeft();
    };
    std::sort(slides.begin(), slides.end(), [&](const ItemId &a, const ItemId &b) {
        const QPointF pa = place(a), pb = place(b);
        const qint64 la = qint64(std::floor(pa.y() / 64)), lb = qint64(std::floor(pb.y() / 64));
        return la != lb ? la < lb : pa.x() != pb.x() ? pa.x() < pb.x() : a < b;
    });
    return slides;
}

void BoardCanvas::present()
{
    if (isPresenting()) {
        endPresenting();
        return;
    }
    const QVector<ItemId> slides = document() ? slidesOf() : QVector<ItemId>();
    if (slides.isEmpty()) {
        Q_EMIT m_controller->notice(tr("There is no picture or frame to present yet"));
        return;
    }
    if (m_gesture.kind != Gesture::Kind::None)
        cancelGesture();
    if (!m_editing.isNull())
        cancelEditing();
    finishCropping();
    setTool(Tool::Select);
    m_glide.stop();
    m_presentation = {slides, 0, m_view, m_chosen};
    if (m_controller->selectedCount() == 1) // from there
        m_presentation.at =
            std::max<qsizetype>(0, slides.indexOf(m_controller->selection().first()));
    Q_EMIT presentingChanged();
    showSlide(m_presentation.at);
}

void BoardCanvas::endPresenting()
{
    if (!isPresenting())
        return;
    const Presentation ended = std::exchange(m_presentation, {});
    m_view.centre = ended.before.centre;
    m_view.zoom = ended.before.zoom;
    m_chosen = ended.chosen;
    updateCursor();
    Q_EMIT presentingChanged();
    Q_EMIT viewChanged();
    redraw();
}

void BoardCanvas::showSlide(qsizetype index)
{
    // What has gone since is passed over.
    m_presentation.slides.removeIf([this](const ItemId &id) {
        const Item *item = document() ? document()->item(id) : nullptr;
        return !item || !item->isVisible();
    });
    if (m_presentation.slides.isEmpty()) {
        endPresenting();
        return;
    }
    m_presentation.at = std::clamp<qsizetype>(index, 0, m_presentation.slides.size() - 1);
    m_view.fit(document()->extent({slide()}), 24, 8);
    updateCursor();
    Q_EMIT slideChanged();
    Q_EMIT viewChanged();
    redraw();
}

ItemId BoardCanvas::slide() const
{
    return m_presentation.slides.value(m_presentation.at);
}

QString BoardCanvas::slideText() const
{
    return isPresenting()
               ? tr("%1 of %2").arg(m_presentation.at + 1).arg(m_presentation.slides.size())
               : QString();
}

bool BoardCanvas::pressWhilePresenting(int key)
{
    const qsizetype at = m_presentation.at;
    switch (key) {
    case Qt::Key_Escape:
        endPresenting();
        return true;
    case Qt::Key_Right:
    case Qt::Key_Down:
    case Qt::Key_Space:
    case Qt::Key_PageDown:
    case Qt::Key_Return:
    case Qt::Key_Enter:
        showSlide(at + 1);
        return true;
    case Qt::Key_Left:
    case Qt::Key_Up:
    case Qt::Key_Backspace:
    case Qt::Key_PageUp:
        showSlide(at - 1);
        return true;
    case Qt::Key_Home:
        showSlide(0);
        return true;
    case Qt::Key_End:
        showSlide(m_presentation.slides.size() - 1);
        return true;
    default:
        return false;
    }
}

bool BoardCanvas::isOfPresenting(const QString &action)
{
    // What only looks; everything else waits.
    static const QStringList looking{
        QStringLiteral("board-present"), QStringLiteral("board-play"), QStringLiteral("board-zoom-in"),
        QStringLiteral("board-zoom-out"), QStringLiteral("board-zoom-one")};
    return looking.contains(action);
}

} // namespace moodloom::ui
