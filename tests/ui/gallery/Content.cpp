#include "tests/ui/gallery/Content.h"

#include "core/board/Board.h"
#include "core/export/ExportTake.h"
#include "core/export/Png.h"
#include "core/image/Thumbnail.h"
#include "core/session/Session.h"
#include "core/world/Caption.h"
#include "core/world/Compose.h"
#include "core/world/Designs.h"
#include "tests/ui/fake/FakeWorld.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <array>

namespace moodloom::gallery {
namespace {

QImage &takes()
{
    static QImage image;
    return image;
}

// The index-th of the library.
world::Scene sceneOf(int index)
{
    using world::Place, world::TimeOfDay;
    static const std::array<world::Setting, 6> settings{{{Place::Desert, TimeOfDay::Day},
                                                         {Place::Mountains, TimeOfDay::Sunset},
                                                         {Place::Snow, TimeOfDay::Day},
                                                         {Place::City, TimeOfDay::Night},
                                                         {Place::Beach, TimeOfDay::Sunset},
                                                         {Place::Autumn, TimeOfDay::Day}}};
    world::ComposeOptions options;
    if (index < 18) {
        options.count = 1;
        options.style = index % 6 == 3 ? world::Style::Watercolour : world::Style::Flat;
        options.setting = settings[size_t(index % 6)];
    }
    if (index < 6)
        options.designs = {world::talagon().design};
    else if (index < 12)
        options.designs = {world::greatWall().design};
    else if (index < 18)
        options.setting->time = TimeOfDay::Sunset;
    return world::composeScene(uint64_t(index) + 11, options);
}

QString captionOf(int index, bool chinese)
{
    const world::Captions captions = world::captionsOf(sceneOf(index), uint64_t(index) + 11);
    return QString::fromStdString(chinese ? captions.zh : captions.en);
}

QImage drawn(int index, QSize size)
{
    const int side = std::max(size.width(), size.height());
    return world::drawScene(sceneOf(index), side)
        .copy((side - size.width()) / 2, (side - size.height()) / 2, size.width(), size.height());
}

QByteArray bytesOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

static QString &chosenFolder()
{
    static QString path;
    return path;
}

void setFolder(const QString &path)
{
    QDir().mkpath(path);
    chosenFolder() = path;
}

QString folder()
{
    static const QTemporaryDir made;
    return chosenFolder().isEmpty() ? made.path() : chosenFolder();
}

// As people name files: whole words of it, about as many letters as fit.
static QString fileNameOf(const QString &caption)
{
    constexpr int most = 36;
    QString name = caption;
    name.replace(QLatin1Char('/'), QLatin1Char('-'));
    if (name.size() > most) {
        const qsizetype end = name.lastIndexOf(QLatin1Char(' '), most);
        name.truncate(end > 0 ? end : most);
    }
    return name;
}

const QVector<library::Asset> &assets(bool chinese)
{
    static QVector<library::Asset> both[2];
    QVector<library::Asset> &all = both[chinese ? 1 : 0];
    if (!all.isEmpty())
        return all;
    const image::ThumbnailStore thumbnails;
    const QSize shapes[] = {{320, 240}, {256, 320}, {320, 320}, {320, 256}};
    for (int i = 0; i < 90; ++i) {
        library::Asset asset;
        const QString caption = captionOf(i, chinese);
        asset.id = i + 1;
        asset.hash = QStringLiteral("gallery%1").arg(i, 4, 10, QLatin1Char('0'));
        asset.path = QStringLiteral("/pictures/%1 %2.jpg").arg(fileNameOf(caption)).arg(i + 1);
        asset.format = QStringLiteral("jpeg");
        asset.size = shapes[i % 4] * 6;
        asset.bytes = 1'240'000 + 7919 * i;
        if (i % 5)
            asset.description = caption;
        all.append(asset);
        if (!thumbnails.contains(asset.hash)) // of an earlier process
            (void)thumbnails.write(asset.hash, drawn(i, shapes[i % 4]));
    }
    return all;
}

void setTakesFile(const QString &file)
{
    takes().load(file);
}

QImage takeImage(int index)
{
    // Of the sheet's prompts those with a Talagon or the Great Wall, and what looks like them.
    static constexpr std::array<int, 8> places{0, 8, 63, 52, 21, 46, 60, 3};
    const int place = places[size_t(index) % places.size()];
    if (takes().isNull())
        return drawn(place, {256, 256});
    constexpr int tile = 180, margin = 2;
    return takes()
        .copy(place % 8 * tile + margin, place / 8 * tile + margin, tile - 2 * margin,
              tile - 2 * margin)
        .convertToFormat(QImage::Format_RGB888)
        .scaled(256, 256, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
}

QImage previewOf(const QImage &image, double share)
{
    const int side = std::max(8, int(share * 64));
    return image.scaled(side, side, Qt::IgnoreAspectRatio, Qt::SmoothTransformation)
        .scaled(128, 128, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
}

board::ItemId addPicture(session::Session &session, const QString &caption, int index,
                         QPointF centre, double width)
{
    const QString path = QStringLiteral("%1/%2.png").arg(folder(), fileNameOf(caption));
    const QSize size(480, 360);
    if (!QFile::exists(path))
        drawn(index, size).save(path);
    board::Picture picture;
    picture.hash = picture.path = path;
    picture.caption = caption;
    picture.size = size;
    board::Board &board = *session.board();
    const board::ItemId id = board.addPictures({picture}, centre).first();
    board.scale({id}, width / size.width() / board.item(id)->scale, centre);
    return id;
}

FrameItems fillFrame(session::Session &session, bool chinese)
{
    using board::ReferenceRole;
    board::Board &board = *session.board();
    FrameItems made;
    made.frame = board.addFrame({0, 0}, {520, 520});
    board.setFramePrompt(
        made.frame, chinese
                        ? QStringLiteral("大众揽巡飞跃长城，日落")
                        : QStringLiteral("a Talagon SUV leaping over the Great Wall at sunset"));
    made.car = addPicture(session, chinese ? QStringLiteral("揽巡") : QStringLiteral("Talagon"), 0,
                          {-110, -125}, 240);
    made.wall =
        addPicture(session, chinese ? QStringLiteral("长城") : QStringLiteral("the Great Wall"), 6,
                   {80, 110}, 330);
    made.light =
        addPicture(session, chinese ? QStringLiteral("晚霞") : QStringLiteral("evening light"), 13,
                   {390, 180}, 170);
    board.setOnShelf(made.frame, {made.light}, true);
    board.setPinned({made.car, made.wall, made.light}, true);
    board.setWeight({made.car}, 1.3);
    board.setRole({made.wall}, ReferenceRole::Layout);
    board.setSteps({made.wall}, {0, 0.4});
    board.setRole({made.light}, ReferenceRole::Style);
    board.setWeight({made.light}, 0.8);
    return made;
}

board::ItemId fillNotes(session::Session &session, bool chinese)
{
    fillFrame(session, chinese);
    board::Board &board = *session.board();
    const auto note = board.addNote(chinese ? QStringLiteral("## 一只红色的风筝\n在云上")
                                            : QStringLiteral("## a red kite\nabove the clouds"),
                                    {140, -180});
    board.rotate({note}, -8, {140, -180});
    board.setNotesAct({board.addNote(chinese ? QStringLiteral("客户要更暖的光")
                                             : QStringLiteral("the client wants warmer light"),
                                     {-172, 70}, {144, 104})},
                      false);
    return note;
}

void fillShelf(session::Session &session)
{
    using models::ModelKind;
    fake::World &w = fake::world();
    const QString root = QStringLiteral("/data/ComfyUI/models/");
    const auto add = [&](ModelKind kind, const char *title, const char *family, double gigabytes,
                         const QStringList &words = {}, const QString &reason = {}) {
        shelf::ShelfEntry entry;
        entry.kind = kind;
        entry.title = QString::fromUtf8(title);
        entry.path = root + entry.title;
        entry.family = QString::fromUtf8(family);
        entry.bytes = qint64(gigabytes * 1e9);
        entry.words = words;
        if (kind == ModelKind::Lora) {
            const int index = int(w.shelf.size());
            entry.preview = QStringLiteral("%1/%2.png")
                                .arg(folder(), entry.title.section(QLatin1Char('/'), -1));
            if (!QFile::exists(entry.preview))
                drawn(index == 3 ? 1 : 20 + index, {168, 168}).save(entry.preview);
        }
        if (!reason.isEmpty())
            w.shelfReasons.insert(entry.path, reason);
        w.shelf.append(entry);
    };
    const QString sdxl =
        QCoreApplication::translate("Shelf", "Made for %1; the chosen model is %2.")
            .arg(QStringLiteral("SDXL"), QStringLiteral("SD 1.x"));
    const QString part = QCoreApplication::translate(
        "Shelf", "A part of a model: it is used from within a model's folder, not by itself.");
    add(ModelKind::StableDiffusion, "checkpoints/dreamshaper_8.safetensors", "SD 1.x", 2.13);
    add(ModelKind::StableDiffusion, "checkpoints/realistic vision v6.safetensors", "SD 1.x", 2.13);
    add(ModelKind::StableDiffusionXl, "checkpoints/juggernaut XL.safetensors", "SDXL", 6.94, {},
        QCoreApplication::translate("Shelf", "It needs %1 of memory, and %2 are free: close other "
                                             "programs, or choose a smaller model.")
            .arg(QStringLiteral("7.4 GB"), QStringLiteral("5.1 GB")));
    add(ModelKind::Lora, "loras/teramont suv v2.safetensors", "SD 1.x", 0.144,
        {QStringLiteral("talagon suv"), QStringLiteral("front view"), QStringLiteral("大众揽巡")});
    add(ModelKind::Lora, "loras/ink wash landscapes.safetensors", "SD 1.x", 0.151,
        {QStringLiteral("ink wash")});
    add(ModelKind::Lora, "loras/film grain xl.safetensors", "SDXL", 0.228,
        {QStringLiteral("film grain")}, sdxl);
    add(ModelKind::ControlNet, "controlnet/control_v11p_sd15_canny.safetensors", "SD 1.x", 0.723);
    add(ModelKind::IpAdapter, "ipadapter/ip-adapter-plus_sd15.safetensors", "SD 1.x", 0.098);
    add(ModelKind::Vae, "vae/vae-ft-mse-840000.safetensors", "", 0.335, {}, part);
    w.places = {{{QStringLiteral("/data/my models"), shelf::FolderKind::Plain}, true, true},
                {{QStringLiteral("/data/ComfyUI"), shelf::FolderKind::ComfyUi}, false, true},
                {{QStringLiteral("/disk/models"), shelf::FolderKind::Plain}, true, false}};
    generation::PaintSettings settings = session.settings();
    settings.model = w.shelf[0].path;
    settings.loras = {{w.shelf[3].path, 0.8}, {w.shelf[5].path, 1}};
    session.setSettings(settings);
    Q_EMIT session.shelf()->placesChanged();
    Q_EMIT session.shelf()->entriesChanged();
}

QString pictureWithOrigin(bool own)
{
    const QString path = folder() + QStringLiteral("/lake at dawn.png");
    const QImage image = drawn(own ? 1 : 30, {512, 384}).convertToFormat(QImage::Format_RGB888);
    if (!own) {
        (void)exporting::writePng(
            image, path,
            {{"parameters",
              QStringLiteral("a lake at dawn, mist over the water, (reeds:1.2) <lora:ink "
                             "wash:0.7>\nNegative prompt: people, text\n"
                             "Steps: 30, Sampler: DPM++ SDE Karras, CFG scale: 7, Seed: "
                             "2965270340, Size: 512x384, Model hash: 879db523c3, "
                             "Model: dreamshaper_8, Clip skip: 2, Version: v1.10.1")}});
        return path;
    }
    const QString car = folder() + QStringLiteral("/car.png");
    drawn(0, {240, 180}).save(car);
    generation::Take take;
    take.image = image;
    take.recipe.prompt = QStringLiteral("大众揽巡飞跃长城, at sunset");
    take.recipe.size = {512, 384};
    take.recipe.seed = 11223344556677ULL;
    take.recipe.steps = 24;
    take.recipe.sampler = generation::Sampler::DpmPP2MKarras;
    take.recipe.references = {
        {car,
         QString::fromLatin1(
             QCryptographicHash::hash(bytesOf(car), QCryptographicHash::Blake2b_256).toHex()),
         QStringLiteral("a car"),
         1,
         {}},
        {QStringLiteral("/gone/great wall.jpg"),
         QStringLiteral("beef"),
         QStringLiteral("wall"),
         1,
         {}}};
    (void)exporting::exportPng(take, path);
    return path;
}

} // namespace moodloom::gallery
