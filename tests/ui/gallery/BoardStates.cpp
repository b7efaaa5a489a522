// States of the board: what lies on it, what is selected, its tools and panels.
#include "core/board/Board.h"
#include "core/session/BoardSet.h"
#include "tests/support/FileServer.h"
#include "tests/ui/fake/FakeWorld.h"
#include "tests/ui/gallery/Content.h"
#include "tests/ui/gallery/States.h"

#include <QFile>
#include <QJsonObject>

#include <cmath>

namespace moodloom::gallery {
namespace {

QVector<board::ItemId> pictures(const Stage &stage, int most)
{
    QVector<board::ItemId> found;
    for (const board::ItemId &id : stage.session.board()->items())
        if (stage.session.board()->item(id)->picture() && found.size() < most)
            found.append(id);
    return found;
}

void select(Stage &stage, const QVector<board::ItemId> &ids)
{
    stage.canvas().controller()->select(ids);
}

void addMarkdown(Stage &stage)
{
    stage.session.board()->addNote(
        stage.say("# Mood\n- warm light\n- *low* camera\n- dust in the air",
                  "# 氛围\n- 暖光\n- **低**机位\n- 尘土飞扬"),
        {-410, 40}, QSizeF(0, 150)); // as high as its text is
    stage.canvas().fitAll();
}

void openTabs(Stage &stage)
{
    stage.session.board()->addNote(QStringLiteral("1"), {0, 0});
    for (const char *name :
         {"wall poster", "storyboard, the leap, scene 4", "colours for spring"}) {
        stage.session.newBoard();
        stage.session.board()->saveAs(folder() + QLatin1Char('/') + QString::fromLatin1(name) +
                                      QStringLiteral(".moodloom"));
        stage.settle(200);
    }
    stage.session.newBoard();
    stage.session.board()->addNote(QStringLiteral("2"), {0, 0});
    stage.session.newBoard();
}

// A board whose file is of a newer version opens, but is not changed.
void openReadOnly(Stage &stage)
{
    const FrameItems made = fillFrame(stage.session, stage.chinese);
    const QString path = folder() + QStringLiteral("/from a newer version.moodloom");
    stage.session.board()->saveAs(path);
    stage.settle(300);
    stage.session.closeBoard(stage.session.board());
    stage.settle(200);
    QFile file(path);
    if (file.open(QIODevice::ReadWrite) && file.seek(60)) // the header's place for the version
        file.write(QByteArray::fromHex("000003e7"));
    file.close();
    if (auto opened = board::Board::open(path))
        stage.session.boards()->add(std::move(*opened), true);
    stage.settle(100);
    stage.canvas().fitAll();
    select(stage, {made.car});
}

void missingFile(Stage &stage)
{
    fillFrame(stage.session, stage.chinese);
    board::Board &board = *stage.session.board();
    board::Picture picture;
    picture.hash = QStringLiteral("nowhere");
    picture.path = QStringLiteral("/disk/away/great wall.jpg");
    picture.caption = stage.say("a picture on a disk that is not there", "图片所在的磁盘不在");
    picture.size = {640, 480};
    const auto ids = board.addPictures({picture}, {-420, -40}, false);
    stage.canvas().fitAll();
    select(stage, ids);
}

void draw(Stage &stage)
{
    fillFrame(stage.session, stage.chinese);
    QVector<board::StrokePoint> points;
    for (int i = 0; i <= 40; ++i)
        points.append(
            {{-240 + 12.0 * i, -150 + 70 * std::sin(i / 6.0)}, 0.3 + 0.7 * (i % 20) / 20});
    stage.session.board()->addStroke(points, QColor(0xe5484d), 10);
    stage.canvas().fitAll();
}

void frameWithTake(Stage &stage)
{
    const FrameItems made = fillFrame(stage.session, stage.chinese);
    board::FrameTake take;
    take.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    take.frame = made.frame;
    take.size = {256, 256};
    stage.session.board()->setHidden({made.car, made.wall}, true);
    stage.session.board()->showTake(made.frame, stage.session.board()->addTake(take, takeImage(0)));
    stage.canvas().fitAll();
    select(stage, {made.frame});
}

// Two addresses beside the frame, as a browser drops them.
QVector<board::ItemId> addWebCards(Stage &stage)
{
    fillFrame(stage.session, stage.chinese);
    board::Board &board = *stage.session.board();
    const auto ids = board.addWebCards(
        {{QUrl(QStringLiteral("https://pictures.example/kites/red-kite-over-the-dunes.jpg")),
          stage.say("A red kite over the dunes", "沙丘上的红风筝")},
         {stage.hub.url(QStringLiteral("/kites.html")), {}}},
        {-430, -60}, {120, 120});
    stage.canvas().fitAll();
    return ids;
}

void failToFetch(Stage &stage)
{
    stage.hub.files[QStringLiteral("/kites.html")] =
        testing::Served{.bytes = "<!doctype html><title>kites</title>", .type = "text/html"};
    select(stage, {addWebCards(stage).value(1)});
    stage.press(Qt::Key_Return);
    stage.settle(300);
}

} // namespace

void addBoardStates(std::map<QString, State> &states)
{
    const auto action = [&states](const char *name, const char *id) {
        states[QString::fromLatin1(name)] = [id](Stage &stage) { stage.trigger(id); };
    };
    action("outline", "board-outline");
    action("minimap", "board-minimap");
    action("present", "board-present");
    action("pen", "board-pen");
    action("eraser", "board-eraser");
    action("rulers", "board-rulers");
    action("lasso", "board-lasso");
    action("crop", "board-crop");
    action("model-sees", "board-model-view");
    action("file-dialog", "open-board");
    states["frame"] = [](Stage &stage) {
        const FrameItems made = fillFrame(stage.session, stage.chinese);
        stage.canvas().fitAll();
        select(stage, {made.frame});
    };
    states["role"] = [](Stage &stage) {
        const FrameItems made = fillFrame(stage.session, stage.chinese);
        stage.canvas().fitAll();
        select(stage, {made.light});
    };
    states["picture"] = [](Stage &stage) { select(stage, pictures(stage, 1)); };
    states["several"] = [](Stage &stage) { select(stage, stage.session.board()->items()); };
    states["mixed"] = [](Stage &stage) {
        board::Board &board = *stage.session.board();
        const QVector<board::ItemId> both = pictures(stage, 2);
        board.setRole(both.mid(0, 1), board::ReferenceRole::Style);
        board.setWeight(both.mid(0, 1), 1.4);
        board.setOpacity(both.mid(0, 1), 0.5);
        board.setSteps(both.mid(0, 1), {0, 0.5});
        select(stage, both);
    };
    states["note-cut"] = [](Stage &stage) {
        const board::ItemId note = stage.session.board()->addNote(
            stage.say("a harbour in the evening with cranes and ropes",
                      "傍晚的港口，有吊车、缆绳和归来的渔船"),
            {0, 700}, {110, 56});
        stage.canvas().fitAll();
        select(stage, {note});
        stage.canvas().fitSelection();
    };
    states["two"] = [](Stage &stage) { select(stage, pictures(stage, 2)); };
    states["nothing"] = [](Stage &stage) { select(stage, {}); };
    states["locked"] = [](Stage &stage) {
        stage.session.board()->setLocked(pictures(stage, 1), true);
        select(stage, pictures(stage, 1));
    };
    states["note"] = [](Stage &stage) {
        const board::ItemId note = fillNotes(stage.session, stage.chinese);
        stage.canvas().fitAll();
        select(stage, {note});
    };
    states["note-frame"] = [](Stage &stage) {
        fillNotes(stage.session, stage.chinese);
        stage.canvas().fitAll();
        select(stage, {stage.session.board()->frames().first()});
    };
    states["edit-note"] = [](Stage &stage) {
        fillFrame(stage.session, stage.chinese);
        stage.canvas().fitAll();
        stage.canvas().addNoteHere();
    };
    states["edit-prompt"] = [](Stage &stage) {
        stage.canvas().forceActiveFocus();
        stage.press(Qt::Key_Return);
    };
    states["markdown"] = addMarkdown;
    states["tabs"] = openTabs;
    states["read-only"] = openReadOnly;
    states["missing"] = missingFile;
    states["drawing"] = draw;
    states["web-card"] = [](Stage &stage) { select(stage, {addWebCards(stage).value(0)}); };
    states["web-failed"] = [](Stage &stage) {
        stage.canvas().forceActiveFocus();
        failToFetch(stage);
    };
    states["frame-take"] = frameWithTake;
    states["guides"] = [](Stage &stage) {
        stage.session.board()->setGuides({{-260, 260}, {-100, 140}}, QStringLiteral("guides"));
    };
    states["compare"] = [](Stage &stage) {
        select(stage, pictures(stage, 2));
        stage.trigger("board-compare");
    };
    states["side-by-side"] = [](Stage &stage) {
        stage.settle(200);
        stage.press(Qt::Key_S, {}, QStringLiteral("s"));
    };
    states["outline-search"] = [](Stage &stage) { stage.type(stage.say("wall", "长城")); };
    states["board-menu"] = [](Stage &stage) {
        const QPointF middle = stage.canvas().boundingRect().center();
        Q_EMIT stage.canvas().contextMenuRequested(middle - QPointF(120, 330));
    };
    states["submenu"] = [](Stage &stage) {
        stage.settle(100);
        for (int i = 0; i < 11; ++i)
            stage.press(Qt::Key_Down);
        stage.press(Qt::Key_Right);
    };
    states["board-undo"] = [](Stage &stage) { stage.session.board()->drop(pictures(stage, 2)); };
}

} // namespace moodloom::gallery
