// What the board draws and with how much: pages of small pictures, draw calls, what is built when.
#include "core/board/Board.h"
#include "ui/board/AtlasPages.h"
#include "ui/board/DrawOrder.h"
#include "ui/board/ModelView.h"
#include "ui/board/SceneBuilder.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace moodloom;
using ui::AtlasPages;
using ui::CanvasScene;
using ui::DrawOrder;
using ui::SceneBuilder;

namespace {

QImage plain(QSize size, const QColor &color, QImage::Format format = QImage::Format_RGBX8888)
{
    QImage image(size, format);
    image.fill(color);
    return image;
}

// The colour of a page at a share of a picture's part.
QColor at(const AtlasPages &atlas, const AtlasPages::Place &place, double x, double y)
{
    const QImage &page = atlas.image(place.page);
    return page.pixelColor(int((place.part.x() + x * place.part.width()) * page.width()),
                           int((place.part.y() + y * place.part.height()) * page.height()));
}

// A board of its own, and what builds the scene of it in a view of 1000 x 1000.
struct Stage
{
    explicit Stage(const QString &path) : board(std::move(*board::Board::create(path)))
    {
        controller.setBoard(board.get());
        cache.setStore(board->store());
        input.controller = &controller;
        input.cache = &cache;
        input.gesture = &gesture;
        input.view.size = {1000, 1000};
    }
    ~Stage() { cache.setStore({}); }

    bool build(bool itemsChanged = true) { return builder.build(input, itemsChanged, scene); }

    // A picture of 100 x 100 board units without a file.
    board::ItemId add(const QString &name, QPointF centre)
    {
        board::Picture picture;
        picture.hash = picture.caption = name;
        picture.size = {100, 100};
        const board::ItemId id = board->addPictures({picture}, centre).first();
        board->scale({id}, 1 / board->item(id)->scale, centre);
        return id;
    }

    std::unique_ptr<board::Board> board;
    ui::BoardController controller;
    ui::PictureCache cache;
    ui::Gesture gesture;
    SceneBuilder builder;
    SceneBuilder::Input input;
    CanvasScene scene;
};

} // namespace

class BoardSceneTest : public QObject
{
    Q_OBJECT
    QTemporaryDir m_home;

private Q_SLOTS:
    void initTestCase() { qputenv("MOODLOOM_HOME", m_home.path().toUtf8()); }

    // -- Pages

    void sharesAPageAmongPicturesOfOneSize()
    {
        AtlasPages atlas;
        atlas.beginFrame();
        QVector<QImage> images;
        QVector<AtlasPages::Place> places;
        for (int i = 0; i < 200; ++i) {
            images.append(plain({60, 40}, QColor::fromHsv(i, 255, 255)));
            places.append(atlas.place(images.last()));
        }
        QCOMPARE(atlas.pages().size(), size_t(1));
        for (int i = 0; i < 200; ++i) {
            QCOMPARE(at(atlas, places[i], 0.02, 0.02), images[i].pixelColor(0, 0));
            QCOMPARE(at(atlas, places[i], 0.98, 0.98), images[i].pixelColor(0, 0));
            for (int other = 0; other < i; ++other)
                QVERIFY(!places[i].part.intersects(places[other].part));
        }
        QCOMPARE(atlas.place(plain({120, 90}, Qt::red)).page, 1); // another size, another page
        QCOMPARE(atlas.place(plain({60, 40}, Qt::red, QImage::Format_RGBA8888_Premultiplied)).page, 2);
        QVERIFY(atlas.hasAlpha(2) && !atlas.hasAlpha(0));
        QCOMPARE(AtlasPages::slotFor({128, 3}), 128);
        QCOMPARE(AtlasPages::slotFor({129, 3}), 0);
    }

    void keepsNeighboursOutOfTheEdges()
    {
        AtlasPages atlas;
        atlas.beginFrame();
        const AtlasPages::Place place = atlas.place(plain({16, 16}, Qt::green));
        atlas.place(plain({16, 16}, Qt::red));
        const QRect pixels(QPoint(int(place.part.x() * 1024), int(place.part.y() * 1024)), QSize(16, 16));
        const QImage around = atlas.image(place.page).copy(pixels.adjusted(-1, -1, 1, 1));
        for (int y = 0; y < around.height(); ++y)
            for (int x = 0; x < around.width(); ++x)
                QCOMPARE(around.pixelColor(x, y), QColor(Qt::green));
    }

