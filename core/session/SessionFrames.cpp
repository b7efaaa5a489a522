// The active frame of a session and its settings.
#include "core/base/ContentHash.h"
#include "core/generation/Generator.h"
#include "core/image/Decode.h"
#include "core/session/Exchange.h"
#include "core/session/SessionState.h"

#include <QCoroFuture>
#include <QPointer>

#include <utility>

namespace moodloom::session {

QUuid Session::activeFrame() const
{
    return d->activeFrame;
}

void Session::setActiveFrame(const QUuid &wanted)
{
    const QVector<board::ItemId> frames = d->board->frames();
    const QUuid frame = frames.contains(wanted) ? wanted
                        : frames.isEmpty()      ? QUuid()
                                                : frames.first();
    d->activeFrame = frame;
    if (const board::Item *item = d->board->item(frame); item && item->frame()) {
        d->settings = settingsOf(*item->frame());
        d->framePrompt = item->frame()->prompt;
        if (!item->frame()->prompt.isEmpty())
            d->finder->setPrompt(item->frame()->prompt);
    }
    Q_EMIT activeFrameChanged();
    Q_EMIT settingsChanged();
    d->takes.show(d->board, frame);
}

QUuid Session::ensureFrame()
{
    if (d->activeFrame.isNull()) {
        const QSizeF size = QSizeF(d->settings.size).scaled(512, 512, Qt::KeepAspectRatio);
        // Right of what lies there already.
        const QRectF there = d->board->extent(d->board->items());
        const QPointF centre =
            there.isEmpty() ? QPointF()
                            : QPointF(there.right() + 80 + size.width() / 2, there.center().y());
        const PaintSettings settings = d->settings;
        const QUuid frame = d->board->addFrame(centre, size);
        d->activeFrame = frame;
        setSettings(settings);
    }
    return d->activeFrame;
}

const PaintSettings &Session::settings() const
{
    return d->settings;
}

void Session::setSettings(const PaintSettings &settings)
{
    d->settings = settings;
    const board::Item *item = d->board->item(d->activeFrame);
    if (item && item->frame() && settingsOf(*item->frame()) != settings)
        d->board->setFrame(d->activeFrame, withSettings(*item->frame(), settings),
                           QT_TRANSLATE_NOOP("moodloom::board::Board", "Change picture settings"));
    Q_EMIT settingsChanged();
}

void Session::followSettings()
{
    d->facts->readCanvas(d->settings.model);
    d->facts->readMemory();
    d->shelf->setModel(d->settings.model);
    // Another frame goes on with the same model, but paints its own pictures over.
    PaintSettings next = d->settings;
    next.start = {};
    next.controls.clear();
    d->board->setNewFrame(withSettings(board::Frame(), next));
}

// Undo, or an edit in place.
void Session::followFrame()
{
    const board::Item *item = d->board->item(d->activeFrame);
    if (!item || !item->frame())
        return;
    const board::Frame &frame = *item->frame();
    if (settingsOf(frame) != d->settings) {
        d->settings = settingsOf(frame);
        Q_EMIT settingsChanged();
    }
    // An empty one is what an undo leads back to; else what was typed and never painted stays.
    const bool cleared = frame.prompt.isEmpty() && d->finder->prompt() == d->framePrompt;
    if ((!frame.prompt.isEmpty() || cleared) && frame.prompt != d->finder->prompt()) {
        d->finder->setPrompt(frame.prompt);
        if (d->chipPrompts.contains(frame.prompt) && !d->finder->references().isEmpty())
            d->finder->find(); // a chip's edit undone or done again
    }
    d->framePrompt = frame.prompt;
}

const generation::Canvas &Session::canvas() const
{
    return d->facts->canvas();
}

const std::optional<generation::PaintMemory> &Session::memory() const
{
    return d->facts->memory();
}

void Session::offerPreviewDecoders()
{
    QStringList decoders;
    for (const shelf::ShelfEntry &entry : d->shelf->entries())
        if (entry.kind == models::ModelKind::TinyAutoencoder && !entry.problem)
            decoders.append(entry.path);
    if (decoders != std::exchange(d->previewDecoders, decoders))
        d->painter->setPreviewDecoders(decoders);
}

QCoro::Task<void> Session::useModel(QString model)
{
    const QPointer<Session> self(this);
    QFuture<Result<generation::Canvas>> reading =
        d->disk.run([model](std::stop_token) { return generation::Generator::canvas(model); });
    const auto canvas = co_await reading;
    if (!self)
        co_return;
    d->modelProblems.clear();
    if (!canvas) {
        d->modelProblems.add(canvas.error());
        co_return;
    }
    PaintSettings next = d->settings;
    next.model = model;
    next.size = canvas->shaped(next.size, double(canvas->native.width()) * canvas->native.height());
    setSettings(next);
}

// A job of the disk's worker.
static auto hashOf(const QString &path)
{
    return [path](std::stop_token) -> Result<QString> {
        const auto bytes = image::readPictureFile(path);
        if (!bytes)
            return fail(bytes.error());
        return contentHash(*bytes);
    };
}

QCoro::Task<void> Session::paintOver(QString hash, QString path)
{
    const QPointer<Session> self(this);
    const QUuid frame = d->activeFrame;
    d->startProblems.clear();
    if (hash.isEmpty()) {
        QFuture<Result<QString>> hashing = d->disk.run(hashOf(path));
        const Result<QString> found = co_await hashing;
        if (!self)
            co_return;
        if (!found) {
            d->startProblems.add(found.error());
            co_return;
        }
        hash = *found;
    }
    const std::shared_ptr<board::BoardStore> store = d->board->store();
    const Result<QString> file = co_await store->file(hash, path);
    if (!self || frame != d->activeFrame)
        co_return;
    if (!file) {
        d->startProblems.add(file.error());
        co_return;
    }
    PaintSettings next = d->settings;
    next.start.picture = {*file, hash};
    next.start.mask = {};
    setSettings(next);
}

QCoro::Task<void> Session::paintOverTake(QString id)
{
    const board::FrameTake *take = d->board->take(id);
    if (!take) // still being encoded
        co_return;
    co_await paintOver(take->hash, {});
}

QCoro::Task<void> Session::followPicture(QString network, QString path)
{
    const QPointer<Session> self(this);
    const QUuid frame = d->activeFrame;
    QFuture<Result<QString>> hashing = d->disk.run(hashOf(path));
    const auto hash = co_await hashing;
    if (!self || frame != d->activeFrame)
        co_return;
    d->modelProblems.clear();
    if (!hash) {
        d->modelProblems.add(hash.error());
        co_return;
    }
    PaintSettings next = d->settings;
    next.controls.removeIf([&](const auto &control) { return control.network == network; });
    next.controls.append({network, {path, *hash}, 1});
    setSettings(next);
}

Problems *Session::modelProblems() const
{
    return &d->modelProblems;
}

Problems *Session::startProblems() const
{
    return &d->startProblems;
}

} // namespace moodloom::session
