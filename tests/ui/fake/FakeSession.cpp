// The session's classes without networks, files or threads.
#include "core/board/Board.h"
#include "core/generation/Generator.h"
#include "core/session/BoardSet.h"
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

// -- LibraryService

struct LibraryService::Private
{
    QString folder;
};

LibraryService::LibraryService(QString folder, QString, QObject *parent)
    : QObject(parent), d(std::make_unique<Private>())
{
    d->folder = std::move(folder);
}
LibraryService::~LibraryService() = default;
const QString &LibraryService::folder() const { return d->folder; }
qint64 LibraryService::assetCount() const { return world().assets.size(); }

QCoro::Task<Result<AssetPage>> LibraryService::page(QString words, int offset, int limit)
{
    ++world().pagesAsked;
    AssetPage page;
    QVector<library::Asset> matching;
    for (const library::Asset &asset : world().assets)
        if (words.isEmpty() || asset.path.contains(words) || asset.description.contains(words))
            matching.append(asset);
    page.total = int(matching.size());
    page.assets = matching.mid(offset, limit);
    co_return page;
}

QCoro::Task<Result<QVector<ImportFailure>>> LibraryService::failures()
{
    co_return world().failures;
}

QCoro::Task<QHash<QString, QString>> LibraryService::filesOf(QStringList hashes)
{
    QHash<QString, QString> files;
    for (const library::Asset &asset : world().assets)
        if (hashes.contains(asset.hash))
            files.insert(asset.hash, asset.path);
    co_return files;
}

QCoro::Task<Result<void>> LibraryService::remove(QVector<library::AssetId> ids)
{
    world().assets.removeIf([&](const library::Asset &a) { return ids.contains(a.id); });
    Q_EMIT assetsChanged();
    co_return Result<void>{};
}

const QStringList &LibraryService::watchedFolders() const
{
    return world().watched;
}

void LibraryService::unwatchFolder(QString folder)
{
    world().watched.removeAll(folder);
    Q_EMIT watchedFoldersChanged();
}

const ImportStatus &LibraryService::importStatus() const { return world().import; }

void LibraryService::import(QStringList paths)
{
    world().imported += paths;
    world().import.running = true;
    Q_EMIT importStatusChanged();
}

QCoro::Task<QVector<library::AssetId>> LibraryService::adopt(QVector<OwnPicture> pictures)
{
    QVector<library::AssetId> ids;
    for (const OwnPicture &picture : pictures) {
        library::Asset asset;
        asset.id = world().assets.size() + 1;
        asset.path = picture.path.isEmpty() ? QStringLiteral("/library/pasted.png") : picture.path;
        world().assets.append(asset);
        world().adopted.append(picture);
        ids.append(asset.id);
    }
    co_return ids;
}

void LibraryService::pauseImport()
{
    world().import.paused = true;
    Q_EMIT importStatusChanged();
}

void LibraryService::resumeImport()
{
    world().import.paused = false;
    Q_EMIT importStatusChanged();
}

void LibraryService::cancelImport()
{
    world().import = {};
    Q_EMIT importStatusChanged();
    Q_EMIT importFinished(0, 0);
}

void LibraryService::makeSampleLibrary(QString folder, int, quint64) { import({folder}); }

// -- ReferenceFinder

struct ReferenceFinder::Private
{
};

ReferenceFinder::ReferenceFinder(LibraryService *, QObject *parent) : QObject(parent) {}
ReferenceFinder::~ReferenceFinder() = default;
const QString &ReferenceFinder::prompt() const { return world().prompt; }
const QVector<prompt::Facet> &ReferenceFinder::facets() const { return world().facets; }
const prompt::Prompt &ReferenceFinder::parsed() const
{
    static prompt::Prompt parsed;
    parsed = {world().prompt, world().prompt, world().facets};
    return parsed;
}
const prompt::Lexicon &ReferenceFinder::lexicon() const
{
    static const prompt::Lexicon none;
    return none;
}
void ReferenceFinder::editPrompt(const QString &text, const QVector<int> &) { setPrompt(text); }
void ReferenceFinder::setFacet(library::AssetId, const QString &) {}
const QVector<retrieval::Reference> &ReferenceFinder::references() const
{
    return world().references;
}
QVector<library::AssetId> ReferenceFinder::dropped() const { return {}; }
bool ReferenceFinder::isBusy() const { return world().finding; }
double ReferenceFinder::seconds() const { return 0.038; }

