#include "ui/board/BoardOutline.h"

#include <QFileInfo>

#include <algorithm>

namespace moodloom::ui {

using board::Item;
using board::ItemId;

namespace {

QString searchable(const Item &item)
{
    if (const board::Picture *picture = item.picture())
        return picture->caption + QLatin1Char('\n') + picture->facet + QLatin1Char('\n') +
               QFileInfo(picture->path).fileName();
    return item.note() ? item.note()->text : item.frame() ? item.frame()->prompt : QString();
}

} // namespace

BoardOutline::BoardOutline(QObject *parent) : QAbstractListModel(parent)
{
    m_later.setSingleShot(true);
    connect(&m_later, &QTimer::timeout, this, &BoardOutline::refresh);
}

void BoardOutline::setController(BoardController *controller)
{
    if (m_controller == controller)
        return;
    if (m_controller)
        m_controller->disconnect(this);
    m_controller = controller;
    if (controller) {
        const auto later = [this] {
            if (m_active)
                m_later.start();
        };
        connect(controller, &BoardController::contentChanged, this, later);
        connect(controller, &BoardController::boardChanged, this, later);
        connect(controller, &BoardController::selectionChanged, this, &BoardOutline::selectionChanged);
    }
    Q_EMIT controllerChanged();
    refresh();
}

void BoardOutline::setActive(bool active)
{
    if (m_active == active)
        return;
    m_active = active;
    Q_EMIT activeChanged();
    refresh();
}

void BoardOutline::setFilter(const QString &filter)
{
    if (m_filter == filter)
        return;
    m_filter = filter;
    Q_EMIT filterChanged();
    refresh();
}

void BoardOutline::refresh()
{
    QVector<ItemId> ids;
    const board::Board *document = m_controller && m_active ? m_controller->board() : nullptr;
    if (document) {
        ids = document->items();
        const QStringList words = m_filter.split(QLatin1Char(' '), Qt::SkipEmptyParts);
        ids.removeIf([&](const ItemId &id) {
            const QString text = words.isEmpty() ? QString() : searchable(*document->item(id));
            return !std::all_of(words.begin(), words.end(), [&](const QString &word) {
                return text.contains(word, Qt::CaseInsensitive);
            });
        });
        std::reverse(ids.begin(), ids.end());
    }
    if (ids == m_ids) {
        if (!m_ids.isEmpty())
            Q_EMIT dataChanged(index(0), index(count() - 1));
        return;
    }
    beginResetModel();
    m_ids = ids;
    endResetModel();
    Q_EMIT countChanged();
}

void BoardOutline::selectionChanged()
{
    if (!m_ids.isEmpty())
        Q_EMIT dataChanged(index(0), index(count() - 1), {SelectedRole});
}

int BoardOutline::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant BoardOutline::data(const QModelIndex &index, int role) const
{
    const board::Board *document = m_controller ? m_controller->board() : nullptr;
    const Item *item = document ? document->item(m_ids.value(index.row())) : nullptr;
    if (!item)
        return {};
    switch (role) {
    case ItemIdRole: return item->id.toString(QUuid::WithoutBraces);
    case Qt::DisplayRole:
    case NameRole: return m_controller->describe(*item).simplified();
    case IconRole:
        return item->picture() ? QStringLiteral("image")
               : item->note()  ? QStringLiteral("edit")
                               : QStringLiteral("frame");
    case HiddenRole: return !item->isVisible();
    case SelectedRole: return m_controller->isSelected(item->id);
    default: return {};
    }
}

QHash<int, QByteArray> BoardOutline::roleNames() const
{
    return {{ItemIdRole, "itemId"},
            {NameRole, "name"},
            {IconRole, "iconName"},
            {HiddenRole, "itemHidden"},
            {SelectedRole, "itemSelected"}};
}

} // namespace moodloom::ui
