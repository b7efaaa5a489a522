#include "core/session/Session.h"

#include "core/base/Paths.h"
#include "core/session/Exchange.h"
#include "core/session/FailedTakes.h"
#include "core/session/MissingLookUp.h"
#include "core/session/OpenRecipe.h"
#include "core/session/SessionState.h"

#include <QCoroFuture>
#include <QPointer>

namespace moodloom::session {

using board::Board;
using generation::Take;

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
    d->boards = std::make_unique<BoardSet>();
    d->files = std::make_unique<BoardDesk>(d->boards.get());
    d->references = std::make_unique<ReferenceDesk>(d->finder.get());
    d->painting =
        std::make_unique<PaintDesk>(d->painter.get(), d->boards.get(), d->finder.get(), &d->disk);
    d->painting->setWildcardFolder(options.wildcardFolder);
    d->facts = std::make_unique<PaintFacts>(&d->disk, [this] { return recipe(); });

    connect(d->files.get(), &BoardDesk::failed, this, &Session::failed);
    connect(d->painting.get(), &PaintDesk::failed, this, &Session::failed);
    connect(d->painting.get(), &PaintDesk::painted, &d->takes, &FrameTakes::add);
    d->grounding = std::make_unique<GroundingDesk>(d->library.get(), d->painter.get());
    connect(d->painting.get(), &PaintDesk::painted, this,
            [this](Board *board, const QUuid &, const Take &take) {
                d->grounding->check(board, take);
            });
    connect(d->grounding.get(), &GroundingDesk::checked, &d->takes, &FrameTakes::setGrounding);
    connect(&d->takes, &FrameTakes::changed, this, &Session::takesChanged);
    connect(&d->takes, &FrameTakes::unreadable, this,
            [this](const QString &take, const Error &error) {
                failedTakes()->add(
                    {FailedTake::Kind::Unreadable, take, d->board, d->activeFrame, error, 1, {}});
            });
    connect(d->facts.get(), &PaintFacts::canvasChanged, this, &Session::canvasChanged);
    connect(d->facts.get(), &PaintFacts::memoryChanged, this, &Session::memoryChanged);
    connect(d->painter.get(), &Painter::queueChanged, this, [this] {
        if (!d->painter->isBusy())
            d->facts->readMemory(); // the model is in memory now
    });
    connect(d->shelf.get(), &ShelfService::entriesChanged, this, &Session::offerPreviewDecoders);
    connect(this, &Session::settingsChanged, this, &Session::followSettings);
    connect(d->boards.get(), &BoardSet::added, this, &Session::follow);
    connect(d->boards.get(), &BoardSet::shownChanged, this, &Session::showBoard);
    connect(d->boards.get(), &BoardSet::gone, d->references.get(), &ReferenceDesk::forget);
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

GroundingDesk *Session::grounding() const
{
    return d->grounding.get();
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
        if (shown() && id == d->activeFrame)
            followFrame();
    });
    connect(board, &Board::itemAdded, this, [this, shown](const QUuid &id) {
        if (!shown())
            return;
        if (d->activeFrame.isNull() && d->board->item(id)->frame())
            setActiveFrame(id);
        if (id == d->activeFrame)
            followFrame();
    });
    connect(board, &Board::itemRemoved, this, [this, shown](const QUuid &id) {
        if (shown() && id == d->activeFrame)
            setActiveFrame({});
    });
    connect(board, &Board::takesChanged, this, [this, shown](const QUuid &frame) {
        if (shown() && frame == d->activeFrame)
            d->takes.reload();
    });
    // The one that is shown tells it itself, and what it refuses.
    connect(board, &Board::saveFailed, this, [this, shown](const Error &error) {
        if (!shown())
            Q_EMIT failed(error);
    });
}

void Session::showBoard()
{
    d->board = d->boards->shown();
    d->activeFrame = {};
    d->takes.clear();
    d->references->show(d->board);
    Q_EMIT boardChanged();
    if (d->activeFrame.isNull()) // else the window has chosen one
        setActiveFrame({});
}

void Session::newBoard()
{
    d->files->addNew();
}

void Session::closeBoard(Board *board)
{
    d->files->close(board);
}

void Session::reopenBoard()
{
    d->files->reopen();
}

void Session::resume()
{
    d->files->resume();
}

