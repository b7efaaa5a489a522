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
#include "core/session/BoardSet.h"
#include "core/prompt/Wildcards.h"
#include "core/session/Exchange.h"
#include "core/session/LibraryService.h"
#include "core/session/OpenRecipe.h"
#include "core/session/Painter.h"
#include "core/session/ReferenceFinder.h"
#include "core/session/ShelfService.h"
#include "core/session/Variations.h"

#include <QCoroFuture>
#include <QFileInfo>
#include <QPointer>
#include <QSet>

#include <algorithm>

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
    std::unique_ptr<BoardSet> boards;
    Board *board = nullptr;          // the one that is shown
    QHash<Board *, std::shared_ptr<ReferenceFinder::Found>> found; // of the others
    std::unique_ptr<Variations> variations;
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
    struct Job
    {
        Board *board = nullptr; // held while the job lives
        QUuid frame;
    };
    QHash<QString, Job> jobs;        // of the painter
    QSet<QString> arriving;          // takes that the board is still encoding
    bool syncing = false;            // panel and board are being made equal
    QString placing;                 // what the next step of showReferences() is called; empty = as ever
    QSet<QString> chipPrompts;       // that chips made or came from
    QHash<QUuid, library::AssetId> assets; // the library's pictures on the board
    QString wildcardFolder;
};

