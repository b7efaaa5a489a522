// Which item lies over which, which belong together, and which are seen.
#include "core/board/Board.h"

#include <QSet>

#include <algorithm>

namespace moodloom::board {

qint64 Board::frontZ() const
{
    return m_items.isEmpty() ? 0 : item(items().last())->z;
}

qint64 Board::backZ() const
{
    return m_items.isEmpty() ? 0 : item(items().first())->z;
}

void Board::raise(const QVector<ItemId> &ids)
{
    const QSet<ItemId> wanted(ids.begin(), ids.end());
    QVector<ItemId> ordered = items();
    ordered.removeIf([&](const ItemId &id) { return !wanted.contains(id); });
    qint64 z = frontZ();
    edit(
        ordered, QT_TR_NOOP("Bring to front"), {}, [&z](Item &item) { item.z = ++z; }, true);
}

void Board::lower(const QVector<ItemId> &ids)
{
    const QSet<ItemId> wanted(ids.begin(), ids.end());
    QVector<ItemId> ordered = items();
    ordered.removeIf([&](const ItemId &id) { return !wanted.contains(id); });
    std::reverse(ordered.begin(), ordered.end());
    qint64 z = backZ();
    edit(
        ordered, QT_TR_NOOP("Send to back"), {}, [&z](Item &item) { item.z = --z; }, true);
}

void Board::moveForward(const QVector<ItemId> &ids)
{
    const QSet<ItemId> moved(ids.begin(), ids.end());
    QVector<ItemId> order = items();
    // From the front, so that several that lie over each other keep their order.
    for (qsizetype i = order.size() - 1; i >= 0; --i)
        if (moved.contains(order[i]))
            for (qsizetype over = i + 1; over < order.size(); ++over)
                if (!moved.contains(order[over]) && overlap(order[i], order[over])) {
                    order.move(i, over);
                    break;
                }
    reorder(order, QT_TR_NOOP("Bring forward"));
}

void Board::moveBackward(const QVector<ItemId> &ids)
{
    const QSet<ItemId> moved(ids.begin(), ids.end());
    QVector<ItemId> order = items();
    for (qsizetype i = 0; i < order.size(); ++i)
        if (moved.contains(order[i]))
            for (qsizetype under = i - 1; under >= 0; --under)
                if (!moved.contains(order[under]) && overlap(order[i], order[under])) {
                    order.move(i, under);
                    break;
                }
    reorder(order, QT_TR_NOOP("Send backward"));
}

bool Board::overlap(ItemId a, ItemId b) const
{
    const Item *first = item(a), *second = item(b);
    return first->isVisible() && second->isVisible() && outline(*first).intersects(outline(*second));
}

void Board::reorder(const QVector<ItemId> &order, const StepName &name)
{
    // The layers there are, given out anew; where two items shared one they are told apart.
    QHash<ItemId, qint64> wanted;
    const QVector<ItemId> before = items();
    for (qsizetype i = 0; i < order.size(); ++i) {
        const qint64 there = item(before[i])->z;
        wanted.insert(order[i], i == 0 ? there : std::max(there, wanted[order[i - 1]] + 1));
    }
    edit(order, name, {}, [&wanted](Item &item) { item.z = wanted[item.id]; }, true);
}

ItemId Board::group(const QVector<ItemId> &ids)
{
    QVector<ItemId> known = ids;
    known.removeIf([this](const ItemId &id) { return !item(id); });
    if (known.size() < 2)
        return {};
    // Whole groups stay groups inside the new one, with what is hidden of them; who comes without
    // the others leaves them. Grouping just one group again would change nothing.
    QHash<QUuid, qsizetype> there, of;
    for (const ItemId &id : known)
        if (item(id)->isVisible())
            ++there[item(id)->group];
    for (const Item &item : std::as_const(m_items))
        if (item.isVisible() && there.contains(item.group))
            ++of[item.group];
    const auto isWhole = [&](const QUuid &group) {
        return !group.isNull() && there.contains(group) && there[group] == of[group];
    };
    if (there.size() == 1 && isWhole(there.begin().key()))
        return there.begin().key();
    const QSet<ItemId> given(known.begin(), known.end());
    for (const ItemId &id : items())
        if (!given.contains(id) && isWhole(item(id)->group))
            known.append(id);
    const QUuid group = QUuid::createUuid();
    edit(
        known, QT_TR_NOOP("Group"), {},
        [&](Item &item) {
            if (isWhole(item.group))
                item.innerGroups.prepend(item.group);
            else
                item.innerGroups.clear();
            item.group = group;
        },
        true);
    return group;
}

void Board::ungroup(const QVector<ItemId> &ids)
{
    edit(
        withGroups(ids), QT_TR_NOOP("Ungroup"), {},
        [](Item &item) {
            item.group = item.innerGroups.isEmpty() ? QUuid() : item.innerGroups.takeFirst();
        },
        true);
}

QVector<ItemId> Board::withGroups(const QVector<ItemId> &ids) const
{
    QSet<QUuid> groups;
    for (const ItemId &id : ids)
        if (const Item *known = item(id); known && !known->group.isNull())
            groups.insert(known->group);
    QVector<ItemId> all = ids;
    if (groups.isEmpty())
        return all;
    const QSet<ItemId> there(ids.begin(), ids.end());
    for (const ItemId &id : items())
        if (groups.contains(item(id)->group) && !there.contains(id))
            all.append(id);
    return all;
}

QVector<ItemId> Board::withContents(const QVector<ItemId> &ids) const
{
    QVector<ItemId> all = ids;
    QSet<ItemId> there(ids.begin(), ids.end());
    for (const ItemId &id : ids) {
        const Item *frame = item(id);
        if (!frame || !frame->frame() || frame->locked)
            continue;
        const QPolygonF inside = outline(*frame);
        for (const ItemId &other : items())
            if (const Item *known = item(other);
                !known->frame() && !known->locked && !there.contains(other) &&
                inside.containsPoint(known->centre, Qt::OddEvenFill)) {
                there.insert(other);
                all.append(other);
            }
    }
    return all;
}

void Board::tag(const QVector<ItemId> &ids, const QStringList &added, const QStringList &removed)
{
    const auto alphabetically = [](const QString &a, const QString &b) {
        const int order = a.compare(b, Qt::CaseInsensitive);
        return order != 0 ? order < 0 : a < b;
    };
    edit(
        ids, QT_TR_NOOP("Tags"), {},
        [&](Item &item) {
            for (const QString &tag : removed)
                item.tags.removeIf(
                    [&](const QString &own) { return own.compare(tag, Qt::CaseInsensitive) == 0; });
            for (const QString &tag : added)
                if (const QString word = tag.simplified();
                    !word.isEmpty() && !item.tags.contains(word, Qt::CaseInsensitive))
                    item.tags.append(word);
            std::sort(item.tags.begin(), item.tags.end(), alphabetically);
        },
        true);
}

QStringList Board::tags() const
{
    QHash<QString, QString> all; // by their folded case
    for (const Item &item : m_items)
        for (const QString &tag : item.tags)
            if (QString &known = all[tag.toCaseFolded()]; known.isEmpty() || tag < known)
                known = tag;
    QStringList words = all.values();
    std::sort(words.begin(), words.end(), [](const QString &a, const QString &b) {
        return a.compare(b, Qt::CaseInsensitive) < 0;
    });
    return words;
}

void Board::setHidden(const QVector<ItemId> &ids, bool hidden)
{
    edit(
        ids, hidden ? QT_TR_NOOP("Hide") : QT_TR_NOOP("Show"), {},
        [hidden](Item &item) { item.hidden = hidden; }, true);
}

} // namespace moodloom::board