void ReferenceFinder::setPrompt(const QString &text)
{
    fake::World &w = world();
    w.prompt = text;
    w.facets.clear();
    int start = 0;
    static const QRegularExpression comma(QStringLiteral("[,\uff0c]"));
    for (const QString &part : text.split(comma)) {
        if (!part.trimmed().isEmpty()) {
            prompt::Facet facet;
            facet.text = part.trimmed();
            facet.start = start + int(part.indexOf(facet.text));
            facet.length = int(facet.text.size());
            const bool setting = facet.text.startsWith(QLatin1String("at ")) ||
                                 facet.text.startsWith(QStringLiteral("日落"));
            facet.kind = setting ? prompt::FacetKind::Setting : prompt::FacetKind::Entity;
            w.facets.append(facet);
        }
        start += int(part.size()) + 1;
    }
    Q_EMIT promptChanged();
    Q_EMIT facetsChanged();
}

void ReferenceFinder::setFacetExcluded(int facet, bool excluded)
{
    world().facets[facet].excluded = excluded;
    Q_EMIT facetsChanged();
}

struct ReferenceFinder::Found
{
    QVector<retrieval::Reference> references;
};

std::shared_ptr<ReferenceFinder::Found> ReferenceFinder::park()
{
    auto found = std::make_shared<Found>(Found{world().references});
    resume(nullptr);
    return found;
}

void ReferenceFinder::resume(const std::shared_ptr<Found> &found)
{
    world().references = found ? found->references : QVector<retrieval::Reference>();
    Q_EMIT referencesChanged();
}

void ReferenceFinder::find()
{
    fake::World &w = world();
    ++w.finds;
    w.finding = true;
    Q_EMIT busyChanged();
    w.references.clear();
    qsizetype next = 0;
    for (int facet = 0; facet < w.facets.size(); ++facet)
        for (int i = 0; i < 6 && next < w.assets.size() && !w.facets[facet].excluded; ++i) {
            retrieval::Reference reference;
            reference.asset = w.assets[next++];
            reference.facet = facet;
            reference.why.textImage = 0.31 - 0.02 * i;
            reference.why.words = i < 2 ? 2.0 : qQNaN();
            w.references.append(reference);
        }
    w.finding = false;
    Q_EMIT busyChanged();
    Q_EMIT referencesChanged();
}

void ReferenceFinder::setState(library::AssetId id, retrieval::ReferenceState state)
{
    fake::World &w = world();
    const auto is = [id](const retrieval::Reference &r) { return r.asset.id == id; };
    if (state == retrieval::ReferenceState::Dropped) {
        std::copy_if(w.references.cbegin(), w.references.cend(),
                     std::back_inserter(w.droppedReferences), is);
        w.references.removeIf(is);
    } else {
        for (retrieval::Reference &reference : w.references)
            if (is(reference))
                reference.state = state;
        std::copy_if(w.droppedReferences.cbegin(), w.droppedReferences.cend(),
                     std::back_inserter(w.references), is);
        w.droppedReferences.removeIf(is);
    }
    Q_EMIT referencesChanged();
}

void ReferenceFinder::setWeight(library::AssetId id, double weight)
{
    for (retrieval::Reference &reference : world().references)
        if (reference.asset.id == id)
            reference.weight = weight;
    Q_EMIT referencesChanged();
}

