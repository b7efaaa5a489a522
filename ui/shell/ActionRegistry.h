// Every action of the program in one place: its name and its shortcut.
//
// UI thread. The command palette and the shortcuts are made from it. Shortcuts that the user
// changed are remembered in QSettings. An action without a function of its own is done by the part
// of the interface that listens to triggered().
#pragma once

#include <QAbstractListModel>
#include <QVariantMap>
#include <QtQml/qqmlregistration.h>

#include <functional>
#include <vector>

namespace moodloom::ui {

class ActionRegistry : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Workspace owns it")
    Q_PROPERTY(QVariantMap shortcuts READ shortcuts NOTIFY shortcutsChanged) // by action, portable
public:
    enum Role {
        IdRole = Qt::UserRole, // QString: "paint"
        TextRole,              // QString: translated
        ShortcutRole,          // QString: portable, may be empty
        ChangedRole,           // bool: the user gave it another shortcut
        GlobalRole,            // bool: the shortcut works everywhere
        AssignableRole,        // bool: the user may give it another shortcut
        PlaceRole              // QString: translated, where the shortcut works; empty = everywhere
    };
    enum class Reach {
        Everywhere,
        Board,  // while the board has the focus: the canvas sees to it
        Prompt, // while the prompt is written: it sees to it
        Fixed  // a part of the interface sees to it, always with this key
    };
    struct Action
    {
        QString id;
        const char *text; // marked with QT_TRANSLATE_NOOP("Actions", ...)
        QString shortcut;
        std::function<void()> run = {};
        Reach reach = Reach::Everywhere;
    };
    // Where the action has this shortcut: Enter alone means something almost everywhere, and what else
    // has it works in the prompt.
    static Reach reachOf(const Action &action, const QString &shortcut);

    explicit ActionRegistry(QObject *parent = nullptr);

    void add(Action action);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    Q_INVOKABLE void trigger(const QString &id);
    Q_INVOKABLE QString shortcut(const QString &id) const;
    QVariantMap shortcuts() const;
    bool contains(const QString &id) const { return rowOf(id) >= 0; }
    // An empty text takes the shortcut away. An action that had it loses it; one that needs it
    // keeps it, and nothing changes. Returns what to tell the user of that, translated; empty =
    // nothing.
    Q_INVOKABLE QString setShortcut(const QString &id, const QString &shortcut);
    Q_INVOKABLE QString resetShortcut(const QString &id);

    void retranslate();

Q_SIGNALS:
    void triggered(const QString &id);
    void shortcutsChanged();

private:
    int rowOf(const QString &id) const; // -1 = not there
    QString shortcutOf(const Action &action) const;
    void announce(int row);

    std::vector<Action> m_actions;
};

} // namespace moodloom::ui
