#include "core/board/Board.h"

#include "core/board/Autosave.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <algorithm>

namespace moodloom::board {
namespace {

const QString guidesKey = QStringLiteral("guides");

} // namespace

Board::Board(QObject *parent) : QObject(parent), m_store(std::make_shared<BoardStore>())
{
    m_clock.start();
    m_path = newAutosavePath();
    m_untitled = true;
    m_retry.setInterval(5000);
    connect(&m_retry, &QTimer::timeout, this, &Board::retrySaving);
    m_store->create(m_path).then(this, [this](const Result<Content> &made) {
        if (!made)
            written(m_acknowledged, fail(made.error()));
    });
}

Board::Board(LoadedBoard loaded, QObject *parent)
    : QObject(parent), m_store(std::move(loaded.store)), m_path(std::move(loaded.path))
{
    m_clock.start();
    m_untitled = isAutosave(m_path);
    m_retry.setInterval(5000);
    connect(&m_retry, &QTimer::timeout, this, &Board::retrySaving);
    m_readOnly = loaded.content.readOnly;
    m_settings = loaded.content.settings;
    for (const Item &item : loaded.content.items)
        m_items.insert(item.id, item);
    for (const FrameTake &take : loaded.content.takes)
        m_takes.insert(take.id, take);
    for (const FrameTake &take : loaded.content.takes)
        if (!take.grounding.isEmpty())
            m_groundings.insert(take.id, take.grounding);
    if (const KeptHistory &history = loaded.content.history; !m_readOnly)
        m_history.restore(history.count, history.position);
    readSteps(); // while the first pictures are read
}

Board::~Board()
{
    m_store->flush().waitForFinished();
    const bool worthless = m_untitled && m_items.isEmpty() && !m_history.canUndo() && !isReadOnly();
    const QString path = m_path;
    m_store.reset();
    if (worthless)
        QFile::remove(path);
}

QFuture<Result<LoadedBoard>> Board::load(const QString &path)
{
    auto store = std::make_shared<BoardStore>();
    // On the UI thread: a store must never go out of use on its own Worker, for which it waits.
    return store->open(path).then(qApp, [store, path](Result<Content> content) -> Result<LoadedBoard> {
        if (!content)
            return fail(content.error());
        return LoadedBoard{store, QFileInfo(path).absoluteFilePath(), std::move(*content)};
    });
}

Result<std::unique_ptr<Board>> Board::open(const QString &path)
{
    auto store = std::make_shared<BoardStore>();
    auto content = store->open(path).result();
    if (!content)
        return fail(content.error());
    return std::make_unique<Board>(
        LoadedBoard{std::move(store), QFileInfo(path).absoluteFilePath(), std::move(*content)});
}

Result<std::unique_ptr<Board>> Board::create(const QString &path)
{
    auto store = std::make_shared<BoardStore>();
    auto content = store->create(path).result();
    if (!content)
        return fail(content.error());
    return std::make_unique<Board>(
        LoadedBoard{std::move(store), QFileInfo(path).absoluteFilePath(), std::move(*content)});
}

// -- The document

QString Board::title() const
{
    return m_untitled ? tr("Untitled board") : QFileInfo(m_path).completeBaseName();
}

const Item *Board::item(ItemId id) const
{
    const auto found = m_items.constFind(id);
    return found == m_items.constEnd() ? nullptr : &*found;
}

QVector<ItemId> Board::items() const
{
    if (m_order.size() != m_items.size()) {
        m_order = QVector<ItemId>(m_items.keyBegin(), m_items.keyEnd());
        std::sort(m_order.begin(), m_order.end(), [this](const ItemId &a, const ItemId &b) {
            const qint64 za = m_items.constFind(a)->z, zb = m_items.constFind(b)->z;
            return za != zb ? za < zb : a < b;
        });
    }
    return m_order;
}

QVector<ItemId> Board::frames() const
{
    QVector<ItemId> frames = items();
    frames.removeIf([this](const ItemId &id) { return !item(id)->frame(); });
    return frames;
}

ItemId Board::pictureOf(const QString &hash) const
{
    for (const Item &item : m_items)
        if (item.picture() && item.picture()->hash == hash)
            return item.id;
    return {};
}

QVector<FrameTake> Board::takes(ItemId frame) const
{
    QVector<FrameTake> takes;
    for (const FrameTake &take : m_takes)
        if (take.frame == frame)
            takes.append(take);
    std::sort(takes.begin(), takes.end(), [](const FrameTake &a, const FrameTake &b) {
        return a.made != b.made ? a.made < b.made : a.id < b.id;
    });
    return takes;
}

const FrameTake *Board::take(const QString &id) const
{
    const auto found = m_takes.constFind(id);
    return found == m_takes.constEnd() ? nullptr : &*found;
}

QRectF Board::extent(const QVector<ItemId> &ids) const
{
    QRectF extent;
    for (const ItemId &id : ids)
        if (const Item *found = item(id); found && found->isVisible())
            extent |= boundingRect(*found);
    return extent;
}

void Board::setSetting(const QString &name, const QJsonValue &value)
{
    if (m_readOnly || m_settings.value(name) == value)
        return;
    m_settings.insert(name, value);
    Commit commit;
    commit.settings.insert(name, value);
    send(std::move(commit));
}

// -- Commands

Board::Transaction::Transaction(Board *board, StepName name, QString mergeKey)
    : m_board(board), m_open(board->begin(std::move(name), std::move(mergeKey)))
{
}

Board::Transaction::~Transaction()
{
    if (m_open)
        m_board->rollBack();
}

void Board::Transaction::commit()
{
    if (m_open)
        m_board->commitTransaction();
    m_open = false;
}

bool Board::begin(StepName name, QString mergeKey)
{
    if (m_readOnly) {
        Q_EMIT refused(*m_readOnly);
        return false;
    }
    if (m_depth++ == 0) {
        m_open = Command{std::move(name), std::move(mergeKey), m_clock.elapsed(), {}, {}, {}};
        m_failed = false;
    }
    return true;
}

void Board::commitTransaction()
{
    if (m_depth > 1) {
        --m_depth;
        return;
    }
    if (m_failed) {
        rollBack();
        return;
    }
    m_depth = 0;
    Command command = std::exchange(m_open, {});
    std::vector<StoredPicture> pictures = std::exchange(m_arriving, {});
    Q_EMIT settled();
    command.dropUnchanged();
    if (command.isEmpty())
        return;
    Commit commit = commitOf(command);
    commit.pictures = std::move(pictures);
    m_steps = 0; // who goes on working no longer waits for an undo
    m_history.push(std::move(command));
    commit.position = m_history.position();
    commit.history = HistoryEdit{m_history.position() - 1, m_history.last()};
    commit.history->step->itemIndex.clear();
    commit.history->step->takeIndex.clear();
    send(std::move(commit));
    Q_EMIT undoChanged();
}

void Board::rollBack()
{
    if (--m_depth > 0) {
        m_failed = true;
        return;
    }
    const Command command = std::exchange(m_open, {});
    m_arriving.clear();
    apply(command.reversed());
    Q_EMIT settled();
}

void Board::apply(const Command &command)
{
    for (const auto &change : command.items)
        setItem(change.id(), change.after);
    for (const auto &change : command.takes)
        setTake(change.id(), change.after);
    for (const auto &change : command.settings)
        setSettingValue(*change.after);
}

Commit Board::commitOf(const Command &command) const
{
    Commit commit;
    for (const auto &change : command.items)
        commit.items.emplace_back(change.id(), change.after);
    for (const auto &change : command.takes)
        commit.takes.emplace_back(change.id(), withGrounding(change.after));
    for (const auto &change : command.settings)
        commit.settings.insert(change.id(), change.after->value);
    return commit;
}

void Board::undo()
{
    if (m_readOnly || m_depth > 0 || !canUndo())
        return;
    --m_steps;
    takeSteps();
}

void Board::redo()
{
    if (m_readOnly || m_depth > 0 || !canRedo())
        return;
    ++m_steps;
    takeSteps();
}

// As many of the wanted steps as are in memory; the disk is asked for the others.
void Board::takeSteps()
{
    while ((m_steps < 0 && m_history.hasUndo()) || (m_steps > 0 && m_history.hasRedo())) {
        const Command command = m_steps < 0 ? m_history.undo() : m_history.redo();
        m_steps += m_steps < 0 ? 1 : -1;
        apply(command);
        Q_EMIT settled();
        Commit commit = commitOf(command);
        commit.position = m_history.position();
        send(std::move(commit));
        Q_EMIT undoChanged();
    }
    if ((m_steps < 0 && !m_history.canUndo()) || (m_steps > 0 && !m_history.canRedo()))
        m_steps = 0; // no more than there are
    readSteps();
}

void Board::readSteps()
{
    constexpr qint64 ahead = 16; // steps in memory on each side, so that nobody waits
    const qint64 first = m_history.first(), end = m_history.end();
    if (!m_readingBefore && m_history.canUndo() && first > 0 &&
        m_history.position() - first < ahead) {
        m_readingBefore = true;
        m_store->stepsBefore(first).then(this, [this](const Result<HistoryPart> &part) {
            m_readingBefore = false;
            if (part && !part->steps.empty())
                m_history.add(*part);
            else
                m_history.cutBefore();
            takeSteps();
            Q_EMIT undoChanged();
        });
    }
    if (!m_readingBehind && m_history.count() > end && end - m_history.position() < ahead) {
        m_readingBehind = true;
        m_store->stepsFrom(end).then(this, [this, end](const Result<HistoryPart> &part) {
            m_readingBehind = false;
            if (part && !part->steps.empty())
                m_history.add(*part);
            else if (m_history.end() == end)
                m_history.cutBehind();
            takeSteps();
            Q_EMIT undoChanged();
        });
    }
}

void Board::forgetHistory()
{
    if (m_readOnly) {
        Q_EMIT refused(*m_readOnly);
        return;
    }
    if (m_depth > 0 || (!canUndo() && !canRedo()))
        return;
    m_history.clear();
    m_steps = 0;
    Commit commit;
    commit.history = HistoryEdit{};
    commit.position = 0;
    send(std::move(commit));
    Q_EMIT undoChanged();
}

void Board::setItem(ItemId id, const std::optional<Item> &item)
{
    const auto known = m_items.find(id);
    if (!item) {
        if (known == m_items.end())
            return;
        m_items.erase(known);
        m_order.clear();
        Q_EMIT itemRemoved(id);
    } else if (known == m_items.end()) {
        m_items.insert(id, *item);
        m_order.clear();
        Q_EMIT itemAdded(id);
    } else {
        if (known->z != item->z)
            m_order.clear();
        *known = *item;
        Q_EMIT itemChanged(id);
    }
}

// Steps of before the check know nothing of it.
std::optional<FrameTake> Board::withGrounding(std::optional<FrameTake> take) const
{
    if (take)
        take->grounding = m_groundings.value(take->id, take->grounding);
    return take;
}

void Board::setTake(const QString &id, const std::optional<FrameTake> &take)
{
    const ItemId frame = take ? take->frame : m_takes.value(id).frame;
    if (take)
        m_takes.insert(id, *withGrounding(take));
    else
        m_takes.remove(id);
    Q_EMIT takesChanged(frame);
}

void Board::setSettingValue(const SettingValue &setting)
{
    m_settings.insert(setting.id, setting.value);
    Q_EMIT guidesChanged(); // there is no other
}

GuideLines Board::guides() const
{
    return guideLinesFromJson(setting(guidesKey));
}

void Board::setGuides(const GuideLines &lines, const StepName &name)
{
    Transaction transaction(this, name);
    if (m_depth == 0)
        return;
    put(SettingValue{guidesKey, toJson(lines)});
    transaction.commit();
}

void Board::put(const SettingValue &setting)
{
    Change<SettingValue> change{
        SettingValue{setting.id, this->setting(setting.id).toObject()}, setting};
    setSettingValue(setting);
    m_open.add(std::move(change));
}

void Board::put(Item item)
{
    const Item *known = this->item(item.id);
    if (!known && item.added == 0)
        item.added = QDateTime::currentMSecsSinceEpoch();
    Change<Item> change{known ? std::optional(*known) : std::nullopt, std::move(item)};
    setItem(change.id(), change.after);
    m_open.add(std::move(change));
}

void Board::put(FrameTake take)
{
    const FrameTake *known = this->take(take.id);
    Change<FrameTake> change{known ? std::optional(*known) : std::nullopt, std::move(take)};
    setTake(change.id(), change.after);
    m_open.add(std::move(change));
}

void Board::erase(ItemId id)
{
    const Item *known = item(id);
    if (!known)
        return;
    Change<Item> change{*known, std::nullopt};
    setItem(id, std::nullopt);
    m_open.add(std::move(change));
    for (const FrameTake &take : takes(id)) {
        Change<FrameTake> gone{take, std::nullopt};
        setTake(take.id, std::nullopt);
        m_open.add(std::move(gone));
    }
}

} // namespace moodloom::board
