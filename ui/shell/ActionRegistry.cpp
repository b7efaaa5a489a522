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
        return reachOf(action, shortcutOf(action)) == Reach::Everywhere;
    case AssignableRole:
        return action.reach != Reach::Fixed;
    case PlaceRole:
        switch (reachOf(action, shortcutOf(action))) {
        case Reach::Board:
            return tr("on the board");
        case Reach::Prompt:
            return tr("in the prompt");
        default:
            return QString();
        }
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

ActionRegistry::Reach ActionRegistry::reachOf(const Action &action, const QString &shortcut)
{
    const bool enter = shortcut == QLatin1String("Return");
    return enter && action.reach == Reach::Everywhere ? Reach::Prompt : action.reach;
}

QString ActionRegistry::setShortcut(const QString &id, const QString &shortcut)
{
    const int row = rowOf(id);
    if (row < 0)
        return {};
    const Action &action = m_actions[size_t(row)];
    const QString keys =
        QKeySequence(shortcut, QKeySequence::PortableText).toString(QKeySequence::NativeText);
    QVector<int> losers;
    for (size_t other = 0; !shortcut.isEmpty() && other < m_actions.size(); ++other) {
        const Action &owner = m_actions[other];
        if (int(other) == row || shortcutOf(owner) != shortcut)
            continue;
        const Reach theirs = reachOf(owner, shortcut), ours = reachOf(action, shortcut);
        // What only the prompt listens to, the board may use as well.
        const bool apart = theirs != ours && (theirs == Reach::Board || ours == Reach::Board);
        if (apart && theirs != Reach::Everywhere && ours != Reach::Everywhere)
            continue;
        if (owner.reach == Reach::Fixed)
            return tr("%1 is kept for “%2”.").arg(keys, titleOf(owner));
        losers.append(int(other));
    }
    QStringList said;
    for (const int loser : losers) {
        const Action &owner = m_actions[size_t(loser)];
        QSettings().setValue(settingOf(owner.id), QString());
        announce(loser);
        said.append(tr("“%1” had %2 and has no shortcut now.").arg(titleOf(owner), keys));
    }
    if (shortcut == action.shortcut)
        QSettings().remove(settingOf(id));
    else
        QSettings().setValue(settingOf(id), shortcut);
    announce(row);
    return said.join(QLatin1Char('\n'));
}

QString ActionRegistry::resetShortcut(const QString &id)
{
    const int row = rowOf(id);
    return row < 0 ? QString() : setShortcut(id, m_actions[size_t(row)].shortcut);
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
    Q_EMIT dataChanged(index(row), index(row), {ShortcutRole, ChangedRole, GlobalRole, PlaceRole});
    Q_EMIT shortcutsChanged();
}

} // namespace moodloom::ui
