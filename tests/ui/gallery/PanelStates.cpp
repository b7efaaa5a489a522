// States of what stands around the board and over it: prompt, references, takes, panels, messages.
#include "core/base/Problems.h"
#include "core/board/Board.h"
#include "core/session/FailedTakes.h"
#include "core/session/GroundingDesk.h"
#include "tests/ui/fake/FakeWorld.h"
#include "tests/ui/gallery/Content.h"
#include "tests/ui/gallery/States.h"

#include <QDragEnterEvent>
#include <QDragMoveEvent>
#include <QMimeData>

namespace moodloom::gallery {
namespace {

using fake::world;

void find(Stage &stage)
{
    stage.session.finder()->setPrompt(
        stage.say("a Talagon SUV, the Great Wall, at sunset", "大众揽巡，长城，日落"));
    stage.session.find();
    for (retrieval::Reference &reference : world().references) {
        reference.why.color = 0.74;
        reference.why.typical = 0.52;
    }
    world().references[3].part = {0.18, 0.3, 0.6, 0.55};
    stage.session.finder()->setState(2, retrieval::ReferenceState::Pinned);
    stage.session.finder()->setState(8, retrieval::ReferenceState::Pinned);
    stage.session.finder()->setWeight(3, 1.4);
    stage.workspace.references()->select(2);
}

void write(Stage &stage, const char *english, const char *chinese)
{
    stage.session.finder()->setPrompt(stage.say(english, chinese));
}

void step(Stage &stage, int steps, double loading = -1)
{
    stage.session.paint();
    for (int i = 0; i < steps; ++i)
        fake::stepOnce(&stage.session);
    world().step.loading = loading;
    if (steps > 0)
        world().step.preview = previewOf(takeImage(2), 0.7);
    Q_EMIT stage.session.painter()->stepped(world().jobs.first(), world().step);
}

void takes(Stage &stage)
{
    for (int i = 0; i < 7; ++i) {
        stage.session.paint();
        fake::finishTake(&stage.session);
        world().takes.last().image = takeImage(6 - i);
    }
    stage.session.starTake(world().takes[3].id, true);
    Q_EMIT stage.session.takesChanged();
}

generation::PaintMemory shortMemory()
{
    generation::PaintMemory memory;
    memory.plan.format = models::PaintFormat::Bf16;
    memory.plan.thrift = models::Thrift::Parts;
    memory.plan.vaeTile = 512;
    memory.plan.steps = 4'100'000'000;
    memory.room.main = 22'000'000'000;
    generation::MemoryFallback fallback;
    fallback.stage = models::PaintStage::Decode;
    fallback.needed = 6'200'000'000;
    fallback.available = 4'800'000'000;
    fallback.plan = memory.plan;
    memory.fallbacks = {fallback};
    return memory;
}

void outOfMemory(Stage &stage)
{
    world().memory = shortMemory();
    Q_EMIT stage.session.memoryChanged();
    world().step.memory = shortMemory();
    step(stage, 6);
}

void openPrompt(Stage &stage)
{
    write(stage,
          "a {red|yellow|blue} Talagon SUV, __weather__, leaping over the Great Wall, (at "
          "sunset:1.3), dust in the "
          "air, low camera, a flock of cranes far away above the mountains, long shadows, warm "
          "light from the "
          "left, in the manner of a paper cut, with wide margins",
          "{红|黄|蓝}色大众揽巡，__天气__，飞跃长城，(日落:1.3)"
          "，尘土飞扬，低机位，远处山上的一群仙鹤，"
          "长长的影子，左侧的暖光，剪纸风格，留白很多，画面安静，天空占三分之二，地面有车辙，长城在"
          "右侧");
    world().lines = {stage.say("rain", "雨"), stage.say("fog", "雾"),
                     stage.say("first snow", "初雪"), stage.say("a clear evening", "晴朗的傍晚")};
}

// Files held over a place of the window.
void drag(Stage &stage, QPointF at)
{
    static QMimeData mime;
    mime.setUrls({QUrl::fromLocalFile(pictureWithOrigin(false))});
    QDragEnterEvent enter(at.toPoint(), Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&stage.window, &enter);
    QDragMoveEvent move(at.toPoint(), Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&stage.window, &move);
}

QPointF middle(const QQuickItem *item)
{
    return item->mapToScene(item->boundingRect().center());
}

void fail(Stage &stage, ErrorCode code, const std::string &subject, const std::string &detail)
{
    Q_EMIT stage.session.failed({code, subject, detail});
}

} // namespace

void addPanelStates(std::map<QString, State> &states)
{
    // -- Prompt and references
    states["found"] = find;
    states["written"] = openPrompt;
    states["looking"] = [](Stage &stage) {
        write(stage, "a lighthouse", "灯塔");
        world().finding = true;
        Q_EMIT stage.session.finder()->busyChanged();
    };
    states["nothing-found"] = [](Stage &stage) {
        write(stage, "a lighthouse", "灯塔");
        world().assets.clear();
        stage.session.library()->assetsChanged();
        stage.workspace.prompt()->find();
        world().assets = assets(stage.chinese);
        Q_EMIT stage.session.library()->assetsChanged();
    };
    states["search-failed"] = [](Stage &stage) {
        world().searchError =
            Error{ErrorCode::Unreadable, "library.db", "no permission to read it"};
        world().finding = false;
        Q_EMIT stage.session.finder()->busyChanged();
        stage.session.find();
    };
    states["card"] = [](Stage &stage) {
        stage.settle(200);
        stage.items("pin").first()->parentItem()->forceActiveFocus(Qt::TabFocusReason);
    };
    states["why"] = [](Stage &stage) {
        stage.settle(200);
        stage.point(middle(stage.item("referencesPanel")) + QPointF(70, -60));
        stage.point(middle(stage.item("why")));
        stage.settle(700);
    };
    states["away"] = [](Stage &stage) { // files of references that are gone
        for (int i : {0, 4})
            world().references[i].asset.missing = true;
        Q_EMIT stage.session.finder()->referencesChanged();
    };
    states["dropped"] = [](Stage &stage) { stage.workspace.references()->drop(1); };
    states["chip-menu"] = [](Stage &stage) {
        stage.settle(100);
        QMetaObject::invokeMethod(stage.item("facetChip"), "clicked");
    };
    states["history"] = [](Stage &stage) {
        for (const auto &[english, chinese] :
             {std::pair{"a paper boat on a lake at night", "夜晚湖上的纸船"},
              std::pair{"a red bus in the rain, film grain", "雨中的红色巴士，胶片颗粒"},
              std::pair{"a Talagon SUV leaping over the Great Wall at sunset, dust in the air, low "
                        "camera",
                        "大众揽巡飞跃长城，日落，尘土飞扬，低机位"},
              std::pair{"a lamp in a room", "房间里的灯"}}) {
            write(stage, english, chinese);
            stage.workspace.prompt()->find();
        }
        stage.trigger("prompt-history");
    };
    states["history-empty"] = [](Stage &stage) { stage.trigger("prompt-history"); };
    states["drop-prompt"] = [](Stage &stage) { drag(stage, middle(stage.item("promptInput"))); };
    states["drop-board"] = [](Stage &stage) { drag(stage, middle(&stage.canvas())); };

    // -- Takes
    states["painting"] = [](Stage &stage) {
        step(stage, 14);
        stage.session.paint();
        Q_EMIT stage.session.painter()->queueChanged();
    };
    states["loading"] = [](Stage &stage) { step(stage, 0, 0.42); };
    states["queue"] = [](Stage &stage) {
        step(stage, 3);
        for (int i = 0; i < 5; ++i)
            stage.session.paint();
        world().secondsLeft = 140;
        Q_EMIT stage.session.painter()->queueChanged();
        Q_EMIT stage.session.painter()->stepped(world().jobs.first(), world().step);
    };
    states["short-memory"] = outOfMemory;
    states["not-painted"] = [](Stage &stage) {
        stage.session.paint();
        stage.session.paint();
        for (int i = 0; i < 2; ++i)
            fake::failTake(&stage.session, {ErrorCode::OutOfMemory, "1536 × 1536", {}});
    };
    states["not-painted-focus"] = [](Stage &stage) {
        stage.settle(100);
        stage.item("tryAgain")->parentItem()->parentItem()->forceActiveFocus(Qt::TabFocusReason);
    };
    states["not-painted-several"] = [](Stage &stage) {
        for (int i = 0; i < 3; ++i)
            stage.session.paint();
        fake::failTake(&stage.session,
                       {ErrorCode::Corrupt, "unet/diffusion_pytorch_model.safetensors",
                        "its header is not valid JSON; get the file again"});
        fake::failTake(&stage.session, {ErrorCode::NotFound, "__weather__", {}});
        stage.session.failedTakes()->add({session::FailedTake::Kind::OfGrid,
                                          QStringLiteral("grid"), stage.session.board(),
                                          stage.session.activeFrame(),
                                          {ErrorCode::OutOfMemory, "1536 × 1536", {}}, 7, {}});
        for (int i = 0; i < 6; ++i)
            fake::stepOnce(&stage.session);
    };
    states["takes"] = takes;
    states["take-focus"] = [](Stage &stage) {
        stage.settle(100);
        stage.item("star")->parentItem()->forceActiveFocus(Qt::TabFocusReason);
    };
    states["take-menu"] = [](Stage &stage) {
        stage.settle(100);
        stage.item("star")->parentItem()->forceActiveFocus(Qt::TabFocusReason);
        stage.press(Qt::Key_Menu);
    };
    states["shown"] = [](Stage &stage) { // what the newest take shows, and one before it
        stage.workspace.takes()->moveBy(0);
        for (const int i : {int(world().takes.size()) - 3, int(world().takes.size()) - 1})
            world().checking.append(world().takes[i].id);
        for (const char *last : {"found", "missing"})
            fake::finishCheck(&stage.session,
                              {{stage.say("a Talagon SUV", "大众揽巡"), QStringLiteral("found")},
                               {stage.say("the Great Wall", "长城"), QStringLiteral("found")},
                               {stage.say("a balloon", "热气球"), QLatin1String(last)},
                               {stage.say("at sunset", "日落"), QStringLiteral("weak")},
                               {stage.say("film grain", "胶片颗粒"), QStringLiteral("unchecked")}});
    };
    states["check-failed"] = [](Stage &stage) {
        stage.workspace.takes()->moveBy(0);
        stage.session.grounding()->setProblem(
            stage.workspace.takes()->current(),
            Error{ErrorCode::OutOfMemory, "image_encoder", {}});
    };
    states["start-failed"] = [](Stage &stage) {
        stage.session.startProblems()->add(
            {ErrorCode::Corrupt, "sketch.png", "ends after 12 of 300 rows"});
        stage.session.modelProblems()->add({ErrorCode::NotFound, "paper-cut.safetensors", {}});
    };
    states["viewer"] = [](Stage &stage) { stage.trigger("view-take"); };
    states["told-take"] =
        [](Stage &stage) { // of a prompt that left something open, with little memory
            generation::Take &take = world().takes.last();
            take.recipe.prompt = stage.say("a red Talagon SUV, rain", "红色大众揽巡，雨");
            take.recipe.promptTemplate = stage.say("a {red|yellow|blue} Talagon SUV, __weather__",
                                                   "{红|黄|蓝}色大众揽巡，__天气__");
            take.memory = shortMemory();
            Q_EMIT stage.session.takesChanged();
            stage.workspace.takes()->moveBy(0);
        };

    // -- Panels over the board
    states["variations"] = [](Stage &stage) { stage.trigger("variations"); };
    states["variations-words"] = [](Stage &stage) {
        stage.trigger("variations");
        stage.settle(100);
        stage.workspace.variations()->down()->setTarget(3);
        stage.settle(100);
    };
    states["variations-painting"] = [](Stage &stage) {
        stage.trigger("variations");
        stage.settle(100);
        stage.workspace.variations()->paint();
        world().painted = 2;
        step(stage, 5);
        Q_EMIT stage.session.variations()->changed();
    };
    states["palette"] = [](Stage &stage) { stage.trigger("palette"); };
    states["palette-search"] = [](Stage &stage) {
        stage.settle(60);
        stage.type(stage.say("board", "画板"));
    };
    states["palette-nothing"] = [](Stage &stage) {
        stage.settle(60);
        stage.type(QStringLiteral("xyzzy"));
    };
    states["export"] = [](Stage &stage) { stage.trigger("export"); };
    states["export-replace"] = [](Stage &stage) {
        stage.workspace.exporter()->setFolder(QUrl::fromLocalFile(folder()));
        stage.settle(60);
        const QString name = stage.item("exportName")->property("text").toString();
        takeImage(0).save(folder() + QLatin1Char('/') + name + QStringLiteral(".png"), "PNG");
        QMetaObject::invokeMethod(stage.item("exportSave"), "clicked");
    };
    states["export-failed"] = [](Stage &stage) {
        stage.settle(60);
        world().exportError = Error{ErrorCode::DiskFull, "wall.png", ""};
        stage.item("exportName")->setProperty("text", QStringLiteral("wall"));
        QMetaObject::invokeMethod(stage.item("exportSave"), "clicked");
    };
    states["origin"] = [](Stage &stage) {
        stage.workspace.origin()->read(QUrl::fromLocalFile(pictureWithOrigin(false)));
        stage.settle(300);
    };
    states["own"] = [](Stage &stage) {
        stage.workspace.origin()->read(QUrl::fromLocalFile(pictureWithOrigin(true)));
        stage.settle(300);
    };

    // -- Messages
    states["error"] = [](Stage &stage) {
        fail(stage, ErrorCode::Corrupt, "unet/diffusion_pytorch_model.safetensors",
             "its header is not valid JSON; get the file again");
    };
    states["error-memory"] = [](Stage &stage) {
        fail(stage, ErrorCode::OutOfMemory, "1024 × 1024", "");
    };
    states["error-board"] = [](Stage &stage) {
        fail(stage, ErrorCode::Corrupt, "wall poster.moodloom", "database disk image is malformed");
    };
    states["error-newer"] = [](Stage &stage) {
        fail(stage, ErrorCode::NewerVersion, "storyboard.moodloom", "");
    };
    states["notice"] = [](Stage &stage) {
        stage.workspace.notices()->add(stage.say("The arithmetic library on this machine is a slow "
                                                 "one: install libopenblas0-pthread.",
                                                 "本机的运算库较慢：请安装 libopenblas0-pthread。"),
                                       false);
    };

    // -- The keyboard
    for (int i = 1; i <= 12; ++i)
        states[QStringLiteral("tab-%1").arg(i)] = [i](Stage &stage) {
            for (int n = 0; n < i; ++n)
                stage.press(Qt::Key_Tab);
        };
}

} // namespace moodloom::gallery