    void copiesAPictureOnceAndTellsWhatChanged()
    {
        AtlasPages atlas;
        atlas.beginFrame();
        const QImage image = plain({30, 30}, Qt::blue);
        const AtlasPages::Place first = atlas.place(image);
        QVERIFY(atlas.takeChanged(first.page));
        QVERIFY(!atlas.takeChanged(first.page));
        atlas.beginFrame();
        const AtlasPages::Place again = atlas.place(QImage(image)); // another item with the same picture
        QCOMPARE(again.part, first.part);
        QVERIFY(!atlas.takeChanged(first.page));
    }

    void staysWithinItsBudgetByForgettingWhatIsNotSeen()
    {
        AtlasPages atlas(2 * AtlasPages::pageBytes);
        QVector<QImage> images; // 49 of these fill a page
        for (int i = 0; i < 49 * 5; ++i)
            images.append(plain({128, 128}, QColor::fromHsv(i, 255, 255)));
        for (int frame = 0; frame < 5; ++frame) {
            atlas.beginFrame();
            for (int i = 0; i < 49; ++i)
                atlas.place(images[frame * 49 + i]);
            atlas.endFrame();
            QVERIFY(atlas.bytes() <= 2 * AtlasPages::pageBytes);
            for (int i = 0; i < 49; ++i)
                QVERIFY(atlas.holds(images[frame * 49 + i]));
        }
        QVERIFY(!atlas.holds(images.first()));
        const AtlasPages::Place back = (atlas.beginFrame(), atlas.place(images.first()));
        QCOMPARE(at(atlas, back, 0.5, 0.5), images.first().pixelColor(0, 0));
    }

    void hasRoomForAllThatIsSeenAtOnce()
    {
        AtlasPages atlas(AtlasPages::pageBytes);
        QVector<QImage> images;
        for (int i = 0; i < 49 * 3; ++i)
            images.append(plain({128, 128}, QColor::fromHsv(i, 255, 255)));
        QVector<AtlasPages::Place> places;
        atlas.beginFrame();
        for (const QImage &image : images)
            places.append(atlas.place(image));
        atlas.endFrame();
        QCOMPARE(atlas.pages().size(), size_t(3));
        for (int i = 0; i < images.size(); ++i)
            QCOMPARE(at(atlas, places[i], 0.5, 0.5), images[i].pixelColor(0, 0));
        atlas.beginFrame();
        atlas.place(images.first());
        atlas.endFrame();
        QCOMPARE(atlas.pages().size(), size_t(1));
        QVERIFY(atlas.holds(images.first()));
    }

    // -- Draw calls

    void drawsThousandsSideBySideInARunATexture()
    {
        DrawOrder order(QRectF(0, 0, 28000, 28000), 256);
        for (int i = 0; i < 10000; ++i)
            order.place(QRectF(i % 100 * 280, i / 100 * 280, 256, 200), {quint64(1 + i % 4), false, 255});
        QCOMPARE(order.runs().size(), size_t(4));
        for (const DrawOrder::Run &run : order.runs())
            QVERIFY(run.opaque && run.count == 2500);
    }

    void keepsTheOrderOfWhatOverlaps()
    {
        // At random: of any two that overlap the later is drawn later, or in the same run unless that
        // one has no order.
        const QRectF area(0, 0, 2000, 2000);
        DrawOrder order(area, 100);
        std::vector<std::pair<QRectF, int>> placed;
        quint32 random = 1;
        const auto next = [&](int below) { return int((random = random * 1664525 + 1013904223) >> 8) % below; };
        for (int i = 0; i < 3000; ++i) {
            const int side = i % 200 == 0 ? 1500 : 20 + next(160);
            const QRectF bounds(next(2000), next(2000), side, side);
            const DrawOrder::Surface surface{quint64(next(4)), next(5) == 0, next(9) == 0 ? 100 : 255};
            const int run = order.place(bounds, surface);
            QVERIFY(order.runs()[size_t(run)].surface == surface);
            for (const auto &[other, otherRun] : placed)
                if (other.intersects(bounds))
                    QVERIFY(otherRun < run || (otherRun == run && !order.runs()[size_t(run)].opaque));
            placed.emplace_back(bounds, run);
        }
    }

