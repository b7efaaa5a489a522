// The view-models by themselves.
#include "tests/ui/fake/FakeWorld.h"
#include "ui/controls/Format.h"
#include "ui/export/Exporter.h"
#include "ui/generation/PaintOptions.h"
#include "ui/library/AssetModel.h"
#include "ui/prompt/FacetModel.h"
#include "ui/references/ReferenceGroup.h"
#include "ui/shell/ActionFilter.h"
#include "ui/shell/ActionRegistry.h"
#include "ui/shell/Notices.h"

#include <QAbstractItemModelTester>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace moodloom;
using fake::world;

class ModelsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("moodloom-tests"));
        qputenv("MOODLOOM_HOME", m_home.path().toUtf8());
    }

    void init()
    {
        QSettings().clear();
        fake::reset();
        m_session = std::make_unique<session::Session>(session::Session::Options{});
    }

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
        options.useShape(5); // 16:9
        QCOMPARE(options.shape(), 5);
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
        actions.add({QStringLiteral("a"), "Go to the library", QString(), {}, true});
        actions.add({QStringLiteral("b"), "Paint the picture", QString(), {}, true});
        actions.add({QStringLiteral("c"), "Stop painting", QString(), {}, true});
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

    void aShortcutBelongsToOneAction()
    {
        ui::ActionRegistry actions;
        actions.add({QStringLiteral("paint"), "Paint", QStringLiteral("Ctrl+P"), {}, true});
        actions.add({QStringLiteral("find"), "Find", QStringLiteral("Ctrl+F"), {}, true});
        QCOMPARE(actions.setShortcut(QStringLiteral("find"), QStringLiteral("Ctrl+P")),
                 QStringLiteral("Paint"));
        QCOMPARE(actions.shortcut(QStringLiteral("paint")), QString());
        QCOMPARE(actions.shortcut(QStringLiteral("find")), QStringLiteral("Ctrl+P"));
        actions.resetShortcut(QStringLiteral("paint"));
        QCOMPARE(actions.shortcut(QStringLiteral("paint")), QStringLiteral("Ctrl+P"));
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
        const QUrl url = exporter.suggestion(QStringLiteral("a car: red/blue?"),
                                             ui::Exporter::Format::Psd);
        QVERIFY(url.fileName().endsWith(QLatin1String(".psd")));
        QVERIFY(!url.fileName().contains(QLatin1Char('?')));
        QSignalSpy done(&exporter, &ui::Exporter::exported);
        exporter.write(QStringLiteral("take"), QUrl::fromLocalFile(m_home.filePath("x")),
                       ui::Exporter::Format::Png);
        QTRY_COMPARE(done.count(), 1);
        QCOMPARE(world().exported.first(), m_home.filePath("x.png"));
    }

    void durationsAreWrittenForPeople()
    {
        QLocale::setDefault(QLocale::English);
        QCOMPARE(ui::Format::duration(-1), QString());
        QCOMPARE(ui::Format::duration(39.2), QStringLiteral("40 s"));
        QCOMPARE(ui::Format::duration(80), QStringLiteral("1 min 20 s"));
        QCOMPARE(ui::Format::duration(7500), QStringLiteral("2 h 5 min"));
        QCOMPARE(ui::Format::number(18930), QStringLiteral("18,930"));
    }

private:
    QTemporaryDir m_home;
    std::unique_ptr<session::Session> m_session;
};

QTEST_MAIN(ModelsTest)
#include "ModelsTest.moc"