Session::Session(Options options, QObject *parent) : QObject(parent), d(std::make_unique<Private>())
{
    const QString libraryFolder = options.libraryFolder.isEmpty()
                                      ? dataFolder() + QStringLiteral("/library")
                                      : options.libraryFolder;
    const QString model =
        options.modelFolder.isEmpty() ? builtInModelFolder() : options.modelFolder;
    d->settings.model = options.modelFolder;
    setWildcardFolder(options.wildcardFolder);
    d->library = std::make_unique<LibraryService>(
        libraryFolder, options.encoderFolder.isEmpty() ? model : options.encoderFolder);
    d->finder = std::make_unique<ReferenceFinder>(d->library.get());
    d->painter = std::make_unique<Painter>();
    d->shelf = std::make_unique<ShelfService>();

    connect(d->library.get(), &LibraryService::failed, this, &Session::failed);
    connect(d->finder.get(), &ReferenceFinder::failed, this, &Session::failed);
    connect(d->finder.get(), &ReferenceFinder::owned, this, [this] {
        d->board->endStep();
        d->placing = tr("Bind picture");
    });
    connect(d->finder.get(), &ReferenceFinder::referencesChanged, this, &Session::showReferences);
    connect(d->painter.get(), &Painter::finished, this, &Session::keepTake);
    connect(d->painter.get(), &Painter::cancelled, this, &Session::forgetJob);
    connect(d->painter.get(), &Painter::failed, this, [this](const QString &job, const Error &error) {
        forgetJob(job);
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
    d->boards = std::make_unique<BoardSet>();
    connect(d->boards.get(), &BoardSet::added, this, &Session::follow);
    connect(d->boards.get(), &BoardSet::shownChanged, this, &Session::showBoard);
    connect(d->boards.get(), &BoardSet::gone, this, [this](Board *board) { d->found.remove(board); });
    d->variations = std::make_unique<Variations>(this);
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

Variations *Session::variations() const
{
    return d->variations.get();
}

// -- The board

BoardSet *Session::boards() const
{
    return d->boards.get();
}

Board *Session::board() const
{
    return d->board;
}

void Session::follow(Board *board)
{
    // Only the board that is shown is worked on.
    const auto shown = [this, board] { return board == d->board; };
    connect(board, &Board::itemChanged, this, [this, shown](const QUuid &id) {
        if (shown())
            followBoard(id);
    });
    connect(board, &Board::itemAdded, this, [this, shown](const QUuid &id) {
        if (!shown())
            return;
        if (d->activeFrame.isNull() && d->board->item(id)->frame())
            setActiveFrame(id);
        if (const board::Picture *picture = d->board->item(id)->picture(); picture && picture->assetId)
            d->assets.insert(id, picture->assetId);
        followBoard(id);
    });
    connect(board, &Board::itemRemoved, this, [this, shown](const QUuid &id) {
        if (!shown())
            return;
        if (id == d->activeFrame)
            setActiveFrame({});
        forget(id);
    });
    connect(board, &Board::takesChanged, this, [this, shown](const QUuid &frame) {
        if (shown() && frame == d->activeFrame)
            loadTakes();
    });
    connect(board, &Board::refused, this, &Session::failed);
    connect(board, &Board::saveFailed, this, &Session::failed);
}

void Session::showBoard()
{
    Board *const before = std::exchange(d->board, d->boards->shown());
    d->activeFrame = {};
    d->takes.clear();
    d->assets.clear();
    for (const board::ItemId &id : d->board->items())
        if (const board::Picture *picture = d->board->item(id)->picture(); picture && picture->assetId)
            d->assets.insert(id, picture->assetId);
    d->syncing = true; // what was found belongs to the board that it was found for
    if (before)
        d->found.insert(before, d->finder->park());
    if (const auto known = d->found.take(d->board))
        d->finder->resume(known);
    d->syncing = false;
    Q_EMIT boardChanged();
    if (d->activeFrame.isNull()) // else the window has chosen one
        setActiveFrame({});
}

void Session::newBoard()
{
    d->boards->add(std::make_unique<Board>(), false);
}

void Session::closeBoard(Board *board)
{
    if (!d->boards->close(board) && board->saveError())
        Q_EMIT failed(*board->saveError());
}

void Session::reopenBoard()
{
    if (d->boards->canReopen()) {
        if (const QString path = d->boards->reopen(); !path.isEmpty())
            openBoard(path);
        return;
    }
    resume();
}

void Session::resume()
{
    // The newest; those that are open here are locked.
    const QStringList boards = board::recoverableBoards();
    if (!boards.isEmpty())
        openBoard(boards.first());
}

QCoro::Task<Result<void>> Session::openBoard(QString path)
{
    if (Board *open = d->boards->find(path)) {
        d->boards->show(open);
        co_return Result<void>();
    }
    const QPointer<Session> self(this);
    const Result<board::LoadedBoard> loaded = co_await Board::load(path);
    if (!self)
        co_return cancelled();
    if (!loaded) {
        Q_EMIT failed(loaded.error());
        co_return fail(loaded.error());
    }
    if (Board *open = d->boards->find(path)) // asked for twice
        d->boards->show(open);
    else
        d->boards->add(std::make_unique<Board>(*loaded), true);
    co_return Result<void>();
}

QCoro::Task<void> Session::openBoards(QStringList paths, QString shown)
{
    const QPointer<Session> self(this);
    const QStringList recoverable = board::recoverableBoards();
    for (const QString &path : paths) {
        if (!QFileInfo::exists(path) || (board::isAutosave(path) && !recoverable.contains(path)))
            continue;
        const Result<void> opened = co_await openBoard(path);
        if (!self)
            co_return;
        Q_UNUSED(opened); // told by failed()
    }
    if (Board *wanted = d->boards->find(shown))
        d->boards->show(wanted);
}

QCoro::Task<Result<void>> Session::saveBoardAs(QString path)
{
    auto answer = std::make_shared<QPromise<Result<void>>>();
    answer->start();
    // One answer, whichever signal comes; the board may also be closed before.
    auto *once = new QObject(d->board);
    const auto finish = [answer, once](const Result<void> &result) {
        if (answer->future().isFinished())
            return;
        answer->addResult(result);
        answer->finish();
        once->deleteLater();
    };
    connect(d->board, &Board::saved, once, [finish](const QString &) { finish({}); });
    connect(d->board, &Board::saveFailed, once,
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
    std::optional<Board::Transaction> step;
    if (!d->placing.isEmpty())
        step.emplace(d->board, std::exchange(d->placing, {}), QStringLiteral("place references"));
    const auto references = d->finder->references();
    QVector<board::Picture> pictures;
    QSet<library::AssetId> shown;
    for (const retrieval::Reference &reference : references) {
        pictures.append(pictureOf(reference, d->finder->facets()));
        shown.insert(reference.asset.id);
    }
    d->board->placeReferences(pictures);
    {
        Board::Transaction facets(d->board, tr("Place references"),
                                  QStringLiteral("place references"));
        for (const board::Picture &wanted : pictures) {
            // Words that are gone may come back: the board remembers them.
            if (!wanted.facet.isEmpty())
                d->board->setFacet({d->board->pictureOf(wanted.hash)}, wanted.facet);
        }
        facets.commit();
    }
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
    if (step)
        step->commit();
    d->syncing = false;
}

void Session::editPrompt(const QString &text, const QVector<int> &facets, const QString &name)
{
    const QString before = d->finder->prompt();
    if (text == before)
        return;
    const QUuid frame = ensureFrame();
    d->board->setFramePrompt(frame, before); // typed so far: a step of its own
    d->board->endStep();
    d->chipPrompts += {before, text};
    {
        // What is found a moment later belongs to the same step.
        Board::Transaction step(d->board, name, QStringLiteral("place references"));
        d->finder->editPrompt(text, facets);
        d->board->setFramePrompt(frame, text);
        d->syncing = true;
        for (const retrieval::Reference &reference : d->finder->references())
            if (reference.facet >= 0)
                d->board->setFacet({d->board->pictureOf(reference.asset.hash)},
                                   d->finder->facets()[reference.facet].text);
        d->syncing = false;
        step.commit();
    }
    if (!d->finder->references().isEmpty())
        d->finder->find();
}

void Session::unbind(qint64 asset)
{
    for (const board::ItemId &id : d->board->items()) {
        const board::Picture *picture = d->board->item(id)->picture();
        if (!picture || picture->assetId != asset || d->board->isReadOnly())
            continue;
        d->board->endStep();
        Board::Transaction step(d->board, tr("Unbind picture"), QStringLiteral("place references"));
        d->board->setFacet({id}, {});
        d->board->setPinned({id}, false);
        step.commit();
        return;
    }
    d->finder->setFacet(asset, {});
    d->finder->setState(asset, ReferenceState::Suggested);
}

// What was taken from the board, by undo too, is not kept in the panel either.
void Session::forget(const QUuid &id)
{
    const library::AssetId asset = d->assets.take(id);
    if (asset == 0 || d->syncing)
        return;
    for (const retrieval::Reference &reference : d->finder->references()) {
        if (reference.asset.id != asset)
            continue;
        const bool elsewhere =
            std::find(d->assets.cbegin(), d->assets.cend(), asset) != d->assets.cend();
        if (reference.state == ReferenceState::Pinned && !elsewhere)
            d->finder->setState(asset, ReferenceState::Suggested);
        return;
    }
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
        if ((!frame.prompt.isEmpty() || cleared) && frame.prompt != d->finder->prompt()) {
            d->finder->setPrompt(frame.prompt);
            if (d->chipPrompts.contains(frame.prompt) && !d->finder->references().isEmpty())
                d->finder->find(); // a chip's edit undone or done again
        }
        d->framePrompt = frame.prompt;
        return;
    }
    const board::Picture *picture = item ? item->picture() : nullptr;
    if (!picture || picture->assetId == 0)
        return;
    d->syncing = true;
    d->finder->setFacet(picture->assetId, picture->facet);
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
    Recipe recipe = generation::composeRecipe(text, d->settings, actingReferences());
    for (const generation::BoardText &placed : generation::boardTexts(*d->board, d->activeFrame))
        recipe.texts.append(placed.text);
    return recipe;
}

QString Session::paint()
{
    const QUuid frame = ensureFrame();
    if (!d->board->isReadOnly())
        d->board->setFramePrompt(frame, d->finder->prompt());
    const QString job = Painter::newJob();
    d->jobs.insert(job, {d->board, frame});
    d->boards->hold(d->board);
    queue(job, openRecipe());
    return job;
}

void Session::setWildcardFolder(const QString &folder)
{
    d->wildcardFolder = folder.isEmpty() ? prompt::defaultWildcardFolder() : folder;
}

const QString &Session::wildcardFolder() const
{
    return d->wildcardFolder;
}

OpenRecipe Session::openRecipe() const
{
    OpenRecipe open{recipe(), d->finder->prompt(), {}, {}, {}};
    for (const prompt::Facet &facet : d->finder->facets())
        open.facets.append(facet.text);
    for (const generation::BoardReference &placed :
         generation::boardReferences(*d->board, d->activeFrame))
        open.servedFacets.append(d->board->item(placed.item)->picture()->facet);
    return open;
}

QCoro::Task<void> Session::queue(QString job, OpenRecipe open)
{
    const QPointer<Session> self(this);
    const Result<Recipe> recipe = co_await prepared(open);
    if (!self)
        co_return;
    if (recipe) {
        d->painter->paint(job, *recipe);
        co_return;
    }
    forgetJob(job);
    if (recipe.error().code != ErrorCode::Cancelled)
        Q_EMIT failed(recipe.error());
}

QCoro::Task<Result<Recipe>> Session::prepared(OpenRecipe open)
{
    // Pasted pictures and moved files live only in the board: the painter wants files.
    const QPointer<Session> self(this);
    const std::shared_ptr<board::BoardStore> store = d->board->store();
    const Result<Recipe> chosen =
        co_await settled(open, d->wildcardFolder, &d->disk, d->finder.get());
    if (!self)
        co_return cancelled();
    if (!chosen)
        co_return fail(chosen.error());
    Recipe recipe = *chosen;
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
            co_return cancelled();
        if (!file)
            co_return fail(file.error());
        *path = *file;
    }
    co_return recipe;
}

void Session::forgetJob(const QString &job)
{
    if (Board *board = d->jobs.take(job).board)
        d->boards->release(board);
}

void Session::keepTake(const QString &job, const Take &take)
{
    const auto [board, frame] = d->jobs.take(job);
    if (!board)
        return; // of a grid
    board::FrameTake kept;
    kept.id = take.id;
    kept.frame = frame;
    kept.recipe = generation::toJson(take.recipe);
    kept.made = take.made;
    kept.seconds = take.seconds;
    if (board == d->board && frame == d->activeFrame) {
        d->arriving.insert(take.id);
        d->takes.append(take);
        Q_EMIT takesChanged();
    }
    if (board->isReadOnly() || !board->item(frame)) {
        d->boards->release(board);
        return;
    }
    // A board that was closed meanwhile stays until the take is in it.
    auto *once = new QObject(board);
    connect(board, &Board::takesChanged, once, [this, board, once, id = take.id] {
        if (!board->take(id))
            return;
        once->deleteLater();
        QMetaObject::invokeMethod(
            this, [this, board] { d->boards->release(board); }, Qt::QueuedConnection);
        once->disconnect();
        board->disconnect(once);
    });
    board->addTake(kept, take.image);
}

bool Session::isPaintedHere(const QString &job) const
{
    const auto known = d->jobs.constFind(job);
    return known != d->jobs.cend() && known->board == d->board && known->frame == d->activeFrame;
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
    const auto job = [content = exportOf(*take, d->board, d->activeFrame),
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
