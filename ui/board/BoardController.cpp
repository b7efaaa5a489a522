#include "ui/board/BoardController.h"

#include "core/base/Text.h"

#include <algorithm>
#include <cmath>

namespace moodloom::ui {

using board::Board;
using board::Item;
using board::ItemId;

namespace {

QString text(const ItemId &id)
{
    return id.isNull() ? QString() : id.toString(QUuid::WithoutBraces);
}

} // namespace

BoardController::BoardController(QObject *parent) : QObject(parent)
{
    connect(this, &BoardController::selectionChanged, this, &BoardController::currentChanged);
}

void BoardController::setBoard(Board *board)
{
    if (m_board == board)
        return;
    if (m_board)
        m_board->disconnect(this);
    m_board = board;
    m_selection.clear();
    m_lastFrame = {};
    if (board) {
        connect(board, &Board::titleChanged, this, &BoardController::titleChanged);
        connect(board, &Board::saveStateChanged, this, &BoardController::saveStateChanged);
        connect(board, &Board::undoChanged, this, &BoardController::undoChanged);
        connect(board, &Board::dropped, this, &BoardController::dropped);
        connect(board, &Board::itemAdded, this, &BoardController::contentChanged);
        connect(board, &Board::itemRemoved, this, [this] {
            forgetLost();
            Q_EMIT contentChanged();
        });
        connect(board, &Board::itemChanged, this, [this](const QUuid &id) {
            forgetLost(); // dropping hides an item
            Q_EMIT contentChanged();
            if (m_selection.contains(id) || m_board->item(id)->frame())
                Q_EMIT currentChanged();
        });
        connect(board, &Board::takesChanged, this, &BoardController::contentChanged);
        connect(board, &Board::referencesPlaced, this, &BoardController::itemsArrived);
        connect(board, &Board::imported, this,
                [this](int job, const QVector<QUuid> &ids, const QStringList &problems) {
                    Q_EMIT imported(job, ids);
                    if (!ids.isEmpty()) {
                        select(ids);
                        Q_EMIT itemsArrived(ids);
                    }
                    if (!problems.isEmpty())
                        Q_EMIT problem(problems.join(QLatin1Char('\n')));
                });
        connect(board, &Board::refused, this, [this](const Error &reason) {
            Q_EMIT problem(userText(reason));
        });
    }
    Q_EMIT boardChanged();
    Q_EMIT titleChanged();
    Q_EMIT contentChanged();
    Q_EMIT saveStateChanged();
    Q_EMIT undoChanged();
    Q_EMIT selectionChanged();
    Q_EMIT activeFrameChanged();
}

// -- The document

QString BoardController::title() const
{
    return m_board ? m_board->title() : QString();
}

bool BoardController::isEmpty() const
{
    if (!m_board)
        return true;
    const QVector<ItemId> ids = m_board->items();
    return std::none_of(ids.begin(), ids.end(),
                        [this](const ItemId &id) { return m_board->item(id)->isVisible(); });
}

BoardController::SaveState BoardController::saveState() const
{
    return m_board ? SaveState(m_board->saveState()) : SaveState::Saved;
}

QString BoardController::saveText() const
{
    if (!m_board)
        return {};
    switch (m_board->saveState()) {
    case Board::SaveState::Saved:
    case Board::SaveState::Saving: return {};
    case Board::SaveState::ReadOnly: return userText(*m_board->readOnlyReason());
    case Board::SaveState::NotSaved:
        return tr("Not saved: %1 Your edits are kept here and written as soon as that is possible.")
            .arg(userText(*m_board->saveError()));
    }
    return {};
}

QString BoardController::undoText() const
{
    return canUndo() ? tr("Undo: %1").arg(m_board->undoName()) : tr("Undo");
}

QString BoardController::redoText() const
{
    return canRedo() ? tr("Redo: %1").arg(m_board->redoName()) : tr("Redo");
}

// -- The selection

void BoardController::select(const QVector<ItemId> &ids)
{
    QVector<ItemId> known;
    if (m_board)
        for (const ItemId &id : ids)
            if (const Item *item = m_board->item(id); item && item->isVisible() && !known.contains(id))
                known.append(id);
    if (known == m_selection)
        return;
    m_selection = known;
    noteFrame();
    Q_EMIT selectionChanged();
}

void BoardController::toggle(ItemId id)
{
    QVector<ItemId> ids = m_selection;
    if (!ids.removeOne(id))
        ids.append(id);
    select(ids);
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
            Q_EMIT activeFrameChanged();
            return;
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
    if (const board::Note *note = item.note())
        return tr("Note “%1”").arg(note->text);
    const QString prompt = item.frame()->prompt;
    return prompt.isEmpty() ? tr("Frame without a prompt") : tr("Frame “%1”").arg(prompt);
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

bool BoardController::isPinned() const
{
    return currentPicture() && currentPicture()->state == board::ReferenceState::Pinned;
}

bool BoardController::isLocked() const
{
    return current() && current()->locked;
}

bool BoardController::isOnShelf() const
{
    const ItemId frame = activeFrame();
    return !frame.isNull() && current() && m_board->item(frame)->frame()->shelf.contains(current()->id);
}

double BoardController::weight() const
{
    return currentPicture() ? currentPicture()->weight : 1;
}

void BoardController::setWeight(double weight)
{
    if (m_board && !qFuzzyCompare(1 + weight, 1 + this->weight()))
        m_board->setWeight(m_selection, weight);
}

double BoardController::opacity() const
{
    return current() ? current()->opacity : 1;
}

void BoardController::setOpacity(double opacity)
{
    if (m_board && !qFuzzyCompare(1 + opacity, 1 + this->opacity()))
        m_board->setOpacity(m_selection, opacity);
}

double BoardController::rotation() const
{
    return current() ? current()->rotation : 0;
}

QString BoardController::framePrompt() const
{
    return current() && current()->frame() ? current()->frame()->prompt : QString();
}

int BoardController::referencesInFrame() const
{
    return current() && current()->frame() ? int(frameReferences(*m_board, current()->id).size()) : 0;
}

// -- Intents

void BoardController::undo()
{
    if (m_board)
        m_board->undo();
}

void BoardController::redo()
{
    if (m_board)
        m_board->redo();
}

void BoardController::selectAll()
{
    if (m_board)
        select(m_board->items());
}

void BoardController::selectById(const QString &id)
{
    select({ItemId(id)});
}

bool BoardController::selectNext(bool backwards)
{
    if (!m_board)
        return false;
    QVector<ItemId> ids = m_board->items();
    ids.removeIf([this](const ItemId &id) { return !m_board->item(id)->isVisible(); });
    if (ids.isEmpty())
        return false;
    // Reading order: line by line, where a line is as high as a thumbnail.
    std::sort(ids.begin(), ids.end(), [this](const ItemId &a, const ItemId &b) {
        const QPointF pa = boundingRect(*m_board->item(a)).topLeft();
        const QPointF pb = boundingRect(*m_board->item(b)).topLeft();
        const qint64 la = qint64(std::floor(pa.y() / 64)), lb = qint64(std::floor(pb.y() / 64));
        return la != lb ? la < lb : pa.x() != pb.x() ? pa.x() < pb.x() : a < b;
    });
    const qsizetype at = m_selection.isEmpty() ? -1 : ids.indexOf(m_selection.last());
    const qsizetype next = at < 0 ? (backwards ? ids.size() - 1 : 0) : at + (backwards ? -1 : 1);
    if (next < 0 || next >= ids.size())
        return false;
    select({ids[next]});
    return true;
}

void BoardController::togglePin()
{
    if (!m_board || m_selection.isEmpty())
        return;
    m_board->setPinned(m_selection, !isPinned());
}

void BoardController::dropOrRemove()
{
    if (!m_board || m_selection.isEmpty())
        return;
    QVector<ItemId> references, others;
    for (const ItemId &id : m_selection)
        (m_board->item(id)->picture() ? references : others).append(id);
    Board::Transaction transaction(m_board, references.isEmpty() ? tr("Remove") : tr("Drop"));
    if (!others.isEmpty())
        m_board->remove(others);
    if (!references.isEmpty())
        m_board->drop(references);
    transaction.commit();
}

void BoardController::remove()
{
    if (m_board && !m_selection.isEmpty())
        m_board->remove(QVector<ItemId>(m_selection));
}

void BoardController::duplicate()
{
    if (m_board && !m_selection.isEmpty())
        select(m_board->duplicate(m_selection, {24, 24}));
}

void BoardController::raise()
{
    if (m_board)
        m_board->raise(m_selection);
}

void BoardController::lower()
{
    if (m_board)
        m_board->lower(m_selection);
}

void BoardController::toggleLock()
{
    if (m_board)
        m_board->setLocked(m_selection, !isLocked());
}

void BoardController::toggleShelf()
{
    const ItemId frame = activeFrame();
    if (!frame.isNull())
        m_board->setOnShelf(frame, m_selection, !isOnShelf());
}

void BoardController::flipHorizontally()
{
    if (m_board)
        m_board->flip(m_selection, Qt::Horizontal);
}

void BoardController::flipVertically()
{
    if (m_board)
        m_board->flip(m_selection, Qt::Vertical);
}

void BoardController::arrange(board::Arrangement arrangement)
{
    if (!m_board)
        return;
    QVector<ItemId> ids = m_selection;
    if (ids.isEmpty()) { // everything that has no place in a frame, where the place has a meaning
        ids = m_board->items();
        ids.removeIf([this](const ItemId &id) { return !frameAt(*m_board, *m_board->item(id)).isNull(); });
    }
    m_board->arrange(ids, arrangement);
}

void BoardController::arrangeRows()
{
    arrange(board::Arrangement::Rows);
}

void BoardController::setFrameAspect(double width, double height)
{
    const Item *item = current();
    if (!item || !item->frame() || !(width > 0) || !(height > 0))
        return;
    board::Frame frame = *item->frame();
    // As large as before, in another shape; pixels in the steps that models paint in.
    const double aspect = width / height;
    const double area = frame.size.width() * frame.size.height();
    frame.size = {std::sqrt(area * aspect), std::sqrt(area / aspect)};
    const double pixels = double(frame.pixels.width()) * frame.pixels.height();
    const auto step = [](double side) { return std::max(16, int(std::lround(side / 16)) * 16); };
    frame.pixels = {step(std::sqrt(pixels * aspect)), step(std::sqrt(pixels / aspect))};
    m_board->setFrame(item->id, frame, tr("Frame's shape"));
}

void BoardController::arrangeMasonry()
{
    arrange(board::Arrangement::Masonry);
}

void BoardController::nudge(double dx, double dy)
{
    if (m_board)
        m_board->move(m_selection, {dx, dy});
}

void BoardController::setFramePrompt(const QString &id, const QString &prompt)
{
    if (m_board)
        m_board->setFramePrompt(ItemId(id), prompt);
}

void BoardController::setNoteText(const QString &id, const QString &noteText)
{
    if (m_board)
        m_board->setNoteText(ItemId(id), noteText);
}

QString BoardController::promptOf(const QString &id) const
{
    const Item *item = m_board ? m_board->item(ItemId(id)) : nullptr;
    if (!item || item->picture())
        return {};
    return item->note() ? item->note()->text : item->frame()->prompt;
}

void BoardController::retrySaving()
{
    if (m_board)
        m_board->retrySaving();
}

} // namespace moodloom::ui
