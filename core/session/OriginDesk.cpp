#include "core/session/OriginDesk.h"

#include "core/base/Worker.h"
#include "core/board/Board.h"
#include "core/generation/Generator.h"
#include "core/image/Decode.h"
#include "core/session/LibraryService.h"
#include "core/session/Placement.h"
#include "core/session/ReferenceFinder.h"
#include "core/session/Session.h"
#include "core/session/ShelfService.h"

#include <QCoroFuture>
#include <QFileInfo>
#include <QHash>
#include <QPointer>

namespace moodloom::session {

using board::Board;
using board::ItemId;
using origin::FoundReference;
using origin::Origin;
using origin::Reuse;

namespace {

struct Wanted
{
    QString path, hash;
};

QVector<Wanted> picturesOf(const Origin &origin)
{
    QVector<Wanted> pictures;
    if (!origin.recipe)
        return pictures;
    const generation::Recipe &recipe = *origin.recipe;
    for (const generation::RecipeReference &reference : recipe.references)
        pictures.append({reference.path, reference.hash});
    for (const generation::RecipeControl &control : recipe.controls)
        pictures.append({control.picture.path, control.picture.hash});
    for (const generation::RecipePicture &picture : {recipe.start.picture, recipe.start.mask})
        pictures.append({picture.path, picture.hash});
    pictures.removeIf([](const Wanted &wanted) { return wanted.hash.isEmpty(); });
    return pictures;
}

// What the board shows of a reference; see Exchange.h for those of a search.
board::Picture pictureOf(const FoundReference &found)
{
    const generation::RecipeReference &reference = found.reference;
    board::Picture picture;
    picture.hash = reference.hash;
    picture.path = reference.path;
    picture.size = found.size;
    picture.caption = reference.caption;
    picture.state = ReferenceState::Pinned;
    picture.touched = true;
    picture.role = reference.role;
    picture.steps = reference.steps;
    picture.weight = reference.weight;
    const QRectF &part = reference.part;
    if (!part.isEmpty())
        picture.crop =
            QRectF(part.x() * found.size.width(), part.y() * found.size.height(),
                   part.width() * found.size.width(), part.height() * found.size.height())
                .toRect();
    return picture;
}

} // namespace

struct OriginDesk::Private
{
    Session *session;
    std::stop_source reading;
    Worker worker{QStringLiteral("origin")};
};

OriginDesk::OriginDesk(Session *session, QObject *parent)
    : QObject(parent), d(std::make_unique<Private>())
{
    d->session = session;
}

OriginDesk::~OriginDesk()
{
    stop();
}

void OriginDesk::stop()
{
    d->reading.request_stop();
}

QCoro::Task<Result<Reuse>> OriginDesk::read(QString path)
{
    stop();
    d->reading = {};
    const std::stop_token stopped = d->reading.get_token();
    const QPointer<OriginDesk> self(this);
    QFuture<Result<Origin>> reading =
        d->worker.run([path](std::stop_token) { return origin::readOrigin(path); }, stopped);
    const Result<Origin> origin = co_await reading;
    if (!self || stopped.stop_requested())
        co_return cancelled();
    if (!origin)
        co_return fail(origin.error());

    // Its pictures: where they were, in the board's file, or in the library.
    QHash<QString, QString> files; // by hash
    const QVector<Wanted> wanted = picturesOf(*origin);
    QStringList hashes;
    for (const Wanted &picture : wanted)
        hashes.append(picture.hash);
    const QHash<QString, QString> inLibrary = co_await d->session->library()->filesOf(hashes);
    if (!self || stopped.stop_requested())
        co_return cancelled();
    const std::shared_ptr<board::BoardStore> store = d->session->board()->store();
    for (const Wanted &picture : wanted)
        for (const QString &place : {picture.path, inLibrary.value(picture.hash)}) {
            if (files.contains(picture.hash))
                break;
            const Result<QString> file = co_await store->file(picture.hash, place);
            if (!self || stopped.stop_requested())
                co_return cancelled();
            if (file)
                files.insert(picture.hash, *file);
        }

    origin::Surroundings around;
    around.shelf = d->session->shelf()->entries();
    around.stop = stopped;
    around.picture = [files](const QString &there, const QString &hash) {
        return hash.isEmpty() && QFileInfo(there).isFile() ? there : files.value(hash);
    };
    around.sizeOf = [](const QString &file) {
        const auto read = image::decodePicture(file, {.maxSide = 64}); // reduced while it is read
        return read ? read->fullSize : QSize();
    };
    around.canvasOf = [](const QString &model) -> std::optional<generation::Canvas> {
        const auto canvas = generation::Generator::canvas(model);
        return canvas ? std::optional(*canvas) : std::nullopt;
    };
    const auto job = [path, found = *origin, before = d->session->settings(),
                      around](std::stop_token) -> Result<Reuse> {
        return origin::matched(path, found, before, around);
    };
    QFuture<Result<Reuse>> matching = d->worker.run(job, stopped);
    const Result<Reuse> reuse = co_await matching;
    if (!self || stopped.stop_requested())
        co_return cancelled();
    co_return reuse;
}

QUuid OriginDesk::frame()
{
    if (d->session->activeFrame().isNull())
        d->session->setActiveFrame(d->session->board()->addFrame({}));
    return d->session->activeFrame();
}

void OriginDesk::use(const Reuse &reuse, ReuseParts parts)
{
    Board &board = *d->session->board();
    ReferenceFinder &finder = *d->session->finder();
    const board::StepName name{
        QT_TRANSLATE_NOOP("moodloom::board::Board", "Use the settings of %1"),
        {QFileInfo(reuse.file).fileName()}};
    const QString typed = finder.prompt();
    const QUuid target = frame();
    if (const board::Item *item = board.item(target);
        item && item->frame() && item->frame()->prompt != typed)
        board.setFramePrompt(target, typed);

    generation::PaintSettings settings = d->session->settings();
    if (parts.settings) {
        const generation::PaintSettings before = settings;
        settings = reuse.settings;
        settings.seed = before.seed;
        settings.randomSeed = before.randomSeed;
    }
    if (parts.seed && reuse.hasSeed()) {
        settings.seed = reuse.settings.seed;
        settings.randomSeed = reuse.settings.randomSeed;
    }
    Board::Transaction transaction(&board, name);
    d->session->setSettings(settings);
    if (parts.prompt && reuse.hasPrompt()) {
        board.setFramePrompt(target, *reuse.origin.prompt);
        finder.setPrompt(*reuse.origin.prompt);
    }
    if (parts.prompt && reuse.origin.recipe)
        for (const generation::RecipeText &text : reuse.origin.recipe->texts)
            placeNote(board, target, text);
    if (parts.references && reuse.origin.recipe)
        place(reuse.references, target);
    transaction.commit();
}

void OriginDesk::place(const QVector<FoundReference> &references, const QUuid &frame)
{
    Board &board = *d->session->board();
    const board::Item *canvas = board.item(frame);
    if (!canvas || !canvas->frame())
        return;
    const board::Item into = *canvas;
    board.setOnShelf(frame, into.frame()->shelf, false);
    const QRectF bounds = board::boundingRect(into);
    const QPointF below(bounds.center().x(), bounds.bottom() + bounds.height() / 3);
    for (const FoundReference &found : references) {
        const QRectF &region = found.reference.region;
        const QVector<QPointF> &shape = found.reference.shape; // where it was turned
        const Placement place = placementIn(into, shape.isEmpty() ? cornersOf(region) : shape);
        const QPointF centre = region.isEmpty() ? below : place.centre;
        ItemId id = board.pictureOf(found.reference.hash);
        if (id.isNull())
            id = board.addPictures({pictureOf(found)}, centre).value(0);
        const board::Item *item = board.item(id);
        if (!item || !item->picture())
            continue;
        board.setPinned({id}, true);
        board.setWeight({id}, found.reference.weight);
        board.setRole({id}, found.reference.role);
        board.setSteps({id}, found.reference.steps);
        if (region.isEmpty()) {
            board.setOnShelf(frame, {id}, true);
            continue;
        }
        item = board.item(id);
        const double now = board::naturalSize(*item).width() * item->scale;
        const double turn = place.degrees - item->rotation;
        board.move({id}, centre - item->centre);
        if (now > 0)
            board.scale({id}, place.size.width() / now, centre);
        if (!shape.isEmpty())
            board.rotate({id}, turn, centre);
        board.raise({id});
    }
}

} // namespace moodloom::session