void ReferenceFinder::setUse(library::AssetId id, retrieval::ReferenceRole role, StepRange steps)
{
    for (retrieval::Reference &reference : world().references)
        if (reference.asset.id == id) {
            reference.role = role;
            reference.steps = steps;
        }
    Q_EMIT referencesChanged();
}

void ReferenceFinder::moreLike(library::AssetId id) { world().likeAsked.append(id); }

QFuture<Result<ReferenceFinder::LookedUp>> ReferenceFinder::lookUp(const QString &)
{
    return QtFuture::makeReadyFuture(Result<LookedUp>(LookedUp{}));
}

void ReferenceFinder::pinOwn(library::AssetId id, int facet)
{
    for (const library::Asset &asset : world().assets)
        if (asset.id == id) {
            retrieval::Reference reference;
            reference.asset = asset;
            reference.facet = facet;
            reference.state = retrieval::ReferenceState::Pinned;
            world().references.append(reference);
        }
    Q_EMIT referencesChanged();
}

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

// -- ShelfService

struct ShelfService::Private
{
    ShelfProgress progress;
    shelf::ShelfEntry model;
};

ShelfService::ShelfService(QObject *parent) : QObject(parent), d(std::make_unique<Private>()) {}
ShelfService::~ShelfService() = default;

void ShelfService::setFolders(const QStringList &own, const QStringList &leftOut)
{
    fake::World &w = world();
    w.ownPlaces = own;
    w.leftOutPlaces = leftOut;
    w.places.removeIf([&](const ShelfPlace &place) {
        return place.own || leftOut.contains(place.folder.path);
    });
    for (const QString &path : own)
        w.places.prepend({{path, shelf::FolderKind::Plain}, true, true});
    Q_EMIT placesChanged();
}

void ShelfService::rescan() { Q_EMIT entriesChanged(); }
const QVector<ShelfPlace> &ShelfService::places() const { return world().places; }
const QVector<shelf::ShelfEntry> &ShelfService::entries() const { return world().shelf; }

const shelf::ShelfEntry *ShelfService::entry(const QString &path) const
{
    for (const shelf::ShelfEntry &entry : world().shelf)
        if (entry.path == path)
            return &entry;
    return nullptr;
}

const ShelfProgress &ShelfService::progress() const { return world().shelfProgress; }
void ShelfService::setModel(const QString &) { Q_EMIT modelChanged(); }
const shelf::ShelfEntry &ShelfService::model() const { return d->model; }

std::optional<QString> ShelfService::reason(const shelf::ShelfEntry &entry) const
{
    return reason(entry.path);
}

std::optional<QString> ShelfService::reason(const QString &path) const
{
    const auto found = world().shelfReasons.constFind(path);
    return found == world().shelfReasons.cend() ? std::nullopt : std::optional<QString>(*found);
}

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
void Session::editPrompt(const QString &text, const QVector<int> &, const QString &)
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

QCoro::Task<void> Session::readCanvas() { co_return; }
QCoro::Task<void> Session::readMemory() { co_return; }
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
    const QString job = Painter::newJob();
    d->painter->paint(job, recipe());
    return job;
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

QCoro::Task<Result<void>> Session::exportPng(QString, QString path)
{
    if (world().exportError) {
        Q_EMIT failed(*world().exportError);
        co_return fail(*world().exportError);
    }
    if (!world().takes.isEmpty())
        world().takes.last().image.save(path, "PNG");
    world().exported.append(path);
    co_return Result<void>{};
}

QCoro::Task<Result<void>> Session::exportPsd(QString, QString path)
{
    if (world().exportError) {
        Q_EMIT failed(*world().exportError);
        co_return fail(*world().exportError);
    }
    if (!world().takes.isEmpty())
        world().takes.last().image.save(path, "PNG");
    world().exported.append(path);
    co_return Result<void>{};
}

} // namespace moodloom::session
