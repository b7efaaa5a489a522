// The named intents of Board: each is one undoable command.
#include "core/board/Board.h"

#include <QSet>

#include <algorithm>
#include <cmath>

namespace moodloom::board {
QString Board::mergeKey(const char *intent, const QVector<ItemId> &ids)
{
    return QLatin1String(intent) + QString::number(qHashRange(ids.begin(), ids.end()), 16);
}

void Board::edit(const QVector<ItemId> &ids, const StepName &name, const QString &key,
                 const std::function<void(Item &)> &change, bool lockedToo)
{
    QVector<Item> changed;
    for (const ItemId &id : ids)
        if (const Item *known = item(id); known && (lockedToo || !known->locked)) {
            Item copy = *known;
            change(copy);
            if (copy != *known)
                changed.append(std::move(copy));
        }
    if (changed.isEmpty())
        return;
    Transaction transaction(this, name, key);
    if (m_depth == 0)
        return; // read-only: begin() has said so
    for (Item &copy : changed)
        put(std::move(copy));
    transaction.commit();
}

void Board::editPictures(const QVector<ItemId> &ids, const StepName &name, const QString &key,
                         const std::function<void(Picture &)> &change)
{
    edit(ids, name, key,
         [&](Item &item) {
             if (Picture *picture = item.picture())
                 change(*picture);
         },
         true);
}

void Board::move(const QVector<ItemId> &ids, QPointF delta)
{
    edit(ids, QT_TR_NOOP("Move"), mergeKey("move", ids), [delta](Item &item) {
        item.centre = QPointF(item.centre.x() + delta.x(), item.centre.y() + delta.y());
        if (Picture *picture = item.picture())
            picture->touched = true;
    });
}

void Board::scale(const QVector<ItemId> &ids, double factor, QPointF about)
{
    if (!(factor > 0) || !std::isfinite(factor))
        return;
    edit(ids, QT_TR_NOOP("Scale"), mergeKey("scale", ids), [&](Item &item) {
        const double wanted = std::clamp(item.scale * factor, 1e-3, 1e3);
        item.centre = about + (item.centre - about) * (wanted / item.scale);
        item.scale = wanted;
        if (Picture *picture = item.picture())
            picture->touched = true;
    });
}

void Board::rotate(const QVector<ItemId> &ids, double degrees, QPointF about)
{
    QTransform turn;
    turn.translate(about.x(), about.y());
    turn.rotate(degrees);
    turn.translate(-about.x(), -about.y());
    edit(ids, QT_TR_NOOP("Rotate"), mergeKey("rotate", ids), [&](Item &item) {
        item.centre = turn.map(item.centre);
        item.rotation = std::remainder(item.rotation + degrees, 360.0);
        if (Picture *picture = item.picture())
            picture->touched = true;
    });
}

void Board::setPinned(const QVector<ItemId> &ids, bool pinned)
{
    editPictures(ids, pinned ? QT_TR_NOOP("Pin") : QT_TR_NOOP("Unpin"), {},
                 [pinned](Picture &picture) {
                     picture.state = pinned ? ReferenceState::Pinned : ReferenceState::Suggested;
                     picture.touched = true;
                 });
    // What the user keeps travels with the board, even when the library is elsewhere; not when
    // links are wanted.
    if (pinned && !m_readOnly && !linksFiles())
        for (const ItemId &id : ids)
            if (const Item *known = item(id); known && known->picture())
                fetch(*known->picture(), true);
}

void Board::drop(const QVector<ItemId> &ids)
{
    int count = 0;
    for (const ItemId &id : ids)
        if (const Item *known = item(id); known && known->picture() && known->isVisible())
            ++count;
    dropQuietly(ids);
    if (count > 0 && !m_readOnly)
        Q_EMIT dropped(count);
}

void Board::dropQuietly(const QVector<ItemId> &ids)
{
    editPictures(ids, QT_TR_NOOP("Drop"), {}, [](Picture &picture) {
        picture.state = ReferenceState::Dropped;
        picture.touched = true;
    });
}

void Board::setWeight(const QVector<ItemId> &ids, double weight)
{
    edit(ids, QT_TR_NOOP("Weight"), mergeKey("weight", ids),
         [weight = std::clamp(weight, 0.0, 2.0)](Item &item) {
             if (Picture *picture = item.picture()) {
                 picture->weight = weight;
                 picture->touched = true;
             } else if (Note *note = item.note()) {
                 note->weight = weight;
             }
         });
}

void Board::setRole(const QVector<ItemId> &ids, ReferenceRole role)
{
    editPictures(ids, QT_TR_NOOP("Role"), {}, [role](Picture &picture) {
        picture.role = role;
        picture.touched = true;
    });
}

void Board::setFacet(const QVector<ItemId> &ids, const QString &facet)
{
    editPictures(ids, QT_TR_NOOP("Facet"), {},
                 [&facet](Picture &picture) { picture.facet = facet; });
}

void Board::setSteps(const QVector<ItemId> &ids, StepRange steps)
{
    if (!steps.isValid())
        return;
    edit(ids, QT_TR_NOOP("Steps"), mergeKey("steps", ids), [steps](Item &item) {
        if (Picture *picture = item.picture()) {
            picture->steps = steps;
            picture->touched = true;
        } else if (Note *note = item.note()) {
            note->steps = steps;
        }
    });
}

void Board::remove(const QVector<ItemId> &ids)
{
    Transaction transaction(this, QT_TR_NOOP("Remove"));
    if (m_depth == 0)
        return;
    for (const ItemId &id : ids)
        if (const Item *known = item(id); known && !known->locked)
            erase(id);
    transaction.commit();
}

QVector<ItemId> Board::duplicate(const QVector<ItemId> &ids, QPointF offset)
{
    const QVector<ItemId> all = withContents(ids);
    const QSet<ItemId> wanted(all.begin(), all.end());
    QVector<Item> copies;
    for (const ItemId &id : items()) // in their order, so that the copies lie like the originals
        if (wanted.contains(id)) {
            copies.append(*item(id));
            copies.last().centre += offset;
        }
    Transaction transaction(this, QT_TR_NOOP("Duplicate"));
    const QVector<ItemId> made = paste(copies, {});
    transaction.commit();
    return made;
}

QVector<ItemId> Board::paste(const QVector<Item> &items, QPointF centre)
{
    QVector<ItemId> made;
    Transaction transaction(this, QT_TR_NOOP("Paste"));
    if (m_depth == 0)
        return made;
    QRectF bounds;
    for (const Item &item : items)
        bounds |= boundingRect(item);
    const QPointF offset = centre.isNull() ? QPointF() : centre - bounds.center();
    qint64 front = frontZ();
    qint64 back = backZ() - std::count_if(items.begin(), items.end(),
                                          [](const Item &item) { return item.frame(); });
    QSet<QString> known;
    for (const Item &item : m_items)
        if (item.picture())
            known.insert(item.picture()->hash);
    QHash<QUuid, QUuid> groups; // copies are a group of their own
    QHash<ItemId, ItemId> names;
    for (const Item &item : items)
        names.insert(item.id, ItemId::createUuid());
    for (Item copy : items) {
        copy.id = names.value(copy.id);
        copy.added = 0;
        const auto anew = [&groups](QUuid &group) {
            if (group.isNull())
                return;
            QUuid &own = groups[group];
            if (own.isNull())
                own = QUuid::createUuid();
            group = own;
        };
        anew(copy.group);
        std::for_each(copy.innerGroups.begin(), copy.innerGroups.end(), anew);
        copy.centre += offset;
        copy.locked = false;
        if (Frame *frame = copy.frame()) {
            copy.z = back++;
            frame->shownTake.clear(); // takes stay with the frame that made them
            for (ItemId &shelved :
                 frame->shelf) // the copy, where there is one; what is elsewhere is not
                shelved = names.contains(shelved) ? names[shelved]
                          : item(shelved)         ? shelved
                                                  : ItemId();
            frame->shelf.removeAll({});
        } else {
            copy.z = ++front;
        }
        if (Picture *picture = copy.picture()) {
            picture->touched = true;
            if (!known.contains(picture->hash)) // from another board
                fetch(*picture, true);
        }
        made.append(copy.id);
        put(std::move(copy));
    }
    transaction.commit();
    return made;
}

void Board::setLocked(const QVector<ItemId> &ids, bool locked)
{
    edit(
        ids, locked ? QT_TR_NOOP("Lock") : QT_TR_NOOP("Unlock"), {},
        [locked](Item &item) { item.locked = locked; }, true);
}

ItemId Board::addNote(const QString &text, QPointF centre, QSizeF size)
{
    Transaction transaction(this, QT_TR_NOOP("Add note"));
    if (m_depth == 0)
        return {};
    Item item;
    item.id = ItemId::createUuid();
    item.centre = centre;
    item.z = frontZ() + 1;
    Note &note = item.content.emplace<Note>();
    note.text = text;
    if (size.width() > 0)
        note.size.setWidth(size.width());
    if (size.height() > 0)
        note.size.setHeight(size.height());
    const ItemId id = item.id;
    put(std::move(item));
    transaction.commit();
    return id;
}

void Board::setNoteText(ItemId id, const QString &text, double height)
{
    edit({id}, QT_TR_NOOP("Edit note"), mergeKey("note", {id}), [&](Item &item) {
        Note *note = item.note();
        if (!note)
            return;
        note->text = text;
        if (height <= 0 || height == note->size.height())
            return;
        const QPointF before = toBoard(item).map(localRect(item).topLeft());
        note->size.setHeight(height);
        item.centre += before - toBoard(item).map(localRect(item).topLeft());
    });
}

void Board::setNoteColor(ItemId id, const QColor &color)
{
    edit({id}, QT_TR_NOOP("Note colour"), {}, [&](Item &item) {
        if (item.note() && color.isValid())
            item.note()->color = QColor::fromRgba(color.rgba()); // as precise as the file
    });
}

void Board::setNotesAct(const QVector<ItemId> &ids, bool act)
{
    edit(ids, act ? QT_TR_NOOP("Note acts") : QT_TR_NOOP("Note as comment"), {}, [act](Item &item) {
        if (Note *note = item.note())
            note->acts = act;
    });
}

ItemId Board::addFrame(QPointF centre, QSizeF size)
{
    Transaction transaction(this, QT_TR_NOOP("Add frame"));
    if (m_depth == 0 || size.isEmpty())
        return {};
    Item item;
    item.id = ItemId::createUuid();
    item.centre = centre;
    item.z = backZ() - 1; // pictures are placed on it, not under it
    Frame &frame = item.content.emplace<Frame>(m_newFrame.value_or(Frame()));
    frame.size = size;
    if (m_newFrame && !frame.pixels.isEmpty()) {
        const double area = size.width() * size.height();
        const double aspect = double(frame.pixels.width()) / frame.pixels.height();
        frame.size = QSizeF(std::sqrt(area * aspect), std::sqrt(area / aspect));
    }
    const ItemId id = item.id;
    put(std::move(item));
    transaction.commit();
    return id;
}

void Board::setFramePrompt(ItemId id, const QString &prompt)
{
    edit(
        {id}, QT_TR_NOOP("Edit prompt"), mergeKey("prompt", {id}),
        [&](Item &item) {
            if (item.frame())
                item.frame()->prompt = prompt;
        },
        true);
}

void Board::setFrame(ItemId id, const Frame &frame, const StepName &name)
{
    // Changes of one name follow each other in one step, as a slider sends them.
    edit(
        {id}, name, mergeKey("frame", {id}) + name.text,
        [&](Item &item) {
            if (item.frame())
                *item.frame() = frame;
        },
        true);
}

void Board::setOnShelf(ItemId frame, const QVector<ItemId> &ids, bool onShelf)
{
    edit(
        {frame}, onShelf ? QT_TR_NOOP("Put on shelf") : QT_TR_NOOP("Take from shelf"), {},
        [&](Item &item) {
            if (!item.frame())
                return;
            QVector<ItemId> &shelf = item.frame()->shelf;
            for (const ItemId &id : ids)
                if (!onShelf)
                    shelf.removeAll(id);
                else if (!shelf.contains(id) && this->item(id) && this->item(id)->picture())
                    shelf.append(id);
        },
        true);
}

void Board::removeTake(const QString &id)
{
    const FrameTake *known = take(id);
    if (!known)
        return;
    Transaction transaction(this, QT_TR_NOOP("Remove take"));
    if (m_depth == 0)
        return;
    const FrameTake gone = *known;
    setTake(id, std::nullopt);
    m_open.add(Change<FrameTake>{gone, std::nullopt});
    const QVector<FrameTake> left = takes(gone.frame);
    if (const Item *owner = item(gone.frame); owner && owner->frame()->shownTake == id) {
        Item copy = *owner;
        copy.frame()->shownTake = left.isEmpty() ? QString() : left.last().id;
        put(std::move(copy));
    }
    transaction.commit();
}

void Board::starTake(const QString &id, bool starred)
{
    const FrameTake *known = take(id);
    if (!known || known->starred == starred)
        return;
    Transaction transaction(this, starred ? QT_TR_NOOP("Star take") : QT_TR_NOOP("Unstar take"));
    if (m_depth == 0)
        return;
    FrameTake copy = *known;
    copy.starred = starred;
    put(std::move(copy));
    transaction.commit();
}

void Board::setTakeGrounding(const QString &id, const QJsonObject &grounding)
{
    const FrameTake *known = take(id);
    if (!known || m_readOnly || known->grounding == grounding)
        return;
    m_groundings.insert(id, grounding);
    const FrameTake copy = *known;
    setTake(id, copy);
    Commit commit;
    commit.takes.emplace_back(id, *take(id));
    send(std::move(commit));
}

void Board::showTake(ItemId frame, const QString &shown)
{
    edit(
        {frame}, QT_TR_NOOP("Show take"), mergeKey("show", {frame}),
        [&](Item &item) {
            if (item.frame() && (shown.isEmpty() || take(shown)))
                item.frame()->shownTake = shown;
        },
        true);
}

} // namespace moodloom::board
