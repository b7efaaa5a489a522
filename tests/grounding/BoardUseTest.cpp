// What lies where on a board is what the built-in model paints there: from the document through the
// recipe to the picture. Measured on drawn things with fixed seeds.
#include "core/base/ContentHash.h"
#include "core/board/Board.h"
#include "core/generation/BoardReferences.h"
#include "core/generation/Compose.h"
#include "core/grounding/Judge.h"
#include "core/grounding/Likeness.h"
#include "core/grounding/ThingFinder.h"
#include "core/prompt/FacetParser.h"
#include "core/world/Compose.h"
#include "core/world/Designs.h"
#include "core/world/Random.h"
#include "tests/grounding/UsePainter.h"
#include "tests/support/TestModel.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <array>

using namespace moodloom;
using namespace moodloom::generation;

namespace {

constexpr double side = 512; // of the frame on the board, whose middle is the origin

} // namespace

class BoardUseTest : public QObject, private testing::UsePainter
{
    Q_OBJECT
    QTemporaryDir m_dir;
    int m_count = 0;

    struct Desk
    {
        std::unique_ptr<board::Board> board;
        board::ItemId frame;
    };
    Desk desk()
    {
        const QString path = m_dir.filePath(QStringLiteral("%1.moodloom").arg(++m_count));
        Desk desk{std::move(*board::Board::create(path)), {}};
        desk.frame = desk.board->addFrame({0, 0}, {side, side});
        return desk;
    }

    // A drawing of one thing in the snow.
    static QImage thing(world::Family family, uint64_t seed)
    {
        world::ComposeOptions options;
        options.count = 1;
        options.style = world::Style::Flat;
        options.setting = world::Setting{world::Place::Snow, world::TimeOfDay::Day};
        options.designs = {world::namedDesign(world::designsOf(family)[seed % 8]).design};
        return world::drawScene(world::composeScene(seed, options), 256);
    }

    board::ItemId place(Desk &desk, const QImage &image, QPointF centre, double size)
    {
        board::Picture picture;
        picture.path = m_dir.filePath(QStringLiteral("%1.png").arg(++m_count));
        image.save(picture.path);
        QFile file(picture.path);
        file.open(QIODevice::ReadOnly);
        picture.hash = contentHash(file.readAll());
        picture.size = image.size();
        const board::ItemId id = desk.board->addPictures({picture}, centre, false).first();
        const double now = board::outline(*desk.board->item(id)).boundingRect().width();
        desk.board->scale({id}, size / now, centre);
        return id;
    }

    // As the window composes it.
    static Recipe recipe(const Desk &desk, const QString &prompt, quint64 seed)
    {
        PaintSettings settings;
        settings.steps = 10;
        settings.guidance = 3;
        settings.seed = seed;
        settings.randomSeed = false;
        QVector<RecipeReference> acting;
        for (const BoardReference &placed : boardReferences(*desk.board, desk.frame))
            acting.append(placed.reference);
        Recipe recipe = composeRecipe(prompt::parsePrompt(prompt), settings, acting);
        for (const BoardText &placed : boardTexts(*desk.board, desk.frame))
            recipe.texts.append(placed.text);
        return recipe;
    }

private Q_SLOTS:
    // The same picture dragged from the left half of the frame to the right one, and a note
    // likewise.
    void movingAnItemMovesTheThing()
    {
        MOODLOOM_REQUIRE_MODEL();
        using world::Family;
        const auto finder = grounding::ThingFinder::make();
        QVERIFY(finder);
        const int meadow = world::settingIndex({world::Place::Meadow, world::TimeOfDay::Day});
        const std::array families{Family::SportsCar, Family::Castle, Family::Robot, Family::Horse};
        int there = 0, count = 0;
        for (size_t i = 0; i < families.size(); ++i)
            for (const bool isNote : {false, true}) {
                Desk on = desk();
                const QPointF left(-side / 4, 0);
                board::ItemId item;
                if (isNote) {
                    const auto &name = world::familyInfo(families[i]).en;
                    item = on.board->addNote(QStringLiteral("a ") + QString::fromUtf8(name.data()),
                                             left, {side * 0.45, side * 0.75});
                } else {
                    item = place(on, thing(families[i], world::derivedSeed(31, i)), left, side / 2);
                    on.board->setWeight({item}, 1.5);
                }
                double before = 0;
                for (const bool moved : {false, true}) {
                    if (moved)
                        on.board->move({item}, {side / 2, 0});
                    const QImage picture =
                        paint(recipe(on, QStringLiteral("a meadow by day"), 400 + i),
                              QStringLiteral("%1-%2-%3").arg(i).arg(isNote).arg(moved));
                    QVERIFY(!picture.isNull());
                    const auto found = finder->find(
                        grounding::toLab(picture, grounding::ThingFinder::side), meadow);
                    const double middle = found.box.center().x();
                    qInfo("%s %zu, moved %d: middle %.2f", isNote ? "note" : "picture", i, moved,
                          middle);
                    const bool right = found.area > 0 && (moved ? middle > 0.5 : middle < 0.5);
                    there += right;
                    ++count;
                    if (moved)
                        QVERIFY(middle > before); // wherever it was
                    before = middle;
                }
            }
        qInfo("%d of %d", there, count);
        QVERIFY(there >= 0.85 * count);
    }

