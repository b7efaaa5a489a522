// Shows the window in a chosen state and saves it as a picture: to look at the interface without a
// model or a library.
//
//   moodloom_ui_gallery OUT.png [WIDTH HEIGHT] [STATE ...]
//   STATE: light, empty, found, painting, takes, viewer, library, importing, models, addons, settings, palette, export, error,
//     origin (a picture of another program tells how it was made), own (one of Moodloom),
//     outline, minimap, pen, rulers, compare and present (after seen), note, get-model, shortcuts,
//     role (a style reference is selected), seen (what the model sees)
#include "core/export/ExportTake.h"
#include "core/export/Png.h"
#include "tests/ui/fake/FakeWorld.h"
#include "ui/board/BoardCanvas.h"
#include "ui/shell/Interface.h"
#include "ui/theme/Theme.h"

#include <QCryptographicHash>
#include <QFile>
#include <QGuiApplication>
#include <QQuickWindow>
#include <QSettings>
#include <QStandardPaths>
#include <QTimer>

using namespace moodloom;

// A shelf as a designer's machine has one, with what does not fit.
static void fillShelf(session::Session &session)
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
            entry.preview = QStringLiteral("%1/shelf %2.png")
                                .arg(QStandardPaths::writableLocation(QStandardPaths::TempLocation))
                                .arg(w.shelf.size());
            fake::picture(QColor::fromHsl(int(w.shelf.size()) * 67 % 360, 120, 110), {160, 200})
                .save(entry.preview);
        }
        if (!reason.isEmpty())
            w.shelfReasons.insert(entry.path, reason);
        w.shelf.append(entry);
    };
    const QString sdxl = QCoreApplication::translate("Shelf", "Made for %1; the chosen model is %2.")
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

static QByteArray bytesOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

// A frame with references of every role, in it and on its shelf. Returns the style reference.
static board::ItemId fillFrame(session::Session &session, bool chinese)
{
    using board::ReferenceRole;
    board::Board &board = *session.board();
    const board::ItemId frame = board.addFrame({0, 0}, {640, 480});
    board.setFramePrompt(frame, chinese ? QStringLiteral("大众揽巡飞跃长城，日落")
                                        : QStringLiteral("a Talagon SUV leaping over the Great Wall at sunset"));
    const auto add = [&](const QString &name, const QColor &color, QPointF centre, double side) {
        const QString path = QStringLiteral("%1/%2.png").arg(
            QStandardPaths::writableLocation(QStandardPaths::TempLocation), color.name().mid(1));
        fake::picture(color, {240, 180}).save(path);
        board::Picture picture;
        picture.hash = picture.path = path;
        picture.caption = name;
        picture.size = {240, 180};
        const board::ItemId id = board.addPictures({picture}, centre).first();
        board.scale({id}, side / 240 / board.item(id)->scale, centre);
        return id;
    };
    const auto car = add(chinese ? QStringLiteral("揽巡") : QStringLiteral("Talagon"),
                         QColor(150, 60, 50), {-130, -60}, 250);
    const auto wall = add(chinese ? QStringLiteral("长城") : QStringLiteral("the Great Wall"),
                          QColor(120, 120, 90), {110, 90}, 330);
    const auto light = add(chinese ? QStringLiteral("晚霞") : QStringLiteral("evening light"),
                           QColor(190, 110, 60), {560, -320}, 160);
    board.setOnShelf(frame, {light}, true);
    board.setPinned({car, wall, light}, true);
    board.setWeight({car}, 1.3);
    board.setRole({wall}, ReferenceRole::Layout);
    board.setSteps({wall}, {0, 0.4});
    board.setRole({light}, ReferenceRole::Style);
    board.setWeight({light}, 0.8);
    return light;
}

// The same with a note that acts and one that is a comment. Returns the first.
static board::ItemId fillNotes(session::Session &session, bool chinese)
{
    fillFrame(session, chinese);
    board::Board &board = *session.board();
    const auto note = board.addNote(chinese ? QStringLiteral("## 一只红色的风筝\n在云上")
                                            : QStringLiteral("## a red kite\nabove the clouds"),
                                    {170, -150});
    board.rotate({note}, -8, {170, -150});
    board.setNotesAct({board.addNote(chinese ? QStringLiteral("客户要更暖的光")
                                             : QStringLiteral("the client wants warmer light"),
                                     {-190, 190})},
                      false);
    return note;
}