QCoro::Task<Result<void>> Session::openBoard(QString path)
{
    return d->files->open(path);
}

QCoro::Task<void> Session::openBoards(QStringList paths, QString shown)
{
    return d->files->openAll(paths, shown);
}

QCoro::Task<Result<void>> Session::saveBoardAs(QString path)
{
    return d->files->saveAs(d->board, path);
}

// -- The prompt and its references

void Session::find()
{
    const QUuid frame = ensureFrame();
    d->board->setFramePrompt(frame, d->finder->prompt());
    d->finder->find();
}

void Session::editPrompt(const QString &text, const QVector<int> &facets,
                         const board::StepName &name)
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
        d->references->nameFacets();
        step.commit();
    }
    if (!d->finder->references().isEmpty())
        d->finder->find();
}

void Session::unbind(qint64 asset)
{
    d->references->unbind(asset);
}

// -- Painting

generation::Recipe Session::recipe() const
{
    return recipeOf(*d->board, d->activeFrame, d->settings, *d->finder);
}

OpenRecipe Session::openRecipe() const
{
    return openRecipeOf(*d->board, d->activeFrame, d->settings, *d->finder);
}

QString Session::paint()
{
    const QUuid frame = ensureFrame();
    if (!d->board->isReadOnly())
        d->board->setFramePrompt(frame, d->finder->prompt());
    return d->painting->paint(d->board, frame, openRecipe());
}

PaintDesk *Session::painting() const
{
    return d->painting.get();
}

FailedTakes *Session::failedTakes() const
{
    return d->painting->failures();
}

void Session::paintAgain(const QString &failure)
{
    d->painting->paintAgain(failure);
}

void Session::setWildcardFolder(const QString &folder)
{
    d->painting->setWildcardFolder(folder);
}

const QString &Session::wildcardFolder() const
{
    return d->painting->wildcardFolder();
}

bool Session::isPaintedHere(const QString &job) const
{
    return d->painting->isFor(job, d->board, d->activeFrame);
}

// -- Takes

const QVector<Take> &Session::takes() const
{
    return d->takes.all();
}

void Session::removeTake(const QString &id)
{
    d->board->removeTake(id);
}

void Session::starTake(const QString &id, bool starred)
{
    d->board->starTake(id, starred);
}

void Session::checkTake(const QString &id)
{
    if (const Take *take = findTake(d->takes.all(), id))
        d->grounding->check(d->board, *take);
}

QCoro::Task<Result<int>> Session::lookUpMissing(QString id)
{
    const QPointer<Session> self(this);
    const Take *take = findTake(d->takes.all(), id);
    if (!take || !take->grounding)
        co_return fail(ErrorCode::NotFound, id.toStdString(),
                       "what this take shows is not known yet");
    const QUuid frame = d->activeFrame;
    d->grounding->setProblem(id, std::nullopt);
    const Result<int> found = co_await lookUpLacking(*take, d->board, frame, d->finder.get());
    if (!self)
        co_return cancelled();
    if (!found && found.error().code != ErrorCode::Cancelled)
        d->grounding->setProblem(id, found.error());
    if (found && *found > 0 && frame == d->activeFrame)
        paint();
    co_return found;
}

// -- Export

QCoro::Task<Result<void>> Session::exportPng(QString takeId, QString path)
{
    const Take *take = findTake(d->takes.all(), takeId);
    if (!take)
        co_return fail(ErrorCode::NotFound, takeId.toStdString(), "there is no such take");
    const auto job = [content = *take, path](std::stop_token stop) {
        return exporting::exportPng(content, path, {stop, {}});
    };
    QFuture<Result<void>> done = d->disk.run(job);
    co_return co_await done;
}

QCoro::Task<Result<void>> Session::exportPsd(QString takeId, QString path)
{
    const Take *take = findTake(d->takes.all(), takeId);
    if (!take)
        co_return fail(ErrorCode::NotFound, takeId.toStdString(), "there is no such take");
    const auto job = [content = exportOf(*take, d->board, d->activeFrame),
                      path](std::stop_token stop) -> Result<void> {
        const auto report =
            exporting::exportPsd(content, path, exporting::PsdFormat::Psd, {stop, {}});
        if (!report)
            return fail(report.error());
        return {};
    };
    QFuture<Result<void>> done = d->disk.run(job);
    co_return co_await done;
}

} // namespace moodloom::session
