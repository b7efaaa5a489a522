// What is selected, and what it is called.
#include "core/base/WebAddress.h"
#include "ui/board/BoardController.h"
#include "ui/board/NoteText.h"

#include <QRegularExpression>
#include <QSet>

#include <algorithm>
#include <cmath>
#include <utility>

namespace moodloom::ui {

using board::Item;
using board::ItemId;

namespace {

QString text(const ItemId &id)
{
    return id.isNull() ? QString() : id.toString(QUuid::WithoutBraces);
}

} // namespace

void BoardController::select(const QVector<ItemId> &ids)
{
    QVector<ItemId> known;
    QSet<ItemId> there;
    if (m_board)
        for (const ItemId &id : ids)
            if (const Item *item = m_board->item(id); item && item->isVisible() && !there.contains(id)) {
                there.insert(id);
                known.append(id);
            }
    if (known == m_selection)
        return;
    m_selection = known;
    m_selected = there;
    noteFrame();
    Q_EMIT selectionChanged();
}

void BoardController::toggle(ItemId id)
{
    const bool selected = isSelected(id);
    QVector<ItemId> ids = m_selection;
    for (const ItemId &other : m_board ? m_board->withGroups({id}) : QVector<ItemId>{id}) {
        ids.removeOne(other);
        if (!selected)
            ids.append(other);
    }
    select(ids);
}

void BoardController::selectWithGroup(ItemId id)
{
    if (m_board)
        select(m_board->withGroups({id}));
}

void BoardController::forgetLost()
{
    select(QVector<ItemId>(m_selection));
}

void BoardController::noteFrame()
{
    for (const ItemId &id : m_selection)
        if (m_board->item(id)->frame() && m_lastFrame != id) {
            m_lastFrame = id;
            announceFrame();
            return;
        }
}

void BoardController::announceFrame()
{
    if (const ItemId now = activeFrame(); std::exchange(m_announcedFrame, now) != now) {
        Q_EMIT activeFrameChanged();
        Q_EMIT currentChanged(); // whether it is on the shelf of that frame
    }
}

ItemId BoardController::activeFrame() const
{
    if (!m_board)
        return {};
    if (const Item *last = m_board->item(m_lastFrame); last && last->frame())
        return m_lastFrame;
    const QVector<ItemId> frames = m_board->frames();
    return frames.isEmpty() ? ItemId() : frames.last();
}

QString BoardController::activeFrameName() const
{
    return text(activeFrame());
}

QStringList BoardController::selectionNames() const
{
    QStringList names;
    for (const ItemId &id : m_selection)
        names.append(text(id));
    return names;
}

const Item *BoardController::current() const
{
    return m_board && !m_selection.isEmpty() ? m_board->item(m_selection.first()) : nullptr;
}

const board::Picture *BoardController::currentPicture() const
{
    const Item *item = current();
    return item ? item->picture() : nullptr;
}

BoardController::Kind BoardController::kind() const
{
    Kind all = Kind::None;
    for (const ItemId &id : m_selection) {
        const Item *item = m_board->item(id);
        if (!item)
            continue;
        const Kind own = Kind(int(item->kind()) + 1);
        if (all != Kind::None && all != own)
            return Kind::Mixed;
        all = own;
    }
    return all;
}

QString BoardController::currentId() const
{
    return m_selection.isEmpty() ? QString() : text(m_selection.first());
}

QString BoardController::describe(const Item &item) const
{
    if (const board::Picture *picture = item.picture()) {
        const QString name = picture->caption.isEmpty() ? tr("Picture") : tr("Picture “%1”").arg(picture->caption);
        return picture->state == board::ReferenceState::Pinned ? tr("%1, pinned").arg(name) : name;
    }
    if (const board::Note *note = item.note()) {
        const QString words = noteWords(note->text);
        if (isWebCard(item))
            return words == item.source
                       ? tr("Picture at %1, not fetched").arg(hostOf(webAddress(item.source)))
                       : tr("Picture “%1” at %2, not fetched")
                             .arg(words, hostOf(webAddress(item.source)));
        return words.isEmpty() ? tr("Empty note") : tr("Note “%1”").arg(words);
    }
    if (item.stroke())
        return tr("Drawing");
    const QString prompt = item.frame()->prompt;
    return prompt.isEmpty() ? tr("Frame without a prompt") : tr("Frame “%1”").arg(prompt);
}

QString BoardController::nameOf(const QString &id) const
{
    const Item *item = m_board ? m_board->item(ItemId(id)) : nullptr;
    return item ? describe(*item) : QString();
}

QString BoardController::currentName() const
{
    if (m_selection.size() > 1)
        return tr("%1 items").arg(m_selection.size());
    const Item *item = current();
    return item ? describe(*item) : QString();
}

QString BoardController::caption() const
{
    return currentPicture() ? currentPicture()->caption : QString();
}

QString BoardController::facet() const
{
    return currentPicture() ? currentPicture()->facet : QString();
}

QString BoardController::path() const
{
    return currentPicture() ? currentPicture()->path : QString();
}

QString BoardController::hash() const
{
    return currentPicture() ? currentPicture()->hash : QString();
}

QSize BoardController::pixels() const
{
    if (currentPicture())
        return currentPicture()->size;
    return current() && current()->frame() ? current()->frame()->pixels : QSize();
}

bool BoardController::hasHidden() const
{
    return !hiddenItems().isEmpty();
}

QVector<ItemId> BoardController::hiddenItems() const
{
    QVector<ItemId> ids = m_board ? m_board->items() : QVector<ItemId>();
    ids.removeIf([this](const ItemId &id) { return !m_board->item(id)->hidden; });
    return ids;
}

// Those that all selected items have.
QString BoardController::tags() const
{
    const Item *first = current();
    QStringList common = first ? first->tags : QStringList();
    for (const ItemId &id : m_selection)
        if (const Item *item = m_board->item(id))
            common.removeIf([item](const QString &tag) {
                return !item->tags.contains(tag, Qt::CaseInsensitive);
            });
    return common.join(QStringLiteral(", "));
}

// What all had and is no longer there goes from each, what is new comes to each.
void BoardController::setTags(const QString &text)
{
    static const QRegularExpression between(QStringLiteral("[,;，、；\\n]"));
    QStringList wanted;
    for (QString word : text.split(between)) {
        word = word.simplified();
        while (word.startsWith(QLatin1Char('#')))
            word = word.mid(1).trimmed();
        if (!word.isEmpty() && !wanted.contains(word, Qt::CaseInsensitive))
            wanted.append(word);
    }
    QStringList gone = tags().split(QStringLiteral(", "), Qt::SkipEmptyParts);
    gone.removeIf([&wanted](const QString &tag) { return wanted.contains(tag); });
    if (m_board && !m_selection.isEmpty())
        m_board->tag(m_selection, wanted, gone);
    Q_EMIT currentChanged(); // the field shows them as they are kept
}

QString BoardController::framePrompt() const
{
    return current() && current()->frame() ? current()->frame()->prompt : QString();
}

int BoardController::referencesInFrame() const
{
    return current() && current()->frame() ? int(frameReferences(*m_board, current()->id).size()) : 0;
}

int BoardController::notesInFrame() const
{
    return current() && current()->frame() ? int(frameTexts(*m_board, current()->id).size()) : 0;
}

} // namespace moodloom::ui
