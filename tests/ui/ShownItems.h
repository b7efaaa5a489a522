// What a person can see of the tree of a window.
#pragma once

#include <QQuickItem>
#include <QVector>

namespace moodloom::fake {

// The items below `root`, itself too, that are shown and of which wanted(item) is true, in the
// order of the tree. What is faded out counts as hidden; what lies outside of the window or is
// covered does not.
template <typename Wanted>
void collectShown(QQuickItem *root, const Wanted &wanted, QVector<QQuickItem *> &found)
{
    if (!root->isVisible() || root->opacity() == 0)
        return;
    if (wanted(root))
        found.append(root);
    for (QQuickItem *child : root->childItems())
        collectShown(child, wanted, found);
}

template <typename Wanted> QVector<QQuickItem *> shownItems(QQuickItem *root, const Wanted &wanted)
{
    QVector<QQuickItem *> found;
    collectShown(root, wanted, found);
    return found;
}

inline QVector<QQuickItem *> shownItems(QQuickItem *root)
{
    return shownItems(root, [](const QQuickItem *) { return true; });
}

inline QVector<QQuickItem *> itemsNamed(QQuickItem *root, const QString &objectName)
{
    return shownItems(root,
                      [&](const QQuickItem *item) { return item->objectName() == objectName; });
}

// Of a QML type, for example "ReferenceCard".
inline bool isA(const QObject *object, const char *type)
{
    return QString::fromLatin1(object->metaObject()->className())
        .startsWith(QLatin1String(type) + QLatin1String("_QML"));
}

inline QVector<QQuickItem *> itemsOf(QQuickItem *root, const char *type)
{
    return shownItems(root, [&](const QQuickItem *item) { return isA(item, type); });
}

} // namespace moodloom::fake
