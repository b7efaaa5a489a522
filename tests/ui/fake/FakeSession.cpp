// The session's classes without networks, files or threads.
#include "core/base/Problems.h"
#include "core/board/Board.h"
#include "core/generation/Generator.h"
#include "core/session/BoardSet.h"
#include "core/session/FailedTakes.h"
#include "core/session/GroundingDesk.h"
#include "core/session/Teacher.h"
#include "tests/ui/fake/FakeWorld.h"

#include <QRegularExpression>
#include <QUuid>

#include <algorithm>

// Whatever the model is: the networks' code is not linked.
moodloom::Result<moodloom::generation::Canvas>
moodloom::generation::Generator::canvas(const QString &)
{
    return moodloom::fake::world().canvas;
}

namespace moodloom::session {

using fake::world;

// -- Painter

struct Painter::Private
{
};

Painter::Painter(QObject *parent) : QObject(parent) {}
Painter::~Painter() = default;
QString Painter::newJob() { return QUuid::createUuid().toString(QUuid::WithoutBraces); }

void Painter::paint(const QString &job, const generation::Recipe &)
{
    ++world().paints;
    world().jobs.append(job);
    Q_EMIT queueChanged();
}

void Painter::cancelAll()
{
    world().jobs.clear();
    world().step = {};
    Q_EMIT queueChanged();
}

void Painter::setPreviewDecoders(const QStringList &) {}
bool Painter::isBusy() const { return !world().jobs.isEmpty(); }
int Painter::waiting() const { return std::max(0, int(world().jobs.size()) - 1); }
const QString &Painter::current() const
{
    static const QString none;
    return world().jobs.isEmpty() ? none : world().jobs.first();
}
const generation::StepInfo &Painter::step() const { return world().step; }
double Painter::secondsLeft() const { return world().secondsLeft; }

// -- Teacher: learns nothing, at once

struct Teacher::Private
{
};

Teacher::Teacher(QObject *parent) : QObject(parent), d(std::make_unique<Private>()) {}
Teacher::~Teacher() = default;
const TeachState &Teacher::state() const { return world().teach; }
bool Teacher::isBusy() const { return world().teach.phase == TeachState::Phase::Teaching; }
bool Teacher::canGoOn(const QString &) { return false; }

void Teacher::start(const TeachRequest &)
{
    world().teach.phase = world().teach.error ? TeachState::Phase::Failed : TeachState::Phase::Teaching;
    Q_EMIT changed();
}

void Teacher::stop()
{
    world().teach.phase = TeachState::Phase::Stopped;
    Q_EMIT changed();
}

// -- GroundingDesk

struct GroundingDesk::Private
{
    QHash<QString, Error> problems;
};

GroundingDesk::GroundingDesk(LibraryService *, Painter *, QObject *parent)
    : QObject(parent), d(std::make_unique<Private>())
{
}
GroundingDesk::~GroundingDesk() = default;

void GroundingDesk::check(board::Board *, const generation::Take &take)
{
    world().checking.append(take.id);
    d->problems.remove(take.id);
    Q_EMIT stateChanged(take.id);
}

void GroundingDesk::cancel(const QString &take)
{
    world().checking.removeAll(take);
    Q_EMIT stateChanged(take);
}

std::optional<Error> GroundingDesk::problem(const QString &take) const
{
    return d->problems.contains(take) ? std::optional(d->problems.value(take)) : std::nullopt;
}

void GroundingDesk::setProblem(const QString &take, const std::optional<Error> &error)
{
    d->problems.remove(take);
    if (error)
        d->problems.insert(take, *error);
    Q_EMIT stateChanged(take);
}

bool GroundingDesk::isChecking(const QString &take) const { return world().checking.contains(take); }

// -- Variations

struct Variations::Private
{
};

Variations::Variations(Session *) : d(std::make_unique<Private>()) {}
Variations::~Variations() = default;

Result<void> Variations::paint(const VariationAxis &across, const VariationAxis &down)
{
    if (across == down)
        return fail(ErrorCode::Invalid, "variations", "choose what varies");
    world().across = across;
    world().down = down;
    world().cells = int(across.values.size() * std::max<qsizetype>(1, down.values.size()));
    Q_EMIT changed();
    return {};
}

void Variations::cancel()
{
    const int painted = std::exchange(world().painted, 0);
    const int cells = std::exchange(world().cells, 0);
    Q_EMIT changed();
    Q_EMIT finished(painted, cells);
}

bool Variations::isBusy() const { return world().cells > 0; }
int Variations::cells() const { return world().cells; }
int Variations::painted() const { return world().painted; }
QCoro::Task<Result<QStringList>> Variations::lines(QString) const { co_return world().lines; }
void Variations::keep(const QString &, const generation::Take &) {}
void Variations::drop(const QString &) {}

// -- Session

struct Session::Private
{
    std::unique_ptr<Variations> variations;
    std::unique_ptr<LibraryService> library;
    std::unique_ptr<ReferenceFinder> finder;
    std::unique_ptr<Painter> painter;
    std::unique_ptr<ShelfService> shelf;
    std::unique_ptr<BoardSet> boards;
    std::unique_ptr<GroundingDesk> grounding;
    FailedTakes failedTakes;
    Problems modelProblems, startProblems;
    QUuid frame;
};

Session::Session(Options options, QObject *parent)
    : QObject(parent), d(std::make_unique<Private>())
{
    d->library = std::make_unique<LibraryService>(options.libraryFolder, options.modelFolder);
    d->finder = std::make_unique<ReferenceFinder>(d->library.get());
    d->painter = std::make_unique<Painter>();
    d->shelf = std::make_unique<ShelfService>();
    d->variations = std::make_unique<Variations>(this);
    d->grounding = std::make_unique<GroundingDesk>(nullptr, nullptr);
    d->boards = std::make_unique<BoardSet>();
    connect(d->boards.get(), &BoardSet::shownChanged, this, [this] {
        d->frame = {};
        Q_EMIT boardChanged();
    });
    newBoard();
}
Session::~Session() = default;
LibraryService *Session::library() const { return d->library.get(); }
ReferenceFinder *Session::finder() const { return d->finder.get(); }
Painter *Session::painter() const { return d->painter.get(); }
ShelfService *Session::shelf() const { return d->shelf.get(); }
Variations *Session::variations() const { return d->variations.get(); }
GroundingDesk *Session::grounding() const { return d->grounding.get(); }
BoardSet *Session::boards() const { return d->boards.get(); }
board::Board *Session::board() const { return d->boards->shown(); }
void Session::newBoard() { d->boards->add(std::make_unique<board::Board>(), false); }

void Session::closeBoard(board::Board *board)
{
    d->boards->close(board);
}

void Session::reopenBoard()
{
    if (const QString path = d->boards->reopen(); !path.isEmpty())
        if (auto board = board::Board::open(path))
            d->boards->add(std::move(*board), true);
}

QCoro::Task<Result<void>> Session::openBoard(QString path)
{
    co_return fail(ErrorCode::NotFound, path.toStdString());
}

QCoro::Task<Result<void>> Session::saveBoardAs(QString path)
{
    board()->saveAs(path);
    co_return Result<void>{};
}

QUuid Session::activeFrame() const { return d->frame; }

void Session::setActiveFrame(const QUuid &frame)
{
    d->frame = frame;
    Q_EMIT activeFrameChanged();
}

void Session::find() { d->finder->find(); }
void Session::editPrompt(const QString &text, const QVector<int> &, const board::StepName &)
{
    d->finder->setPrompt(text);
}
void Session::unbind(qint64 asset)
{
    d->finder->setState(asset, retrieval::ReferenceState::Suggested);
}
const PaintSettings &Session::settings() const { return world().settings; }

void Session::setSettings(const PaintSettings &settings)
{
    world().settings = settings;
    Q_EMIT settingsChanged();
}

const generation::Canvas &Session::canvas() const { return world().canvas; }

const std::optional<generation::PaintMemory> &Session::memory() const { return world().memory; }

QCoro::Task<void> Session::useModel(QString folder)
{
    PaintSettings next = world().settings;
    next.model = folder;
    setSettings(next);
    co_return;
}

QCoro::Task<void> Session::paintOver(QString hash, QString path)
{
    PaintSettings next = world().settings;
    next.start.picture = {path, hash};
    setSettings(next);
    co_return;
}

QCoro::Task<void> Session::paintOverTake(QString id)
{
    PaintSettings next = world().settings;
    next.start.picture = {QStringLiteral("/cache/%1.png").arg(id), id};
    setSettings(next);
    co_return;
}

QCoro::Task<void> Session::followPicture(QString network, QString path)
{
    PaintSettings next = world().settings;
    next.controls.append({network, {path, {}}, 1});
    setSettings(next);
    co_return;
}

generation::Recipe Session::recipe() const
{
    const PaintSettings &settings = world().settings;
    generation::Recipe recipe;
    recipe.prompt = world().prompt;
    recipe.seed = settings.seed;
    recipe.size = settings.size;
    recipe.steps = settings.steps;
    recipe.guidance = settings.guidance;
    recipe.sampler = settings.sampler;
    recipe.model = settings.model;
    recipe.loras = settings.loras;
    recipe.start = settings.start;
    return recipe;
}

QString Session::paint()
{
    d->failedTakes.forgetPaintings(board(), d->frame);
    const QString job = Painter::newJob();
    d->painter->paint(job, recipe());
    return job;
}

Problems *Session::modelProblems() const { return &d->modelProblems; }
Problems *Session::startProblems() const { return &d->startProblems; }
FailedTakes *Session::failedTakes() const { return &d->failedTakes; }

void Session::paintAgain(const QString &failure)
{
    if (const auto failed = d->failedTakes.take(failure))
        for (const OpenRecipe &open : failed->asked)
            d->painter->paint(Painter::newJob(), open.recipe);
}

const QString &Session::wildcardFolder() const { return world().wildcardFolder; }
void Session::setWildcardFolder(const QString &folder) { world().wildcardFolder = folder; }
bool Session::isPaintedHere(const QString &) const { return true; }

const QVector<generation::Take> &Session::takes() const { return world().takes; }

void Session::removeTake(const QString &id)
{
    world().takes.removeIf([&id](const generation::Take &take) { return take.id == id; });
    Q_EMIT takesChanged();
}

void Session::starTake(const QString &id, bool starred)
{
    for (generation::Take &take : world().takes)
        if (take.id == id)
            take.starred = starred;
    Q_EMIT takesChanged();
}

void Session::checkTake(const QString &id)
{
    for (const generation::Take &take : std::as_const(world().takes))
        if (take.id == id)
            d->grounding->check(board(), take);
}

QCoro::Task<Result<int>> Session::lookUpMissing(QString id)
{
    world().lookedUp.append(id);
    if (world().moreFound > 0)
        paint();
    co_return world().moreFound;
}

QCoro::Task<Result<void>> Session::exportPng(QString, QString path)
{
    if (world().exportError)
        co_return fail(*world().exportError);
    if (!world().takes.isEmpty())
        world().takes.last().image.save(path, "PNG");
    world().exported.append(path);
    co_return Result<void>{};
}

QCoro::Task<Result<void>> Session::exportPsd(QString, QString path)
{
    if (world().exportError)
        co_return fail(*world().exportError);
    if (!world().takes.isEmpty())
        world().takes.last().image.save(path, "PNG");
    world().exported.append(path);
    co_return Result<void>{};
}

} // namespace moodloom::session