    void drawsAPileInFewRunsAllTheSame()
    {
        DrawOrder order(QRectF(0, 0, 300, 300), 256);
        for (int i = 0; i < 5000; ++i)
            order.place(QRectF(i % 40, i % 30, 256, 200), {7, false, 255});
        QCOMPARE(order.runs().size(), size_t(2)); // the lowest, and what lies on it
    }

    // -- The scene

    void buildsOnlyWhatIsNearAndKeepsItWhileTheViewMoves()
    {
        Stage stage(m_home.filePath(QStringLiteral("scene.moodloom")));
        for (int i = 0; i < 100; ++i)
            stage.add(QString::number(i), QPointF(i % 10 * 1000, i / 10 * 1000));
        stage.input.view.centre = {2000, 2000};
        QVERIFY(stage.build());
        const qsizetype near = stage.scene.items.size();
        QVERIFY(near >= 1 && near <= 9); // of a hundred
        const quint64 version = stage.scene.itemsVersion;
        const auto shownAt = [&](const ui::SceneItem &item) { // on the screen
            return stage.scene.toScreen.map(item.centre);
        };
        const QPointF before = shownAt(stage.scene.items.first());

        stage.input.view.centre += {100, 0};
        QVERIFY(!stage.build(false));
        QCOMPARE(stage.scene.itemsVersion, version);
        QVERIFY(
            (shownAt(stage.scene.items.first()) - (before - QPointF(100, 0))).manhattanLength() <
            1e-3);
        stage.input.view.zoom = 1.05;
        QVERIFY(!stage.build(false));
        stage.input.view.zoom = 1.4; // other details are needed
        QVERIFY(stage.build(false));
        stage.input.view.zoom = 1;
        stage.input.view.centre = {7000, 7000}; // elsewhere
        QVERIFY(stage.build(false));
        QVERIFY(stage.scene.itemsVersion > version);
        QVERIFY(stage.build()); // something has changed
        stage.input.view.centre = {50000, 50000};
        QVERIFY(stage.build(false));
        QVERIFY(stage.scene.items.isEmpty());
    }

    // Beside an edge inside a cell the mask is as opaque as the cell is covered.
    void masksAreThoseOfThePainter()
    {
        QVector<ui::ActingItem> acting(1);
        acting[0].region = {0.25, 0, 0.28125, 1};
        const auto drawn = [&](qsizetype index) {
            return ui::maskImage(acting, index, {128, 64}, 8, Qt::red); // 16 x 8 cells
        };
        const QImage mask = drawn(0);
        QCOMPARE(mask.size(), QSize(256, 128));
        const auto opacity = [&](int cell) { return mask.pixelColor(cell * 16 + 8, 64).alphaF(); };
        const double full = opacity(5);
        QVERIFY(full > 0.3);
        QCOMPARE(opacity(3), 0.0f);
        QVERIFY(qAbs(opacity(4) - full) < 0.01 && qAbs(opacity(7) - full) < 0.01);
        QVERIFY(qAbs(opacity(8) - full / 2) < 0.01); // from 4 to 8.5
        QCOMPARE(opacity(9), 0.0f);
        QCOMPARE(mask.pixelColor(8 * 16, 0).alphaF(), mask.pixelColor(8 * 16 + 15, 127).alphaF());
        acting.append(acting[0]); // over it, by half, from its sixth cell on
        acting[1].region = {6.0 / 16, 0, 0.5, 1};
        acting[1].weight = 0.5;
        QVERIFY(qAbs(drawn(0).pixelColor(5 * 16, 64).alphaF() - full) < 0.01);
        QVERIFY(qAbs(drawn(0).pixelColor(6 * 16, 64).alphaF() - full / 2) < 0.01);
        QVERIFY(qAbs(drawn(1).pixelColor(6 * 16, 64).alphaF() - full) < 0.01);
        acting[1].layer = int(board::ReferenceRole::Style); // both act
        QCOMPARE(drawn(0), mask);
        acting[0].region = {};
        QVERIFY(qAbs(drawn(0).pixelColor(0, 0).alphaF() - full) < 0.01);
    }