static void openTabs(session::Session &session, bool chinese)
{
    session.board()->addNote(QStringLiteral("1"), {0, 0});
    session.newBoard();
    session.board()->saveAs(QStandardPaths::writableLocation(QStandardPaths::TempLocation) +
                            (chinese ? QStringLiteral("/长城海报.moodloom")
                                     : QStringLiteral("/wall poster.moodloom")));
    session.newBoard();
}

// A picture of Moodloom, else one as A1111 leaves it.
static QString pictureWithOrigin(bool own)
{
    const QString path = QStandardPaths::writableLocation(QStandardPaths::TempLocation) +
                         QStringLiteral("/lake at dawn.png");
    const QImage image = fake::picture(QColor(70, 90, 140), {512, 384});
    if (own) {
        const QString car = QStandardPaths::writableLocation(QStandardPaths::TempLocation) +
                            QStringLiteral("/car.png");
        fake::picture(QColor(150, 60, 50), {240, 180}).save(car);
        generation::Take take;
        take.image = image;
        take.recipe.prompt = QStringLiteral("大众揽巡飞跃长城, at sunset");
        take.recipe.size = {512, 384};
        take.recipe.seed = 11223344556677ULL;
        take.recipe.steps = 24;
        take.recipe.sampler = generation::Sampler::DpmPP2MKarras;
        take.recipe.references = {
            {car, QString::fromLatin1(QCryptographicHash::hash(bytesOf(car), QCryptographicHash::Blake2b_256).toHex()),
             QStringLiteral("a car"), 1, {}},
            {QStringLiteral("/gone/great wall.jpg"), QStringLiteral("beef"), QStringLiteral("wall"), 1, {}}};
        (void)exporting::exportPng(take, path);
    } else {
        (void)exporting::writePng(image, path, {{"parameters", QStringLiteral(
            "a lake at dawn, mist over the water, (reeds:1.2) <lora:ink wash:0.7>\nNegative prompt: people, text\n"
            "Steps: 30, Sampler: DPM++ SDE Karras, CFG scale: 7, Seed: 2965270340, Size: 512x384, Model hash: 879db523c3, "
            "Model: dreamshaper_8, Clip skip: 2, Version: v1.10.1")}});
    }
    return path;
}

