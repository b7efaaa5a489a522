#include "core/board/History.h"

#include <iterator>

namespace moodloom::board {
namespace {

template <class Value, class Index>
void addTo(std::vector<Change<Value>> &changes, Index &index, Change<Value> change)
{
    if (size_t(index.size()) != changes.size()) {
        index.clear();
        for (size_t i = 0; i < changes.size(); ++i)
            index.insert(changes[i].id(), i);
    }
    if (const auto known = index.constFind(change.id()); known != index.constEnd()) {
        changes[*known].after = std::move(change.after);
    } else {
        index.insert(change.id(), changes.size());
        changes.push_back(std::move(change));
    }
}

template <class Value> std::vector<Change<Value>> reversedChanges(const std::vector<Change<Value>> &changes)
{
    std::vector<Change<Value>> result;
    result.reserve(changes.size());
    for (auto it = changes.rbegin(); it != changes.rend(); ++it)
        result.push_back(it->reversed());
    return result;
}

} // namespace

void Command::add(Change<Item> change)
{
    addTo(items, itemIndex, std::move(change));
}

void Command::add(Change<FrameTake> change)
{
    addTo(takes, takeIndex, std::move(change));
}

void Command::add(Change<SettingValue> change)
{
    QHash<QString, size_t> index; // there are few
    addTo(settings, index, std::move(change));
}

void Command::dropUnchanged()
{
    const auto same = [](const auto &change) { return change.before == change.after; };
    std::erase_if(items, same);
    std::erase_if(takes, same);
    std::erase_if(settings, same);
    itemIndex.clear();
    takeIndex.clear();
}

Command Command::reversed() const
{
    return {name, mergeKey, time, reversedChanges(items), reversedChanges(takes),
            reversedChanges(settings), {}, {}};
}

void History::restore(qint64 count, qint64 position)
{
    clear();
    m_first = m_position = position;
    m_count = count;
}

void History::add(HistoryPart part)
{
    auto steps = std::make_move_iterator(part.steps.begin());
    auto stepsEnd = std::make_move_iterator(part.steps.end());
    if (part.first + qint64(part.steps.size()) == m_first) {
        m_commands.insert(m_commands.begin(), steps, stepsEnd);
        m_first = part.first;
    } else if (part.first == end() && end() + qint64(part.steps.size()) <= m_count) {
        m_commands.insert(m_commands.end(), steps, stepsEnd);
    }
}

void History::push(Command command)
{
    m_commands.resize(size_t(m_position - m_first));
    m_count = m_position;
    if (!m_sealed && hasUndo() && !command.mergeKey.isEmpty()) {
        Command &last = m_commands.back();
        if (last.mergeKey == command.mergeKey && command.time - last.time <= mergeWindow) {
            for (auto &change : command.items)
                last.add(std::move(change));
            for (auto &change : command.takes)
                last.add(std::move(change));
            for (auto &change : command.settings)
                last.add(std::move(change));
            last.time = command.time;
            return;
        }
    }
    m_commands.push_back(std::move(command));
    m_count = ++m_position;
    m_sealed = false;
}

void History::seal()
{
    m_sealed = true;
}

void History::clear()
{
    *this = {};
}

Command History::undo()
{
    m_sealed = true;
    return at(--m_position).reversed();
}

const Command &History::redo()
{
    m_sealed = true;
    return at(m_position++);
}

} // namespace moodloom::board
