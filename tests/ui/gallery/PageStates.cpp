// States of the pages beside the studio: library, models, settings.
#include "core/base/Problems.h"
#include "core/base/Text.h"
#include "tests/support/FileServer.h"
#include "tests/ui/fake/FakeWorld.h"
#include "tests/ui/gallery/Content.h"
#include "tests/ui/gallery/States.h"
#include "ui/theme/Theme.h"

#include <cmath>

namespace moodloom::gallery {
namespace {

using fake::world;

const QString modelName = QStringLiteral("studio/paper-cut-diffusion");

void import(Stage &stage, bool paused)
{
    session::ImportStatus &import = world().import;
    import.running = true;
    import.paused = paused;
    import.current = QStringLiteral("IMG_2041.jpg");
    import.found = 18930;
    import.done = 1204;
    import.failed = 2;
    import.perSecond = paused ? 0 : 212.4;
    import.secondsLeft = paused ? -1 : 79.4;
    Q_EMIT stage.session.library()->importStatusChanged();
}

void failures(Stage &stage)
{
    world().failures = {
        {QStringLiteral("/pictures/broken.jpg"),
         userText({ErrorCode::Corrupt, "broken.jpg", "ends after 12 of 300 rows"})},
        {QStringLiteral("/pictures/scans/empty.png"),
         userText({ErrorCode::Corrupt, "empty.png", "the file is empty (0 bytes)"})},
        {QStringLiteral("/pictures/project files/cover.xcf"),
         userText({ErrorCode::Unsupported, "cover.xcf", {}})}};
    stage.workspace.library()->failures()->refresh();
}

void serveModel(Stage &stage)
{
    stage.hub.files.clear();
    const auto bytes = [](int size, char with) { return QByteArray(size, with); };
    stage.hub.addModel(
        modelName,
        {{QStringLiteral("model_index.json"), QByteArray("{}")},
         {QStringLiteral("scheduler/scheduler_config.json"), QByteArray("{}")},
         {QStringLiteral("tokenizer/vocab.json"), bytes(800'000, ' ')},
         {QStringLiteral("tokenizer/merges.txt"), bytes(500'000, ' ')},
         {QStringLiteral("text_encoder/config.json"), QByteArray("{}")},
         {QStringLiteral("text_encoder/model.safetensors"), bytes(9'000'000, 'a')},
         {QStringLiteral("unet/config.json"), QByteArray("{}")},
         {QStringLiteral("unet/diffusion_pytorch_model.safetensors"), bytes(21'000'000, 'b')},
         {QStringLiteral("vae/config.json"), QByteArray("{}")},
         {QStringLiteral("vae/diffusion_pytorch_model.safetensors"), bytes(6'000'000, 'c')}});
}

void lookUp(Stage &stage)
{
    stage.workspace.setPage(ui::Workspace::Page::Models);
    serveModel(stage);
    auto *download = stage.workspace.shelf()->download();
    download->setFolder(QUrl::fromLocalFile(folder()));
    stage.item("getModelName")->setProperty("text", modelName);
    download->lookUp(modelName, {});
    for (int i = 0; i < 50 && download->step() == ui::DownloadModel::Step::LookingUp; ++i)
        stage.settle(20);
}

void fetch(Stage &stage, qint64 hold, qint64 cut)
{
    testing::Served &unet =
        stage.hub.file(modelName, QStringLiteral("unet/diffusion_pytorch_model.safetensors"));
    unet.holdAfter = hold;
    unet.cutAfter = cut;
    unet.status = cut < 0 ? 200 : 404;
    stage.workspace.shelf()->download()->start();
    stage.settle(900);
}

void teach(Stage &stage)
{
    stage.workspace.setPage(ui::Workspace::Page::Models);
    stage.workspace.shelf()->teach()->setFolder(
        QUrl::fromLocalFile(QStringLiteral("/pictures/our cars")));
    stage.settle(60);
    stage.trigger("teach-model");
}

void teaching(Stage &stage)
{
    teach(stage);
    session::TeachState &state = world().teach;
    state.pictures = 48;
    state.captioned = 31;
    state.share = 0.37;
    state.step = 412;
    state.samplesPerSecond = 2.6;
    for (int i = 0; i <= 40; ++i)
        state.curve.append(
            {i * 10.0, 0.11 + 0.09 * std::exp(-i / 9.0) + 0.004 * std::sin(i * 2.1)});
    for (int i = 0; i < 4; ++i) {
        const QString file = QStringLiteral("%1/sample %2.png").arg(folder()).arg(i);
        takeImage(i).save(file);
        state.samples.append(file);
    }
    stage.workspace.shelf()->teach()->start();
    stage.settle(60);
    stage.item("stopTeaching")->forceActiveFocus(Qt::OtherFocusReason);
}

void openFocused(Stage &stage, const char *name)
{
    stage.settle(100);
    QQuickItem *item = stage.item(name);
    item->forceActiveFocus(Qt::TabFocusReason);
    stage.press(Qt::Key_Space);
}

void settings(Stage &stage)
{
    world().watched = {QStringLiteral("/pictures"),
                       QStringLiteral("/data/archive/reference pictures")};
    Q_EMIT stage.session.library()->watchedFoldersChanged();
    stage.workspace.setPage(ui::Workspace::Page::Settings);
}

} // namespace

void addPageStates(std::map<QString, State> &states)
{
    // -- Library
    states["library"] = [](Stage &stage) { stage.workspace.setPage(ui::Workspace::Page::Library); };
    states["importing"] = [](Stage &stage) {
        import(stage, false);
        failures(stage);
    };
    states["import-paused"] = [](Stage &stage) { import(stage, true); };
    states["failures"] = [](Stage &stage) {
        failures(stage);
        stage.settle(60);
        QMetaObject::invokeMethod(stage.item("showFailures"), "clicked");
    };
    states["library-cell"] = [](Stage &stage) {
        stage.settle(200);
        stage.item("libraryGrid")->forceActiveFocus(Qt::TabFocusReason);
        stage.press(Qt::Key_Right);
        stage.press(Qt::Key_Down);
    };
    states["library-menu"] = [](Stage &stage) { stage.press(Qt::Key_Menu); };
    states["library-away"] = [](Stage &stage) {
        for (int i : {1, 8, 9})
            world().assets[i].missing = true;
        Q_EMIT stage.session.library()->assetsChanged();
    };
    states["library-search"] = [](Stage &stage) {
        stage.settle(100);
        stage.item("librarySearch")->setProperty("text", QStringLiteral("zeppelin"));
        stage.workspace.library()->assets()->setWords(QStringLiteral("zeppelin"));
    };

    // -- Models
    states["models-empty"] = [](Stage &stage) {
        stage.workspace.setPage(ui::Workspace::Page::Models);
    };
    states["models"] = [](Stage &stage) {
        fillShelf(stage.session);
        stage.workspace.setPage(ui::Workspace::Page::Models);
    };
    states["model-row"] = [](Stage &stage) {
        stage.settle(200);
        stage.item("shelfList")->forceActiveFocus(Qt::TabFocusReason);
        stage.item("shelfList")->setProperty("currentIndex", 4);
    };
    states["addons"] = [](Stage &stage) {
        fillShelf(stage.session);
        stage.session.paintOver(QStringLiteral("fake"), world().shelf[3].preview);
    };
    states["get-model"] = [](Stage &stage) {
        stage.workspace.setPage(ui::Workspace::Page::Models);
        stage.settle(60);
        stage.trigger("get-model");
    };
    states["model-found"] = lookUp;
    states["model-fetching"] = [](Stage &stage) { fetch(stage, 9'000'000, -1); };
    states["model-paused"] = [](Stage &stage) {
        stage.workspace.shelf()->download()->pause();
        stage.settle(200);
    };
    states["model-refused"] = [](Stage &stage) {
        stage.session.modelProblems()->add(
            {ErrorCode::NotFound, "paper-cut.safetensors", {}});
    };
    states["library-failed"] = [](Stage &stage) {
        stage.session.library()->problems()->add({ErrorCode::DiskFull, "library.db", {}});
    };
    states["model-failed"] = [](Stage &stage) { fetch(stage, -1, 5'000'000); };
    states["model-unknown"] = [](Stage &stage) {
        stage.workspace.setPage(ui::Workspace::Page::Models);
        stage.hub.files.clear();
        stage.item("getModelName")->setProperty("text", modelName);
        stage.workspace.shelf()->download()->lookUp(modelName, {});
        stage.settle(500);
    };
    states["teach"] = teach;
    states["teaching"] = teaching;
    states["teach-failed"] = [](Stage &stage) {
        teach(stage);
        world().teach.error = Error{ErrorCode::OutOfMemory, "256 × 256", ""};
        stage.workspace.shelf()->teach()->start();
    };

    // -- Settings
    states["settings"] = settings;
    states["settings-changed"] = [](Stage &stage) {
        stage.workspace.shared()->setFolder(
            QUrl::fromLocalFile(QStringLiteral("/disk/away/shared with Krita")));
        stage.workspace.preferences()->setThreads(1);
    };
    states["language-list"] = [](Stage &stage) { openFocused(stage, "languageBox"); };
    states["shortcuts"] = [](Stage &stage) {
        settings(stage);
        if (auto *flick = stage.window.findChild<QQuickItem *>(QStringLiteral("settingsFlick")))
            flick->setProperty("contentY", 620);
    };
    states["shortcut-taken"] = [](Stage &stage) {
        stage.settle(100);
        stage.item("shortcut:prompt")->forceActiveFocus(Qt::TabFocusReason);
        stage.press(Qt::Key_Space);
        stage.press(Qt::Key_F, Qt::ControlModifier);
        stage.item("shortcut:undo")->forceActiveFocus(Qt::TabFocusReason);
        stage.press(Qt::Key_Space);
    };
}

} // namespace moodloom::gallery
