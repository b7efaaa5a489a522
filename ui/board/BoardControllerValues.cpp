// The values of what is selected, as the inspector shows and sets them. Of several items a yes means all
// of them; what they do not agree in is mixed, and setting it sets all.
#include "ui/board/BoardController.h"
#include "ui/board/ModelView.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace moodloom::ui {

using board::Item;
using board::ItemId;

namespace {

// What pictures and notes have in common.
struct Use
{
    double weight = 1;
    board::StepRange steps;
};

std::optional<Use> useOf(const Item &item)
{
    if (const board::Picture *picture = item.picture())
        return Use{picture->weight, picture->steps};
    if (const board::Note *note = item.note())
        return Use{note->weight, note->steps};
    return {};
}

std::optional<double> weightOf(const Item &item)
{
    const auto use = useOf(item);
    return use ? std::optional(use->weight) : std::nullopt;
}

std::optional<board::StepRange> stepsOf(const Item &item)
{
    const auto use = useOf(item);
    return use ? std::optional(use->steps) : std::nullopt;
}

std::optional<board::ReferenceRole> roleOf(const Item &item)
{
    return item.picture() ? std::optional(item.picture()->role) : std::nullopt;
}

std::optional<double> opacityOf(const Item &item)
{
    return item.opacity;
}

std::optional<bool> noteActsIn(const Item &item)
{
    return item.note() ? std::optional(item.note()->acts) : std::nullopt;
}

std::optional<bool> lockedOf(const Item &item)
{
    return item.locked;
}

} // namespace

// What the selected items have that have it, in their order.
template <typename Read> auto BoardController::valuesOf(const Read &read) const
{
    QVector<typename decltype(read(std::declval<const Item &>()))::value_type> values;
    for (const ItemId &id : m_selection)
        if (const Item *item = m_board->item(id))
            if (const auto value = read(*item))
                values.append(*value);
    return values;
}

template <typename Read> bool BoardController::isMixed(const Read &read) const
{
    const auto values = valuesOf(read);
    return std::any_of(values.cbegin(), values.cend(),
                       [&values](const auto &value) { return value != values.first(); });
}

// There are some, and all say yes.
template <typename Read> bool BoardController::isAll(const Read &read) const
{
    const QVector<bool> values = valuesOf(read);
    return !values.isEmpty() && !values.contains(false);
}

bool BoardController::isPinned() const
{
    return isAll([](const Item &item) -> std::optional<bool> {
        if (!item.picture())
            return {};
        return item.picture()->state == board::ReferenceState::Pinned;
    });
}

bool BoardController::isLocked() const
{
    return isAll(lockedOf);
}

bool BoardController::isLockedMixed() const
{
    return isMixed(lockedOf);
}

bool BoardController::isOnShelf() const
{
    const ItemId frame = activeFrame();
    if (frame.isNull())
        return false;
    const QVector<ItemId> &shelf = m_board->item(frame)->frame()->shelf;
    return isAll([&shelf](const Item &item) -> std::optional<bool> {
        if (!item.picture())
            return {};
        return shelf.contains(item.id);
    });
}

double BoardController::weight() const
{
    return valuesOf(weightOf).value(0, 1);
}

bool BoardController::isWeightMixed() const
{
    return isMixed(weightOf);
}

void BoardController::setWeight(double weight)
{
    if (m_board && (isWeightMixed() || !qFuzzyCompare(1 + weight, 1 + this->weight())))
        m_board->setWeight(m_selection, weight);
}

bool BoardController::noteActs() const
{
    return isAll(noteActsIn);
}

bool BoardController::isNoteActsMixed() const
{
    return isMixed(noteActsIn);
}

void BoardController::setNoteActs(bool act)
{
    if (m_board)
        m_board->setNotesAct(m_selection, act);
}

void BoardController::toggleNoteActs()
{
    if (!valuesOf(noteActsIn).isEmpty())
        setNoteActs(!noteActs());
}

bool BoardController::isInFrame() const
{
    return isAll([this](const Item &item) -> std::optional<bool> {
        return !frameAt(*m_board, item).isNull();
    });
}

bool BoardController::isInFrameMixed() const
{
    return isMixed([this](const Item &item) -> std::optional<bool> {
        return !frameAt(*m_board, item).isNull();
    });
}

BoardController::Role BoardController::role() const
{
    return Role(int(valuesOf(roleOf).value(0, board::ReferenceRole::Content)));
}

bool BoardController::isRoleMixed() const
{
    return isMixed(roleOf);
}

void BoardController::setRole(Role role)
{
    if (m_board)
        m_board->setRole(m_selection, board::ReferenceRole(int(role)));
}

void BoardController::nextRole()
{
    if (currentPicture())
        setRole(Role((int(role()) + 1) % 3));
}

board::StepRange BoardController::steps() const
{
    return valuesOf(stepsOf).value(0);
}

double BoardController::stepsFrom() const
{
    return steps().from;
}

double BoardController::stepsTo() const
{
    return steps().to;
}

bool BoardController::isStepsMixed() const
{
    return isMixed(stepsOf);
}

QString BoardController::stepsText() const
{
    return ui::stepsText(steps());
}

void BoardController::setSteps(double from, double to)
{
    const board::StepRange steps{from, to};
    if (m_board && steps.isValid())
        m_board->setSteps(m_selection, steps);
    else
        Q_EMIT currentChanged(); // the handles go back to what is
}

double BoardController::opacity() const
{
    return valuesOf(opacityOf).value(0, 1);
}

bool BoardController::isOpacityMixed() const
{
    return isMixed(opacityOf);
}

void BoardController::setOpacity(double opacity)
{
    if (m_board && (isOpacityMixed() || !qFuzzyCompare(1 + opacity, 1 + this->opacity())))
        m_board->setOpacity(m_selection, opacity);
}

bool BoardController::isGreyscale() const
{
    return isAll([](const Item &item) -> std::optional<bool> {
        if (!item.picture())
            return {};
        return item.picture()->greyscale;
    });
}

bool BoardController::isCropped() const
{
    return currentPicture() && !currentPicture()->crop.isNull();
}

bool BoardController::isGrouped() const
{
    return current() && !current()->group.isNull();
}

double BoardController::rotation() const
{
    return current() ? current()->rotation : 0;
}

QString BoardController::source() const
{
    const auto sourceOf = [](const Item &item) -> std::optional<QString> {
        if (!item.picture())
            return {};
        return item.source;
    };
    return isMixed(sourceOf) ? QString() : valuesOf(sourceOf).value(0);
}

} // namespace moodloom::ui
