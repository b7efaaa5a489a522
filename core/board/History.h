// Named commands and the undo stack. A command is what it changed, by value and by id: it never
// points into the document, so that undoing years later is as safe as at once.
//
// Plain values; History belongs to the board's thread.
#pragma once

#include "core/board/FrameTake.h"
#include "core/board/Item.h"

#include <QHash>

#include <optional>
#include <vector>

namespace moodloom::board {

// One thing before and after; nothing before = it was added, nothing after = removed.
template <class Value> struct Change
{
    std::optional<Value> before;
    std::optional<Value> after;
    const auto &id() const { return after ? after->id : before->id; }
    Change reversed() const { return {after, before}; }
};

// A small value of the document by its name, where it is undone; undefined = none.
struct SettingValue
{
    QString id;
    QJsonValue value;
    bool operator==(const SettingValue &) const = default;
};

struct Command
{
    QString name;      // translated: "Move 3 pictures"
    QString mergeKey;  // commands of one non-empty key that follow closely become one
    qint64 time = 0;   // ms, monotonic
    std::vector<Change<Item>> items;
    std::vector<Change<FrameTake>> takes;
    std::vector<Change<SettingValue>> settings; // both before and after

    // Where a thing stands in `items` and `takes`; made anew when it does not fit them.
    QHash<ItemId, size_t> itemIndex;
    QHash<QString, size_t> takeIndex;

    bool isEmpty() const { return items.empty() && takes.empty() && settings.empty(); }
    // Records a change after those already there; changes of one thing become one.
    void add(Change<Item> change);
    void add(Change<FrameTake> change);
    void add(Change<SettingValue> change);
    // Removes what ended as it began.
    void dropUnchanged();
    Command reversed() const;
};

class History
{
public:
    // Forgets what could be redone. Merges into the last command when keys agree and at most
    // `mergeWindow` ms have passed.
    void push(Command command);
    static constexpr qint64 mergeWindow = 1000;
    // The next command starts anew even with an equal key.
    void seal();

    bool canUndo() const { return m_position > 0; }
    bool canRedo() const { return m_position < m_commands.size(); }
    QString undoName() const { return canUndo() ? m_commands[m_position - 1].name : QString(); }
    QString redoName() const { return canRedo() ? m_commands[m_position].name : QString(); }
    // What has to be applied, and the position moves. Requires: canUndo(), canRedo().
    Command undo();
    const Command &redo();
    size_t undoCount() const { return m_position; }

private:
    std::vector<Command> m_commands;
    size_t m_position = 0; // commands before it are done
    bool m_sealed = true;
};

} // namespace moodloom::board
