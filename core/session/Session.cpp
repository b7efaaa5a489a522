#include "core/session/Session.h"

#include "core/base/ContentHash.h"
#include "core/base/Paths.h"
#include "core/base/Worker.h"
#include "core/board/Autosave.h"
#include "core/board/Board.h"
#include "core/board/Regions.h"
#include "core/generation/BoardReferences.h"
#include "core/generation/Compose.h"
#include "core/generation/Generator.h"
#include "core/image/Decode.h"
#include "core/prompt/FacetParser.h"
#include "core/session/Exchange.h"
#include "core/session/LibraryService.h"
#include "core/session/Painter.h"
#include "core/session/ReferenceFinder.h"
#include "core/session/ShelfService.h"

#include <QCoroFuture>
#include <QPointer>
#include <QSet>

namespace moodloom::session {

using board::Board;
using generation::Recipe;
using generation::RecipeReference;
using generation::Take;
using retrieval::ReferenceState;

struct Session::Private
{
    std::unique_ptr<LibraryService> library;
    std::unique_ptr<ReferenceFinder> finder;
    std::unique_ptr<Painter> painter;
    std::unique_ptr<ShelfService> shelf;
    std::unique_ptr<Board> board;
    Worker disk{QStringLiteral("export")};
    QUuid activeFrame;
    QString framePrompt; // of the active frame, as it was last seen
    PaintSettings settings;
    generation::Canvas canvas;
    std::optional<QString> canvasModel; // whose canvas it is
    std::optional<generation::PaintMemory> memory;
    QStringList previewDecoders; // of the shelf
    bool readingMemory = false, memoryIsStale = false;
    QVector<Take> takes;             // of the active frame, oldest first
    QHash<QString, QUuid> jobs;      // painting job -> frame
    QSet<QString> arriving;          // takes that the board is still encoding
    bool syncing = false;            // panel and board are being made equal
};

Session::Session(Options options, QObject *parent) : QObject(parent), d(std::make_unique<Private>())
{
    const QString libraryFolder = options.libraryFolder.isEmpty()
                                      ? dataFolder() + QStringLiteral("/library")
                                      : options.libraryFolder;
    const QString model =
        options.modelFolder.isEmpty() ? builtInModelFolder() : options.modelFolder;
    d->settings.model = options.modelFolder;
    d->library = std::make_unique<LibraryService>(
        libraryFolder, options.encoderFolder.isEmpty() ? model : options.encoderFolder);
    d->finder = std::make_unique<ReferenceFinder>(d->library.get());
    d->painter = std::make_unique<Painter>();
    d->shelf = std::make_unique<ShelfService>();

    connect(d->library.get(), &LibraryService::failed, this, &Session::failed);
    connect(d->finder.get(), &ReferenceFinder::failed, this, &Session::failed);
    connect(d->finder.get(), &ReferenceFinder::referencesChanged, this, &Session::showReferences);
    connect(d->painter.get(), &Painter::finished, this, &Session::keepTake);
    connect(d->painter.get(), &Painter::cancelled, this,
            [this](const QString &job) { d->jobs.remove(job); });
    connect(d->painter.get(), &Painter::failed, this, [this](const QString &job, const Error &error) {
        d->jobs.remove(job);
        Q_EMIT failed(error);
    });
    connect(this, &Session::settingsChanged, this, &Session::readCanvas);
    connect(this, &Session::settingsChanged, this, &Session::readMemory);
    connect(d->painter.get(), &Painter::queueChanged, this, [this] {
        if (!d->painter->isBusy())
            readMemory(); // the model is in memory now
    });
    connect(d->shelf.get(), &ShelfService::entriesChanged, this, [this] {
        QStringList decoders;
        for (const shelf::ShelfEntry &entry : d->shelf->entries())
            if (entry.kind == models::ModelKind::TinyAutoencoder && !entry.problem)
                decoders.append(entry.path);
        if (decoders != std::exchange(d->previewDecoders, decoders))
            d->painter->setPreviewDecoders(decoders);
    });
    connect(this, &Session::settingsChanged, this, [this] {
        d->shelf->setModel(d->settings.model);
        // Another frame goes on with the same model, but paints its own pictures over.
        PaintSettings next = d->settings;
        next.start = {};
        next.controls.clear();
        d->board->setNewFrame(withSettings(board::Frame(), next));
    });
    newBoard();
}

Session::~Session() = default;

LibraryService *Session::library() const
{
    return d->library.get();
}

ReferenceFinder *Session::finder() const
{
    return d->finder.get();
}

Painter *Session::painter() const
{
    return d->painter.get();
}

ShelfService *Session::shelf() const
{
    return d->shelf.get();
}

// -- The board

Board *Session::board() const
{
    return d->board.get();
}

void Session::adopt(std::unique_ptr<Board> board)
{
    const std::unique_ptr<Board> old = std::exchange(d->board, std::move(board));
    connect(d->board.get(), &Board::itemChanged, this, &Session::followBoard);
    connect(d->board.get(), &Board::itemAdded, this, [this](const QUuid &id) {
        if (d->activeFrame.isNull() && d->board->item(id)->frame())
            setActiveFrame(id);
    });
    connect(d->board.get(), &Board::itemRemoved, this, [this](const QUuid &id) {
        if (id == d->activeFrame)
            setActiveFrame({});
    });
    connect(d->board.get(), &Board::takesChanged, this, [this](const QUuid &frame) {
        if (frame == d->activeFrame)
            loadTakes();
    });
    connect(d->board.get(), &Board::refused, this, &Session::failed);
    connect(d->board.get(), &Board::saveFailed, this, &Session::failed);
    d->activeFrame = {};
    d->takes.clear();
    Q_EMIT boardChanged();
    setActiveFrame({});
}

void Session::newBoard()
{
    adopt(std::make_unique<Board>());
}

void Session::resume()
{
    const QStringList boards = board::recoverableBoards();
    const QPointer<Session> self(this);
    for (const QString &path : boards) {
        if (path == d->board->path())
            continue;
        openBoard(path);
        return;
    }
}

QCoro::Task<Result<void>> Session::openBoard(QString path)
{
    const QPointer<Session> self(this);
    const Result<board::LoadedBoard> loaded = co_await Board::load(path);
    if (!self)
        co_return cancelled();
    if (!loaded) {
        Q_EMIT failed(loaded.error());
        co_return fail(loaded.error());
    }
    adopt(std::make_unique<Board>(*loaded));
    co_return Result<void>();
}

QCoro::Task<Result<void>> Session::saveBoardAs(QString path)
{
    auto answer = std::make_shared<QPromise<Result<void>>>();
    answer->start();
    // One answer, whichever signal comes; the board may also be closed before.
    auto *once = new QObject(d->board.get());
    const auto finish = [answer, once](const Result<void> &result) {
        if (answer->future().isFinished())
            return;
        answer->addResult(result);
        answer->finish();
        once->deleteLater();
    };
    connect(d->board.get(), &Board::saved, once, [finish](const QString &) { finish({}); });
    connect(d->board.get(), &Board::saveFailed, once,
            [finish](const Error &error) { finish(fail(error)); });
    connect(once, &QObject::destroyed, this, [finish] { finish(cancelled()); });
    d->board->saveAs(path);
    co_return co_await answer->future();
}

// -- Frames and settings

QUuid Session::activeFrame() const
{
    return d->activeFrame;
}

void Session::setActiveFrame(const QUuid &wanted)
{
    const QVector<board::ItemId> frames = d->board->frames();
    const QUuid frame = frames.contains(wanted) ? wanted : frames.isEmpty() ? QUuid() : frames.first();
    d->activeFrame = frame;
    if (const board::Item *item = d->board->item(frame); item && item->frame()) {
        d->settings = settingsOf(*item->frame());
        d->framePrompt = item->frame()->prompt;
        if (!item->frame()->prompt.isEmpty())
            d->finder->setPrompt(item->frame()->prompt);
    }
    Q_EMIT activeFrameChanged();
    Q_EMIT settingsChanged();
    loadTakes();
}

QUuid Session::ensureFrame()
{
    if (d->activeFrame.isNull()) {
        const QSizeF size = QSizeF(d->settings.size).scaled(512, 512, Qt::KeepAspectRatio);
        // Right of what lies there already.
        const QRectF there = d->board->extent(d->board->items());
        const QPointF centre = there.isEmpty()
                                   ? QPointF()
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
                           tr("Change picture settings"));
    Q_EMIT settingsChanged();
}

const generation::Canvas &Session::canvas() const
{
    return d->canvas;
}

QCoro::Task<void> Session::readCanvas()
{
    const QString model = d->settings.model;
    if (model == d->canvasModel)
        co_return;
    d->canvasModel = model;
    const QPointer<Session> self(this);
    QFuture<Result<generation::Canvas>> reading =
        d->disk.run([model](std::stop_token) { return generation::Generator::canvas(model); });
    const auto canvas = co_await reading;
    // A model that cannot be read is said when something is painted with it.
    if (!self || model != d->canvasModel || !canvas || *canvas == d->canvas)
        co_return;
    d->canvas = *canvas;
    Q_EMIT canvasChanged();
}

const std::optional<generation::PaintMemory> &Session::memory() const
{
    return d->memory;
}

QCoro::Task<void> Session::readMemory()
{
    // A slider sends more changes than files can be looked at: the last one counts.
    d->memoryIsStale = true;
    if (std::exchange(d->readingMemory, true))
        co_return;
    const QPointer<Session> self(this);
    while (std::exchange(d->memoryIsStale, false)) {
        const auto look = [recipe = recipe()](std::stop_token) {
            return generation::Generator::memory(recipe);
        };
        QFuture<Result<generation::PaintMemory>> reading = d->disk.run(look);
        const auto memory = co_await reading;
        if (!self)
            co_return;
        const auto found = memory ? std::optional(*memory) : std::nullopt;
        if (found == d->memory)
            continue;
        d->memory = found;
        Q_EMIT memoryChanged();
    }
    d->readingMemory = false;
}

QCoro::Task<void> Session::useModel(QString model)
{
    const QPointer<Session> self(this);
    QFuture<Result<generation::Canvas>> reading =
        d->disk.run([model](std::stop_token) { return generation::Generator::canvas(model); });
    const auto canvas = co_await reading;
    if (!self)
        co_return;
    if (!canvas) {
        Q_EMIT failed(canvas.error());
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
    if (hash.isEmpty()) {
        QFuture<Result<QString>> hashing = d->disk.run(hashOf(path));
        const Result<QString> found = co_await hashing;
        if (!self)
            co_return;
        if (!found) {
            Q_EMIT failed(found.error());
            co_return;
        }
        hash = *found;
    }
    const std::shared_ptr<board::BoardStore> store = d->board->store();
    const Result<QString> file = co_await store->file(hash, path);
    if (!self || frame != d->activeFrame)
        co_return;
    if (!file) {
        Q_EMIT failed(file.error());
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
    if (!hash) {
        Q_EMIT failed(hash.error());
        co_return;
    }
    PaintSettings next = d->settings;
    next.controls.removeIf([&](const auto &control) { return control.network == network; });
    next.controls.append({network, {path, *hash}, 1});
    setSettings(next);
}

// -- References: the panel and the board show one thing

void Session::find()
{
    const QUuid frame = ensureFrame();
    d->board->setFramePrompt(frame, d->finder->prompt());
    d->finder->find();
}

void Session::showReferences()
{
    if (d->syncing || d->board->isReadOnly())
        return;
    d->syncing = true;
    const auto references = d->finder->references();
    QVector<board::Picture> pictures;
    QSet<library::AssetId> shown;
    for (const retrieval::Reference &reference : references) {
        pictures.append(pictureOf(reference, d->finder->facets()));
        shown.insert(reference.asset.id);
    }
    d->board->placeReferences(pictures);
    for (const board::Picture &wanted : pictures) {
        const board::ItemId id = d->board->pictureOf(wanted.hash);
        const board::Item *item = d->board->item(id);
        if (!item || !item->picture())
            continue;
        if (item->picture()->state != wanted.state)
            d->board->setPinned({id}, wanted.state == ReferenceState::Pinned);
        if (item->picture()->weight != wanted.weight)
            d->board->setWeight({id}, wanted.weight);
    }
    for (const library::AssetId asset : d->finder->dropped())
        for (const board::ItemId &id : d->board->items()) {
            const board::Picture *picture = d->board->item(id)->picture();
            if (picture && picture->assetId == asset && picture->state != ReferenceState::Dropped)
                d->board->drop({id});
        }
    d->syncing = false;
}

void Session::followBoard(const QUuid &id)
{
    if (d->syncing)
        return;
    const board::Item *item = d->board->item(id);
    if (id == d->activeFrame && item && item->frame()) {
        // Undo, or an edit in place.
        const board::Frame &frame = *item->frame();
        if (settingsOf(frame) != d->settings) {
            d->settings = settingsOf(frame);
            Q_EMIT settingsChanged();
        }
        // An empty one is what an undo leads back to; else what was typed and never painted stays.
        const bool cleared = frame.prompt.isEmpty() && d->finder->prompt() == d->framePrompt;
        if ((!frame.prompt.isEmpty() || cleared) && frame.prompt != d->finder->prompt())
            d->finder->setPrompt(frame.prompt);
        d->framePrompt = frame.prompt;
        return;
    }
    const board::Picture *picture = item ? item->picture() : nullptr;
    if (!picture || picture->assetId == 0)
        return;
    d->syncing = true;
    d->finder->setState(picture->assetId, picture->state);
    d->finder->setWeight(picture->assetId, picture->weight);
    d->finder->setUse(picture->assetId, picture->role, picture->steps);
    d->syncing = false;
}

// -- Painting

QVector<RecipeReference> Session::actingReferences() const
{
    QVector<RecipeReference> acting;
    for (const generation::BoardReference &placed :
         generation::boardReferences(*d->board, d->activeFrame))
        acting.append(placed.reference);
    if (!acting.isEmpty())
        return acting;
    acting = generation::actingReferences(d->finder->references(), d->finder->facets());
    // Suggestions lie on the board, too, and what is shown of them there is what acts.
    for (RecipeReference &reference : acting) {
        const board::Item *item = d->board->item(d->board->pictureOf(reference.hash));
        if (item && item->picture())
            reference.part = board::shownShare(*item->picture());
    }
    return acting;
}

Recipe Session::recipe() const
{
    const QString text = prompt::parsePrompt(d->finder->prompt()).clean;
    return generation::composeRecipe(text, d->settings, actingReferences());
}

QString Session::paint()
{
    const QUuid frame = ensureFrame();
    if (!d->board->isReadOnly())
        d->board->setFramePrompt(frame, d->finder->prompt());
    const QString job = Painter::newJob();
    d->jobs.insert(job, frame);
    queue(job, recipe());
    return job;
}

QCoro::Task<void> Session::queue(QString job, Recipe recipe)
{
    // Pasted pictures and moved files live only in the board: the painter wants files.
    const QPointer<Session> self(this);
    const std::shared_ptr<board::BoardStore> store = d->board->store();
    QVector<std::pair<QString *, QString>> pictures; // paths, hashes
    for (RecipeReference &reference : recipe.references)
        pictures.append({&reference.path, reference.hash});
    for (generation::RecipeControl &control : recipe.controls)
        pictures.append({&control.picture.path, control.picture.hash});
    for (generation::RecipePicture *picture : {&recipe.start.picture, &recipe.start.mask})
        pictures.append({&picture->path, picture->hash});
    for (const auto &[path, hash] : std::as_const(pictures)) {
        if (hash.isEmpty())
            continue; // none, or not of the board
        const Result<QString> file = co_await store->file(hash, *path);
        if (!self)
            co_return;
        if (!file) {
            d->jobs.remove(job);
            Q_EMIT failed(file.error());
            co_return;
        }
        *path = *file;
    }
    d->painter->paint(job, recipe);
}

void Session::keepTake(const QString &job, const Take &take)
{
    const QUuid frame = d->jobs.take(job);
    board::FrameTake kept;
    kept.id = take.id;
    kept.frame = frame;
    kept.recipe = generation::toJson(take.recipe);
    kept.made = take.made;
    kept.seconds = take.seconds;
    if (frame == d->activeFrame) {
        d->arriving.insert(take.id);
        d->takes.append(take);
        Q_EMIT takesChanged();
    }
    if (!d->board->isReadOnly() && d->board->item(frame))
        d->board->addTake(kept, take.image);
}

// -- Takes

const QVector<Take> &Session::takes() const
{
    return d->takes;
}

QCoro::Task<void> Session::loadTakes()
{
    const QPointer<Session> self(this);
    const QUuid frame = d->activeFrame;
    const auto store = d->board->store();
    QHash<QString, QImage> images;
    for (const Take &take : std::as_const(d->takes))
        images.insert(take.id, take.image);
    QVector<Take> takes;
    for (const board::FrameTake &kept : d->board->takes(frame)) {
        const Result<Recipe> recipe = generation::recipeFromJson(kept.recipe);
        if (!recipe)
            continue; // of a newer version: it stays in the file
        Take take{kept.id, *recipe, images.value(kept.id), kept.made, kept.seconds, kept.starred};
        if (take.image.isNull()) {
            const Result<QImage> image = co_await store->picture(kept.hash, {}, 0);
            if (!self || frame != d->activeFrame || store != d->board->store())
                co_return;
            if (!image) {
                Q_EMIT failed(image.error());
                continue;
            }
            take.image = *image;
        }
        d->arriving.remove(take.id);
        takes.append(take);
    }
    // A take that is being encoded is not in the board yet.
    for (const Take &take : std::as_const(d->takes))
        if (d->arriving.contains(take.id))
            takes.append(take);
    d->takes = takes;
    Q_EMIT takesChanged();
}

void Session::removeTake(const QString &id)
{
    d->board->removeTake(id);
}

void Session::starTake(const QString &id, bool starred)
{
    d->board->starTake(id, starred);
}

// -- Export

QCoro::Task<Result<void>> Session::exported(QFuture<Result<void>> writing)
{
    const QPointer<Session> self(this);
    const Result<void> written = co_await writing;
    if (self && !written)
        Q_EMIT failed(written.error());
    co_return written;
}

QCoro::Task<Result<void>> Session::exportPng(QString takeId, QString path)
{
    const Take *take = findTake(d->takes, takeId);
    if (!take)
        co_return fail(ErrorCode::NotFound, takeId.toStdString(), "there is no such take");
    const auto job = [content = *take, path](std::stop_token stop) {
        return exporting::exportPng(content, path, {stop, {}});
    };
    QFuture<Result<void>> done = d->disk.run(job);
    co_return co_await exported(done);
}

QCoro::Task<Result<void>> Session::exportPsd(QString takeId, QString path)
{
    const Take *take = findTake(d->takes, takeId);
    if (!take)
        co_return fail(ErrorCode::NotFound, takeId.toStdString(), "there is no such take");
    const auto job = [content = exportOf(*take, d->board.get(), d->activeFrame),
                      path](std::stop_token stop) -> Result<void> {
        const auto report = exporting::exportPsd(content, path, exporting::PsdFormat::Psd, {stop, {}});
        if (!report)
            return fail(report.error());
        return {};
    };
    QFuture<Result<void>> done = d->disk.run(job);
    co_return co_await exported(done);
}

} // namespace moodloom::session
