// The view-models by themselves.
#include "tests/ui/SessionFixture.h"
#include "ui/controls/DropContent.h"
#include "ui/controls/Format.h"
#include "ui/controls/PictureDrag.h"
#include "ui/export/Exporter.h"
#include "ui/generation/PaintOptions.h"
#include "ui/generation/TakeModel.h"
#include "ui/library/AssetModel.h"
#include "ui/prompt/FacetModel.h"
#include "ui/prompt/PromptModel.h"
#include "ui/references/ReferenceGroup.h"
#include "ui/shell/ActionFilter.h"
#include "ui/shell/ActionRegistry.h"
#include "ui/shell/Notices.h"

#include <QAbstractItemModelTester>
#include <QMimeData>
#include <QSettings>
#include <QSignalSpy>
#include <QTest>

using namespace moodloom;
using fake::world;

class ModelsTest : public QObject, protected fake::SessionFixture
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepare(); }
    void init() { start(); }

    void facetsCountTheirReferences()
    {
        ui::FacetModel facets(m_session->finder());
        QAbstractItemModelTester tester(&facets);
        m_session->finder()->setPrompt(QStringLiteral("a car,at sunset"));
        QCOMPARE(facets.rowCount(), 2);
        QCOMPARE(facets.index(1).data(ui::FacetModel::ReferencesRole).toInt(), 0);
        m_session->find();
        QCOMPARE(facets.index(1).data(ui::FacetModel::ReferencesRole).toInt(), 6);
        m_session->finder()->setPrompt(QStringLiteral("a car"));
        QCOMPARE(facets.rowCount(), 1);
    }

    void aGroupKeepsTheRowsThatStay()
    {
        ui::ReferenceGroup group;
        QAbstractItemModelTester tester(&group);
        const auto references = [](const QVector<int> &ids) {
            QVector<retrieval::Reference> list;
            for (int id : ids) {
                retrieval::Reference reference;
                reference.asset.id = id;
                list.append(reference);
            }
            return list;
        };
        group.update(references({1, 2, 3, 4}));
        QSignalSpy resets(&group, &QAbstractItemModel::modelReset);
        QSignalSpy removed(&group, &QAbstractItemModel::rowsRemoved);
        QSignalSpy inserted(&group, &QAbstractItemModel::rowsInserted);
        group.update(references({4, 1, 5, 3}));
        QCOMPARE(resets.count(), 0);
        QCOMPARE(removed.count(), 1);
        QCOMPARE(inserted.count(), 1);
        QVector<qint64> shown;
        for (int row = 0; row < group.rowCount(); ++row)
            shown << group.index(row).data(ui::ReferenceGroup::AssetRole).toLongLong();
        QCOMPARE(shown, (QVector<qint64>{4, 1, 5, 3}));
    }

    void aHugeLibraryIsFetchedOnlyWhereItIsLookedAt()
    {
        world().assets.resize(100'000);
        for (int i = 0; i < world().assets.size(); ++i)
            world().assets[i].id = i + 1;
        ui::AssetModel model(m_session->library());
        QTRY_COMPARE(model.rowCount(), 100'000);
        const int asked = world().pagesAsked;
        const QModelIndex far = model.index(50'000);
        QCOMPARE(far.data(ui::AssetModel::AssetRole).toLongLong(), 0);
        QTRY_COMPARE(far.data(ui::AssetModel::AssetRole).toLongLong(), 50'001);
        QCOMPARE(world().pagesAsked, asked + 1);
    }

    void removingFromTheLibraryShortensTheGrid()
    {
        ui::AssetModel model(m_session->library());
        QTRY_COMPARE(model.rowCount(), 60);
        m_session->library()->remove({1, 2});
        QTRY_COMPARE(model.rowCount(), 58);
        QTRY_COMPARE(model.index(0).data(ui::AssetModel::AssetRole).toLongLong(), 3);
    }

    void aShapeKeepsTheNumberOfPixels()
    {
        world().settings.size = {512, 512};
        ui::PaintOptions options(m_session.get());
        QCOMPARE(options.shape(), 0);
        options.useShape(3); // 16:9
        QCOMPARE(options.shape(), 3);
        QCOMPARE(options.width() % options.granularity(), 0);
        QVERIFY(std::abs(options.width() * options.height() - 512 * 512) < 512 * 512 / 20);
        options.swapSides();
        QCOMPARE(options.shape(), 6); // 9:16
    }

    void aTypedSeedIsKeptWhole()
    {
        ui::PaintOptions options(m_session.get());
        QVERIFY(!options.isSeedLocked());
        options.setSeed(QStringLiteral("18446744073709551615"));
        QCOMPARE(world().settings.seed, ~quint64(0));
        QVERIFY(options.isSeedLocked());
        options.setSeed(QStringLiteral("not a number"));
        QCOMPARE(world().settings.seed, ~quint64(0));
    }

    void theActionsWithTheLettersSideBySideComeFirst()
    {
        ui::ActionRegistry actions;
        actions.add({QStringLiteral("a"), "Go to the library", QString()});
        actions.add({QStringLiteral("b"), "Paint the picture", QString()});
        actions.add({QStringLiteral("c"), "Stop painting", QString()});
        ui::ActionFilter filter;
        filter.setSourceModel(&actions);
        filter.setPattern(QStringLiteral("paint"));
        QCOMPARE(filter.rowCount(), 2);
        filter.setPattern(QStringLiteral("gl"));
        QCOMPARE(filter.rowCount(), 1);
        QCOMPARE(filter.actionAt(0), QStringLiteral("a"));
        filter.setPattern(QStringLiteral("zz"));
        QCOMPARE(filter.rowCount(), 0);
        QCOMPARE(filter.actionAt(0), QString());
    }

    void theActionsWithTheVeryWordsComeBeforeThoseWithTheirLetters()
    {
        ui::ActionRegistry actions;
        actions.add({QStringLiteral("board-copy"), "Copy", QString()}); // in its id alone
        actions.add({QStringLiteral("new"), "New board", QString()});
        actions.add({QStringLiteral("open"), "Open the board", QString()});
        ui::ActionFilter filter;
        filter.setSourceModel(&actions);
        filter.setPattern(QStringLiteral("board"));
        QCOMPARE(filter.rowCount(), 3);
        QCOMPARE(filter.actionAt(0), QStringLiteral("new"));
        QCOMPARE(filter.actionAt(1), QStringLiteral("open"));
        QCOMPARE(filter.actionAt(2), QStringLiteral("board-copy"));
    }

    void aShortcutBelongsToOneActionAndTheLoserIsTold()
    {
        ui::ActionRegistry actions;
        actions.add({QStringLiteral("paint"), "Paint", QStringLiteral("Ctrl+P")});
        actions.add({QStringLiteral("find"), "Find", QStringLiteral("Ctrl+F")});
        const QString said = actions.setShortcut(QStringLiteral("find"), QStringLiteral("Ctrl+P"));
        QVERIFY(said.contains(QStringLiteral("Paint")) && said.contains(QStringLiteral("Ctrl+P")));
        QCOMPARE(actions.shortcut(QStringLiteral("paint")), QString());
        QCOMPARE(actions.shortcut(QStringLiteral("find")), QStringLiteral("Ctrl+P"));
        // Going back takes it from the other one, and says so as well.
        QVERIFY(actions.resetShortcut(QStringLiteral("paint")).contains(QStringLiteral("Find")));
        QCOMPARE(actions.shortcut(QStringLiteral("paint")), QStringLiteral("Ctrl+P"));
        QCOMPARE(actions.shortcut(QStringLiteral("find")), QString());
        QCOMPARE(actions.setShortcut(QStringLiteral("find"), QStringLiteral("Ctrl+F")), QString());
    }

    void keysOfThePromptAreNotTakenFromIt()
    {
        using Reach = ui::ActionRegistry::Reach;
        ui::ActionRegistry actions;
        actions.add({QStringLiteral("find"), "Find", QStringLiteral("Return"), {}, Reach::Fixed});
        actions.add({QStringLiteral("paint"), "Paint", QStringLiteral("Ctrl+P")});
        actions.add({QStringLiteral("board-pin"), "Pin", QStringLiteral("P"), {}, Reach::Board});
        QVERIFY(actions.setShortcut(QStringLiteral("paint"), QStringLiteral("Return"))
                    .contains(QStringLiteral("Find")));
        QCOMPARE(actions.shortcut(QStringLiteral("paint")), QStringLiteral("Ctrl+P"));
        // On the board it is free: the prompt does not have the focus there.
        QCOMPARE(actions.setShortcut(QStringLiteral("board-pin"), QStringLiteral("Return")),
                 QString());
        QCOMPARE(actions.shortcut(QStringLiteral("find")), QStringLiteral("Return"));
        QCOMPARE(actions.shortcut(QStringLiteral("board-pin")), QStringLiteral("Return"));
    }

    // Enter alone is for where one writes; the board has it for itself.
    void enterAloneWorksInThePrompt()
    {
        using Reach = ui::ActionRegistry::Reach;
        ui::ActionRegistry actions;
        actions.add({QStringLiteral("board-edit"), "Edit", QStringLiteral("Return"), {}, Reach::Board});
        actions.add({QStringLiteral("find"), "Find", QStringLiteral("Return"), {}, Reach::Prompt});
        actions.add({QStringLiteral("paint"), "Paint", QStringLiteral("Ctrl+Return")});
        const auto is = [&actions](int row, int role) { return actions.index(row, 0).data(role); };
        QVERIFY(is(1, ui::ActionRegistry::AssignableRole).toBool());
        QVERIFY(!is(1, ui::ActionRegistry::GlobalRole).toBool());
        QVERIFY(is(2, ui::ActionRegistry::GlobalRole).toBool());
        const QString said = actions.setShortcut(QStringLiteral("paint"), QStringLiteral("Return"));
        QVERIFY2(said.contains(QStringLiteral("Find")) && !said.contains(QStringLiteral("Edit")),
                 qPrintable(said));
        QVERIFY(!is(2, ui::ActionRegistry::GlobalRole).toBool());
        QVERIFY(!is(2, ui::ActionRegistry::PlaceRole).toString().isEmpty());
        QCOMPARE(actions.shortcut(QStringLiteral("find")), QString());
        QCOMPARE(actions.setShortcut(QStringLiteral("find"), QStringLiteral("Ctrl+Return")), QString());
        QCOMPARE(actions.shortcut(QStringLiteral("board-edit")), QStringLiteral("Return"));
        QVERIFY(actions.resetShortcut(QStringLiteral("find")).contains(QStringLiteral("Paint")));
        QCOMPARE(actions.shortcut(QStringLiteral("board-edit")), QStringLiteral("Return"));
    }

    void aTakeGivesBackAllThatItWasPaintedWith()
    {
        ui::TakeModel takes(m_session.get());
        ui::PaintOptions options(m_session.get());
        generation::PaintSettings settings = m_session->settings();
        settings.model = QStringLiteral("/m/sd15");
        settings.loras = {{QStringLiteral("/m/fox.safetensors"), 0.5}};
        settings.start = {{QStringLiteral("/p/sea.png"), QStringLiteral("ab")}, 0.4, {}};
        m_session->setSettings(settings);
        m_session->paint();
        fake::finishTake(m_session.get());
        m_session->setSettings({});
        const QString take = world().takes.first().id;
        takes.setCurrent(take);
        QVERIFY(takes.currentRecipe().contains(QStringLiteral("fox 0.5")));
        QVERIFY(takes.currentRecipe().contains(QStringLiteral("over sea.png")));
        takes.useSettings(take);
        QCOMPARE(world().settings.loras, settings.loras);
        QVERIFY(world().settings.start == settings.start);
        QCOMPARE(options.startName(), QStringLiteral("sea.png"));
        options.setStartStrength(7);
        QCOMPARE(world().settings.start.strength, 1.0);
        options.paintFromNoise();
        QVERIFY(world().settings.start == generation::RecipeStart());
    }

    void memoryIsToldBeforePaintingAndWhereItRanOut()
    {
        ui::PaintOptions options(m_session.get());
        ui::TakeModel takes(m_session.get());
        QVERIFY(options.memory().isEmpty() && options.memoryProblem().isEmpty());
        generation::PaintMemory memory;
        memory.plan.format = models::PaintFormat::Bf16;
        memory.plan.thrift = models::Thrift::Encoders;
        memory.plan.decode = 4'100'000'000;
        memory.room.main = 22'000'000'000;
        world().memory = memory;
        QSignalSpy told(&options, &ui::PaintOptions::memoryChanged);
        Q_EMIT m_session->memoryChanged();
        QCOMPARE(told.size(), 1);
        QCOMPARE(options.memory(),
                 QStringLiteral(
                     "needs about 4.1 GB of 22.0 GB: bf16, text encoder moved out after use"));
        QVERIFY(options.memoryProblem().isEmpty());
        world().memory->fits = false;
        world().memory->room.main = 2'000'000'000;
        Q_EMIT m_session->memoryChanged();
        QVERIFY(options.memory().isEmpty());
        QVERIFY(options.memoryProblem().contains(QStringLiteral("2.0 GB can be had")));

        m_session->paint();
        QVERIFY(takes.memoryNote().isEmpty());
        memory.fallbacks.push_back({models::PaintStage::Decode, 0, 0, memory.plan});
        world().step.memory = memory;
        fake::stepOnce(m_session.get());
        QVERIFY(takes.memoryNote().startsWith(
            QStringLiteral("not enough memory for decoding the picture: went on with: bf16")));
        fake::finishTake(m_session.get());
        QVERIFY(takes.memoryNote().isEmpty());
        world().takes.last().memory = memory;
        Q_EMIT m_session->takesChanged();
        takes.setCurrent(world().takes.last().id);
        QVERIFY(takes.currentMemory().startsWith(QStringLiteral("not enough memory")));
        world().memory.reset();
    }

    void theSameNoticeStandsOnceAndTheOldestGoes()
    {
        ui::Notices notices;
        for (const char *text : {"a", "b", "b", "c", "d"})
            notices.add(QLatin1String(text), true);
        QCOMPARE(notices.rowCount(), ui::Notices::kMost);
        QCOMPARE(notices.index(0).data().toString(), QStringLiteral("b"));
    }

    void anExportIsNamedAfterThePromptAndGetsItsExtension()
    {
        ui::Exporter exporter(m_session.get());
        using Format = ui::Exporter::Format;
        QCOMPARE(exporter.nameFor(QStringLiteral("a car: red/blue?")),
                 QStringLiteral("a car red blue"));
        QVERIFY(!exporter.nameFor(QStringLiteral(" ")).isEmpty());
        const QString folder = m_home.path();
        QCOMPARE(exporter.pathFor(folder, QStringLiteral("x"), Format::Psd),
                 folder + QStringLiteral("/x.psd"));
        QCOMPARE(exporter.pathFor(folder, QStringLiteral("x.PNG"), Format::Png),
                 folder + QStringLiteral("/x.PNG"));
        QCOMPARE(exporter.pathFor(folder, QStringLiteral("/tmp/x"), Format::Png),
                 QStringLiteral("/tmp/x.png"));
        QCOMPARE(exporter.pathFor(folder, QStringLiteral(" "), Format::Png), QString());
        QSignalSpy done(&exporter, &ui::Exporter::exported);
        exporter.write(QStringLiteral("take"), m_home.filePath("x.png"), Format::Png);
        QTRY_COMPARE(done.count(), 1);
        QCOMPARE(world().exported.first(), m_home.filePath("x.png"));
        QCOMPARE(exporter.folder(), folder); // the next one goes there too
    }

    void picturesOnAFacetBecomeItsPinnedReferencesAndWordsAreWritten()
    {
        ui::PromptModel prompt(m_session.get());
        m_session->finder()->setPrompt(QStringLiteral("a car, at sunset"));
        ui::DropContent files;
        files.files = {QStringLiteral("/elsewhere/mine.png"),
                       QStringLiteral("/elsewhere/other.png")};
        prompt.bind(files, 0);
        QCOMPARE(world().adopted.size(), 2);
        QCOMPARE(world().references.size(), 2);
        for (const retrieval::Reference &reference : world().references) {
            QCOMPARE(reference.facet, 0);
            QVERIFY(reference.state == retrieval::ReferenceState::Pinned);
        }
        ui::DropContent pixels;
        pixels.image = fake::picture(Qt::red, {32, 32});
        prompt.bind(pixels, 1);
        QCOMPARE(world().adopted.last().image, pixels.image);
        QCOMPARE(world().references.last().facet, 1);
        ui::DropContent words;
        words.text = QStringLiteral("with  chrome");
        prompt.bind(words, 0);
        QCOMPARE(prompt.text(), QStringLiteral("a car with chrome, at sunset"));
        words.text = QStringLiteral("红色");
        prompt.bind(words, 0);
        QCOMPARE(prompt.text(), QStringLiteral("a car with chrome红色, at sunset"));
    }

    void aDragCarriesTheFileThePixelsAndTheAsset()
    {
        const QString path = m_home.filePath(QStringLiteral("dragged.png"));
        QVERIFY(fake::picture(Qt::blue, {40, 30}).save(path));
        ui::PictureDrag drag;
        drag.setProperty("file", path);
        drag.setProperty("asset", 7.0);
        const auto mime = drag.content();
        QCOMPARE(mime->urls(), QList<QUrl>{QUrl::fromLocalFile(path)});
        QVERIFY(mime->hasImage());
        QCOMPARE(mime->imageData().value<QImage>().size(), QSize(40, 30));
        const ui::DropContent back = ui::dropContentFrom(*mime);
        QCOMPARE(back.assetId, 7);
        QCOMPARE(back.files, QStringList{path});
    }

    void durationsAreWrittenForPeople()
    {
        QLocale::setDefault(QLocale::English);
        QCOMPARE(ui::Format::duration(-1), QString());
        QCOMPARE(ui::Format::duration(39.2), QStringLiteral("40 s"));
        QCOMPARE(ui::Format::duration(80), QStringLiteral("1 min 20 s"));
        QCOMPARE(ui::Format::duration(7500), QStringLiteral("2 h 5 min"));
        // Short parts stay whole, Chinese ones too; elsewhere figures keep their units.
        QCOMPARE(ui::Format::unbroken(QStringLiteral("20 steps · seed 7")),
                 QStringLiteral("20\u00a0steps · seed\u00a07"));
        QCOMPARE(ui::Format::unbroken(QStringLiteral("20 步 · 与其余相似 0.52")),
                 QStringLiteral("20\u00a0步 · 与\u2060其\u2060余\u2060相\u2060似\u00a00.52"));
        QCOMPARE(
            ui::Format::unbroken(QStringLiteral("Not enough memory (256 × 256). Close programs.")),
            QStringLiteral("Not enough memory (256\u00a0×\u00a0256). Close programs."));
        QCOMPARE(ui::Format::sentence(QStringLiteral("needs about 4 GB")),
                 QStringLiteral("Needs about 4 GB"));
        QVERIFY(ui::Format::sentence({}).isEmpty());
        QCOMPARE(ui::Format::number(18930), QStringLiteral("18,930"));
    }
};

QTEST_MAIN(ModelsTest)
#include "ModelsTest.moc"
