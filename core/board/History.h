// Named commands and the undo stack. A command is what it changed, by value and by id: it never
// points into the document, so that undoing years later is as safe as at once. The board's file
// keeps all steps; those around the present one are in memory, the others come when they are
// needed.
//
// Plain values; History belongs to the board's thread.
#pragma once

#include "core/board/FrameTake.h"
#include "core/board/Item.h"
#include "core/board/StepName.h"

#include <QHash>
#include <QJsonValue>

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
    StepName name;
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

// Steps of a history that follow one another, as its file keeps them.
struct HistoryPart
{
    qint64 first = 0; // the number of the first of them
    std::vector<Command> steps;
};

class History
{
public:
    // Of a file: so many steps, so many of them done; none is in memory.
    void restore(qint64 count, qint64 position);
    // Those before or behind what is in memory; what no longer fits is passed over.
    void add(HistoryPart part);
    // Those before what is in memory cannot be read: what is here is the beginning.
    void cutBefore() { m_least = m_first; }
    void cutBehind() { m_count = end(); }

    // Forgets what could be redone. Merges into the last command when keys agree and at most
    // `mergeWindow` ms have passed.
    void push(Command command);
    static constexpr qint64 mergeWindow = 1000;
    // The next command starts anew even with an equal key.
    void seal();
    void clear();

    bool canUndo() const { return m_position > m_least; }
    bool canRedo() const { return m_position < m_count; }
    // In memory, so that it can be done now.
    bool hasUndo() const { return m_position > m_first; }
    bool hasRedo() const { return m_position < end(); }
    // Empty while it is not in memory.
    StepName undoName() const { return hasUndo() ? at(m_position - 1).name : StepName(); }
    StepName redoName() const { return hasRedo() ? at(m_position).name : StepName(); }
    // What has to be applied, and the position moves. Requires: hasUndo(), hasRedo().
    Command undo();
    const Command &redo();

    // Steps have numbers from 0; those before the position are done.
    qint64 position() const { return m_position; }
    qint64 first() const { return m_first; } // in memory
    qint64 end() const { return m_first + qint64(m_commands.size()); }
    qint64 count() const { return m_count; }
    // Requires: hasUndo(). The step that was done last.
    const Command &last() const { return at(m_position - 1); }

private:
    const Command &at(qint64 number) const { return m_commands[size_t(number - m_first)]; }

    std::vector<Command> m_commands;
    qint64 m_least = 0;    // there is nothing to be undone before it
    qint64 m_first = 0;    // the number of the first in memory
    qint64 m_position = 0; // commands before it are done
    qint64 m_count = 0;    // with those that are only in the file
    bool m_sealed = true;
};

} // namespace moodloom::board