    // A window may move between screens; what was drawn for the other one would blur.
    void drawsLabelsAndMarksAnewForOtherPixels()
    {
        Stage stage(m_home.filePath(QStringLiteral("pixels.moodloom")));
        const auto frame = stage.board->addFrame({0, 0}, {400, 400});
        stage.board->setPinned({stage.add(QStringLiteral("inside"), {0, 0})}, true);
        stage.controller.select({frame});
        for (const double ratio : {1.0, 2.0, 1.5}) {
            stage.input.pixelRatio = ratio;
            stage.build(false);
            QVERIFY(stage.scene.sprites.size() >= 3); // the prompt, a pin, the handle for turning
            for (const auto &sprite : stage.scene.sprites) {
                QCOMPARE(stage.scene.images.value(sprite.name).devicePixelRatio(), ratio);
                const QPointF place = sprite.topLeft * ratio;
                QVERIFY(qAbs(place.x() - std::round(place.x())) < 1e-6);
                QVERIFY(qAbs(place.y() - std::round(place.y())) < 1e-6);
            }
        }
    }

    // Its own line lies under that of the selection: one line, not two beside each other.
    void aChosenFrameHasOneOutline()
    {
        Stage stage(m_home.filePath(QStringLiteral("outline.moodloom")));
        const auto frame = stage.board->addFrame({0, 0}, {400, 400});
        const auto picture = stage.add(QStringLiteral("beside"), {600, 0});
        const auto outlineOf = [&](const board::ItemId &id) {
            stage.controller.select({id});
            stage.build();
            for (const auto &rect : stage.scene.rects)
                if (rect.line > 0)
                    return rect;
            return ui::SceneRect();
        };
        const double zoom = stage.input.view.zoom;
        QCOMPARE(outlineOf(frame).size, QSizeF(400, 400) * zoom);
        QCOMPARE(outlineOf(picture).size, QSizeF(100, 100) * zoom + QSizeF(2, 2));
        stage.input.focused = true;
        QCOMPARE(outlineOf(frame).size, QSizeF(400, 400) * zoom + QSizeF(2, 2));
    }