    // Two pictures that cover the frame: what lies on top is what is painted, and raising the other
    // changes that.
    void theNearerPictureActs()
    {
        MOODLOOM_REQUIRE_MODEL();
        using world::Family;
        const auto judge = grounding::Judge::make();
        QVERIFY(judge);
        int asked = 0, count = 0;
        const std::array<std::array<Family, 2>, 2> pairs{
            {{Family::Castle, Family::SportsCar}, {Family::Robot, Family::Tree}}};
        for (size_t i = 0; i < pairs.size(); ++i) {
            Desk on = desk(), alone = desk();
            std::array<board::ItemId, 2> items;
            for (size_t k = 0; k < 2; ++k)
                items[k] =
                    place(on, thing(pairs[i][k], world::derivedSeed(32, 2 * i + k)), {0, 0}, side);
            place(alone, thing(pairs[i][1], world::derivedSeed(32, 2 * i + 1)), {0, 0}, side);
            const QString prompt = QStringLiteral("a meadow by day");
            const QImage over =
                paint(recipe(on, prompt, 500 + i), QStringLiteral("%1-over").arg(i));
            const QImage single =
                paint(recipe(alone, prompt, 500 + i), QStringLiteral("%1-single").arg(i));
            QVERIFY(!over.isNull() && !single.isNull());
            QVERIFY(grounding::meanDifference(over, single) < 0.01); // what is covered has no say
            on.board->raise({items[0]});
            const QImage raised =
                paint(recipe(on, prompt, 500 + i), QStringLiteral("%1-raised").arg(i));
            asked += judge->judge(over).family == pairs[i][1];
            asked += judge->judge(raised).family == pairs[i][0];
            count += 2;
        }
        qInfo("%d of %d", asked, count);
        QVERIFY(asked >= 0.75 * count);
    }

    // A word that counts more changes more, in its direction; one that counts nothing is as if it
    // were not there.
    void wordsCountAsTheirWeightSays()
    {
        MOODLOOM_REQUIRE_MODEL();
        const Desk on = desk();
        const auto painted = [&](const QString &prompt) {
            return paint(recipe(on, prompt, 601), prompt);
        };
        const QImage plain = painted(QStringLiteral("a red castle in a meadow by day"));
        double before = 0;
        for (const char *weight : {"1.0", "1.2", "1.5", "2.0"}) {
            const QImage with = painted(
                QStringLiteral("a (red:%1) castle in a meadow by day").arg(QLatin1String(weight)));
            const double change = grounding::meanDifference(plain, with);
            qInfo("red %s: %.4f", weight, change);
            if (qstrcmp(weight, "1.0") == 0)
                QCOMPARE(with, plain);
            else
                QVERIFY(change > before);
            before = change;
        }
        // Of weight 0 it colours nothing.
        const auto redness = [](const QImage &picture) {
            double sum = 0;
            for (const image::OkLab &pixel : grounding::toLab(picture, 32).pixels)
                sum += std::max(0.0, double(pixel.a));
            return sum / 1024;
        };
        const double without =
            redness(painted(QStringLiteral("a (red:0) castle in a meadow by day")));
        qInfo("redness %.4f, without %.4f", redness(plain), without);
        QVERIFY(without < 0.7 * redness(plain));
    }
};

QTEST_GUILESS_MAIN(BoardUseTest)
#include "BoardUseTest.moc"