static void show(const QString &state, session::Session &session, ui::Workspace &workspace,
                 const QQuickWindow &window)
{
    fake::World &w = fake::world();
    const bool chinese = workspace.language()->current() == QLatin1String("zh_CN");
    if (state == QLatin1String("light")) {
        ui::Theme::instance()->setMode(ui::Theme::Mode::Light);
    } else if (state == QLatin1String("found")) {
        session.finder()->setPrompt(chinese ? QStringLiteral("大众揽巡,长城,at sunset")
                                            : QStringLiteral("a Talagon SUV,the Great Wall,at sunset"));
        session.find();
        session.finder()->setState(2, retrieval::ReferenceState::Pinned);
        session.finder()->setWeight(3, 1.4);
        workspace.references()->select(2);
    } else if (state == QLatin1String("painting")) {
        session.paint();
        session.paint();
        for (int i = 0; i < 14; ++i)
            fake::stepOnce(&session);
    } else if (state == QLatin1String("takes")) {
        for (int i = 0; i < 7; ++i) {
            session.paint();
            fake::finishTake(&session);
        }
        session.starTake(w.takes[3].id, true);
    } else if (state == QLatin1String("viewer")) {
        workspace.actions()->trigger(QStringLiteral("view-take"));
    } else if (state == QLatin1String("library")) {
        workspace.setPage(ui::Workspace::Page::Library);
    } else if (state == QLatin1String("importing")) {
        w.import.running = true;
        w.import.current = QStringLiteral("IMG_2041.jpg");
        w.import.found = 18930;
        w.import.done = 1204;
        w.import.failed = 2;
        w.import.perSecond = 212.4;
        w.import.secondsLeft = 79.4;
        w.failures = {{QStringLiteral("/pictures/broken.jpg"), QStringLiteral("broken.jpg is damaged.")},
                      {QStringLiteral("/pictures/empty.png"), QStringLiteral("empty.png is damaged.")}};
        Q_EMIT session.library()->importStatusChanged();
        workspace.library()->failures()->refresh();
    } else if (state == QLatin1String("models")) {
        fillShelf(session);
        workspace.setPage(ui::Workspace::Page::Models);
    } else if (state == QLatin1String("addons")) {
        fillShelf(session);
        session.paintOver(QStringLiteral("fake"), w.shelf[3].preview);
    } else if (state == QLatin1String("role") || state == QLatin1String("seen")) {
        const board::ItemId style = fillFrame(session, chinese);
        auto *canvas = window.findChild<ui::BoardCanvas *>(QStringLiteral("boardCanvas"));
        canvas->fitAll();
        canvas->controller()->select(
            {state == QLatin1String("role") ? style : session.board()->frames().first()});
        if (state == QLatin1String("seen"))
            canvas->toggleModelView();
    } else if (state == QLatin1String("note") || state == QLatin1String("notes")) {
        const board::ItemId note = fillNotes(session, chinese);
        auto *canvas = window.findChild<ui::BoardCanvas *>(QStringLiteral("boardCanvas"));
        canvas->fitAll();
        canvas->controller()->select(
            {state == QLatin1String("note") ? note : session.board()->frames().first()});
        if (state == QLatin1String("notes"))
            canvas->toggleModelView();
    } else if (state == QLatin1String("tabs")) {
        openTabs(session, chinese);
    } else if (state == QLatin1String("guides")) {
        workspace.actions()->trigger(QStringLiteral("board-rulers"));
        session.board()->setGuides({{-320, 320}, {-100, 140}}, QStringLiteral("guides"));
    } else if (state == QLatin1String("origin") || state == QLatin1String("own")) {
        workspace.origin()->read(QUrl::fromLocalFile(pictureWithOrigin(state == QLatin1String("own"))));
    } else if (state == QLatin1String("outline") || state == QLatin1String("minimap") ||
               state == QLatin1String("compare") || state == QLatin1String("present") ||
               state == QLatin1String("pen") || state == QLatin1String("rulers")) {
        if (state == QLatin1String("compare")) {
            QVector<board::ItemId> pictures;
            for (const board::ItemId &id : session.board()->items())
                if (session.board()->item(id)->picture() && pictures.size() < 2)
                    pictures.append(id);
            window.findChild<ui::BoardCanvas *>(QStringLiteral("boardCanvas"))->controller()->select(pictures);
        }
        workspace.actions()->trigger(QStringLiteral("board-") + state);
    } else if (state == QLatin1String("markdown")) {
        session.board()->addNote(chinese ? QStringLiteral("# 情绪\n- 暖光\n- **低**机位\n- 尘土飞扬")
                                         : QStringLiteral("# Mood\n- warm light\n- *low* camera\n- dust in the air"),
                                 {-560, 40});
        window.findChild<ui::BoardCanvas *>(QStringLiteral("boardCanvas"))->fitAll();
    } else if (state == QLatin1String("get-model")) {
        workspace.setPage(ui::Workspace::Page::Models);
        workspace.actions()->trigger(state);
    } else if (state == QLatin1String("shortcuts")) {
        workspace.setPage(ui::Workspace::Page::Settings);
        if (auto *flick = window.findChild<QQuickItem *>(QStringLiteral("settingsFlick")))
            flick->setProperty("contentY", 620);
    } else if (state == QLatin1String("settings")) {
        workspace.setPage(ui::Workspace::Page::Settings);
    } else if (state == QLatin1String("palette") || state == QLatin1String("export")) {
        workspace.actions()->trigger(state);
    } else if (state == QLatin1String("error")) {
        Q_EMIT session.failed({ErrorCode::Corrupt, "unet/diffusion_pytorch_model.safetensors",
                               "The tensor conv_in.weight should be [320, 4, 3, 3]."});
    }
}

int main(int argc, char **argv)
{
    QCoreApplication::setOrganizationName(QStringLiteral("moodloom"));
    QCoreApplication::setApplicationName(QStringLiteral("moodloom-gallery"));
    QStandardPaths::setTestModeEnabled(true);
    QGuiApplication application(argc, argv);
    QStringList arguments = application.arguments().mid(1);
    const QString out = arguments.takeFirst();
    QSize size(1440, 900);
    if (arguments.size() >= 2 && arguments[0].toInt() > 0)
        size = {arguments.takeFirst().toInt(), arguments.takeFirst().toInt()};

    QSettings().clear(); // always the same start
    fake::reset(arguments.contains(QLatin1String("empty")) ? 0 : 90);
    session::Session session({});
    ui::Interface interface(&session);
    if (!interface.show())
        return 1;
    auto *window = qobject_cast<QQuickWindow *>(interface.engine()->rootObjects().constFirst());
    window->resize(size);
    QTimer::singleShot(400, window, [&] {
        for (const QString &state : std::as_const(arguments))
            show(state, session, *interface.workspace(), *window);
    });
    QTimer::singleShot(1800, window, [&] {
        window->grabWindow().save(out);
        QCoreApplication::quit();
    });
    return application.exec();
}