    void showsOnlyWhatActsInTheFrame()
    {
        Stage stage(m_home.filePath(QStringLiteral("seen.moodloom")));
        const auto frame = stage.board->addFrame({0, 0}, {400, 400});
        const auto inside = stage.add(QStringLiteral("inside"), {-100, -100}),
                   shelf = stage.add(QStringLiteral("shelf"), {900, 0});
        const auto pinned = stage.add(QStringLiteral("pinned"), {1200, 0});
        stage.add(QStringLiteral("beside"), {1500, 0});
        stage.board->setOnShelf(frame, {shelf}, true);
        stage.board->setPinned({pinned}, true);
        stage.board->setRole({inside}, board::ReferenceRole::Style);
        stage.board->setSteps({inside}, {0, 0.5});
        stage.board->setNotesAct({stage.board->addNote(QStringLiteral("a comment"), {0, 100})},
                                 false);
        const auto words = [&] {
            QStringList found;
            for (const auto &sprite : stage.scene.sprites)
                if (sprite.name.startsWith(QStringLiteral("use|")))
                    found
                        << sprite.name.section(QLatin1Char('|'), 2).section(QLatin1Char('@'), 0, 0);
            found.sort();
            return found;
        };
        stage.build();
        const qsizetype plain = stage.scene.items.size();
        QVERIFY(words().isEmpty());
        stage.input.modelView = true;
        stage.build();
        QCOMPARE(stage.scene.items.size(), plain + 2); // a veil and one mask
        QCOMPARE(words(), (QStringList{QStringLiteral("Everywhere: pinned · content · weight 1.00"),
                                       QStringLiteral("Everywhere: shelf · content · weight 1.00"),
                                       QStringLiteral("inside · style · weight 1.00 · steps 0–50 %")}));
        const auto acting = generation::boardReferences(*stage.board, frame);
        QCOMPARE(acting.size(), 3);
        QCOMPARE(acting[1].item, inside);
        stage.board->setHidden({inside},
                               true); // what is hidden does not act, though it lies in the frame
        QCOMPARE(generation::boardReferences(*stage.board, frame).size(), 2);
        stage.board->undo();
        QCOMPARE(stage.scene.items.last().rect, QRectF(-200, -200, 400, 400));
        // A note adds a mask in its own shape and says its words.
        const auto note =
            stage.board->addNote(QStringLiteral("# a *red* kite\n- (flying:1.2)"), {0, 60});
        stage.board->rotate({note}, 30, {0, 60});
        const auto texts = generation::boardTexts(*stage.board, frame);
        QCOMPARE(texts.size(), 1);
        QCOMPARE(texts[0].text.text, QStringLiteral("a red kite, flying"));
        QCOMPARE(texts[0].text.emphasis, (QVector<prompt::Emphasis>{{12, 6, 1.2}}));
        stage.build();
        QCOMPARE(stage.scene.items.size(), plain + 4); // and the note itself
        QVERIFY(words().contains(QStringLiteral("“a red kite, flying” · words · weight 1.00")));
        const QImage mask = stage.scene.items.last().image;
        QVERIFY(mask.pixelColor(mask.width() / 2, int(mask.height() * 0.65)).alphaF() > 0.55);
        QCOMPARE(mask.pixelColor(2, 2).alpha(), 0);
        stage.board->setNotesAct({note}, false);
        stage.build();
        QCOMPARE(stage.scene.items.size(), plain + 3);
        stage.board->remove({note});
        stage.board->setWeight({inside, shelf, pinned}, 0);
        stage.build();
        QCOMPARE(words().size(), 1); // that nothing of the board acts
        QCOMPARE(stage.scene.items.size(), plain + 1);
    }

    // What was painted is seen through the notes that it was painted from; comments stay.
    void notesThatActedStepBackBehindTheTake()
    {
        Stage stage(m_home.filePath(QStringLiteral("behind.moodloom")));
        const auto frame = stage.board->addFrame({0, 0}, {800, 800});
        const auto acting = stage.board->addNote(QStringLiteral("a kite"), {-200, 0});
        const auto comment = stage.board->addNote(QStringLiteral("later"), {200, 0});
        stage.board->setNotesAct({comment}, false);
        const auto opacity = [&](board::ItemId id) {
            stage.build();
            for (const auto &item : stage.scene.items)
                if (item.id == id)
                    return item.opacity;
            return -1.0;
        };
        QCOMPARE(opacity(acting), 1.0);
        QImage take(64, 64, QImage::Format_RGB32);
        take.fill(Qt::blue);
        stage.board->addTake({{}, frame, {}, {}, {}, {}, 1, false}, take);
        QTRY_VERIFY(!stage.board->item(frame)->frame()->shownTake.isEmpty());
        QCOMPARE(opacity(acting), 0.15);
        QCOMPARE(opacity(comment), 1.0);
        stage.controller.select({acting});
        QCOMPARE(opacity(acting), 1.0);
        stage.controller.select({});
        stage.input.editing = acting;
        QCOMPARE(opacity(acting), 1.0);
    }

    void hairlinesKeepTheirWidthWhileZooming()
    {
        Stage stage(m_home.filePath(QStringLiteral("lines.moodloom")));
        stage.board->addFrame({0, 0});
        for (const double zoom : {1.0, 1.02, 1.5, 0.3}) {
            stage.input.view.zoom = zoom;
            stage.build(false);
            QCOMPARE(stage.scene.items.size(), 1);
            QCOMPARE(stage.scene.items.first().borderWidth * zoom, 1.0);
        }
    }
};

QTEST_MAIN(BoardSceneTest)
#include "BoardSceneTest.moc"
