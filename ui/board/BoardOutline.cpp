#include "ui/board/BoardOutline.h"

#include <QFileInfo>

#include <algorithm>

namespace moodloom::ui {

using board::Item;
using board::ItemId;

namespace {

QString tagText(const Item &item)
{
    QString text;
    for (const QString &tag : item.tags)
        text += (text.isEmpty() ? QLatin1String("#") : QLatin1String(" #")) + tag;
    return text;
}

QString named(const Item &item)
{
    if (const board::Picture *picture = item.picture())
        return picture->caption + QLatin1Char('\n') + picture->facet + QLatin1Char('\n') +
               QFileInfo(picture->path).fileName();
    return item.note() ? item.note()->text : item.frame() ? item.frame()->prompt : QString();
}

// `shown`: as its row reads, so that what is seen can be found.
QString searchable(const Item &item, const QString &shown)
{
    return shown + QLatin1Char('\n') + named(item) + QLatin1Char('\n') + tagText(item);
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

void BoardOutline::setTag(const QString &tag)
{
    if (m_tag == tag)
        return;
    m_tag = tag;
    Q_EMIT filterChanged();
    refresh();
}

void BoardOutline::refresh()
{
    QVector<ItemId> ids;
    const board::Board *document = m_controller && m_active ? m_controller->board() : nullptr;
    if (document) {
        if (const QStringList tags = document->tags(); tags != m_tags) {
            m_tags = tags;
            Q_EMIT tagsChanged();
        }
        if (!m_tags.contains(m_tag, Qt::CaseInsensitive) && !m_tag.isEmpty()) {
            m_tag.clear(); // nothing has it any more
            Q_EMIT filterChanged();
        }
        ids = document->items();
        if (!m_tag.isEmpty())
            ids.removeIf([&](const ItemId &id) {
                return !document->item(id)->tags.contains(m_tag, Qt::CaseInsensitive);
            });
        const QStringList words = m_filter.split(QLatin1Char(' '), Qt::SkipEmptyParts);
        ids.removeIf([&](const ItemId &id) {
            const Item &item = *document->item(id);
            const QString text =
                words.isEmpty() ? QString() : searchable(item, m_controller->describe(item));
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
    case TagsRole:
        return tagText(*item);
    case HiddenRole: return !item->isVisible();
    case SelectedRole: return m_controller->isSelected(item->id);
    default: return {};
    }
}

QHash<int, QByteArray> BoardOutline::roleNames() const
{
    return {{ItemIdRole, "itemId"},         {NameRole, "name"},
            {IconRole, "iconName"},         {HiddenRole, "itemHidden"},
            {SelectedRole, "itemSelected"}, {TagsRole, "itemTags"}};
}

} // namespace moodloom::ui
