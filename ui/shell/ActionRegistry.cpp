#include "ui/shell/ActionRegistry.h"

#include <QCoreApplication>
#include <QKeySequence>
#include <QSettings>

namespace moodloom::ui {

static QString settingOf(const QString &id)
{
    return QStringLiteral("shortcuts/%1").arg(id);
}

static QString titleOf(const ActionRegistry::Action &action)
{
    return QCoreApplication::translate("Actions", action.text);
}

ActionRegistry::ActionRegistry(QObject *parent) : QAbstractListModel(parent) {}

void ActionRegistry::add(Action action)
{
    const int row = int(m_actions.size());
    beginInsertRows({}, row, row);
    m_actions.push_back(std::move(action));
    endInsertRows();
}

int ActionRegistry::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_actions.size());
}

QVariant ActionRegistry::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Action &action = m_actions[size_t(index.row())];
    switch (role) {
    case IdRole: return action.id;
    case Qt::DisplayRole:
    case TextRole: return titleOf(action);
    case ShortcutRole: return shortcutOf(action);
    case ChangedRole: return shortcutOf(action) != action.shortcut;
    case GlobalRole:
        return action.reach == Reach::Everywhere;
    case AssignableRole:
        return action.reach != Reach::Fixed;
    case PlaceRole:
        return action.reach == Reach::Board ? tr("on the board") : QString();
    }
    return {};
}

QHash<int, QByteArray> ActionRegistry::roleNames() const
{
    return {{IdRole, "actionId"},     {TextRole, "text"},     {ShortcutRole, "shortcut"},
            {ChangedRole, "changed"}, {GlobalRole, "global"}, {AssignableRole, "assignable"},
            {PlaceRole, "place"}};
}

void ActionRegistry::trigger(const QString &id)
{
    const int row = rowOf(id);
    if (row < 0)
        return;
    if (m_actions[size_t(row)].run)
        m_actions[size_t(row)].run();
    Q_EMIT triggered(id);
}

QString ActionRegistry::shortcut(const QString &id) const
{
    const int row = rowOf(id);
    return row < 0 ? QString() : shortcutOf(m_actions[size_t(row)]);
}

QVariantMap ActionRegistry::shortcuts() const
{
    QVariantMap shortcuts;
    for (const Action &action : m_actions)
        shortcuts.insert(action.id, shortcutOf(action));
    return shortcuts;
}

int ActionRegistry::ownerOf(const QString &shortcut, int besides) const
{
    for (size_t row = 0; !shortcut.isEmpty() && row < m_actions.size(); ++row)
        if (int(row) != besides && shortcutOf(m_actions[row]) == shortcut)
            return int(row);
    return -1;
}

QString ActionRegistry::setShortcut(const QString &id, const QString &shortcut)
{
    const int row = rowOf(id);
    if (row < 0)
        return {};
    const Action &action = m_actions[size_t(row)];
    QString said;
    if (const int other = ownerOf(shortcut, row); other >= 0) {
        const Action &owner = m_actions[size_t(other)];
        const QString keys =
            QKeySequence(shortcut, QKeySequence::PortableText).toString(QKeySequence::NativeText);
        // What only the prompt listens to, the board may use as well.
        const bool apart = owner.reach == Reach::Fixed && action.reach == Reach::Board;
        if (owner.reach == Reach::Fixed && !apart)
            return tr("%1 is kept for “%2”.").arg(keys, titleOf(owner));
        if (!apart) {
            QSettings().setValue(settingOf(owner.id), QString());
            announce(other);
            said = tr("“%1” had %2 and has no shortcut now.").arg(titleOf(owner), keys);
        }
    }
    if (shortcut == action.shortcut)
        QSettings().remove(settingOf(id));
    else
        QSettings().setValue(settingOf(id), shortcut);
    announce(row);
    return said;
}

QString ActionRegistry::resetShortcut(const QString &id)
{
    const int row = rowOf(id);
    return row < 0 ? QString() : setShortcut(id, m_actions[size_t(row)].shortcut);
}

QString ActionRegistry::sequenceOf(int key, int modifiers)
{
    switch (key) {
    case Qt::Key_Control:
    case Qt::Key_Shift:
    case Qt::Key_Alt:
    case Qt::Key_AltGr:
    case Qt::Key_Meta:
    case Qt::Key_unknown: return {};
    }
    return QKeySequence(key | (modifiers & ~int(Qt::KeypadModifier)))
        .toString(QKeySequence::PortableText);
}

void ActionRegistry::retranslate()
{
    if (!m_actions.empty())
        Q_EMIT dataChanged(index(0), index(int(m_actions.size()) - 1), {TextRole, PlaceRole});
}

int ActionRegistry::rowOf(const QString &id) const
{
    for (size_t row = 0; row < m_actions.size(); ++row)
        if (m_actions[row].id == id)
            return int(row);
    return -1;
}

QString ActionRegistry::shortcutOf(const Action &action) const
{
    return QSettings().value(settingOf(action.id), action.shortcut).toString();
}

void ActionRegistry::announce(int row)
{
    Q_EMIT dataChanged(index(row), index(row), {ShortcutRole, ChangedRole});
    Q_EMIT shortcutsChanged();
}

} // namespace moodloom::ui
